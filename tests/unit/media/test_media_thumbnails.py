"""Small pictures, upright and in the right shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.media.thumbnails import telling_moment, thumbnail


def _pixels(jpeg: Path) -> NDArray[np.uint8]:
    """Height x width x RGB."""
    video = probe_size(jpeg)
    data = bytearray()
    run_ffmpeg([*input_args(jpeg), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"], stdout=data.extend)
    return np.frombuffer(bytes(data), np.uint8).reshape(video[1], video[0], 3)


def probe_size(jpeg: Path) -> tuple[int, int]:
    """Width and height from the JPEG's frame header."""
    data = jpeg.read_bytes()
    place = next(data.index(mark) for mark in (b"\xff\xc0", b"\xff\xc2") if mark in data)
    return int.from_bytes(data[place + 7 : place + 9], "big"), int.from_bytes(
        data[place + 5 : place + 7], "big"
    )


def _half_and_half(path: Path, extra: tuple[str, ...] = ()) -> Path:
    """Left half red, right half blue."""
    picture = "color=red:size=160x180:rate=25:duration=1[a];color=blue:size=160x180:rate=25:duration=1[b]"
    args = ["-f", "lavfi", "-i", f"{picture};[a][b]hstack", "-c:v", "libx264", "-preset", "ultrafast"]
    run_ffmpeg([*args, *extra, str(path)])
    return path


def test_size_and_place(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 2.0, "640x360")
    jpeg = thumbnail(film, probe(film), Time.from_seconds(1), tmp_path / "sub" / "t.jpg", 180)
    assert probe_size(jpeg) == (320, 180)
    assert [path.name for path in jpeg.parent.iterdir()] == ["t.jpg"]


def test_never_larger_than_the_recording(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    assert probe_size(thumbnail(film, probe(film), ZERO, tmp_path / "t.jpg", 720)) == (320, 180)


def test_a_phone_recording_stands_upright(tmp_path: Path) -> None:
    lying = _half_and_half(tmp_path / "lying.mp4")
    film = tmp_path / "phone.mp4"
    run_ffmpeg(["-display_rotation", "-90", *input_args(lying), "-c", "copy", str(film)])
    pixels = _pixels(thumbnail(film, probe(film), ZERO, tmp_path / "t.jpg"))
    assert pixels.shape == (320, 180, 3)
    assert pixels[40, 90].argmax() == 0  # turned clockwise, the left half is the upper one
    assert pixels[280, 90].argmax() == 2


def test_pixels_become_square(tmp_path: Path) -> None:
    film = _half_and_half(tmp_path / "dv.mp4", ("-vf", "setsar=1/2"))
    assert probe_size(thumbnail(film, probe(film), ZERO, tmp_path / "t.jpg")) == (320, 360)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_not_dull(tmp_path: Path, transfer: str) -> None:
    film = makers.make_hdr(tmp_path / "hdr.mkv", transfer)
    pixels = _pixels(thumbnail(film, probe(film), ZERO, tmp_path / "t.jpg"))
    assert pixels.max() > 230
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() > 200


def test_behind_the_end_there_is_still_a_picture(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    assert thumbnail(film, probe(film), Time.from_seconds(99), tmp_path / "t.jpg").exists()


def test_sound_alone_has_none(tmp_path: Path) -> None:
    sound = makers.make_sound(tmp_path / "talk.wav")
    with pytest.raises(BadInput, match="sound only"):
        thumbnail(sound, probe(sound), ZERO, tmp_path / "t.jpg")
    assert not (tmp_path / "t.jpg").exists()


def test_black_openings_are_passed_over(tmp_path: Path) -> None:
    fade = ("-vf", "drawbox=color=black:thickness=fill:enable='lt(t,1)'")
    film = makers.make_video(tmp_path / "film.mp4", 4.0, extra=fade)
    assert telling_moment(film, probe(film)).seconds > 1.0


def test_any_name_can_be_written(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "100%d.mp4")
    out = tmp_path / "%03d [x] 😀.jpg"
    assert thumbnail(film, probe(film), ZERO, out).stat().st_size > 500
