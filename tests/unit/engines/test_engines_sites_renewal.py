"""A newer yt-dlp: a wheel with a checksum, fetched from an address that the user sets."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from support.loopback_site import loopback_site

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.sites.renewal import (
    age_days,
    javascript_runtime,
    renew,
    renewed_wheel,
    standing,
)

NAME = "yt_dlp-2999.1.2-py3-none-any.whl"


def wheel(inside: str = "yt_dlp/YoutubeDL.py") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(inside, "")
        archive.writestr("yt_dlp/__init__.py", "")
    return packed.getvalue()


def renewed(
    folder: Path, data: bytes, *, name: str = NAME, checksum: str = "", offline: bool = False
) -> Path:
    with loopback_site({name: data}) as site:
        address = f"{site.address(name)}#sha256={checksum or sha256(data).hexdigest()}"
        return renew(folder, address, NetworkGate(offline), ignore_progress, CancelToken())


def test_a_newer_one_is_fetched_and_used(tmp_path) -> None:
    path = renewed(tmp_path, wheel())
    assert path == tmp_path / NAME
    assert renewed_wheel(tmp_path) == path
    found = standing(tmp_path, date(2999, 1, 12))
    assert (found.version, found.age_days, found.renewed) == ("2999.1.2", 10, True)


def test_it_takes_the_place_of_the_one_before(tmp_path) -> None:
    renewed(tmp_path, wheel())
    later = renewed(tmp_path, wheel(), name=NAME.replace("2999.1.2", "2999.2.3"))
    assert renewed_wheel(tmp_path) == later
    assert [path.name for path in tmp_path.glob("*.whl")] == [later.name]


def test_one_that_is_older_than_the_installed_one_is_not_used(tmp_path) -> None:
    pytest.importorskip("yt_dlp")
    renewed(tmp_path, wheel(), name=NAME.replace("2999.1.2", "2020.1.2"))
    assert renewed_wheel(tmp_path) is None


def test_one_that_was_changed_since_is_not_used(tmp_path) -> None:
    renewed(tmp_path, wheel()).write_bytes(wheel() + b"more")
    assert renewed_wheel(tmp_path) is None


def test_another_checksum_leaves_nothing(tmp_path) -> None:
    with pytest.raises(Fault) as caught:
        renewed(tmp_path, wheel(), checksum="0" * 64)
    assert caught.value.message == f"{NAME} arrived damaged."
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_wheel_of_it_is_refused(tmp_path) -> None:
    with pytest.raises(BadInput) as caught:
        renewed(tmp_path, wheel("another/thing.py"))
    assert caught.value.message == f"{NAME} is not yt-dlp."
    assert renewed_wheel(tmp_path) is None


def test_without_an_address_it_is_said_what_is_missing(tmp_path) -> None:
    with pytest.raises(EnvironmentLacks) as caught:
        renew(tmp_path, "", NetworkGate(), ignore_progress, CancelToken())
    assert caught.value.message == "No address is set that yt-dlp could be renewed from."
    assert "links.renewal_address" in caught.value.hint


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"https://files.example/{NAME}", "The address of the new yt-dlp names no checksum."),
        (f"https://files.example/{NAME}#sha256=12", "The address of the new yt-dlp names no checksum."),
        ("https://files.example/evil.exe", "“evil.exe” is not the name of a wheel of yt-dlp."),
    ],
)
def test_an_address_names_a_wheel_and_its_checksum(tmp_path, address, sentence) -> None:
    with pytest.raises(BadInput) as caught:
        renew(tmp_path, address, NetworkGate(), ignore_progress, CancelToken())
    assert caught.value.message == sentence


def test_offline_nothing_is_asked(tmp_path) -> None:
    with pytest.raises(EnvironmentLacks) as caught:
        renewed(tmp_path, wheel(), offline=True)
    assert caught.value.message == "Renewing yt-dlp needs the network, and the offline switch is on."


def test_a_version_is_as_old_as_its_day() -> None:
    assert age_days("2026.10.26", date(2026, 11, 28)) == 33
    assert age_days("2026.10.26.232828", date(2026, 11, 28)) == 33
    assert age_days("", date(2026, 11, 28)) == 0


def test_a_javascript_runtime_is_looked_for_on_the_path() -> None:
    assert javascript_runtime(lambda name: "/usr/bin/node" if name == "node" else None) == "Node.js"
    assert javascript_runtime(lambda name: None) == ""
