"""Captions kept off faces from the command line: the frame on disk is the one with the free face."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import CommandLine
from support.faces import Head, make_film
from support.projects import add_project

from viralclip_desktop.cli.main import build_parser
from viralclip_desktop.features.workflows.versions import kept_off_faces

ADDRESS = "https://example.org/talk"
MADE = [("make", "talk.mp4"), ("make", ADDRESS), ("batch", "talk.mp4")]


@pytest.mark.parametrize("command", [*MADE, ("find", "src_1"), ("watch", "in")])
def test_whatever_makes_clips_takes_the_wish(command: tuple[str, ...]) -> None:
    parser = build_parser()
    assert parser.parse_args([*command, "--keep-off-faces"]).keep_off_faces
    assert not parser.parse_args([*command]).keep_off_faces


@pytest.mark.parametrize("command", MADE)
def test_a_second_language_is_taken_wherever_one_recording_is_made_into_clips(
    command: tuple[str, ...],
) -> None:
    second = ["--second-subtitles", "talk.th.srt", "--second-language", "th"]
    args = build_parser().parse_args([*command, *second])
    assert (args.second_subtitles, args.second_language) == ("talk.th.srt", "th")


def test_a_second_language_is_for_one_recording(viralclip: CommandLine, tmp_path: Path) -> None:
    second = tmp_path / "talk.th.srt"
    second.write_text("1\n00:00:00,500 --> 00:00:04,000\nไม่มีใครบอกคุณ\n", encoding="utf-8")
    for inputs in ((str(tmp_path),), ("one.mp4", "two.mp4")):
        code, _, told = viralclip("batch", *inputs, "--second-subtitles", str(second))
        assert code == 2
        assert "--second-subtitles is for a single recording." in told
        assert viralclip.services.jobs.list() == []


def test_a_frame_has_its_faces_found_first(viralclip: CommandLine, tmp_path: Path) -> None:
    film = make_film(tmp_path / "talk.mp4", [(9.0, [Head(0.5, 0.5, 0.55)])])
    clip = viralclip.services.store.clips(add_project(viralclip.services, film, clips=1).id)[0]

    def frame(name: str) -> bytes:
        out = tmp_path / name
        viralclip.json("frame", clip.id, "--at", "1.5", "--width", "180", "--out", str(out))
        return out.read_bytes()

    viralclip.json("clips", "framing", clip.id, "crop")
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
