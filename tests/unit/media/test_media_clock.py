"""Picture and sound go by one clock, whatever the container does with its time stamps."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers
from support.rendered import clicks, frames_of, luma_of, plan_of, samples_of, sound_of

from viralclip_desktop.compose.graph import Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.media import encoders
from viralclip_desktop.media.audio import extract_speech
from viralclip_desktop.media.preview import PreviewAudio, PreviewStream, PreviewVideo
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import render_export

X264 = encoders.named(encoders.FALLBACK)
SHOWN = Size(160, 90)
TOGETHER_S = 0.034  # a frame

LATE_S = 1.5
HOLE = "not(between(t,2.305,2.375))"
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "sound begins late in a transport stream": ("film.ts", {"late_s": LATE_S}),
    "in Matroska": ("film.mkv", {"late_s": LATE_S}),
    "in MP4, by an edit list": ("film.mp4", {"late_s": LATE_S}),
    "stamps that begin at an hour": ("film.ts", {"late_s": LATE_S, "extra": ("-output_ts_offset", "3600")}),
    "a lead-in of the sound before the picture": ("film.ts", {}),
    "a hole of 80 ms": ("film.mkv", {"heard": HOLE, "extra": ("-c:a", "pcm_s16le")}),
    "no keyframe where the clip begins": ("film.mkv", {"extra": ("-g", "240", "-sc_threshold", "0")}),
}


def flashes(luma: NDArray[np.uint8]) -> list[float]:
    """When a white picture comes, in seconds."""
    white = luma.reshape(len(luma), -1).mean(axis=1) > 125
    return [float(frame) / 30 for frame in np.flatnonzero(white & ~np.append(False, white[:-1]))]


def meet(seen: list[float], heard: list[float]) -> bool:
    """Whether every click comes with a flash."""
    return bool(heard) and all(min(abs(one - at) for at in seen) < TOGETHER_S for one in heard)


@pytest.fixture(params=list(KINDS))
def film(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name, wishes = KINDS[request.param]
    return makers.make_flashes(tmp_path / name, **wishes)


@pytest.fixture
def plan(film: Path) -> RenderPlan:
    return plan_of(film, 1.75, 6.25)


def test_flash_and_click_meet_in_the_file(plan: RenderPlan, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    render_export(plan, SHOWN, out, X264, tmp_path / "work")
    seen, heard = flashes(luma_of(out, SHOWN)), clicks(sound_of(out))
    assert len(heard) == 5
    assert meet(seen, heard)
    assert heard == pytest.approx([0.25, 1.25, 2.25, 3.25, 4.25], abs=0.03)


def test_each_alone_goes_by_the_same_clock(film: Path, plan: RenderPlan, tmp_path: Path) -> None:
    """A still, the sound of an export, and what a recogniser hears are each read without the other track."""
    seen = flashes(frames_of(plan, SHOWN)[..., 1])
    assert meet(seen, clicks(samples_of(plan)))
    wav = extract_speech(film, probe(film).audio[0].index, tmp_path / "speech.wav")
    with wave.open(str(wav)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / np.float32(32768)
    spoken = [at * 3 - 1.75 for at in clicks(samples[:, None])]  # written at 16 kHz, told at 48
    assert meet(seen, [at for at in spoken if 0 < at < 4.5])


def test_and_in_the_preview(plan: RenderPlan, tmp_path: Path) -> None:
    seen, heard = list[float](), list[bytes]()
    with PreviewStream(plan, SHOWN, ZERO, tmp_path) as stream:
        for item in stream:
            if isinstance(item, PreviewVideo) and np.frombuffer(item.pixels, np.uint8).mean() > 125:
                seen.append(item.time.seconds)
            elif isinstance(item, PreviewAudio):
                heard.append(item.samples)
    samples = np.frombuffer(b"".join(heard), "<i2").reshape(-1, 2) / np.float32(32768)
    assert meet(seen, clicks(samples))


def test_sound_far_ahead_of_its_picture_in_the_file_is_heard(test_media: Path) -> None:
    """A jump to a picture would land behind all of the sound until then."""
    film = test_media / "odd" / "still_vfr.mkv"
    if not film.is_file():
        pytest.skip("the odd recordings are not here")
    assert probe(film).sound_ahead_s > 10
    assert clicks(samples_of(plan_of(film, 3, 17), Window(0, 400))) == pytest.approx([2, 7, 12], abs=0.03)


def test_the_size_of_the_picture_may_change(tmp_path: Path) -> None:
    film = makers.make_size_change(tmp_path / "call.ts")
    plan = plan_of(film, 1.0, 3.0)
    found = frames_of(plan, SHOWN)
    assert len(found) == plan.frame_count
    changed = [np.abs(found[at + 3].astype(int) - found[at]).mean() > 0.1 for at in range(len(found) - 3)]
    assert all(changed), "it moves before and after"
