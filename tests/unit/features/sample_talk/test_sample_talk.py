"""The sample talk: what it says, and that the film shows who speaks."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken, ProgressEvent, ignore_progress
from viralclip_desktop.core.resources import resource
from viralclip_desktop.features.sample_talk import Script, load_script, make_sample
from viralclip_desktop.features.sample_talk.drawing import Canvas, Pen
from viralclip_desktop.features.sample_talk.picture import cuts
from viralclip_desktop.features.sample_talk.recording import record
from viralclip_desktop.features.sample_talk.scenes import FACES, HOST, draw_face
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import run_ffmpeg


def few_lines() -> Script:
    """A question, an answer, and the next question: two cuts."""
    script = load_script()
    wanted = ("What would you do if you", "I lost my job", "Okay.")
    lines = tuple(line for line in script.lines if line.text.startswith(wanted))
    return replace(script, lines=tuple(replace(line, pause_s=0.5) for line in lines))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "talk.mp4", script=few_lines())


def picture_at(film: Path, second: float) -> np.ndarray:
    blocks: list[bytes] = []
    run_ffmpeg(
        [
            "-ss",
            str(second),
            "-i",
            str(film),
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "pipe:1",
        ],
        stdout=blocks.append,
    )
    return np.frombuffer(b"".join(blocks), np.uint8).reshape(720, 1280, 3)


def test_the_text_has_what_a_first_try_needs() -> None:
    script = load_script()
    texts = [line.text for line in script.lines]
    assert sum(text.endswith("?") for text in texts) >= 4
    assert any("hundred" in text for text in texts)
    assert any(text.startswith("Um") for text in texts)
    assert {speaker.camera for speaker in script.speakers.values()} == {"a", "b"}
    assert len({speaker.voice for speaker in script.speakers.values()}) >= 3
    assert {line.mood for line in script.lines} == {"plain", "lively", "flat"}
    assert set(json.loads(resource("sample", "talk.json").read_text(encoding="utf-8"))) == {
        "title",
        "speakers",
        "lines",
    }


def test_the_talk_is_about_three_minutes_and_the_lines_are_heard_where_they_are_said_to_be(
    tmp_path: Path,
) -> None:
    sound = record(load_script(), tmp_path, ignore_progress, CancelToken())
    assert 160 <= sound.duration_s <= 200
    for spoken in sound.lines:
        low, high = (int(at * sound.rate_hz) for at in (spoken.start_s, spoken.end_s))
        assert np.std(sound.samples[low:high]) > 0.05
    for before, after in pairwise(sound.lines):
        pause = sound.samples[
            int(before.end_s * sound.rate_hz) + 50 : int(after.start_s * sound.rate_hz) - 50
        ]
        assert 0 < np.std(pause) < 0.002  # a room, not digital silence


def test_the_camera_follows_the_speaker(tmp_path: Path) -> None:
    script = few_lines()
    sound = record(script, tmp_path, ignore_progress, CancelToken())
    changes = cuts(sound, script)
    assert [camera for _, camera in changes] == ["a", "b", "a"]
    assert 0.1 <= sound.lines[1].start_s - changes[1][0] <= 0.3


def test_the_film_plays_everywhere(film: Path) -> None:
    info = probe(film)
    assert info.video is not None
    assert (info.video.codec, str(info.video.size), info.video.pixel_format) == (
        "h264",
        "1280x720",
        "yuv420p",
    )
    assert info.video.fps == 30
    assert not info.video.variable_rate
    assert [audio.codec for audio in info.audio] == ["aac"]
    assert 7 <= info.duration.seconds <= 12
    assert list(film.parent.iterdir()) == [film]


def test_the_two_cameras_look_different_and_the_figure_stands_in_the_middle(film: Path) -> None:
    host, guest = picture_at(film, 1.5), picture_at(film, 5.5)
    assert host[:, :, 2].mean() > host[:, :, 0].mean()  # a blue studio
    assert guest[:, :, 0].mean() > guest[:, :, 2].mean() + 40  # a warm bakery
    upright = slice(640 - 202, 640 + 202)
    skin = np.array(HOST.skin)
    close = np.abs(host.astype(int) - skin).sum(axis=2) < 60
    assert close[:, upright].sum() > 0.9 * close.sum() > 5000


def test_the_picture_moves(film: Path) -> None:
    first, later = picture_at(film, 1.5).astype(int), picture_at(film, 1.9).astype(int)
    assert np.abs(first - later).mean() > 0.3


def test_progress_runs_to_the_end_and_cancel_leaves_nothing(tmp_path: Path) -> None:
    events: list[ProgressEvent] = []
    cancel = CancelToken()

    def stop_soon(event: ProgressEvent) -> None:
        events.append(event)
        if event.stage == "draw":
            cancel.cancel()

    with pytest.raises(Cancelled):
        make_sample(tmp_path / "out" / "talk.mp4", stop_soon, cancel, few_lines())
    assert list((tmp_path / "out").iterdir()) == []
    assert {event.stage for event in events} == {"speak", "draw"}


def test_every_face_differs() -> None:
    pictures = [draw_face("a", face).rgb.tobytes() for face in FACES]
    assert len(set(pictures)) == len(FACES)


def test_a_shape_covers_what_it_should() -> None:
    canvas = Canvas.empty(40, 40)
    canvas.fill(Pen(canvas).ellipse(20, 20, 10, 10), (255, 0, 0))
    assert canvas.alpha.sum() == pytest.approx(np.pi * 100, rel=0.03)
    assert canvas.alpha[20, 20] == 1
    assert canvas.alpha[0, 0] == 0
