"""What the check of a finished export remarks, and whose fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import makers
from support.rendered import plan_of

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import encoders
from viralclip_desktop.media.faults import EncoderUnavailable, fault_of, undecoded
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import Rendered, render_export

X264 = encoders.named(encoders.FALLBACK)


def export(film: Path, tmp_path: Path, end_s: float = 5.5) -> Rendered:
    return render_export(
        plan_of(film, 0.5, end_s), Size(320, 180), tmp_path / "out.mp4", X264, tmp_path / "work"
    )


def test_nothing_is_remarked_of_a_film_that_moves_and_sounds(tmp_path: Path) -> None:
    assert export(makers.make_video(tmp_path / "film.mp4", 6.0), tmp_path).notes == ()


def test_a_picture_that_stands_still_is_remarked(tmp_path: Path) -> None:
    stands = ("-vf", "trim=end=1,tpad=stop=-1:stop_mode=clone")
    found = export(makers.make_video(tmp_path / "film.mp4", 6.0, extra=(*stands, "-t", "6")), tmp_path)
    (remark,) = found.notes
    assert remark.startswith("The picture stands still from 0:00")
    assert remark.endswith("to 0:05.0.")


def test_silence_is_remarked(tmp_path: Path) -> None:
    film = makers.make_video(tmp_path / "film.mp4", 6.0, audio="silence")
    assert export(film, tmp_path).notes == ("There is no sound from 0:00.0 to 0:05.0.",)


def test_damage_of_the_recording_is_told_as_such(tmp_path: Path) -> None:
    try:
        notes = export(makers.make_damaged(tmp_path / "film.mp4"), tmp_path, 1.9).notes
    except BadInput as fault:
        notes = (fault.message,)
    assert any("damaged" in note for note in notes)


def test_a_decoder_that_gives_nothing_is_not_the_encoders_fault() -> None:
    log = [
        "[dec:hevc @ 0x1] [error] Error submitting packet to decoder: Invalid data found",
        "[vost#0:0/libx264 @ 0x2] [error] Could not open encoder before EOF",
    ]
    fault = fault_of(234, log)
    assert isinstance(fault, BadInput)
    assert "decoded" in fault.message
    assert undecoded("\n".join(log))
    refused = ["[vost#0:0/h264_nvenc @ 0x2] [error] Error while opening encoder"]
    assert isinstance(fault_of(1, refused), EncoderUnavailable)
    assert not undecoded(refused[0])


@pytest.mark.parametrize("name", ["film.mkv", "film.webm"])
def test_a_recording_is_as_long_as_its_data(name: str, tmp_path: Path) -> None:
    extra = ("-c:v", "libvpx", "-deadline", "realtime") if name.endswith("webm") else ()
    whole = makers.make_video(tmp_path / name, 12.0, extra=extra, codec="libvpx" if extra else "libx264")
    assert probe(whole).declared_s is None
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * 0.6)])
    info = probe(whole)
    assert info.declared_s == pytest.approx(12, abs=0.1)
    assert 5 < info.duration.seconds < 9.5
    assert export(whole, tmp_path, info.duration.seconds).notes == ()
