"""What the editor edits is in the exported file as the preview shows it: cuts, crops, layers, brands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers, stored
from support.edited import span
from support.rendered import RATE_HZ, luma, rgb_of, sound_of, ssim

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.plan import Bookend, RenderPlan
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo, LowerThird
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.layers import MusicLayer, PictureLayer
from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media import encoders
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.preview import PreviewStream, PreviewVideo
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import Rendered, render_export, render_frame
from viralclip_desktop.media.run import run_ffmpeg

SIZE = frame_size(Aspect.VERTICAL, 270)
LEAST_SSIM = 0.98


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edited")


@pytest.fixture(scope="module")
def plan(folder: Path) -> RenderPlan:
    """A clip with everything on it."""
    soft = ("-vf", "gblur=sigma=2", "-bf", "2")
    film = makers.make_video(folder / "film.mp4", 8.0, "640x360", "30", audio="noise", gop=60, extra=soft)
    roll = makers.make_video(folder / "roll.mp4", 3.0, "360x640", audio=None, extra=soft)
    music = makers.make_sound(folder / "music.wav", 8.0)
    logo = folder / "logo.png"
    disc = "color=c=red@0:s=200x200,format=rgba,geq=r=255:g=60:b=0:a='255*lt(hypot(X-100,Y-100),90)'"
    run_ffmpeg(["-f", "lavfi", "-i", disc, "-frames:v", "1", "-update", "1", str(logo)])
    kit = BrandKit(
        "kit", "Ours", ("#1D3FA8",), logo=Logo("logo"), lower_third=LowerThird("Ada", "Maths", 0.3, 2)
    )
    source = stored.source(path=str(film), info=probe(film))
    assets = {
        path.stem: Asset(path.stem, AssetKind.OTHER, str(path), info=examine(path))
        for path in (roll, music, logo)
    }
    return plan_clip(source, spoken(), edited(), caption_styles()["box"], kit=kit, assets=assets)


def edited() -> Clip:
    second = Time.from_seconds(1)
    layers = (
        PictureLayer("b", "roll", span(2, 2.8), fade=Time.from_seconds(0.2)),
        MusicLayer("m", "music", span(0, 9), volume_db=-6, fade=second),
    )
    keys = (FrameKey(Time.from_seconds(1), 0.35), FrameKey(Time.from_seconds(5), 0.6, 0.4, 1.8))
    kept = stored.ranges((1, 2), (2.5, 4.2), (4.9, 6))
    return replace(stored.clip(), parts=kept, layers=layers, frame_keys=keys)


def spoken() -> Transcript:
    words = [
        Word(text, Time.from_seconds(1.2 + 0.5 * number), Time.from_seconds(1.6 + 0.5 * number))
        for number, text in enumerate(["nobody", "tells", "you", "that", "half", "of", "it", "is", "luck"])
    ]
    return Transcript("x", "en", tuple(words), ())


@pytest.fixture(scope="module")
def exported(plan: RenderPlan, folder: Path) -> tuple[Path, Rendered]:
    out = folder / "out.mp4"
    return out, render_export(plan, SIZE, out, encoders.named(encoders.FALLBACK), folder / "work")


def still(plan: RenderPlan, frame: int, folder: Path, size: Size = SIZE) -> np.ndarray:
    pixels = render_frame(plan, size, Time.from_frames(frame, plan.fps), folder / "work")
    return np.frombuffer(pixels, np.uint8).reshape(size.height, size.width, 3)


def test_stills_and_the_file_are_the_same(
    plan: RenderPlan, exported: tuple[Path, Rendered], folder: Path
) -> None:
    frames = [0, 20, 29, 30, 62, 70, 80, 84, plan.frame_count - 1]
    for frame, shown in zip(frames, rgb_of(exported[0], SIZE, frames), strict=True):
        assert ssim(luma(still(plan, frame, folder)), luma(shown)) >= LEAST_SSIM, frame


def test_playing_shows_the_same_frames(plan: RenderPlan, folder: Path) -> None:
    with PreviewStream(plan, SIZE, Time.from_frames(58, plan.fps), folder / "work") as stream:
        shown = [item for item in stream if isinstance(item, PreviewVideo)]
    assert len(shown) == plan.frame_count - 58
    for frame in (58, 70, 100):
        pixels = np.frombuffer(shown[frame - 58].pixels, np.uint8).reshape(SIZE.height, SIZE.width, 4)
        difference = np.abs(pixels[..., 2::-1].astype(int) - still(plan, frame, folder))
        assert difference.max() <= 3, frame


def test_the_file_is_as_long_and_as_loud_as_it_should_be(
    plan: RenderPlan, exported: tuple[Path, Rendered]
) -> None:
    report = exported[1].report
    assert report.frames == plan.frame_count == 114
    assert abs(len(sound_of(exported[0])) - plan.duration.samples(RATE_HZ)) <= 1024
    assert report.loudness.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert report.loudness.true_peak_dbtp is not None
    assert report.loudness.true_peak_dbtp <= -1


def test_each_thing_is_in_the_picture(plan: RenderPlan, folder: Path) -> None:
    """The comparisons would hold without them, too."""
    bare = replace(plan, overlays=(), name_line=None, moves=())
    for frame, without in (
        (70, replace(plan, overlays=plan.overlays[1:])),  # B-roll
        (20, replace(plan, overlays=plan.overlays[:1])),  # logo
        (30, replace(plan, name_line=None)),
        (50, replace(plan, moves=())),
        (50, bare),
    ):
        changed = np.abs(still(plan, frame, folder).astype(int) - still(without, frame, folder)) > 40
        assert changed.any(axis=2).mean() > 0.005, frame


def test_small_and_large_show_the_same(plan: RenderPlan, folder: Path) -> None:
    """The preview's size against one twice as large, made small afterwards."""
    large = frame_size(Aspect.VERTICAL, 540)
    for frame in (20, 50, 70):
        big = still(plan, frame, folder, large).reshape(SIZE.height, 2, SIZE.width, 2, 3).mean(axis=(1, 3))
        assert ssim(luma(still(plan, frame, folder)), luma(big)) >= 0.93, frame


