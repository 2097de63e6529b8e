"""What a brand kit puts on a clip."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import stored
from support.edited import span
from support.rendered import frames_of, plan_of

from viralclip_desktop.compose.branding import brand_overlays
from viralclip_desktop.compose.clip_plan import asset_ids, plan_clip
from viralclip_desktop.compose.graph import TITLES_FILE, Window, build
from viralclip_desktop.compose.name_line import name_line_of
from viralclip_desktop.compose.overlays import placed
from viralclip_desktop.compose.titles import titles_document
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.brand import BrandKit, Corner, Logo, LowerThird
from viralclip_desktop.domain.layers import PictureLayer
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.run import run_ffmpeg

KIT = BrandKit("kit_1", "Ours", colours=("#1D3FA8", "#FFC400"))
TEN = Time.from_seconds(10)


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "50% [logo].png"
    run_ffmpeg(
        [
            "-f",
            "lavfi",
            "-i",
            "color=c=red:s=200x100,format=rgba",
            "-frames:v",
            "1",
            "-update",
            "1",
            f"file:{path}",
        ]
    )
    return path


def kit_with(**how: object) -> BrandKit:
    return replace(KIT, logo=Logo("logo", **how))  # type: ignore[arg-type]


def picture(path: Path) -> dict[str, Asset]:
    return {"logo": Asset("logo", AssetKind.PICTURE, str(path), info=examine(path))}


def box(path: Path, aspect: Aspect, **how: object) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the logo as shares of the frame."""
    [overlay] = brand_overlays(kit_with(**how), aspect, TEN, picture(path))
    canvas = frame_size(aspect, 1080)
    x, y, size = placed(overlay, canvas)
    return (
        x / canvas.width,
        y / canvas.height,
        (x + size.width) / canvas.width,
        (y + size.height) / canvas.height,
    )


def test_a_logo_sits_in_its_corner_by_the_shorter_side(logo: Path) -> None:
    left, top, right, bottom = box(logo, Aspect.WIDE, corner=Corner.TOP_RIGHT, size=0.2, margin=0.1)
    assert (right - left, bottom - top) == (
        pytest.approx(0.2 * 9 / 16, abs=0.002),
        pytest.approx(0.1, abs=0.002),
    )
    assert (1 - right, top) == (pytest.approx(0.1 * 9 / 16, abs=0.002), pytest.approx(0.1, abs=0.002))
    left, _, _, bottom = box(logo, Aspect.SQUARE, corner=Corner.BOTTOM_LEFT, margin=0.05)
    assert (left, 1 - bottom) == pytest.approx((0.05, 0.05), abs=0.002)
    left, top, right, bottom = box(logo, Aspect.SQUARE, corner=Corner.CENTRE)
    assert (left + right, top + bottom) == pytest.approx((1, 1), abs=0.004)


def test_tall_clips_keep_logos_off_what_the_apps_cover(logo: Path) -> None:
    _, top, right, _ = box(logo, Aspect.VERTICAL, corner=Corner.TOP_RIGHT)
    assert top > 0.115
    assert right < 0.88
    assert box(logo, Aspect.VERTICAL, corner=Corner.BOTTOM_RIGHT)[3] < 0.78


@pytest.mark.parametrize("corner", list(Corner))
def test_a_logo_is_always_whole(corner: Corner, logo: Path) -> None:
    for aspect in Aspect:
        left, top, right, bottom = box(logo, aspect, corner=corner, size=1.0, margin=0.5)
        assert left >= 0 <= top
        assert right <= 1.001 >= bottom


def test_a_plan_wears_its_kit(logo: Path) -> None:
    kit = replace(kit_with(), watermark=Logo("logo", opacity=0.3), fonts=("font",))
    clip = replace(stored.clip(), brand_kit="kit_1", layers=(PictureLayer("a", "logo", span(1, 2)),))
    assert asset_ids(clip, kit) == ("logo", "font")
    assets = picture(logo) | {"font": Asset("font", AssetKind.FONT, "/fonts/own.ttf")}
    plan = plan_clip(stored.source(), None, clip, None, kit=kit, assets=assets)
    assert [overlay.opacity for overlay in plan.overlays] == [1.0, 0.3, 1.0]
    assert plan.overlays[-1].range.end == plan.duration
    assert plan.fonts == ("/fonts/own.ttf",)
    assert plan_clip(stored.source(), None, clip, None, kit=kit).overlays == (), "files that are not there"


