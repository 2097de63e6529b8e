"""``viralclip library``: what is made and brought is found, made again, and never taken from a project."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored
from support.command_line import CommandLine, make_services
from support.sounds import tone

from viralclip_desktop.domain.library import AudioItem, LibraryEntry, LibraryKind
from viralclip_desktop.features.library import Making, keep_sound
from viralclip_desktop.store import migrations

TEXT = "Nobody had opened the shop yet, and it was late."
SPEAK = ("speak", TEXT, "--voice", "espeak:en-us+f3", "--speed", "1.2", "--pitch", "2")


def kinds(viralclip: CommandLine) -> dict[str, str]:
    return {item["title"]: item["kind"] for item in viralclip.json("library", "list")["items"]}


def titles(viralclip: CommandLine, *args: str) -> list[str]:
    return [item["title"] for item in viralclip.json("library", "list", *args)["items"]]


@pytest.fixture
def sounds(viralclip: CommandLine, tmp_path: Path) -> dict[str, Any]:
    """Three files that were brought: music, an effect, and one nobody said what it is."""

    def added(name: str, hz: float, *args: str) -> Any:
        return viralclip.json("library", "add", str(tone(tmp_path / "mine" / name, hz=hz)), *args)

    return {
        "song": added("Calm river.wav", 200, "--kind", "music", "--tag", "calm", "--tag", "long",
                      "--folder", "Beds/Slow", "--licence", "CC0"),
        "door": added("Door.wav", 300, "--kind", "effect", "--tag", "short"),
        "thing": added("Thing.wav", 400),
    }  # fmt: skip


def test_what_is_brought_is_found_by_kind_tag_folder_and_words(
    viralclip: CommandLine, sounds: dict[str, Any]
) -> None:
    song = sounds["song"]
    assert (song["kind"], song["folder"], song["licence"]) == ("music", "Beds/Slow", "CC0")
    assert (song["duration_s"], song["found"], song["tags"]) == (1.0, True, ["calm", "long"])
    assert sounds["thing"]["kind"] == "import"
    assert titles(viralclip) == ["Thing", "Door", "Calm river"]
    assert titles(viralclip, "--kind", "effect") == ["Door"]
    assert titles(viralclip, "--tag", "Calm", "--tag", "long") == ["Calm river"]
    assert titles(viralclip, "--tag", "calm", "--tag", "short") == []
    assert titles(viralclip, "--folder", "beds") == ["Calm river"]
    assert titles(viralclip, "--folder", "Bed") == []
    assert titles(viralclip, "--search", "RIVER cc0") == ["Calm river"]
    assert "Calm river  +calm +long" in viralclip("library", "list")[1]


def test_the_same_file_is_one_sound(viralclip: CommandLine, sounds: dict[str, Any]) -> None:
    again = viralclip.json("library", "add", sounds["door"]["path"], "--kind", "effect", "--tag", "wood")
    assert (again["id"], again["tags"]) == (sounds["door"]["id"], ["short", "wood"])
    assert len(titles(viralclip)) == 3


def test_tags_are_given_and_taken_off(viralclip: CommandLine, sounds: dict[str, Any]) -> None:
    song = sounds["song"]["id"]
    assert viralclip.json("library", "tag", song, "+warm", "-LONG", "+calm")["tags"] == ["calm", "warm"]
    assert viralclip.json("library", "tag", song, "+Two words", "-x")["tags"] == ["calm", "warm", "Two words"]
    code, _, err = viralclip("library", "tag", song, "warm")
    assert (code, "“warm” is no change of a tag" in err) == (2, True)
    moved = viralclip.json("library", "change", song, "--folder", "Other", "--title", "Brook")
    assert (moved["folder"], moved["title"], moved["licence"]) == ("Other", "Brook", "CC0")
    assert titles(viralclip, "--folder", "Other", "--tag", "two words") == ["Brook"]


def test_its_wave_comes_from_the_cache(viralclip: CommandLine, sounds: dict[str, Any]) -> None:
    shown = viralclip.json("library", "show", sounds["door"]["id"], "--peaks", "50")
    assert len(shown["peaks"]) == 50
    assert min(high for _, high in shown["peaks"]) == pytest.approx(0.49, abs=0.02)
    kept = list((viralclip.services.paths.cache / "layers").glob("*/peaks.bin"))
    written = [path.stat().st_mtime_ns for path in kept]
    viralclip.json("library", "show", sounds["door"]["id"])
    assert [path.stat().st_mtime_ns for path in kept] == written
    assert len(kept) == 1


def test_speech_is_kept_with_what_made_it_and_made_again(viralclip: CommandLine, tmp_path: Path) -> None:
    first = viralclip.json(*SPEAK, "--keep", "--out", str(tmp_path / "a.wav"))
    assert first["path"] == str(tmp_path / "a.wav")
    (item,) = viralclip.json("library", "list", "--kind", "voice")["items"]
    assert item["id"] == first["library_id"]
    assert item["title"] == "Nobody had opened the shop yet, and it…"
    assert item["made_with"]["settings"] == {
        "text": TEXT, "voice": "espeak:en-us+f3", "speed": 1.2, "pitch_st": 2.0,
    }  # fmt: skip
    kept = Path(item["path"])
    assert kept.parent == viralclip.services.paths.home / "media" / "audio" / "library"
    assert item["duration_s"] == pytest.approx(first["duration_s"], abs=0.01)
    assert titles(viralclip, "--search", "late") == [item["title"]], "found by what was said"
    assert titles(viralclip, "--search", "speed") == [], "and not by the names of settings"
    again = tmp_path / "again.wav"
    told = viralclip.json("library", "again", item["id"], "--out", str(again))
    assert told["path"] == str(again)
    assert again.read_bytes() == kept.read_bytes() == (tmp_path / "a.wav").read_bytes()
    viralclip.json("speak", "Another.", "--voice", "espeak:en-us", "--keep")
    assert titles(viralclip) == ["Another.", item["title"]]
    assert viralclip.json("library", "remove", item["id"])["file"] == "deleted"
    assert not kept.exists()
    assert titles(viralclip) == ["Another."]


def test_where_speech_goes_has_to_be_said(viralclip: CommandLine) -> None:
    code, _, err = viralclip("speak", TEXT, "--voice", "espeak:en-us")
    assert (code, "--out F.wav, or --keep" in err) == (2, True)


def test_what_was_brought_cannot_be_made_again(
    viralclip: CommandLine, sounds: dict[str, Any], tmp_path: Path
) -> None:
    code, _, err = viralclip("library", "again", sounds["door"]["id"], "--out", str(tmp_path / "x.wav"))
    assert (code, "Door was not made here" in err) == (3, True)


def test_a_file_that_a_project_uses_stays(viralclip: CommandLine, tmp_path: Path) -> None:
    spoken = viralclip.json("speak", TEXT, "--voice", "espeak:en-us", "--keep")
    viralclip.json("layers", "add", "clip_1", "voice", spoken["path"])
    shown = viralclip.json("library", "show", spoken["library_id"])
    assert [use["kind"] for use in shown["used_by"]] == ["clip"]
    code, out, _ = viralclip("library", "remove", spoken["library_id"])
    assert code == 0
    assert f"“{viralclip.services.store.clip('clip_1').title}” uses it" in out
    assert Path(spoken["path"]).is_file()
    assert titles(viralclip) == []
    assert viralclip.services.store.clip("clip_1").layers


def test_a_project_that_uses_the_file_as_something_else_keeps_it(
    viralclip: CommandLine, sounds: dict[str, Any]
) -> None:
    viralclip.json("layers", "add", "clip_1", "music", sounds["thing"]["path"])
    removed = viralclip.json("library", "remove", sounds["thing"]["id"])
    assert [use["id"] for use in removed["used_by"]] == ["clip_1"]
    assert Path(sounds["thing"]["path"]).is_file()


def test_a_file_of_the_users_own_is_never_deleted(viralclip: CommandLine, sounds: dict[str, Any]) -> None:
    assert viralclip.json("library", "remove", sounds["door"]["id"])["file"] == "kept"
    assert Path(sounds["door"]["path"]).is_file()
    code, _, err = viralclip("library", "remove", sounds["door"]["id"])
    assert (code, "no sound of the library" in err) == (3, True)


def test_a_portable_project_takes_along_what_is_known_of_a_sound(
    viralclip: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoken = viralclip.json(*SPEAK, "--keep")
    viralclip.json("library", "tag", spoken["library_id"], "+intro")
    viralclip.json("layers", "add", "clip_1", "voice", spoken["path"])
    voice = viralclip.services.store.asset(spoken["library_id"])
    with viralclip.services.store.transaction("The voice alone", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), source_id="", batch_id="", asset_id="", parts=()))
        tx.delete("source", "src_1")
    out = viralclip.json("project", "export", "proj_1", "--out", str(tmp_path / "x"), "--with-media")
    other = make_services(tmp_path / "other")
    imported = CommandLine(other, capsys).json("project", "import", out["path"])
    assert imported["missing"] == []
    (asset,) = [one for one in other.store.assets() if one.fingerprint == voice.fingerprint]
    assert (asset.tags, asset.made_with) == (("intro",), voice.made_with)
    assert Path(asset.path).read_bytes() == Path(spoken["path"]).read_bytes()
    other.close()


def test_a_sound_that_was_moved_is_found_by_its_content(
    viralclip: CommandLine, sounds: dict[str, Any], tmp_path: Path
) -> None:
    old = Path(sounds["song"]["path"])
    new = tmp_path / "elsewhere" / "river.wav"
    new.parent.mkdir()
    old.rename(new)
    before = {item["title"]: item["found"] for item in viralclip.json("library", "list")["items"]}
    assert before == {"Calm river": False, "Door": True, "Thing": True}
    viralclip("relink", str(new.parent))
    (song,) = viralclip.json("library", "list", "--kind", "music")["items"]
    assert (song["path"], song["found"], song["tags"]) == (str(new), True, ["calm", "long"])


def test_what_has_no_sound_is_refused(viralclip: CommandLine, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no sound", "utf-8")
    assert viralclip("library", "add", str(text))[0] == 3
    assert viralclip("library", "add", str(tmp_path / "gone.wav"))[0] == 3


def test_a_data_folder_of_the_former_version_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as former:
        former.setattr(migrations, "HEAD", "0005")
        with stored.new_store(tmp_path, empty_folder=True) as store:
            stored.fill(store)
    with sqlite3.connect(tmp_path / "app.db") as database:
        assert not database.execute("SELECT * FROM sqlite_master WHERE name = 'audio_library'").fetchall()
    database.close()
    with stored.new_store(tmp_path) as store:
        assert store.library() == []
        with store.transaction("Add", undoable=False) as tx:
            tx.put(AudioItem("asset_1", LibraryKind.VOICE))
        assert [entry.asset for entry in store.library()] == [stored.asset()]
        assert store.clip("clip_1") == stored.clip()


def test_what_a_sound_is_can_be_changed(viralclip: CommandLine, sounds: dict[str, Any]) -> None:
    thing, song = sounds["thing"], sounds["song"]
    assert viralclip.json("library", "change", thing["id"], "--kind", "music")["kind"] == "music"
    changed = viralclip.json("library", "change", song["id"], "--kind", "effect")
    assert (changed["kind"], changed["folder"], changed["tags"]) == ("effect", "Beds/Slow", ["calm", "long"])
    assert kinds(viralclip) == {"Thing": "music", "Door": "effect", "Calm river": "effect"}


def test_two_sounds_of_one_name_that_come_at_once_have_a_file_each(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    sounds = [tone(tmp_path / f"{number}.wav", 0.2 + number / 10) for number in range(8)]
    making = Making("speech", {"text": "Hello"})

    def keep(sound: Path) -> LibraryEntry:
        return keep_sound(viralclip.services, sound, LibraryKind.VOICE, making, title="Hello")

    with ThreadPoolExecutor(8) as threads:
        entries = list(threads.map(keep, sounds))
    kept = [Path(entry.asset.path).read_bytes() for entry in entries]
    assert kept == [sound.read_bytes() for sound in sounds]


def test_a_file_that_cannot_go_stays_in_the_library(viralclip: CommandLine, tmp_path: Path) -> None:
    making, sound = Making("speech", {"text": "Hello"}), tone(tmp_path / "a.wav", 0.2)
    entry = keep_sound(viralclip.services, sound, LibraryKind.VOICE, making, title="Hello")
    kept = Path(entry.asset.path)
    kept.unlink()
    kept.mkdir()  # nobody, not even root, can delete that as a file
    assert viralclip("library", "remove", entry.id)[0] == 4
    assert titles(viralclip) == ["Hello"]
