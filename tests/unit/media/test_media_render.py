"""Finished files and exact frames."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import (
    NUMBERED,
    clicks,
    frames_of,
    luma_of,
    make_numbered,
    numbers,
    plan_of,
    sound_of,
)

from viralclip_desktop.compose.graph import Window, build
from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.files import partial_of
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer
from viralclip_desktop.media import encoders
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import frame_at, frame_png, render_export, render_frame
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.media.workdir import prepare, tidy

X264 = encoders.named(encoders.FALLBACK)
SMALL = Size(160, 90)


def test_an_export_holds_the_frames_and_sounds_of_its_plan(tmp_path: Path) -> None:
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 2.5, 6.5)
    out, seen = tmp_path / "out" / "clip.mp4", list[ProgressEvent]()
    found = render_export(
        plan, NUMBERED, out, X264, tmp_path / "work", progress=seen.append, title="A “title”"
    )
    assert numbers(luma_of(out, NUMBERED)) == list(range(75, 195))
    assert clicks(sound_of(out)) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.003)
    assert found.report.frames == 120
    assert found.report.loudness.true_peak_dbtp is not None
    assert found.encoder.name == "libx264"
    fractions = [event.fraction or 0 for event in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert [path.name for path in out.parent.iterdir()] == ["clip.mp4"]
    assert not [path for path in (tmp_path / "work").iterdir() if path.name.startswith("work_")]


def test_the_file_is_what_players_and_platforms_want(tmp_path: Path) -> None:
    import av

    film = makers.make_video(tmp_path / "film.mp4", 6.0, fps="30000/1001")
    out = tmp_path / "clip.mp4"
    plan = plan_of(film, 0.5, 5.5, aspect=Aspect.VERTICAL)
    render_export(
        plan, frame_size(Aspect.VERTICAL, 180), out, X264, tmp_path / "work", title="Why this works"
    )
    info = probe(out)
    assert info.video is not None
    assert (info.video.codec, info.video.pixel_format) == ("h264", "yuv420p")
    assert (info.video.size, info.video.pixel_aspect) == (Size(180, 320), 1)
    assert (info.video.fps, info.video.variable_rate) == (Fraction(30000, 1001), False)
    assert (info.video.color_matrix, info.video.color_primaries, info.video.color_transfer) == ("bt709",) * 3
    assert info.video.keyframe_gap_s == pytest.approx(2.0, abs=0.1)
    assert [(track.codec, track.rate_hz, track.channels) for track in info.audio] == [("aac", 48000, 2)]
    with av.open(str(out)) as container:
        assert container.metadata["title"] == "Why this works"
        assert container.streams.video[0].codec_context.profile == "High"


def test_a_film_without_sound_gets_a_silent_track(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "mute.mp4", audio=None), 0.2, 1.8)
    found = render_export(plan, SMALL, tmp_path / "clip.mp4", X264, tmp_path / "work")
    assert found.report.loudness.integrated_lufs is None
    assert np.abs(sound_of(tmp_path / "clip.mp4")).max() < 0.001


def test_sound_alone_becomes_a_film(tmp_path: Path) -> None:
    plan = plan_of(makers.make_sound(tmp_path / "talk.mp3", 4.0, "noise"), 0.5, 3.5, aspect=Aspect.SQUARE)
    found = render_export(plan, Size(180, 180), tmp_path / "clip.mp4", X264, tmp_path / "work")
    assert (found.report.frames, found.report.fps) == (90, 30)
    assert found.report.loudness.integrated_lufs == pytest.approx(-14, abs=0.3)


def test_cancel_leaves_nothing_behind(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 20.0, "640x360"), 0, 20)
    cancel, out = CancelToken(), tmp_path / "out" / "clip.mp4"
    with pytest.raises(Cancelled):
        render_export(
            plan,
            frame_size(Aspect.WIDE, 1080),
            out,
            X264,
            tmp_path / "work",
            progress=lambda event: cancel.cancel(),
            cancel=cancel,
        )
    assert list(out.parent.iterdir()) == []
    assert not [path for path in (tmp_path / "work").iterdir() if path.name.startswith("work_")]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sound")]


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove a file that is being written")
def test_what_a_killed_programs_encoder_still_writes_goes_nowhere(tmp_path: Path) -> None:
    plan, out = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 1), tmp_path / "clip.mp4"
    with partial_of(out).path.open("wb") as orphan:
        render_export(plan, SMALL, out, X264, tmp_path / "work")
        whole = out.read_bytes()
        orphan.write(b"late" * 1000)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("way", ["same path", "symbolic link", "hard link"])
def test_a_recording_is_never_overwritten_by_its_clip(way: str, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    before, target = film.read_bytes(), film
    if way == "symbolic link":
        target = tmp_path / "link.mp4"
        target.symlink_to(film)
    elif way == "hard link":
        target = tmp_path / "hard.mp4"
        os.link(film, target)
    with pytest.raises(BadInput, match="overwrite its own recording"):
        render_export(plan_of(film, 0, 1), SMALL, target, X264, tmp_path / "work")
    assert film.read_bytes() == before


def test_an_encoder_that_fails_on_the_way_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = encoders.EncoderChoice("h264_nvenc", "NVIDIA NVENC", True)
    real = encoders.video_args

    def args(choice: encoders.EncoderChoice, fps: Fraction) -> list[str]:
        return ["-c:v", "no_such_encoder"] if choice.hardware else real(choice, fps)

    monkeypatch.setattr(encoders, "video_args", args)
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 1.5)
    found = render_export(plan, SMALL, tmp_path / "clip.mp4", broken, tmp_path / "work")
    assert found.encoder.name == "libx264"
    assert "NVIDIA NVENC does not work here, so x264 was used instead." in found.notes


def test_a_still_is_the_frame_at_its_time(tmp_path: Path) -> None:
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 2.0, 6.0)
    for at_s, expected in ((0.0, 60), (1.0, 90), (1.03, 90), (3.99, 179), (9.0, 179)):
        pixels = render_frame(plan, NUMBERED, Time.from_seconds(at_s), tmp_path / "work")
        picture = np.frombuffer(pixels, np.uint8).reshape(1, NUMBERED.height, NUMBERED.width, 3)
        assert numbers(picture) == [expected]


def test_every_frame_time_means_its_own_frame(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 2)
    for fps in (Fraction(30000, 1001), Fraction(24000, 1001), Fraction(1000, 33), Fraction(60)):
        odd = replace(plan, fps=fps)
        frames = range(odd.frame_count)
        assert [frame_at(odd, Time.from_frames(frame, fps)) for frame in frames] == list(frames)


def test_a_still_as_a_picture_file(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 2)
    out = frame_png(
        plan, SMALL, Time.from_seconds(1), tmp_path / "100% of it" / "f%03d é.png", tmp_path / "work"
    )
    blocks: list[bytes] = []
    run_ffmpeg([*input_args(out), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    assert b"".join(blocks) == render_frame(plan, SMALL, Time.from_seconds(1), tmp_path / "work")
    assert [path.name for path in out.parent.iterdir()] == ["f%03d é.png"]


@pytest.mark.parametrize("name", ["50% [off], it's 'new'; ok=1.mp4", "-x.mp4", "ไทย 日本 😀.mp4", "a:b.mp4"])
def test_names_of_recordings_may_be_anything(name: str, tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    odd = film.rename(film.with_name(name))
    assert len(render_frame(plan_of(odd, 0, 1), SMALL, Time(0), tmp_path / "work")) == 160 * 90 * 3


def test_a_long_graph_goes_through_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viralclip_desktop.media.graph_args._LONG_GRAPH", 10)
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 2.0, 3.0)
    folder = prepare(tmp_path / "work", plan)
    args = graph_args(build(plan, NUMBERED, Window(0, 1), audio=False), folder)
    assert not [arg for arg in args if "setpts" in arg]
    pixels = render_frame(plan, NUMBERED, Time(0), tmp_path / "work")
    assert numbers(np.frombuffer(pixels, np.uint8).reshape(1, 180, 320, 3)) == [60]


def test_work_folders_are_shared_and_tidied(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 2)
    root = tmp_path / "work"
    folder = prepare(root, plan)
    assert prepare(root, replace(plan, centre_x=0.2)) == folder
    assert prepare(root, replace(plan, aspect=Aspect.SQUARE)) != folder
    used = folder.stat().st_mtime
    tidy(root, now=used + 3600)
    assert folder.is_dir()
    tidy(root, now=used + 48 * 3600)
    assert not folder.exists()


def test_the_graph_of_a_still_and_of_the_export_show_the_same(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4", 3.0), 0.5, 2.5)
    whole = frames_of(plan, SMALL)
    still = render_frame(plan, SMALL, Time.from_frames(20, plan.fps), tmp_path / "work")
    assert whole[20].tobytes() == still


def test_what_is_drawn_over_the_picture_is_drawn_again_when_any_of_it_changes(tmp_path: Path) -> None:
    plan = plan_of(make_numbered(tmp_path / "film.mp4"), 2.5, 6.5)
    span = TimeRange(Time(0), plan.duration)
    hook = replace(plan, titles=(TitleLayer("layer_1", "So this is it", span),))
    barred = replace(hook, progress=(ProgressLayer("layer_2", span),))
    taller = replace(hook, progress=(ProgressLayer("layer_2", span, height=0.2),))
    folders = [prepare(tmp_path / "work", one) for one in (plan, hook, barred, taller)]
    assert len(set(folders)) == len(folders)
