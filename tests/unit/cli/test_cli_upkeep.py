"""``viralclip styles``, ``backups``, ``cache``, ``keys`` and ``sample``, as typed."""

from __future__ import annotations

import io

import keyring
import pytest
from keyring.backend import KeyringBackend
from support.command_line import CommandLine


def test_styles_of_ones_own(viralclip: CommandLine) -> None:
    shipped = viralclip.json("styles", "list")
    assert shipped[0] == {"id": "karaoke", "name": "Karaoke", "own": False}
    saved = viralclip.json("styles", "save", "pop", "--name", "Loud", "--set", "size=0.1")
    assert (saved["name"], saved["properties"]["size"]) == ("Loud", 0.1)
    assert viralclip.json("styles", "save", saved["id"], "--set", "case=upper")["id"] == saved["id"]
    assert "case=upper" in viralclip("styles", "show", saved["id"])[1]
    assert viralclip.json("styles", "list")[-1] == {"id": saved["id"], "name": "Loud", "own": True}
    assert viralclip.json("styles", "delete", saved["id"])["deleted"] is True
    assert viralclip("styles", "delete", "pop")[0] == 3
    assert viralclip("styles", "show", "nosuch")[0] == 2


def test_a_backup_is_made_and_restored(viralclip: CommandLine) -> None:
    assert viralclip("backups", "list")[1] == "There is no copy yet.\n"
    made = viralclip.json("backups", "make")
    assert viralclip.json("backups", "list") == [made]
    viralclip.json("clips", "rename", "clip_1", "Other")
    assert viralclip.json("backups", "restore", made["name"])["restored"] is True
    assert viralclip.json("clips", "show", "clip_1")["title"] != "Other"
    assert len(viralclip.json("backups", "list")) == 2
    viralclip.json("backups", "restore", "latest")
    assert viralclip.json("clips", "show", "clip_1")["title"] == "Other"
    code, _, told = viralclip("backups", "restore", "app-x.db")
    assert (code, "There is no backup" in told) == (3, True)


def test_the_cache(viralclip: CommandLine) -> None:
    folder = viralclip.services.paths.cache
    (folder / "render").mkdir(parents=True)
    (folder / "render" / "old.bin").write_bytes(bytes(2_000_000))
    assert viralclip.json("cache", "size")["size_bytes"] == 2_000_000
    assert viralclip("cache", "clear")[1] == "Freed 2.0 MB.\n"
    assert viralclip.json("cache", "size")["size_bytes"] == 0


class Box(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Box:
    box = Box()
    monkeypatch.setattr(keyring, "get_keyring", lambda: box)
    for name in ("OPENAI_API_KEY", "ELEVENLABS_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    return box


def test_keys_are_kept_and_never_printed(
    viralclip: CommandLine, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-secret\n"))
    code, out, err = viralclip("keys", "set", "OPENAI_API_KEY")
    assert (code, out) == (0, "OPENAI_API_KEY: kept in the system keyring\n")
    assert box.kept == {"OPENAI_API_KEY": "sk-secret"}
    listed = viralclip.json("keys", "list")
    assert listed == [
        {"name": "OPENAI_API_KEY", "origin": "keyring"},
        {"name": "ELEVENLABS_API_KEY", "origin": None},
        {"name": "DEEPGRAM_API_KEY", "origin": None},
    ]
    assert "sk-secret" not in out + err + str(listed)
    assert viralclip.json("keys", "remove", "OPENAI_API_KEY")["origin"] is None
    assert box.kept == {}


def test_an_empty_key_is_refused(viralclip: CommandLine, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, told = viralclip("keys", "set", "OPENAI_API_KEY")
    assert (code, "The key is empty." in told) == (2, True)


def test_the_sample_is_made_once(viralclip: CommandLine) -> None:
    there = viralclip.services.paths.home / "media" / "videos" / "Sample talk.mp4"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"made earlier")
    assert viralclip.json("sample") == {"path": str(there)}
    assert there.read_bytes() == b"made earlier"
