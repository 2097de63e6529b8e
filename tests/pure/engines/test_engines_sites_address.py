"""What is the address of a video."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.engines.sites.address import host_of, is_address, site_address


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("https://site.example/watch?v=1", "https://site.example/watch?v=1"),
        ("  https://site.example/a \n", "https://site.example/a"),
        ("HTTPS://Site.example/A#t=30", "https://Site.example/A"),
        ("site.example/watch?v=1", "https://site.example/watch?v=1"),
        ("http://127.0.0.1:8000/a.mp4", "http://127.0.0.1:8000/a.mp4"),
    ],
)
def test_what_was_pasted_becomes_an_address(pasted, address) -> None:
    assert site_address(pasted) == address


@pytest.mark.parametrize(
    "pasted",
    [
        *(
            "",
            "hello",
            "file:///etc/passwd",
            "ftp://site.example/a",
            "https://",
            "https:///a",
            "javascript:alert(1)",
        ),
        *("https://site.example:port/", "https://site.example/a https://site.example/b", "https://[::1/a"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(pasted) -> None:
    with pytest.raises(BadInput) as caught:
        site_address(pasted)
    assert caught.value.hint == "Paste an address that begins with https://, as the browser shows it."


def test_a_path_is_no_address() -> None:
    assert not any(
        is_address(path) for path in ("talk.mp4", "/home/me/talk.mp4", r"C:\talk.mp4", "C:/talk.mp4")
    )
    assert is_address("https://site.example/talk.mp4")


def test_a_host_is_named_as_people_write_it() -> None:
    assert host_of("https://www.site.example:8443/a") == "site.example"
