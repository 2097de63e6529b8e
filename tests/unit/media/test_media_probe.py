"""What probing tells of all kinds of recordings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from support import makers

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.media import VideoStream
from viralclip_desktop.media.frame_times import measure, snapped_rate
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import run_ffmpeg


def _video(path: Path) -> VideoStream:
    video = probe(path).video
    assert video is not None
    return video


def test_a_plain_film(tmp_path: Path) -> None:
    info = probe(makers.make_video(tmp_path / "film.mp4", 2.0, "320x180", "30000/1001"))
    assert info.duration.seconds == pytest.approx(2.0, abs=0.05)
    assert info.start_offset.seconds == 0
    assert info.size_bytes == (tmp_path / "film.mp4").stat().st_size
    video = info.video
    assert video is not None
    assert (video.codec, video.pixel_format, video.bit_depth) == ("h264", "yuv420p", 8)
    assert (video.size, video.rotation_deg, video.pixel_aspect) == (Size(320, 180), 0, 1)
    assert video.fps == Fraction(30000, 1001)
    assert not video.variable_rate
    assert not video.hdr
    (audio,) = info.audio
    assert (audio.codec, audio.channels, audio.layout, audio.rate_hz) == ("aac", 2, "stereo", 48000)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.mov", "film.avi", "film.ts", "film.webm"])
@pytest.mark.parametrize("fps", ["25", "24000/1001"])
def test_constant_rates_are_exact_in_every_container(tmp_path: Path, name: str, fps: str) -> None:
    codec = "libvpx" if name.endswith("webm") else "libx264"
    video = _video(makers.make_video(tmp_path / name, fps=fps, codec=codec, audio=None))
    assert video.fps == Fraction(fps)
    assert not video.variable_rate


def test_variable_rate(tmp_path: Path) -> None:
    video = _video(makers.make_variable_rate(tmp_path / "screen.mp4"))
    assert video.variable_rate
    assert 10 < video.fps < 25


def test_a_rate_that_changes_late(tmp_path: Path) -> None:
    uneven = ("-vf", "select='lt(t,13)+not(mod(n,3))'", "-fps_mode", "vfr")
    assert _video(makers.make_video(tmp_path / "meeting.mp4", 18.0, "64x64", extra=uneven)).variable_rate


@pytest.mark.parametrize(("turn", "clockwise"), [(90, 270), (-90, 90), (180, 180)])
def test_rotated_recordings_have_the_size_a_viewer_sees(tmp_path: Path, turn: int, clockwise: int) -> None:
    video = _video(makers.make_rotated(tmp_path / "phone.mp4", turn))
    assert video.rotation_deg == clockwise
    assert video.size == (Size(320, 180) if turn == 180 else Size(180, 320))
    assert video.coded_size == Size(320, 180)


@pytest.mark.parametrize(("aspect", "size"), [("4/3", Size(427, 180)), ("1/2", Size(320, 360))])
def test_pixels_that_are_not_square(tmp_path: Path, aspect: str, size: Size) -> None:
    video = _video(makers.make_video(tmp_path / "dv.mp4", extra=("-vf", f"setsar={aspect}")))
    assert video.pixel_aspect == Fraction(aspect)
    assert video.size == size


def test_odd_size(tmp_path: Path) -> None:
    odd = ("-vf", "scale=853:480")
    assert _video(makers.make_video(tmp_path / "odd.mp4", 0.4, codec="mpeg4", extra=odd)).size == Size(
        853, 480
    )


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr(tmp_path: Path, transfer: str) -> None:
    video = _video(makers.make_hdr(tmp_path / "hdr.mkv", transfer))
    assert video.hdr
    assert video.bit_depth == 10
    assert (video.color_transfer, video.color_primaries) == (transfer, "bt2020")
    assert (video.color_matrix, video.color_range) == ("bt2020nc", "tv")


@pytest.mark.parametrize(("kind", "channels"), [("mono", 1), ("tone", 2), ("5.1", 6)])
def test_channels(tmp_path: Path, kind: str, channels: int) -> None:
    info = probe(makers.make_video(tmp_path / "film.mp4", audio=kind))
    assert info.audio[0].channels == channels


def test_several_sound_tracks(tmp_path: Path) -> None:
    first, second = probe(makers.make_two_languages(tmp_path / "film.mkv")).audio
    assert (first.language, first.title, first.default) == ("ind", "Komentar", False)
    assert (second.language, second.channels, second.default) == ("eng", 2, True)


def test_silent_film(tmp_path: Path) -> None:
    info = probe(makers.make_video(tmp_path / "silent.mp4", audio=None))
    assert info.audio == ()
    assert info.video is not None


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac", "ogg", "m4a", "opus"])
def test_sound_alone(tmp_path: Path, ending: str) -> None:
    info = probe(makers.make_sound(tmp_path / f"talk.{ending}"))
    assert info.video is None
    assert info.duration.seconds == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("ending", ["mp3", "m4a"])
def test_a_cover_is_no_film(tmp_path: Path, ending: str) -> None:
    info = probe(makers.make_cover_song(tmp_path / f"song.{ending}"))
    assert info.video is None
    assert len(info.audio) == 1


def test_start_of_a_transport_stream(tmp_path: Path) -> None:
    info = probe(makers.make_video(tmp_path / "broadcast.ts"))
    assert info.start_offset.seconds > 1
    assert info.duration.seconds == pytest.approx(2.0, abs=0.1)


def test_bare_streams_are_counted(tmp_path: Path) -> None:
    quiet_then_loud = "if(lt(t,5),0,random(0))"  # cheap to code first: the bit rate misleads
    sound = ["-f", "lavfi", "-i", f"aevalsrc='{quiet_then_loud}':sample_rate=48000:duration=10"]
    run_ffmpeg([*sound, str(tmp_path / "bare.aac")])
    assert probe(tmp_path / "bare.aac").duration.seconds == pytest.approx(10.0, abs=0.1)


def test_a_recording_that_was_never_closed(tmp_path: Path) -> None:
    whole = makers.make_video(tmp_path / "whole.mkv", 3.0, extra=("-f", "matroska", "-live", "1"))
    assert probe(whole).duration.seconds == pytest.approx(3.0, abs=0.1)


def test_distance_between_keyframes(tmp_path: Path) -> None:
    assert _video(makers.make_video(tmp_path / "a.mp4", 4.0, gop=50)).keyframe_gap_s == pytest.approx(2.0)
    assert _video(makers.make_video(tmp_path / "b.mp4", 4.0, gop=10)).keyframe_gap_s == pytest.approx(0.4)


def test_damage_in_the_middle_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert probe(makers.make_damaged(tmp_path / "scratched.mp4")).video is not None


def test_millisecond_clocks_are_not_taken_for_variable_rates() -> None:
    stamps = [round(number * 1000 * 1001 / 30000) for number in range(300)]
    times = measure(stamps, Fraction(1, 1000), at_end=True)
    assert times.fps == Fraction(30000, 1001)
    assert not times.variable


def test_order_of_decoding_does_not_matter() -> None:
    stamps = [0, 4, 2, 1, 3, 8, 6, 5, 7]
    assert measure(stamps, Fraction(1, 25), at_end=True).fps == 25
    cut_off = [*range(100), 104]  # its neighbours come later in the file
    assert not measure(cut_off, Fraction(1, 25), at_end=False).variable


def test_slow_drift_is_variable() -> None:
    stamps = [round(number * 1000 + (number / 20) ** 3) for number in range(300)]
    assert measure(stamps, Fraction(1, 25000), at_end=True).variable


def test_rates_snap_only_to_their_neighbour() -> None:
    assert snapped_rate(Fraction(2997, 100)) == Fraction(30000, 1001)
    assert snapped_rate(Fraction(2397, 100)) == Fraction(24000, 1001)
    assert snapped_rate(Fraction(67, 4)) == Fraction(67, 4)


@pytest.mark.media
def test_real_recordings(test_media: Path) -> None:
    talk = probe(test_media / "talk-sample-42s.mp4")
    assert talk.video is not None
    assert (talk.video.size, talk.video.fps, talk.video.variable_rate) == (Size(1280, 720), 30, False)
    assert talk.audio[0].language == "eng"
    assert probe(test_media / "speech-en-11s.flac").duration.seconds == pytest.approx(11.0, abs=0.01)
    assert probe(test_media / "two-speakers-5s.wav").audio[0].channels == 2
