"""Keys and tokens do not get into messages; ordinary words stay."""

from __future__ import annotations

import pytest

from viralclip_desktop.engines.http.scrub import scrubbed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("GET https://h/x?access_token=abcdef123456&n=1", "GET https://h/x?access_token=(key)&n=1"),
        ("Authorization: Bearer abcDEF1234567890", "Authorization: Bearer (key)"),
        ("Authorization: Token 0123456789abcdef", "Authorization: Token (key)"),
        ("xi-api-key: abcdefgh", "xi-api-key: (key)"),
        ('{"refresh_token": "1//0gabcdef"}', '{"refresh_token": "(key)"}'),
        ("/callback?code=abcdefghij&state=1", "/callback?code=(key)&state=1"),
        ("Bad key sk-proj-abc", "Bad key (key)"),
        ("my own one is hidden", "my own one is hidden"),
        ("code: unsupported_value", "code: unsupported_value"),
        ("The key authentication failed", "The key authentication failed"),
    ],
)
def test_what_looks_like_a_key_goes(text: str, left: str) -> None:
    assert scrubbed(text) == left


def test_a_known_secret_goes_whatever_it_looks_like() -> None:
    assert scrubbed("it was plain-words here", ["plain-words", "", "in"]) == "it was (key) here"
