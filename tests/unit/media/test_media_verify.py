"""The check of a finished file finds what is wrong with it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from support import makers

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.media.verify import Expected, NotAsOrdered, check, is_faststart, verify

GOOD = ("-profile:v", "high", "-preset", "veryfast", "-bf", "2", "-movflags", "+faststart")
TAGGED = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
TAGS = ("-vf", TAGGED)
QUIET = ("-af", "volume=-6dB", "-ar", "48000", "-ac", "2")
ORDER = Expected(Size(320, 180), Fraction(25), 75, target_lufs=None)


def a_film(path: Path, *extra: str, without: str = "", **wishes: object) -> Path:
    options = [*GOOD, *TAGS, *QUIET]
    if without:
        at = options.index(without)
        del options[at : at + 2]
    return makers.make_video(path, 3.0, extra=(*options, *extra), **wishes)  # type: ignore[arg-type]


def test_a_good_file_passes(tmp_path: Path) -> None:
    report = verify(a_film(tmp_path / "good.mp4"), ORDER)
    check(report)
    assert report.faults == ()
    assert (report.size, report.fps, report.frames) == (Size(320, 180), 25, 75)
    assert report.duration_s == pytest.approx(3.0)
    assert report.loudness.integrated_lufs is not None
    assert report.size_bytes > 1000


@pytest.mark.parametrize(
    ("expected", "complaint"),
    [
        (Expected(Size(180, 320), Fraction(25), 75), "its picture is 320x180, not 180x320"),
        (Expected(Size(320, 180), Fraction(25), 80), "it has 75 frames, not 80"),
        (Expected(Size(320, 180), Fraction(30), 75), "its rate is 25, not a constant 30"),
    ],
)
def test_what_was_not_ordered(expected: Expected, complaint: str, tmp_path: Path) -> None:
    report = verify(a_film(tmp_path / "film.mp4"), expected)
    assert complaint in report.faults
    with pytest.raises(NotAsOrdered):
        check(report)


@pytest.mark.parametrize(
    ("without", "extra", "complaint"),
    [
        ("-movflags", (), "its index is not at the front"),
        ("-profile:v", ("-profile:v", "baseline", "-bf", "0"), "its profile is Constrained Baseline"),
        ("-vf", ("-vf", "setparams=colorspace=smpte170m"), "its colour tags are"),
        ("-ar", ("-ar", "44100"), "its sound is ('aac', 44100, 2)"),
    ],
)
def test_what_players_would_stumble_over(
    without: str, extra: tuple[str, ...], complaint: str, tmp_path: Path
) -> None:
    faults = verify(a_film(tmp_path / "film.mp4", *extra, without=without), ORDER).faults
    assert any(fault.startswith(complaint) for fault in faults), faults


def test_uneven_frames_are_found(tmp_path: Path) -> None:
    film = a_film(tmp_path / "film.mp4", "-vf", "select='not(eq(n,30))'", "-fps_mode", "vfr")
    faults = verify(film, Expected(Size(320, 180), Fraction(25), 74, None)).faults
    assert any("not a constant 25" in fault for fault in faults), faults


def test_frames_that_cannot_be_decoded_are_found(tmp_path: Path) -> None:
    film = a_film(tmp_path / "film.mp4")
    data = bytearray(film.read_bytes())
    middle = data.index(b"mdat") + len(data) // 3
    data[middle : middle + 3000] = b"\x00" * 3000
    film.write_bytes(bytes(data))
    assert any("decoded" in fault for fault in verify(film, ORDER).faults)


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    film = a_film(tmp_path / "film.mp4")
    film.write_bytes(film.read_bytes()[:200])
    with pytest.raises(NotAsOrdered):
        verify(film, ORDER)


def test_loud_peaks_are_refused_where_loudness_was_ordered(tmp_path: Path) -> None:
    film = a_film(tmp_path / "film.mp4", "-af", "volume=30dB")
    order = Expected(Size(320, 180), Fraction(25), 75, target_lufs=-14.0)
    assert any("true peak" in fault for fault in verify(film, order).faults)
    assert verify(film, ORDER).faults == ()


def test_black_and_silent_stretches_are_told(tmp_path: Path) -> None:
    black = "drawbox=t=fill:color=black:enable='gt(t,1)'"
    film = a_film(tmp_path / "film.mp4", "-vf", f"{black},{TAGGED}", audio="silence")
    report = verify(film, Expected(Size(320, 180), Fraction(25), 75, -14.0))
    assert report.faults == ()
    assert report.black[0].start.seconds == pytest.approx(1.0, abs=0.25)
    assert report.silent[0].end.seconds == pytest.approx(3.0, abs=0.1)
    assert report.remarks[0] == "The clip is silent."
    assert report.remarks[1].startswith("The picture is black from 0:01.")


def test_faststart(tmp_path: Path) -> None:
    front = a_film(tmp_path / "front.mp4")
    assert is_faststart(front)
    run_ffmpeg([*input_args(front), "-c", "copy", str(tmp_path / "back.mp4")])
    assert not is_faststart(tmp_path / "back.mp4")
