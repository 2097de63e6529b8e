"""A picture is decoded while it is encoded, and known again in the finished file."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from support import makers
from support.rendered import plan_of

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.media import encoders, verify
from viralclip_desktop.media.render import render_export
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.media.watch import PictureFound, PictureWatch, look_through, packet_digests


def looked_through(path: Path) -> PictureFound:
    with av.open(str(path)) as container:
        return look_through(container)


def watched(path: Path, block_bytes: int = 5000) -> PictureFound | None:
    data = path.read_bytes()
    with PictureWatch() as watch:
        for start in range(0, len(data), block_bytes):
            watch.feed(data[start : start + block_bytes])
    return watch.found()


def in_container(film: Path, name: str) -> Path:
    out = film.with_name(name)
    framing = ["-bsf:v", "h264_mp4toannexb"] if name.endswith((".nut", ".ts")) else []
    run_ffmpeg([*input_args(film), "-c", "copy", *framing, str(out)])
    return out


@pytest.fixture
def film(tmp_path: Path) -> Path:
    black = ("-vf", "drawbox=t=fill:color=black:enable='between(t,1,2.6)'", "-bf", "2", "-preset", "fast")
    return makers.make_video(tmp_path / "film.mp4", 4.0, extra=black)


def test_a_stream_tells_the_same_as_the_file(film: Path) -> None:
    found = looked_through(film)
    assert (found.frames, found.broken) == (100, 0)
    [dark] = found.black
    assert dark.start.seconds == pytest.approx(1.0, abs=0.21)
    assert dark.end.seconds == pytest.approx(2.6, abs=0.21)
    streamed = watched(in_container(film, "film.nut"))
    assert streamed is not None
    assert (streamed.frames, streamed.broken) == (100, 0)
    assert streamed.digest == found.digest


@pytest.mark.parametrize("name", ["film.nut", "film.mkv", "film.mov"])
def test_packets_are_known_again_in_another_container(name: str, film: Path) -> None:
    with av.open(str(film)) as one, av.open(str(in_container(film, name))) as other:
        assert packet_digests(one)[1:] == packet_digests(other)[1:]


def test_another_picture_has_another_digest(film: Path, tmp_path: Path) -> None:
    other = makers.make_video(tmp_path / "other.mp4", 4.0)
    assert looked_through(other).digest != looked_through(film).digest


def test_damage_is_counted(film: Path) -> None:
    stream = in_container(film, "film.nut")
    data = bytearray(stream.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 800] = b"\xaa" * 800
    stream.write_bytes(bytes(data))
    found = watched(stream)
    assert found is None or found.broken or found.frames < 100


def test_what_is_no_stream_is_no_finding(tmp_path: Path) -> None:
    assert watched(makers.make_text(tmp_path / "text.nut")) is None


def test_an_export_is_decoded_only_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*args: object) -> None:
        raise AssertionError("the finished file was decoded a second time")

    monkeypatch.setattr(verify, "_look_at", again)
    monkeypatch.setattr(verify, "listen", again)
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0.2, 1.8)
    x264 = encoders.named(encoders.FALLBACK)
    found = render_export(plan, Size(160, 90), tmp_path / "clip.mp4", x264, tmp_path / "work")
    assert found.report.frames == plan.frame_count