def test_the_logo_is_on_every_frame(logo: Path, tmp_path: Path) -> None:
    film, size = tmp_path / "black.mp4", Size(320, 180)
    run_ffmpeg(["-f", "lavfi", "-i", "color=c=black:s=320x180:r=30:d=2", "-preset", "ultrafast", str(film)])
    plan = plan_of(film, 0, 2)
    overlays = brand_overlays(kit_with(opacity=0.5), Aspect.WIDE, plan.duration, picture(logo))
    frames = frames_of(replace(plan, overlays=overlays), size)
    x, y, place = placed(overlays[0], size)
    middles = frames[:, y + place.height // 2, x + place.width // 2]
    assert len(middles) == 60
    assert np.abs(middles.astype(int) - [128, 0, 0]).max() < 8


def test_a_name_line_shows_for_its_time(tmp_path: Path) -> None:
    kit = replace(KIT, lower_third=LowerThird("Ada {x} Lovelace", "She\\Nwrote the first program", 0.5, 4))
    line = name_line_of(kit, TEN)
    assert line is not None
    assert (line.range, line.plate, line.accent) == (span(0.5, 4.5), "#1D3FA8", "#FFC400")
    assert name_line_of(replace(kit, lower_third=LowerThird("  ")), TEN) is None
    assert name_line_of(kit, Time.from_seconds(0.4)) is None
    short = name_line_of(kit, Time.from_seconds(2))
    assert short is not None
    assert short.range == span(0.5, 2)
    film = tmp_path / "black.mp4"
    run_ffmpeg(["-f", "lavfi", "-i", "color=c=black:s=320x180:r=30:d=9", "-preset", "ultrafast", str(film)])
    plan = plan_of(film, 0, 8, name_line=line)
    assert TITLES_FILE in build(plan, Size(320, 180), Window(30, 31)).script
    assert TITLES_FILE not in build(plan, Size(320, 180), Window(200, 210)).script


@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_name_line_and_captions_do_not_cover_each_other(aspect: Aspect, tmp_path: Path) -> None:
    """Both documents are rendered alone; no pixel may belong to both."""
    from viralclip_desktop.compose.captions.document import caption_document

    film, size = tmp_path / "black.mp4", frame_size(aspect, 270)
    run_ffmpeg(["-f", "lavfi", "-i", f"color=c=black:s={size}:r=30:d=3", "-preset", "ultrafast", str(film)])
    words = stored.long_transcript(6).words
    kit = replace(KIT, lower_third=LowerThird("A very long name of a very well known person", "and more"))
    plan = plan_of(film, 0, 3, words=words, style=caption_styles()["karaoke"], aspect=aspect)
    plan = replace(plan, name_line=name_line_of(kit, plan.duration))
    inked = []
    for document in (caption_document(plan), titles_document(plan)):
        (tmp_path / "x.ass").write_text(document.ass_text, encoding="utf-8")
        for font in document.fonts:
            shutil.copyfile(font, tmp_path / font.name)
        blocks: list[bytes] = []
        drawn = "ass=x.ass:fontsdir=.,format=gray"
        args = [
            "-ss",
            "1.2",
            "-copyts",
            "-i",
            str(film),
            "-vf",
            drawn,
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "pipe:1",
        ]
        run_ffmpeg(args, cwd=tmp_path, stdout=blocks.append)
        inked.append(np.frombuffer(b"".join(blocks), np.uint8).reshape(size.height, size.width) > 30)
    captions, plate = (ink.any(axis=1) for ink in inked)
    assert captions.any()
    assert plate.any()
    assert not (captions & plate).any()
    columns = np.flatnonzero(inked[1].any(axis=0))
    assert columns.max() < size.width * 0.96
