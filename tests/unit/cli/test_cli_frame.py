"""``viralclip frame``: stills of the clip, and of its intro and outro."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored
from support.command_line import CommandLine, make_services

from viralclip_desktop.cli.frame import _clip_time
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.media.probe import probe


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A clip of two seconds, with an intro of one second and no outro."""
    services = make_services(tmp_path / "home")
    film = makers.make_video(tmp_path / "film.mp4", 4.0, "320x180", "30")
    intro = makers.make_video(tmp_path / "intro.mp4", 1.0, "180x320", "30", audio=None)
    source = stored.source(path=str(film), info=probe(film))
    clip = replace(stored.clip(), parts=stored.ranges((1, 3)), brand_kit="kit_1", captions_on=False)
    bumper = stored.taken_in(services.store, intro)
    with services.store.transaction("Film", undoable=False) as tx:
        tx.put(stored.project())
        tx.put(source)
        tx.put(stored.batch())
        tx.put(BrandKit("kit_1", "Ours", intro=bumper))
        tx.put(clip)
    yield CommandLine(services, capsys)
    services.close()


def test_times_before_and_behind_the_clip(viralclip: CommandLine, tmp_path: Path) -> None:
    found = {}
    for at in ("-1", "-0.5", "0", "1.9", "2"):
        out = tmp_path / f"at{at}.png"
        shown = viralclip.json("frame", "clip_1", "--at", at, "--out", str(out), "--width", "180")
        found[at] = (round(shown["at_s"], 3), out.read_bytes())
    assert [found[at][0] for at in found] == [-1.0, -0.5, 0.0, 1.9, 1.967]
    assert len({picture for _at, picture in found.values()}) == 5


@pytest.mark.parametrize("at", ["-5", "9", "9999"])
def test_a_time_outside_of_the_clip_has_no_frame(viralclip: CommandLine, tmp_path: Path, at: str) -> None:
    out = tmp_path / "none.png"
    code, _, told = viralclip("frame", "clip_1", "--at", at, "--out", str(out))
    assert (code, told.count("\n"), out.exists()) == (2, 1, False)
    assert "It plays from -0:01.0 to 0:02.0" in told


@pytest.mark.parametrize("width", ["100000", "0", "-5", "wide"])
def test_a_picture_of_no_usable_width(
    viralclip: CommandLine, tmp_path: Path, width: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        viralclip("frame", "clip_1", "--at", "0", "--width", width, "--out", str(tmp_path / "a.png"))
    assert "a whole number from 16 to 7680" in capsys.readouterr().err


def test_a_time_before_the_clip_is_read_as_one() -> None:
    assert (_clip_time("-1.5"), _clip_time("-0:01.5"), _clip_time("1:02")) == (-1.5, -1.5, 62)
    with pytest.raises(argparse.ArgumentTypeError):
        _clip_time("--1")


@pytest.mark.parametrize("name", ["film.mp4", "intro.mp4", "home/app.db", "letter.txt"])
def test_a_picture_never_takes_the_place_of_something_else(
    viralclip: CommandLine, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    if not out.exists():
        out.write_text("Dear friend", encoding="utf-8")
    before = out.read_bytes()
    code, _, said = viralclip("frame", "clip_1", "--at", "0", "--out", str(out))
    assert code == 3
    assert out.name in said
    assert "Choose another name." in said
    assert out.read_bytes() == before
