"""Tokens of an account: kept in the system keyring as one entry, and nowhere else."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any, Protocol

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.engines.http.answer import Answer

_LATE_S = 60.0  # a token that ends within a minute is renewed before it is used


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a service gave us for an account (RFC 6749, 5.1)."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: float | None = None
    """Unix seconds; None: not said."""
    scope: str = ""

    def is_fresh(self, now: float) -> bool:
        """Whether it can still be used for a minute."""
        return self.expires_at is None or now < self.expires_at - _LATE_S


class Keyring(Protocol):
    """Where tokens are kept (``settings.secrets.Secrets``)."""

    def get(self, name: str) -> str | None:
        """What is kept under a name."""

    def set(self, name: str, value: str) -> None:
        """Keep it; raises EnvironmentLacks without a keyring."""

    def remove(self, name: str) -> None:
        """Forget it."""


class TokenStore:
    """The tokens of one account."""

    def __init__(self, keyring: Keyring, account: str) -> None:
        """``account``: lower case, such as ``youtube:account-id``."""
        self._keyring, self._name = keyring, f"oauth:{account}"

    def load(self) -> Tokens | None:
        """The tokens; None when there are none that can be read."""
        kept = self._keyring.get(self._name)
        try:
            return Tokens(**read_json(kept)) if kept else None
        except (ValueError, TypeError):
            return None

    def save(self, tokens: Tokens) -> None:
        """Keep them. Raises EnvironmentLacks without a keyring."""
        self._keyring.set(self._name, json.dumps(asdict(tokens)))

    def forget(self) -> None:
        """Remove them."""
        self._keyring.remove(self._name)


def tokens_of(answer: Answer, now: float, before: Tokens | None = None) -> Tokens:
    """The tokens in the answer of a token endpoint; a refresh token that is not given again stays. Raises
    a Fault when there are none in it."""
    data: dict[str, Any] = answer.value(kind=dict)
    return Tokens(
        access=answer.value("access_token", kind=str),
        refresh=str(data.get("refresh_token") or (before.refresh if before else "")),
        expires_at=_end_of(data.get("expires_in"), now),
        scope=str(data.get("scope") or (before.scope if before else "")),
    )


def _end_of(lasts: object, now: float) -> float | None:
    """When a token that lasts so many seconds is over; None where that makes no sense."""
    with suppress(OverflowError):
        if isinstance(lasts, int | float) and isfinite(lasts):
            return now + float(lasts)
    return None
