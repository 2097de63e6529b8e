"""One declaration, a file that is never half written, and a program that starts whatever is in it."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.notices import Notice, NoticeBoard
from viralclip_desktop.settings.declaration import Settings, declared
from viralclip_desktop.settings.file import SettingsStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.json"


def test_defaults_without_a_file_and_nothing_written_by_looking(path: Path) -> None:
    assert SettingsStore(path, environ={}).values == Settings()
    assert not path.parent.exists()


def test_what_is_set_is_there_at_the_next_start(path: Path) -> None:
    store = SettingsStore(path, environ={})
    store.set(
        offline=True,
        resolution=Resolution.P2160,
        aspect="1:1",
        fps=Fraction(30000, 1001),
        clip_count="12",
        min_length_s=7.5,
        theme="dark",
        export_folder="/films/คลิป",
    )
    again = SettingsStore(path, environ={}).values
    assert again == store.values
    assert (again.offline, again.resolution, again.aspect) == (True, Resolution.P2160, Aspect.SQUARE)
    assert (again.fps, again.clip_count, again.min_length_s) == (Fraction(30000, 1001), 12, 7.5)
    assert (again.theme, again.export_folder, again.language) == ("dark", "/films/คลิป", "system")
    store.set(fps=None)
    assert SettingsStore(path, environ={}).values.fps is None
    store.reset("clip_count")
    assert SettingsStore(path, environ={}).values.clip_count == 10
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("key", "text", "hint"),
    [
        ("theme", "pink", "system, dark, light"),
        ("aspect", "9x16", "9:16"),
        ("offline", "perhaps", "on or off"),
        ("clip_count", "0", "1 to 100"),
        ("clip_count", "many", "1 to 100"),
        ("fps", "1/0", "1 to 60"),
        ("min_length_s", "nan", "1 to 600"),
        ("nonsense", "1", "language"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_would(path: Path, key: str, text: str, hint: str) -> None:
    store = SettingsStore(path, environ={})
    with pytest.raises(UsageError) as told:
        store.set(**{key: text})
    assert hint in told.value.hint
    assert not path.exists()


def test_lengths_that_contradict_each_other(path: Path) -> None:
    store = SettingsStore(path, environ={})
    with pytest.raises(UsageError, match="longer than the longest"):
        store.set(min_length_s=90)
    assert store.set(min_length_s=90, max_length_s=120).min_length_s == 90


def test_the_command_line_may_use_dashes(path: Path) -> None:
    assert SettingsStore(path, environ={}).set(**{"clip-count": "3"}).clip_count == 3


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 1}', b"\xff\xfe\x00", b'{"version":"x","values":{}}']
)
def test_a_damaged_file_is_set_aside_with_a_notice(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    told: list[Notice] = []
    board = NoticeBoard()
    board.listen(told.append)
    store = SettingsStore(path, board, environ={})
    assert store.values == Settings()
    assert len(told) == 1
    assert path.with_name("settings.damaged.json").read_bytes() == content
    store.set(clip_count=4)
    assert SettingsStore(path, environ={}).values.clip_count == 4


def test_one_bad_value_costs_only_itself(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 1, "values": {"theme": "pink", "clip_count": 5, "offline": True}}))
    told: list[Notice] = []
    board = NoticeBoard()
    board.listen(told.append)
    values = SettingsStore(path, board, environ={}).values
    assert (values.theme, values.clip_count, values.offline) == ("system", 5, True)
    assert "Theme" in told[0].message


def test_contradicting_lengths_in_the_file_fall_back(path: Path) -> None:
    path.parent.mkdir()
    values = {"min_length_s": 50, "max_length_s": 20, "clip_count": 5}
    path.write_text(json.dumps({"version": 1, "values": values}))
    read = SettingsStore(path, environ={}).values
    assert (read.min_length_s, read.max_length_s, read.clip_count) == (15.0, 60.0, 5)


def test_keys_of_another_version_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 99, "window": {"x": 1}, "values": {"future": "yes"}}))
    SettingsStore(path, environ={}).set(theme="light")
    stored = json.loads(path.read_text())
    assert stored == {"version": 99, "window": {"x": 1}, "values": {"future": "yes", "theme": "light"}}


def test_migrations_keep_a_copy_of_the_old_file(path: Path) -> None:
    path.parent.mkdir()
    old = json.dumps({"version": 1, "values": {"colours": "dark"}})
    path.write_text(old)
    migrations = (lambda values: {"theme": values["colours"]},)
    assert SettingsStore(path, environ={}, migrations=migrations).values.theme == "dark"
    assert json.loads(path.read_text()) == {"version": 2, "values": {"theme": "dark"}}
    assert path.with_name("settings.v1.json").read_text() == old


def test_the_environment_wins_and_is_never_stored(path: Path) -> None:
    store = SettingsStore(path, environ={"OPENAI_BASE_URL": "http://localhost:1234/v1"})
    assert store.values.openai_base_url == "http://localhost:1234/v1"
    assert store.override("openai_base_url") == "OPENAI_BASE_URL"
    assert store.override("theme") == ""
    store.set(theme="dark")
    assert "localhost" not in path.read_text()
    assert store.values.openai_base_url == "http://localhost:1234/v1"


def test_two_programs_do_not_overwrite_each_other(path: Path) -> None:
    window, command = SettingsStore(path, environ={}), SettingsStore(path, environ={})
    assert window.values == command.values
    window.set(theme="dark")
    command.set(clip_count=3)
    assert SettingsStore(path, environ={}).values.theme == "dark"
    assert SettingsStore(path, environ={}).values.clip_count == 3


def test_listeners(path: Path) -> None:
    store = SettingsStore(path, environ={})
    told: list[Settings] = []
    stop = store.listen(told.append)
    store.set(theme="dark")
    store.reset("theme")
    stop()
    store.set(theme="light")
    assert [values.theme for values in told] == ["dark", "system"]


def test_a_folder_that_cannot_be_written_is_told(path: Path) -> None:
    path.parent.write_text("in the way")
    store = SettingsStore(path, environ={})
    assert store.values == Settings()
    with pytest.raises(EnvironmentLacks, match="could not be stored"):
        store.set(theme="dark")


def test_every_setting_is_fully_declared() -> None:
    for key, setting in declared().items():
        assert setting.label, key
        assert setting.help.endswith("."), key
        assert setting.parse(setting.text(setting.default)) == setting.default
        assert json.loads(json.dumps(setting.plain(setting.default))) == setting.plain(setting.default)


def test_what_a_killed_program_left_is_removed(tmp_path: Path) -> None:
    left, busy = tmp_path / "settings.12.tmp", tmp_path / "settings.13.tmp"
    for path in (left, busy):
        path.write_text("{", encoding="utf-8")
    os.utime(left, (1_500_000_000, 1_500_000_000))
    SettingsStore(tmp_path / "settings.json").set(theme="dark")
    assert not left.exists()
    assert busy.exists(), "another program may be writing it just now"
