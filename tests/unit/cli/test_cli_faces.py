"""Captions kept off faces from the command line: the frame on disk is the one with the free face."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import CommandLine
from support.faces import Head, make_film
from support.projects import add_project

from viralclip_desktop.cli.clip_looks import kept_off_faces
from viralclip_desktop.cli.main import build_parser


@pytest.mark.parametrize("command", [("make", "talk.mp4"), ("find", "src_1")])
def test_make_and_find_take_the_wish(command: tuple[str, ...]) -> None:
    parser = build_parser()
    assert parser.parse_args([*command, "--keep-off-faces"]).keep_off_faces
    assert not parser.parse_args([*command]).keep_off_faces


def test_a_frame_has_its_faces_found_first(viralclip: CommandLine, tmp_path: Path) -> None:
    film = make_film(tmp_path / "talk.mp4", [(9.0, [Head(0.5, 0.5, 0.55)])])
    clip = viralclip.services.store.clips(add_project(viralclip.services, film, clips=1).id)[0]

    def frame(name: str) -> bytes:
        out = tmp_path / name
        viralclip.json("frame", clip.id, "--at", "1.5", "--width", "180", "--out", str(out))
        return out.read_bytes()

    viralclip.json("clips", "style", clip.id, "--set", "position=0.5")
    over = frame("over.png")
    assert not list(viralclip.services.paths.cache.rglob("faces-*"))
    (kept,) = kept_off_faces(viralclip.services, [viralclip.services.store.clip(clip.id)])
    assert kept.caption_override is not None
    assert (kept.caption_override.position, kept.caption_override.keep_off_faces) == (0.5, True)
    assert frame("clear.png") != over
    assert list(viralclip.services.paths.cache.rglob("faces-*/*.json"))
    assert viralclip.services.jobs.list() == [], "found before, not behind it"
    viralclip.json("clips", "style", clip.id, "--set", "keep_off_faces=off")
    assert frame("again.png") == over
