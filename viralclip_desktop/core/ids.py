"""Identifiers: short, unique, safe in file names and on the command line, in order of making."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case


def new_id(prefix: str) -> str:
    """A new identifier such as ``clip_01hq3k9m2r7xw``: 9 characters of time (ms), 6 random ones."""
    stamp, text = int(time.time() * 1000), ""
    for _ in range(9):
        stamp, digit = divmod(stamp, 32)
        text = _ALPHABET[digit] + text
    return f"{prefix}_{text}" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
