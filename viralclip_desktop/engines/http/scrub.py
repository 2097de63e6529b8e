"""Keeping keys and tokens out of messages and logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

_SHORTEST = 6  # a shorter "secret" would blank out ordinary words
_PATTERNS = (
    (re.compile(r"\bsk-[^\s'\",.&]+"), "(key)"),
    (re.compile(r"(?i)\b(bearer|token|oauth|key)(\s+|%20)(?=\S*\d)[A-Za-z0-9._~+/=-]{12,}"), r"\1 (key)"),
    (
        re.compile(
            r"(?i)(\b(?:access|refresh|id)_token|client_secret|code_verifier|api[_-]?key|[?&](?:key|code))"
            r"([\"']?\s*[=:]\s*[\"']?)[^\s&\"',}]{6,}"
        ),
        r"\1\2(key)",
    ),
)
_LIBRARIES = ("httpx", "httpcore")


def scrubbed(text: str, secrets: Iterable[str] = ()) -> str:
    """``text`` without the given secrets and without whatever looks like a key or a token."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, "(key)")
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


class _ScrubbingFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrubbed(record.getMessage()), None
        return True


_FILTER = _ScrubbingFilter()


def scrub_libraries() -> None:
    """From now on what the HTTP libraries log (addresses with their queries) is scrubbed, too."""
    for name in _LIBRARIES:
        logging.getLogger(name).addFilter(_FILTER)