def test_intro_and_outro_are_in_the_file_alone(plan: RenderPlan, folder: Path) -> None:
    """Their frames and their sound before and after the clip's, which stay as the preview shows them."""
    intro = makers.make_video(folder / "intro.mp4", 1.0, "320x320", "25", gop=25)
    outro = makers.make_video(folder / "outro.mp4", 0.5, "180x320", "30", audio=None)
    short = replace(plan, parts=plan.parts[:1], words=(), sounds=())
    ends = {"intro": Bookend(str(intro), examine(intro)), "outro": Bookend(str(outro), examine(outro))}
    whole, out = replace(short, **ends), folder / "whole.mp4"  # type: ignore[arg-type]
    report = render_export(whole, SIZE, out, encoders.named(encoders.FALLBACK), folder / "work").report
    assert report.frames == 30 + short.frame_count + 15
    assert report.loudness.integrated_lufs == pytest.approx(-14, abs=0.5)
    first, last, roll = rgb_of(out, SIZE, [30, 29 + short.frame_count, 31 + short.frame_count])
    assert ssim(luma(still(whole, 0, folder)), luma(first)) >= LEAST_SSIM
    assert ssim(luma(still(whole, short.frame_count - 1, folder)), luma(last)) >= LEAST_SSIM
    assert ssim(luma(roll), luma(last)) < 0.6
    sound = np.abs(sound_of(out)[:, 0])
    assert sound[RATE_HZ // 2 : RATE_HZ // 2 + 4800].max() > 0.05
    assert sound[-RATE_HZ // 4 :].max() < 0.01
