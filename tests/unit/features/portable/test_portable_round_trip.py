"""A project goes out as one file and comes in again: all of it, under ids of its own, once or twice."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.makers import make_video

from viralclip_desktop.core.errors import BadInput, Cancelled, NotFound
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.store import Store

STYLE = CaptionStyle("style_mine", "Mine", "Inter", 0.06, "#FFFFFF", "#FFCC00", CaptionAnimation.POP)


class Place:
    """A data folder with a store."""

    def __init__(self, folder: Path) -> None:
        self.paths = DataPaths(folder, folder / "models")
        self.store = stored.new_store(folder)

    def files(self) -> set[str]:
        """Everything in it but the database."""
        found = {str(path.relative_to(self.paths.home)) for path in self.paths.home.rglob("*")}
        return {name for name in found if not name.startswith(("app.db", "backups"))}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    made: list[Store] = []

    def make(name: str) -> Place:
        there = Place(tmp_path / name)
        made.append(there.store)
        return there

    yield make
    for store in made:
        store.close()


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    (tmp_path / "films").mkdir()
    return make_video(tmp_path / "films" / "my talk é.mp4", 1.0)


def path_of(there: Place, asset_id: str) -> Path:
    return Path(there.store.asset(asset_id).path)


def fill(there: Place, recording: Path | None = None) -> None:
    """A project with everything in it, its recording where one is given, a style of the user's own."""
    stored.fill(there.store)
    with there.store.transaction("More", "proj_1") as tx:
        tx.put(STYLE)
        tx.put(replace(STYLE, id="style_unused"))
        tx.put(replace(stored.clip(), caption_style=STYLE.id))
        tx.put(replace(stored.clip("clip_2", rank=2), batch_id=""))
        if recording is not None:
            tx.put(stored.asset(path=str(recording), fingerprint=fingerprint(recording)))


def test_another_machine_gets_the_whole_project(place: Callable[[str], Place], tmp_path: Path) -> None:
    home, away = place("home"), place("away")
    fill(home)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "talk.viralclip")
    project = import_project(away.store, away.paths, file)

    assert (project.id, project.name) == ("proj_1", "Talk")
    assert away.store.projects() == [project]
    for read in ("sources", "caption_styles"):
        assert [one.id for one in getattr(away.store, read)()] == {
            "sources": ["src_1"],
            "caption_styles": ["style_mine"],
        }[read]
    for read in ("transcript", "batches", "clips"):
        assert getattr(away.store, read)("src_1") == getattr(home.store, read)("src_1")
    assert away.store.source("src_1") == home.store.source("src_1")
    assert away.store.caption_styles() == [STYLE]
    assert away.store.exports() == []
    assert [hit.project_id for hit in away.store.search("nobody")] == ["proj_1"]
    assert away.store.undo(project.id) is None
    assert away.files() == set()


def test_the_same_file_twice_makes_a_second_copy(place: Callable[[str], Place], tmp_path: Path) -> None:
    home = place("home")
    fill(home)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "talk.viralclip")
    second = import_project(home.store, home.paths, file)
    third = import_project(home.store, home.paths, file)

    assert [second.name, third.name] == ["Talk (2)", "Talk (3)"]
    assert len({second.id, third.id, "proj_1"}) == 3
    (source,) = home.store.sources(second.id)
    clips = home.store.clips(source.id)
    (batch,) = home.store.batches(source.id)
    assert home.store.transcript(source.id) == home.store.transcript("src_1")
    assert {clip.batch_id for clip in clips} == {batch.id, ""}
    assert not {clip.id for clip in clips} & {clip.id for clip in home.store.clips("src_1")}
    assert {clip.caption_style for clip in clips} == {STYLE.id, "karaoke"}
    assert len(home.store.caption_styles()) == 2  # the style is the same, so it is not doubled

    with home.store.transaction("Delete", second.id) as tx:
        tx.delete("project", second.id)
    assert len(home.store.clips("src_1")) == 2


def test_a_style_of_one_id_but_another_look_comes_beside(
    place: Callable[[str], Place], tmp_path: Path
) -> None:
    home, away = place("home"), place("away")
    fill(home)
    other = replace(STYLE, fill="#00FF00")
    with away.store.transaction("Style") as tx:
        tx.put(other)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "talk.viralclip")
    import_project(away.store, away.paths, file)
    styles = {style.id: style for style in away.store.caption_styles()}
    used = styles[away.store.clip("clip_1").caption_style]
    assert styles[STYLE.id] == other
    assert replace(used, id=STYLE.id) == STYLE


def test_undoing_a_deletion_after_an_import_keeps_both(place: Callable[[str], Place], tmp_path: Path) -> None:
    home = place("home")
    fill(home)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "talk.viralclip")
    with home.store.transaction("Delete Talk", "proj_1") as tx:
        tx.delete("project", "proj_1")
    copy = import_project(home.store, home.paths, file)
    assert copy.name == "Talk"
    assert home.store.history(copy.id) == []
    home.store.undo("proj_1")
    assert {project.id for project in home.store.projects()} == {"proj_1", copy.id}
    assert len(home.store.clips(home.store.sources(copy.id)[0].id)) == 2
    assert len(home.store.clips("src_1")) == 2


