"""Files: where they go, what is refused, and what real recordings add."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from support import makers, stored

from viralclip_desktop.core.errors import BadInput, Fault, NotFound, UsageError
from viralclip_desktop.features.interchange import export_each, export_timeline
from viralclip_desktop.features.interchange.addresses import file_name, file_url
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store import Store

Keep = Callable[..., Store]


@pytest.mark.parametrize("ending", ["otio", "fcpxml", "edl", "OTIO"])
def test_the_ending_says_the_format(chosen: Any, keep: Keep, tmp_path: Path, ending: str) -> None:
    store = keep(chosen(1), chosen(2, title="Second"))
    out = tmp_path / "new folder" / f"cut.{ending}"
    assert export_timeline(store, ["clip_2", "clip_1"], out) == out
    text = out.read_text(encoding="utf-8")
    assert text.index("Second") < text.index("Why nobody told me"), "in the order they were asked for"
    assert [path.name for path in out.parent.iterdir()] == [out.name], "nothing else is left"


def test_a_format_can_be_named(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    out = export_timeline(keep(chosen()), ["clip_1"], tmp_path / "cut.txt", "edl")
    assert out.read_text(encoding="utf-8").startswith("TITLE:")


def test_one_file_each_replaces_nothing(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    titles = ["What? A/B: “test”", "What? A/B: “test”", "CON.."]
    store = keep(*(chosen(number, title=title) for number, title in enumerate(titles, 1)))
    paths = export_each(store, ["clip_1", "clip_2", "clip_3"], tmp_path / "cuts", "otio")
    assert [path.name for path in paths] == ["What A B “test”.otio", "What A B “test” 2.otio", "_CON.otio"]
    assert [otio.adapters.read_from_file(str(path)).name for path in paths] == titles


@pytest.mark.parametrize("name", ["cut.mov", "cut", ".otio"])
def test_an_unknown_ending_is_told(chosen: Any, keep: Keep, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"\.otio, \.fcpxml, \.edl"):
        export_timeline(keep(chosen()), ["clip_1"], tmp_path / name)


def test_no_clips_and_unknown_clips_are_told(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    store = keep(chosen())
    with pytest.raises(UsageError):
        export_timeline(store, [], tmp_path / "cut.otio")
    with pytest.raises(NotFound):
        export_timeline(store, ["clip_9"], tmp_path / "cut.otio")


def test_a_recording_is_never_overwritten(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    film = tmp_path / "film.otio"
    film.write_bytes(b"a recording with an odd name")
    other = chosen(2, path=str(film))
    link = tmp_path / "link.otio"
    link.hardlink_to(film)
    store = keep(chosen(1), other)
    for out in (film, link, tmp_path / "." / "film.otio"):
        with pytest.raises(BadInput, match="overwrite"):
            export_timeline(store, ["clip_1"], out)
    assert film.read_bytes() == b"a recording with an odd name"


def test_a_place_that_cannot_be_written_is_told(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    store = keep(chosen())
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.otio").mkdir()
    for out in (tmp_path / "file" / "cut.otio", tmp_path / "folder.otio"):
        with pytest.raises(Fault):
            export_timeline(store, ["clip_1"], out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.otio", "home"]


@pytest.mark.parametrize("code", ["01:00:00;00", "10:20:30:04"])
def test_the_files_own_timecode_is_read(chosen: Any, keep: Keep, tmp_path: Path, code: str) -> None:
    film = makers.make_video(tmp_path / "film.mov", 2.0, fps="30000/1001", extra=("-timecode", code))
    item = chosen()
    source = stored.with_file(item.source, path=str(film), info=probe(film))
    clip = replace(item.clip, parts=stored.ranges((0.5, 1.5)))
    out = export_timeline(keep(replace(item, source=source, clip=clip)), ["clip_1"], tmp_path / "cut.otio")
    (found,) = otio.adapters.read_from_file(str(out)).find_clips()[:1]
    whole, rate = found.media_reference.available_range, 30000 / 1001
    assert whole.start_time == otio.opentime.from_timecode(code, rate)
    assert found.source_range.start_time.value - whole.start_time.value == 15
    assert otio.url_utils.filepath_from_url(found.media_reference.target_url) == film.as_posix()


def test_a_film_without_timecode_begins_at_nought(chosen: Any, keep: Keep, tmp_path: Path) -> None:
    film = makers.make_rotated(tmp_path / "film.mp4")
    item = chosen()
    source = stored.with_file(item.source, path=str(film), info=probe(film))
    clip = replace(item.clip, parts=stored.ranges((0.52, 1.52)))
    out = export_timeline(keep(replace(item, source=source, clip=clip)), ["clip_1"], tmp_path / "cut.edl")
    assert "00:00:00:13 00:00:01:13 01:00:00:00 01:00:01:00" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "url", "name"),
    [
        ("/films/a b.mp4", "file:///films/a%20b.mp4", "a b.mp4"),
        ("/films/back\\slash.mp4", "file:///films/back%5Cslash.mp4", "back\\slash.mp4"),
        ("D:\\Fotos\\ü.mp4", "file:///D:/Fotos/%C3%BC.mp4", "ü.mp4"),
        ("d:/films/a.mp4", "file:///d:/films/a.mp4", "a.mp4"),
        ("\\\\nas\\films\\a b.mp4", "file://nas/films/a%20b.mp4", "a b.mp4"),
    ],
)
def test_addresses_of_every_system(path: str, url: str, name: str) -> None:
    assert (file_url(path), file_name(path)) == (url, name)


@pytest.mark.skipif(sys.platform == "win32", reason="there the path is a Windows one")
def test_an_address_is_the_one_python_makes(tmp_path: Path) -> None:
    assert file_url(str(tmp_path / "é ü.mp4")) == (tmp_path / "é ü.mp4").as_uri()
