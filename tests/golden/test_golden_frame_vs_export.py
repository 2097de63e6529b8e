"""The preview is the export: an exact frame and the same frame of the finished file look the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import luma, plan_of, rgb_of, ssim

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media import encoders
from viralclip_desktop.media.render import render_export, render_frame

STYLES = caption_styles()
TEXT = "So here is what nobody tells you: 50% of it is luck, and the rest is showing up."
SHORT_SIDE_PX = 360
LEAST_SSIM = 0.98


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("golden")


@pytest.fixture(scope="module")
def film(folder: Path) -> Path:
    """A soft moving picture, as cameras make them."""
    soft = ("-vf", "gblur=sigma=2", "-bf", "2")
    return makers.make_video(folder / "film.mp4", 6.0, "640x360", "30000/1001", gop=60, extra=soft)


def captioned(film: Path, style: str, aspect: Aspect, framing: Framing) -> RenderPlan:
    words = TEXT.split()
    length_s = 3.6 / len(words)
    spoken = tuple(
        Word(word, Time.from_seconds(n * length_s), Time.from_seconds((n + 0.9) * length_s))
        for n, word in enumerate(words)
    )
    plan = plan_of(film, 1.3, 5.0, aspect=aspect, framing=framing, words=spoken, style=STYLES[style])
    return replace(plan, fps=Fraction(30000, 1001), fade_out=Time.from_seconds(0.2))


def compare(plan: RenderPlan, folder: Path, size: Size) -> dict[int, float]:
    """SSIM of the exact frame against the exported one, at the first, last, and frames between."""
    out, last = folder / f"{plan.style.id if plan.style else 'plain'}-{size}.mp4", plan.frame_count - 1
    render_export(plan, size, out, encoders.named(encoders.FALLBACK), folder / "work")
    frames = [0, 7, last // 3, last // 2, last - 20, last]
    found = {}
    for frame, exported in zip(frames, rgb_of(out, size, frames), strict=True):
        at = Time.from_frames(frame, plan.fps)
        still = np.frombuffer(render_frame(plan, size, at, folder / "work"), np.uint8)
        found[frame] = ssim(luma(still.reshape(exported.shape)), luma(exported))
        assert np.abs(still.astype(float).mean() - exported.astype(float).mean()) < 1.5, "colours differ"
    return found


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style(film: Path, folder: Path, style: str) -> None:
    plan = captioned(film, style, Aspect.VERTICAL, Framing.CROP)
    found = compare(plan, folder, frame_size(Aspect.VERTICAL, SHORT_SIDE_PX))
    assert min(found.values()) >= LEAST_SSIM, found


@pytest.mark.parametrize("framing", list(Framing))
@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_shape_and_framing(film: Path, folder: Path, aspect: Aspect, framing: Framing) -> None:
    plan = captioned(film, "karaoke", aspect, framing)
    found = compare(plan, folder, frame_size(aspect, SHORT_SIDE_PX))
    assert min(found.values()) >= LEAST_SSIM, found


def test_sound_alone(folder: Path) -> None:
    speech = makers.make_sound(folder / "talk.flac", 5.0, "noise")
    plan = captioned(speech, "box", Aspect.SQUARE, Framing.CROP)
    found = compare(plan, folder, frame_size(Aspect.SQUARE, SHORT_SIDE_PX))
    assert min(found.values()) >= LEAST_SSIM, found


def test_captions_are_in_both(film: Path, folder: Path) -> None:
    """The comparison would hold without captions, too: they must be there."""
    plan = captioned(film, "karaoke", Aspect.VERTICAL, Framing.CROP)
    size, at = frame_size(Aspect.VERTICAL, SHORT_SIDE_PX), Time.from_seconds(1.0)
    with_words = np.frombuffer(render_frame(plan, size, at, folder / "work"), np.uint8).astype(int)
    without = np.frombuffer(render_frame(replace(plan, words=()), size, at, folder / "work"), np.uint8)
    changed = (np.abs(with_words - without).reshape(size.height, size.width, 3) > 60).any(axis=2)
    rows = np.flatnonzero(changed.any(axis=1)) / size.height
    assert changed.mean() > 0.005
    assert 0.5 < rows.min() < rows.max() < 0.9