def test_the_recording_travels_when_asked(place: Callable[[str], Place], talk: Path, tmp_path: Path) -> None:
    home, away = place("home"), place("away")
    fill(home, talk)
    events: list[ProgressEvent] = []
    out = tmp_path / "post"
    out.mkdir()
    file = export_project(home.store, home.paths, "proj_1", out, with_media=True, progress=events.append)
    assert file == out / "Talk.viralclip"
    assert events[-1].fraction == 1.0
    assert zipfile.ZipFile(file).getinfo("media/1.mp4").compress_type == zipfile.ZIP_STORED
    content = talk.read_bytes()
    talk.unlink()

    import_project(away.store, away.paths, file)
    found = Path(away.store.source("src_1").path)
    assert found.parent == away.paths.home / "media" / "videos"
    assert found.name.startswith("my talk é-")
    assert found.read_bytes() == content
    again = import_project(away.store, away.paths, file)
    assert Path(away.store.sources(again.id)[0].path) == found
    assert len(list(found.parent.iterdir())) == 1


def test_a_recording_is_looked_for_before_it_is_unpacked(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home, away, beside = place("home"), place("away"), place("beside")
    fill(home, talk)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "x.viralclip", with_media=True)
    import_project(away.store, away.paths, file)
    assert away.store.source("src_1").path == str(talk)

    moved = talk.rename(tmp_path / talk.name)
    import_project(beside.store, beside.paths, file)
    assert beside.store.source("src_1").path == str(moved)
    assert away.files() | beside.files() == set()


def test_another_file_at_the_old_place_is_not_taken_for_it(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home, away = place("home"), place("away")
    fill(home, talk)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "x.viralclip", with_media=True)
    talk.write_bytes(b"something else")
    import_project(away.store, away.paths, file)
    assert away.store.source("src_1").path != str(talk)


def test_names_of_other_systems_and_servers(place: Callable[[str], Place], tmp_path: Path) -> None:
    home = place("home")
    fill(home)
    for number, hint in enumerate(["\\\\server\\films\\talk.mp4", "//server/films/talk.mp4", "talk.mp4"]):
        with home.store.transaction("Move", "proj_1") as tx:
            tx.put(stored.asset(path=hint))
        file = export_project(home.store, home.paths, "proj_1", tmp_path / f"{number}.viralclip")
        away = place(f"away{number}")
        import_project(away.store, away.paths, file)
        # no server is ever asked: what is missing is expected beside the file
        assert away.store.source("src_1").path == str(tmp_path / "talk.mp4")


