"""Keys of cloud services: from the environment, or from the system keyring; never in a file of ours."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.core.messages import say

SERVICE = "ViralClip Desktop"
SERVICES = {"OPENAI_API_KEY": "OpenAI", "ELEVENLABS_API_KEY": "ElevenLabs"}
"""The keys the program always offers, with the services they are for; providers need further ones. Each is
also the environment variable that goes before the keyring."""

_KEY = re.compile(r"[A-Z][A-Z0-9_]*_(KEY|TOKEN|SECRET|ID)")
_TOKENS = re.compile(r"oauth:[a-z0-9._:-]+")  # of an account; never from the environment

_NO_KEYRING = "This system has no keyring where keys could be kept."
_log = logging.getLogger(__name__)


class Secrets:
    """Reads, stores and removes keys."""

    def __init__(self, environ: Mapping[str, str] = os.environ, backend: Any = None) -> None:
        """``backend``: a ``keyring`` backend; None takes the system's at the first use."""
        self._environ = environ
        self._backend = backend

    def get(self, name: str) -> str | None:
        """A key; None when there is none, or no keyring to ask."""
        _check(name)
        given = self._environ.get(name, "").strip()
        if given:
            return given
        from keyring.errors import KeyringError

        backend = self._usable()
        if backend is None:
            return None
        try:
            found = backend.get_password(SERVICE, name)
        except (KeyringError, RuntimeError, OSError):
            _log.warning("the keyring did not answer", exc_info=True)
            return None
        return str(found) if found else None

    def origin(self, name: str) -> str:
        """Where a key comes from: ``environment``, ``keyring``, or empty when there is none."""
        if self._environ.get(name, "").strip():
            return "environment"
        return "keyring" if self.get(name) else ""

    def set(self, name: str, value: str) -> None:
        """Keep a key in the keyring. Raises :class:`EnvironmentLacks` when there is none or it refuses."""
        _check(name)
        if not value.strip():
            raise UsageError("The key is empty.", "Paste the whole key.")
        self._ask("set_password", SERVICE, name, value.strip())

    def remove(self, name: str) -> None:
        """Forget a key; nothing happens when there is none."""
        if self.get(name) and self.origin(name) == "keyring":
            self._ask("delete_password", SERVICE, name)

    def problem(self) -> str | None:
        """Why keys cannot be kept here; None when they can."""
        return None if self._usable() is not None else _NO_KEYRING

    def _ask(self, method: str, *values: str) -> None:
        from keyring.errors import KeyringError

        backend = self._usable()
        name = values[1]
        hint = say("Set the environment variable {name} instead.", name=name)
        if _TOKENS.fullmatch(name):
            hint = "Install a system keyring, such as GNOME Keyring or KWallet."
        if backend is None:
            raise EnvironmentLacks(_NO_KEYRING, hint)
        try:
            getattr(backend, method)(*values)
        except (KeyringError, RuntimeError, OSError) as error:
            raise EnvironmentLacks("The system keyring refused.", hint, str(error)) from error

    def _usable(self) -> Any | None:
        if self._backend is None:
            import keyring

            self._backend = keyring.get_keyring()
        kind = type(self._backend)
        # "fail" and "null" are keyring's stand-ins for none; keyrings.alt writes plain files
        unfit = kind.__module__.startswith(("keyring.backends.fail", "keyring.backends.null", "keyrings.alt"))
        return None if unfit else self._backend


def _check(name: str) -> None:
    if not _KEY.fullmatch(name) and not _TOKENS.fullmatch(name):
        raise ValueError(f"unknown key {name!r}")
