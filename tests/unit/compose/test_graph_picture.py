"""Shape, place and colour of what a clip shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers
from support.rendered import frames_of, plan_of

from viralclip_desktop.compose.framing import fit_size
from viralclip_desktop.compose.graph import Window
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Framing

ORANGE, BLUE = (224, 120, 40), (30, 70, 200)


def two_colours(path: Path, size: str = "320x180", *extra: str, codec: str = "libx264") -> Path:
    """Left half orange, right half blue."""
    half = f"drawbox=x=iw/2:w=iw/2:h=ih:t=fill:color=0x{bytes(BLUE).hex()}"
    filters = f"geq=r={ORANGE[0]}:g={ORANGE[1]}:b={ORANGE[2]},format=rgb24,{half}"
    given = [part.removeprefix("vf:") for part in extra if part.startswith("vf:")]
    options = [part for part in extra if not part.startswith("vf:")]
    chain = ",".join([filters, *given])
    return makers.make_video(path, 1.0, size, extra=("-vf", chain, "-crf", "4", *options), codec=codec)


def frame(path: Path, size: Size, framing: Framing = Framing.CROP, **changes: object) -> NDArray[np.uint8]:
    plan = plan_of(path, 0.2, 0.6, framing=framing, **changes)
    return frames_of(plan, size, Window(3, 4))[0]


def colour_at(picture: NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    row, column = int(picture.shape[0] * y), int(picture.shape[1] * x)
    return tuple(
        int(value) for value in picture[row - 2 : row + 3, column - 2 : column + 3].mean(axis=(0, 1))
    )


def is_colour(found: tuple[int, ...], wanted: tuple[int, ...], off: int = 6) -> bool:
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= off


@pytest.mark.parametrize("matrix", ["bt709", "smpte170m"])
@pytest.mark.parametrize("span", ["tv", "pc"])
def test_colours_survive_whatever_the_file_is_coded_in(matrix: str, span: str, tmp_path: Path) -> None:
    coded = f"vf:scale=out_color_matrix={matrix}:out_range={span},format=yuv420p"
    tags = ("-colorspace", matrix, "-color_range", span)
    picture = frame(two_colours(tmp_path / "film.mp4", "320x180", coded, *tags), Size(160, 90))
    assert is_colour(colour_at(picture, 0.25, 0.5), ORANGE)
    assert is_colour(colour_at(picture, 0.75, 0.5), BLUE)


@pytest.mark.parametrize(("size", "matrix"), [("320x240", "smpte170m"), ("1280x720", "bt709")])
def test_an_untagged_file_is_read_as_players_do(size: str, matrix: str, tmp_path: Path) -> None:
    coded = f"vf:scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p,setparams=colorspace=unknown"
    picture = frame(two_colours(tmp_path / "film.mp4", size, coded), Size(320, 180))
    assert is_colour(colour_at(picture, 0.25, 0.5), ORANGE)


def test_rgb_recordings_keep_their_colours(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "screen.mkv", 1.0, codec="ffv1", pixel_format="bgr0",
                             extra=("-vf", "geq=r=224:g=120:b=40"))  # fmt: skip
    assert is_colour(colour_at(frame(film, Size(160, 90)), 0.5, 0.5), ORANGE)


def test_crop_shows_the_part_asked_for(tmp_path: Path) -> None:
    film, size = two_colours(tmp_path / "film.mp4"), frame_size(Aspect.VERTICAL, 180)
    for centre, expected in ((0.1, ORANGE), (0.9, BLUE)):
        picture = frame(film, size, aspect=Aspect.VERTICAL, centre_x=centre)
        assert is_colour(colour_at(picture, 0.1, 0.5), expected)
        assert is_colour(colour_at(picture, 0.9, 0.5), expected)
    middle = frame(film, size, aspect=Aspect.VERTICAL)
    assert is_colour(colour_at(middle, 0.1, 0.5), ORANGE)
    assert is_colour(colour_at(middle, 0.9, 0.5), BLUE)


def test_fit_shows_all_of_it_over_a_darker_copy(tmp_path: Path) -> None:
    film, size = two_colours(tmp_path / "film.mp4"), frame_size(Aspect.VERTICAL, 180)
    picture = frame(film, size, Framing.FIT, aspect=Aspect.VERTICAL)
    assert is_colour(colour_at(picture, 0.05, 0.5), ORANGE)
    assert is_colour(colour_at(picture, 0.95, 0.5), BLUE)
    top, inner_top = colour_at(picture, 0.06, 0.1), 0.5 - 9 / 32 * 9 / 16 + 0.01
    assert 40 < top[0] < 0.8 * ORANGE[0]
    assert top[0] > top[2]
    assert is_colour(colour_at(picture, 0.05, inner_top + 0.02), ORANGE)


def test_preview_and_export_sizes_have_the_same_backdrop(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 1.0)
    small = frame(film, frame_size(Aspect.VERTICAL, 180), Framing.FIT, aspect=Aspect.VERTICAL).astype(float)
    large = frame(film, frame_size(Aspect.VERTICAL, 720), Framing.FIT, aspect=Aspect.VERTICAL).astype(float)
    shrunk = large.reshape(320, 4, 180, 4, 3).mean(axis=(1, 3))
    assert np.abs(small - shrunk)[:90].mean() < 1.5


def test_a_phone_held_upright_is_upright(tmp_path: Path) -> None:
    film = makers.make_rotated(tmp_path / "phone.mp4", 90)
    plan = plan_of(film, 0.2, 1.0, aspect=Aspect.VERTICAL)
    lying = frames_of(plan_of(makers.make_video(tmp_path / "lying.mp4"), 0.2, 1.0), Size(320, 180))[0]
    upright = frames_of(plan, Size(180, 320))[0]
    assert np.abs(np.rot90(lying, 1).astype(int) - upright).mean() < 3


def test_pixels_that_are_not_square_become_square(tmp_path: Path) -> None:
    wide = ("-vf", "drawbox=x=80:y=50:w=80:h=80:t=fill:color=white,setsar=2")
    film = makers.make_video(tmp_path / "dv.mp4", 1.0, "240x180", extra=wide)
    info = plan_of(film, 0, 1).recordings[0].info
    assert info.video is not None
    assert info.video.size == Size(480, 180)
    picture = frame(film, Size(480, 180), Framing.FIT)
    white = (picture.min(axis=2) > 200)[90]
    assert white.sum() == pytest.approx(160, abs=8)


def test_odd_sizes_come_out_whole(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "odd.mp4", 1.0, "853x480", pixel_format="yuv444p")
    for framing in Framing:
        for aspect in Aspect:
            size = frame_size(aspect, 180)
            assert frame(film, size, framing, aspect=aspect).shape == (size.height, size.width, 3)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
@pytest.mark.parametrize("framing", list(Framing))
def test_high_dynamic_range_becomes_watchable(transfer: str, framing: Framing, tmp_path: Path) -> None:
    film = makers.make_hdr(tmp_path / "hdr.mp4", transfer)
    picture = frame(film, frame_size(Aspect.SQUARE, 180), framing, aspect=Aspect.SQUARE)
    assert 60 < picture.mean() < 200
    assert np.percentile(picture, 99) > 200
    assert np.percentile(picture, 1) < 40


def test_interlaced_pictures_lose_their_combs(tmp_path: Path) -> None:
    comb = ("-vf", "scale=320:180,tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct")
    film = makers.make_video(
        tmp_path / "tape.mpg", 2.0, fps="50", codec="mpeg2video", extra=(*comb, "-q:v", "2")
    )
    plan = plan_of(film, 0.4, 1.2)
    assert combing(frames_of(plan, Size(320, 180), Window(5, 6))[0]) < 2.0


def combing(picture: NDArray[np.uint8]) -> float:
    """How much more neighbouring rows differ than rows two apart."""
    rows = picture[..., 1].astype(float)
    return float(np.abs(rows[1:-1] - rows[:-2]).mean() / (np.abs(rows[2:] - rows[:-2]).mean() + 0.5))


def test_the_waveform_fills_as_it_plays(tmp_path: Path) -> None:
    from viralclip_desktop.media.render import render_frame

    speech = makers.make_sound(tmp_path / "talk.wav", 6.0, "noise")
    plan, size = plan_of(speech, 1.0, 5.0, aspect=Aspect.VERTICAL), frame_size(Aspect.VERTICAL, 360)

    def bright(at_s: float) -> float:
        pixels = render_frame(plan, size, Time.from_seconds(at_s), tmp_path / "work")
        return float((np.frombuffer(pixels, np.uint8).reshape(-1, 3).min(axis=1) > 170).mean())

    shares = [bright(at) for at in (0.0, 1.0, 2.0, 3.9)]
    assert shares == sorted(shares)
    assert shares[1] > 0.003
    assert shares[3] == pytest.approx(4 * shares[1], rel=0.25)


def test_picture_fades_only_when_asked(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 2.0)
    plan = plan_of(film, 0.2, 1.2)
    size, last = Size(160, 90), Window(plan.frame_count - 1, plan.frame_count)
    assert frames_of(plan, size, last).mean() > 60
    faded = replace(plan, picture_fade_out=Time.from_seconds(0.4))
    assert frames_of(faded, size, last).mean() < 25
    assert frames_of(faded, size, Window(0, 1)).mean() > 60


@pytest.mark.parametrize(
    ("source", "target", "inner"),
    [
        (Size(1920, 1080), Size(1080, 1920), Size(1080, 608)),
        (Size(1080, 1920), Size(1920, 1080), Size(608, 1080)),
        (Size(1280, 720), Size(1920, 1080), Size(1920, 1080)),
        (Size(853, 480), Size(1920, 1080), Size(1920, 1080)),
        (Size(640, 480), Size(1080, 1080), Size(1080, 810)),
    ],
)
def test_fit_size(source: Size, target: Size, inner: Size) -> None:
    assert fit_size(source, target) == inner
