"""Addresses of videos: what is one, and whose server it names."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say

_SCHEMES = ("http", "https")
_SHOWN = 80


def is_address(text: str) -> bool:
    """Whether a text is the address of something on the web, and not a file's path."""
    parts = _split(text.strip())
    return parts is not None and parts.scheme.lower() in _SCHEMES


def site_address(text: str) -> str:
    """The address in what was pasted, without the white space around it and without a part of the page.
    An address may lack its ``https://``. Raises :class:`BadInput` for what is none."""
    text = text.strip()
    if "://" not in text and "." in text.split("/")[0]:
        text = f"https://{text}"
    parts = _split(text)
    if parts is None or not is_address(text) or any(mark.isspace() for mark in text):
        raise BadInput(
            say("“{text}” is not the address of a video.", text=text[:_SHOWN]),
            "Paste an address that begins with https://, as the browser shows it.",
        )
    return parts._replace(scheme=parts.scheme.lower(), fragment="").geturl()


def host_of(address: str) -> str:
    """The server that an address names, as people write it: without ``www.``."""
    parts = _split(address)
    return (parts.hostname or "" if parts else "").removeprefix("www.")


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return None
    return parts if parts.hostname else None
