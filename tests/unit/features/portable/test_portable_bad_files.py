"""Files that are no project, damaged, cut short, newer, or made to do harm: one sentence, nothing left."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import stored, version_1
from support.makers import make_video

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.media.faults import DiskFull
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.store import Store
from viralclip_desktop.store.upgrades import SCHEMA

Documents = dict[str, Any]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file with its recording inside; the recording itself is gone."""
    folder = tmp_path_factory.mktemp("good")
    recording = make_video(folder / "talk.mp4", 0.5)
    with stored.new_store(folder / "home") as store:
        stored.fill(store)
        with store.transaction("Point at it", "proj_1") as tx:
            tx.put(stored.asset(path=str(recording), fingerprint=fingerprint(recording)))
        paths = DataPaths(folder / "home", folder / "models")
        file = export_project(store, paths, "proj_1", folder / "good.viralclip", with_media=True)
    recording.unlink()
    return file


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "away") as store:
        yield store


def refused(store: Store, file: Path, kind: type[Fault] = BadInput) -> str:
    """The sentence with which a file is refused, after checking that nothing of it is left."""
    home = store.path.parent
    with pytest.raises(kind) as caught:
        import_project(store, DataPaths(home, home / "models"), file)
    assert store.projects() == []
    assert store.sources() == []
    assert not (home / "media").exists()
    assert not list(file.parent.glob("*.partial")) if file.parent.is_dir() else True
    assert caught.value.hint
    return caught.value.message