def test_a_brand_kit_travels_with_its_files(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home, away = place("home"), place("away")
    fill(home, talk)
    files = {name: tmp_path / "brand" / name for name in ("logo.png", "font.ttf", "intro.mp4", "song.mp3")}
    (tmp_path / "brand").mkdir()
    for name, path in files.items():
        path.write_bytes(name.encode() * 100)
    kit = BrandKit(
        "brand_1",
        "Ours",
        fonts=("asset_font", "asset_gone"),
        caption_style="style_unused",
        logo=Logo("asset_logo"),
        intro="asset_intro",
        is_default=True,
    )
    song = MusicLayer("layer_1", "asset_song", TimeRange.from_seconds(0, 5))
    with home.store.transaction("Brand", "proj_1") as tx:
        for path in (*files.values(), tmp_path / "gone.ttf"):
            tx.put(Asset(f"asset_{path.stem}", AssetKind.OTHER, str(path)))
        tx.put(kit)
        tx.put(replace(stored.clip(), brand_kit=kit.id, layers=(song,)))
    small = export_project(home.store, home.paths, "proj_1", tmp_path / "small.viralclip")
    whole = export_project(home.store, home.paths, "proj_1", tmp_path / "whole.viralclip", with_media=True)
    for path in files.values():
        path.unlink()

    import_project(away.store, away.paths, small)
    (here,) = away.store.brand_kits()
    assert (here.id, here.is_default, here.caption_style) == ("brand_1", False, "style_unused")
    assert {style.id for style in away.store.caption_styles()} == {"style_unused"}
    assert here.logo is not None
    assert path_of(away, here.logo.asset_id).read_bytes() == b"logo.png" * 100
    assert path_of(away, here.fonts[0]).read_bytes() == b"font.ttf" * 100
    assert path_of(away, here.fonts[1]) == tmp_path / "gone.ttf"
    assert path_of(away, here.intro) == files["intro.mp4"]  # missing, but known where it was
    again = import_project(away.store, away.paths, small)
    assert len(away.store.brand_kits()) == 1
    assert away.store.clips(away.store.sources(again.id)[0].id)[0].brand_kit == "brand_1"

    other = place("other")
    import_project(other.store, other.paths, whole)
    (layer,) = other.store.clip("clip_1").layers
    assert isinstance(layer, MusicLayer)
    assert path_of(other, layer.asset_id).read_bytes() == b"song.mp3" * 100
    assert path_of(other, other.store.brand_kits()[0].intro).read_bytes() == b"intro.mp4" * 100


def test_the_manifest_says_what_is_inside(place: Callable[[str], Place], tmp_path: Path) -> None:
    home = place("home")
    fill(home)
    with zipfile.ZipFile(export_project(home.store, home.paths, "proj_1", tmp_path / "a")) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = set(archive.namelist())
    assert (manifest["format"], manifest["version"]) == ("viralclip-project", 3), (
        "versions that would lose parts refuse it"
    )
    assert manifest["program"]
    assert set(manifest["members"]) | {"manifest.json"} == names
    assert all(len(member["sha256"]) == 64 for member in manifest["members"].values())


def test_never_onto_a_recording_or_another_file(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home = place("home")
    fill(home, talk)
    before = talk.read_bytes()
    linked = tmp_path / "linked.viralclip"
    linked.hardlink_to(talk)
    notes = tmp_path / "notes.viralclip"
    notes.write_text("mine", encoding="utf-8")
    (tmp_path / "no").mkdir()
    for target in (talk, linked, notes, home.paths.database, tmp_path / "nowhere" / "a.viralclip"):
        with pytest.raises(BadInput):
            export_project(home.store, home.paths, "proj_1", target)
    assert talk.read_bytes() == before
    assert notes.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.rglob("*.partial"))

    file = export_project(home.store, home.paths, "proj_1", tmp_path / "again.viralclip")
    assert export_project(home.store, home.paths, "proj_1", file) == file  # its own kind is replaced


def test_what_cannot_be_exported(place: Callable[[str], Place], talk: Path, tmp_path: Path) -> None:
    home = place("home")
    fill(home, talk)
    with pytest.raises(NotFound):
        export_project(home.store, home.paths, "proj_none", tmp_path / "a")
    talk.write_bytes(talk.read_bytes() + b"more")
    with pytest.raises(BadInput, match="has changed"):
        export_project(home.store, home.paths, "proj_1", tmp_path / "a", with_media=True)
    talk.unlink()
    with pytest.raises(BadInput, match="not where it was"):
        export_project(home.store, home.paths, "proj_1", tmp_path / "a", with_media=True)
    assert not list(tmp_path.glob("a*"))


def test_cancel_leaves_nothing(place: Callable[[str], Place], talk: Path, tmp_path: Path) -> None:
    home, away = place("home"), place("away")
    fill(home, talk)
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        export_project(
            home.store,
            home.paths,
            "proj_1",
            tmp_path / "a.viralclip",
            with_media=True,
            progress=lambda event: cancel.cancel(),
            cancel=cancel,
        )
    assert not list(tmp_path.glob("a.viralclip*"))

    file = export_project(home.store, home.paths, "proj_1", tmp_path / "b.viralclip", with_media=True)
    talk.unlink()
    cancel = CancelToken()

    def stop(event: ProgressEvent) -> None:
        if event.stage == "unpack":
            cancel.cancel()

    with pytest.raises(Cancelled):
        import_project(away.store, away.paths, file, stop, cancel)
    assert away.store.projects() == []
    assert away.files() == set()


def test_translations_travel_and_are_shown_as_before(place: Callable[[str], Place], tmp_path: Path) -> None:
    home, away = place("home"), place("away")
    lines = (TranslatedLine(TimeRange.from_seconds(6, 8.5), "ทำไมไม่มีใครบอก"),)
    with home.store.transaction("Make", "proj_1") as tx:
        stored.fill(home.store)
        tx.put(Translation("translation_1", "src_1", "th", lines))
        tx.put(replace(stored.clip(), second_language="th"))
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "talk.viralclip")
    for _ in range(2):  # the second time under new ids
        project = import_project(away.store, away.paths, file)
        (source,) = away.store.sources(project.id)
        (translation,) = away.store.translations(source.id)
        assert (translation.language, translation.lines) == ("th", lines)
        assert away.store.clips(source.id)[0].second_language == "th"


def test_a_file_that_is_here_already_is_not_brought_again(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home, away = place("home"), place("away")
    fill(home, talk)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "x.viralclip", with_media=True)
    mine = talk.rename(tmp_path / "mine.mp4")
    with away.store.transaction("Import") as tx:
        tx.put(stored.asset("asset_mine", path=str(mine), fingerprint=fingerprint(mine)))
    import_project(away.store, away.paths, file)
    assert away.store.source("src_1").asset_id == "asset_mine"
    assert [part.asset_id for part in away.store.clip("clip_1").parts] == ["asset_mine"]
    assert away.store.clip("clip_1").asset_id == "asset_mine"
    assert [asset.id for asset in away.store.assets()] == ["asset_mine"]
    assert away.files() == set()


def test_a_file_that_is_missed_here_is_where_it_was_unpacked(
    place: Callable[[str], Place], talk: Path, tmp_path: Path
) -> None:
    home = place("home")
    fill(home, talk)
    file = export_project(home.store, home.paths, "proj_1", tmp_path / "x.viralclip", with_media=True)
    talk.unlink()
    import_project(home.store, home.paths, file)
    (asset,) = home.store.assets()
    assert Path(asset.path).is_file()
    assert {source.path for source in home.store.sources()} == {asset.path}
