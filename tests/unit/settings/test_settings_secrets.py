"""Keys come from the environment or the system keyring, and from nowhere else."""

from __future__ import annotations

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.settings.secrets import Secrets

NAME = "OPENAI_API_KEY"


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


def test_a_key_is_kept_in_the_keyring_and_found_again() -> None:
    backend = MemoryKeyring()
    Secrets({}, backend).set(NAME, "  sk-123 \n")
    secrets = Secrets({}, backend)
    assert (secrets.get(NAME), secrets.origin(NAME)) == ("sk-123", "keyring")
    assert backend.kept == {("ViralClip Desktop", NAME): "sk-123"}
    secrets.remove(NAME)
    secrets.remove(NAME)
    assert (secrets.get(NAME), secrets.origin(NAME)) == (None, "")


def test_the_environment_goes_first() -> None:
    backend = MemoryKeyring()
    Secrets({}, backend).set(NAME, "kept")
    secrets = Secrets({NAME: "given"}, backend)
    assert (secrets.get(NAME), secrets.origin(NAME)) == ("given", "environment")
    secrets.remove(NAME)
    assert Secrets({}, backend).get(NAME) == "kept"


def test_without_a_keyring_keys_are_refused_and_never_written() -> None:
    secrets = Secrets({}, NoKeyring())
    assert secrets.get(NAME) is None
    assert "no keyring" in (secrets.problem() or "")
    with pytest.raises(EnvironmentLacks, match="no keyring") as told:
        secrets.set(NAME, "sk-123")
    assert NAME in told.value.hint
    assert Secrets({}, MemoryKeyring()).problem() is None


def test_a_locked_keyring_is_told() -> None:
    backend = MemoryKeyring()
    backend.locked = True
    secrets = Secrets({}, backend)
    assert secrets.get(NAME) is None
    with pytest.raises(EnvironmentLacks, match="refused"):
        secrets.set(NAME, "sk-123")


def test_odd_wishes() -> None:
    secrets = Secrets({}, MemoryKeyring())
    with pytest.raises(UsageError):
        secrets.set(NAME, "   ")
    with pytest.raises(ValueError, match="unknown"):
        secrets.get("PATH")