def rebuilt(
    good: Path,
    out: Path,
    change: Callable[[Documents], None] = lambda documents: None,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """A copy of the good file with its documents changed, its manifest made to agree."""
    with zipfile.ZipFile(good) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    documents = {name: json.loads(data) for name, data in members.items() if name.endswith(".json")}
    change(documents)
    for name, document in documents.items():
        members[name] = json.dumps(document).encode()
    members |= extra or {}
    manifest = documents["manifest.json"]
    for name in set(manifest["members"]) & set(members):
        data = members[name]
        manifest["members"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out


def test_the_rebuilt_file_itself_is_fine(good: Path, away: Store, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "away", tmp_path)
    assert import_project(away, paths, rebuilt(good, tmp_path / "a.viralclip")).name == "Talk"


def test_what_is_no_project_file(away: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.viralclip").touch()
    (tmp_path / "text.viralclip").write_text("hello", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "other.viralclip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "is empty" in refused(away, tmp_path / "empty.viralclip")
    assert "is not a ViralClip project" in refused(away, tmp_path / "text.viralclip")
    assert "is not a ViralClip project" in refused(away, tmp_path / "other.viralclip")
    assert "is a folder" in refused(away, tmp_path)
    assert "There is no file" in refused(away, tmp_path / "none.viralclip")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_a_file_cut_short(good: Path, away: Store, tmp_path: Path, share: float) -> None:
    data = good.read_bytes()
    cut = tmp_path / "cut.viralclip"
    cut.write_bytes(data[: int(len(data) * share)])
    assert "is damaged or incomplete" in refused(away, cut)


def test_bytes_changed_anywhere(good: Path, away: Store, tmp_path: Path) -> None:
    """Either it does not matter (a date, a comment) or it is told; never anything else."""
    data = good.read_bytes()
    step = max(1, len(data) // 120)
    told = 0
    for number, place in enumerate([*range(4, len(data), step), *range(len(data) - 400, len(data), 7)]):
        changed = tmp_path / f"{number}.viralclip"
        changed.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        home = tmp_path / f"home{number}"
        try:
            import_project(away, DataPaths(home, home), changed)
        except BadInput:
            told += 1
            assert not home.exists()
        shutil.rmtree(home, ignore_errors=True)  # a recording that is here already is not unpacked again
    assert told > 100


def test_a_newer_form_and_newer_kinds_of_things(good: Path, away: Store, tmp_path: Path) -> None:
    later = rebuilt(
        good, tmp_path / "a.viralclip", lambda d: d["manifest.json"].update(version=form.VERSION + 1)
    )
    assert "made by a newer version" in refused(away, later)
    unknown = rebuilt(
        good, tmp_path / "b.viralclip", lambda d: d["project.json"]["entities"].update(hologram=[{}])
    )
    assert "made by a newer version" in refused(away, unknown)


def test_a_newer_schema(good: Path, away: Store, tmp_path: Path) -> None:
    later = rebuilt(good, tmp_path / "a.viralclip", lambda d: d["project.json"].update(schema=SCHEMA + 1))
    assert "made by a newer version" in refused(away, later)


def test_a_file_of_the_oldest_version(away: Store, tmp_path: Path) -> None:
    def older(documents: Documents) -> None:
        documents["manifest.json"]["version"] = 1
        for clip in documents["project.json"]["entities"]["clip"]:
            for name in ("original_volume_db", "splits", "play_order", "second_language"):
                del clip[name]

    file = rebuilt(version_1.DATA / "fire-talk.viralclip", tmp_path / "old.viralclip", older)
    project = import_project(away, DataPaths(tmp_path / "home", tmp_path / "models"), file)
    by_hand = away.clip(version_1.expected()["clip"])
    assert by_hand.title == "By hand"
    assert len(by_hand.parts) == len(by_hand.cuts) + 1
    assert {clip.original_volume_db for clip in away.project_clips(project.id)} == {0.0}


@pytest.mark.parametrize(
    "name", ["../evil.txt", "media/../../evil.mp4", "/etc/evil", "C:/evil", "media\\..\\evil", "a/./../../b"]
)
def test_names_that_lead_out_of_the_folder(good: Path, away: Store, tmp_path: Path, name: str) -> None:
    bad = rebuilt(good, tmp_path / "bad.viralclip", extra={name: b"evil"})
    assert "never holds" in refused(away, bad)
    listed = rebuilt(
        good,
        tmp_path / "listed.viralclip",
        lambda d: d["manifest.json"]["members"].update({name: {"sha256": "0" * 64, "size": 4}}),
    )
    assert "never holds" in refused(away, listed)


def test_bombs(good: Path, away: Store, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.viralclip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        archive.writestr("project.json", b" " * (20 << 20))
    assert "never holds" in refused(away, bomb)
    deep = rebuilt(good, tmp_path / "deep.viralclip", extra={"project.json": b"[" * 200_000})
    assert "damaged" in refused(away, deep)
    packed = tmp_path / "packed.viralclip"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert "never holds" in refused(away, packed)  # a recording has to be stored as it is


def test_a_size_that_lies(good: Path, away: Store, tmp_path: Path) -> None:
    """The directory at the end says a recording of 4 GB minus one begins in a small file."""
    data = bytearray(good.read_bytes())
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"media/1.mp4"))
    data[place + 20 : place + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    lying = tmp_path / "lying.viralclip"
    lying.write_bytes(data)
    assert "damaged" in refused(away, lying)


def test_a_directory_that_places_everything_before_the_file(good: Path, away: Store, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    (begin,) = struct.unpack("<I", data[-6:-2])
    data[-6:-2] = struct.pack("<I", begin + len(data))
    odd = tmp_path / "odd.viralclip"
    odd.write_bytes(data)
    assert "damaged" in refused(away, odd)


def test_the_right_sums_over_the_wrong_recording(good: Path, away: Store, tmp_path: Path) -> None:
    assert "damaged" in refused(
        away, rebuilt(good, tmp_path / "a.viralclip", extra={"media/1.mp4": b"another recording"})
    )


def _set(path: str, value: object) -> Callable[[Documents], None]:
    """Sets one value deep in ``project.json``."""

    def change(documents: Documents) -> None:
        at: Any = documents["project.json"]
        *parts, last = path.split("/")
        for part in parts:
            at = at[int(part) if part.isdigit() else part]
        at[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("entities/clip/0/source_id", "src_other"),
        ("entities/clip/0/batch_id", "batch_other"),
        ("entities/clip/0/parts/0/range", {"start": 10, "end": 5}),
        ("entities/clip/0/parts", 7),
        ("entities/clip/0/parts/0/speed", "0/1"),
        ("entities/clip/0/parts/0/speed", "-1/1"),
        ("entities/clip/0/parts/0/speed", "1/1000000"),
        ("entities/clip/0/parts/0/speed", "5/1"),
        ("entities/clip/0/created_at", "nan"),
        ("entities/source/0/created_at", "inf"),
        ("entities/clip/0/title", "\ud800"),
        ("entities/batch/0/settings", {"by": ["\udcff"]}),
        ("entities/asset/0/info/video/fps", "0/1"),
        ("entities/clip/0/layers", [{"kind": "hologram"}]),
        ("entities/clip/0/rank", "first"),
        ("entities/clip/0/aspect", "2:1"),
        ("entities/clip", {"id": 1}),
        ("entities/source/0/audio_index", 4),
        ("entities/source/0/asset_id", "asset_other"),
        ("entities/asset/0/info/duration", 2**70),
        ("entities/asset/0/info/video/fps", "1/0"),
        ("entities", None),
        ("project", []),
        ("transcripts/src_1", "media/1.mp4"),
        ("transcripts/src_2", "transcripts/1.json"),
        ("files/asset_1", "../../etc/passwd"),
        ("files", ["a"]),
        ("files/a", 3),
        ("files/asset_1", "transcripts/1.json"),
    ],
)
def test_documents_that_make_no_sense(
    good: Path, away: Store, tmp_path: Path, path: str, value: object
) -> None:
    bad = rebuilt(good, tmp_path / "bad.viralclip", _set(path, value))
    assert "is damaged or incomplete" in refused(away, bad)


@pytest.mark.parametrize(("field", "value"), [("start", -1e300), ("text", "\ud800"), ("confidence", "nan")])
def test_a_transcript_that_makes_no_sense(
    good: Path, away: Store, tmp_path: Path, field: str, value: object
) -> None:
    bad = rebuilt(
        good,
        tmp_path / "bad.viralclip",
        lambda d: d["transcripts/1.json"]["words"][0].update({field: value}),
    )
    assert "is damaged or incomplete" in refused(away, bad)


def test_a_path_may_be_no_valid_unicode(good: Path, away: Store, tmp_path: Path) -> None:
    file = rebuilt(good, tmp_path / "a.viralclip", _set("entities/asset/0/path", "/films/\udcff.mp4"))
    assert import_project(away, DataPaths(tmp_path / "away", tmp_path), file).name == "Talk"


def test_ids_that_would_name_other_folders_are_replaced(good: Path, away: Store, tmp_path: Path) -> None:
    evil = "../../outside"

    def change(documents: Documents) -> None:
        document = documents["project.json"]
        document["entities"]["source"][0]["id"] = evil
        document["entities"]["batch"][0]["source_id"] = evil
        document["entities"]["clip"][0]["source_id"] = evil
        document["transcripts"] = {evil: "transcripts/1.json"}
        document["files"] = {}
        document["project"]["name"] = "\x1b[31mTalk\n\x07"

    file = rebuilt(good, tmp_path / "a.viralclip", change)
    project = import_project(away, DataPaths(tmp_path / "away", tmp_path), file)
    assert project.name == "[31mTalk"
    (source,) = away.sources()
    assert source.id.startswith("src_")
    assert len(away.clips(source.id)) == 1


def test_a_full_data_folder(good: Path, away: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage)
    assert "There is no room" in refused(away, good, DiskFull)


def test_a_translation_whose_lines_are_out_of_order(good: Path, away: Store, tmp_path: Path) -> None:
    def line(start: int, end: int) -> dict[str, Any]:
        return {"range": {"start": start, "end": end}, "text": "x"}

    def change(documents: Documents) -> None:
        found = {"id": "translation_1", "source_id": "src_1", "language": "th"}
        documents["project.json"]["entities"]["translation"] = [found | {"lines": [line(5, 9), line(7, 8)]}]

    assert "damaged" in refused(away, rebuilt(good, tmp_path / "odd.viralclip", change))
