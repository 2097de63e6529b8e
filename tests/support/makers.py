"""Odd test media made on the spot with ffmpeg: each call writes one small file, the same every time.

``make_video(path, ...)`` covers the common needs; the others each make one peculiarity. What was made
with the same wishes before in this test session is copied, not encoded again.
"""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from pathlib import Path

from viralclip_desktop.media.run import run_ffmpeg

_made: Path | None = None


def make_video(
    path: Path,
    seconds: float = 2.0,
    size: str = "320x180",
    fps: str = "25",
    *,
    audio: str | None = "tone",
    gop: int = 25,
    pixel_format: str = "yuv420p",
    codec: str = "libx264",
    extra: tuple[str, ...] = (),
) -> Path:
    """A moving test picture with sound (``audio``: see :func:`sound`; None for a silent film).

    ``extra`` are further output arguments. Returns ``path``.
    """
    picture = f"testsrc2=size={size}:rate={fps}:duration={seconds}"
    inputs = ["-f", "lavfi", "-i", picture]
    if audio is not None:
        inputs += ["-f", "lavfi", "-i", sound(audio, seconds)]
    preset = ("-preset", "ultrafast") if codec == "libx264" else ()
    coded = ["-c:v", codec, *preset, "-g", str(gop), "-pix_fmt", pixel_format, *extra]
    return made_once([*inputs, *coded], path)


def make_sound(path: Path, seconds: float = 2.0, audio: str = "tone", *, extra: tuple[str, ...] = ()) -> Path:
    """A sound file; the codec follows the name's ending. Returns ``path``."""
    return made_once(["-f", "lavfi", "-i", sound(audio, seconds), *extra], path)


def sound(kind: str, seconds: float) -> str:
    """An ffmpeg source: ``tone`` (stereo), ``mono``, ``5.1``, ``silence``, ``noise`` (pink), ``clicks``
    (10 ms of 1 kHz at the start of each second)."""
    length = f"duration={seconds}"
    tone = f"sine=frequency=440:sample_rate=48000:{length}"
    return {
        "tone": f"{tone},aformat=channel_layouts=stereo",
        "mono": f"{tone},aformat=channel_layouts=mono",
        "5.1": f"{tone},aformat=channel_layouts=5.1",
        "silence": f"anullsrc=channel_layout=stereo:sample_rate=48000:{length}",
        "noise": f"anoisesrc=color=pink:amplitude=0.3:sample_rate=48000:seed=1:{length},"
        "aformat=channel_layouts=stereo",
        "clicks": f"aevalsrc='if(lt(mod(t,1),0.01),0.8*sin(2*PI*1000*t),0)':sample_rate=48000:{length}",
    }[kind]


def make_rotated(path: Path, degrees: int = 90) -> Path:
    """A picture stored lying down (320x180) with the note to turn it, as phones do."""
    plain = make_video(path.with_name("plain-" + path.name))
    return _run(["-display_rotation", str(degrees), "-i", f"file:{plain}", "-c", "copy"], path)


def make_variable_rate(path: Path, seconds: float = 4.0) -> Path:
    """Frames at uneven times, as screen recorders and phones make them (25 a second, then 10)."""
    uneven = f"select='lt(t,{seconds / 2})+not(mod(n,3))'"
    return make_video(path, seconds, extra=("-vf", uneven, "-fps_mode", "vfr"))


def make_two_languages(path: Path) -> Path:
    """One picture and two sound tracks: English (the default one comes second) and Indonesian."""
    wishes = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"]
    wishes += ["-f", "lavfi", "-i", sound("mono", 2), "-f", "lavfi", "-i", sound("tone", 2)]
    wishes += ["-map", "0", "-map", "1", "-map", "2", "-preset", "ultrafast"]
    wishes += ["-metadata:s:a:0", "language=ind", "-metadata:s:a:0", "title=Komentar"]
    wishes += ["-metadata:s:a:1", "language=eng", "-disposition:a:0", "0", "-disposition:a:1", "default"]
    return made_once(wishes, path)


def make_two_voices(path: Path, *voices: Path) -> Path:
    """One picture and a sound track for each recording of a voice, 5 s of it."""
    wishes = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=5"]
    for voice in voices:
        wishes += ["-i", f"file:{voice}"]
    mapped = [word for number in range(len(voices) + 1) for word in ("-map", str(number))]
    return made_once([*wishes, *mapped, "-t", "5", "-ac", "1", "-preset", "ultrafast"], path)


def make_late_sound(path: Path, late_s: float = 0.5, seconds: float = 3.0) -> Path:
    """Sound (clicks at whole seconds of its own) that starts ``late_s`` after the picture."""
    wishes = ["-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=25:duration={seconds}"]
    wishes += ["-itsoffset", str(late_s), "-f", "lavfi", "-i", sound("clicks", seconds)]
    return made_once([*wishes, "-preset", "ultrafast"], path)


def make_gap_in_sound(path: Path, seconds: float = 5.0) -> Path:
    """Clicks at whole seconds, with the sound between 1.5 s and 3.5 s missing from the file."""
    missing = "aselect='not(between(t,1.5,3.5))'"
    return make_video(path, seconds, audio="clicks", extra=("-af", missing))


def make_silent_first_track(path: Path, seconds: float = 4.0) -> Path:
    """Two stereo sound tracks, as recorders of screens make them: an unplugged input, and a tone."""
    wishes = ["-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=25:duration={seconds}"]
    for kind in ("silence", "tone"):
        wishes += ["-f", "lavfi", "-i", sound(kind, seconds)]
    return made_once([*wishes, "-map", "0", "-map", "1", "-map", "2", "-preset", "ultrafast"], path)


def make_flashes(
    path: Path, seconds: float = 8.0, *, late_s: float = 0.0, heard: str = "1", extra: tuple[str, ...] = ()
) -> Path:
    """A white picture and a click of 0.1 s at each whole second; the sound begins ``late_s`` after the
    picture, and has holes where the ffmpeg expression ``heard`` of its time ``t`` is 0. A keyframe every two
    seconds."""
    flash = "if(lt(mod(N,30),3),235,16)"
    picture = f"nullsrc=s=160x90:r=30:d={seconds},format=yuv420p,geq=lum='{flash}':cb=128:cr=128"
    click = f"aevalsrc='if(lt(mod(t+{late_s},1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000:d={seconds - late_s}"
    click += f",asetnsamples=n=480,aselect='{heard}'"
    inputs = ["-f", "lavfi", "-i", picture, "-itsoffset", str(late_s), "-f", "lavfi", "-i", click]
    return made_once([*inputs, "-preset", "ultrafast", "-g", "60", *extra], path)


def make_size_change(path: Path) -> Path:
    """A transport stream whose picture becomes larger after two of its four seconds."""
    parts = [
        make_video(path.with_name(f"{size}-{path.name}"), 2.0, size, extra=("-output_ts_offset", offset))
        for size, offset in (("320x180", "0"), ("640x360", "2"))
    ]
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


def make_broken_off(path: Path, seconds: float = 12.0) -> Path:
    """A Matroska file whose writer died on the way: its header tells more than there is."""
    whole = make_video(path.with_name("whole-" + path.name), seconds)
    data = whole.read_bytes()
    path.write_bytes(data[: int(len(data) * 0.6)])
    return path


def make_stereo(path: Path, left: str, right: str, seconds: float = 3.0) -> Path:
    """A tone on two channels, each an ffmpeg expression of the tone ``c0``, such as ``-1*c0``."""
    tone = f"sine=frequency=440:sample_rate=48000:duration={seconds}"
    return made_once(["-f", "lavfi", "-i", tone, "-af", f"pan=stereo|c0={left}|c1={right}"], path)


def make_cover_song(path: Path) -> Path:
    """A sound file with a cover picture."""
    wishes = [
        "-f",
        "lavfi",
        "-i",
        sound("tone", 2),
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=300x300:duration=0.04",
    ]
    wishes += ["-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"]
    return made_once([*wishes, "-id3v2_version", "3"], path)


def make_hdr(path: Path, transfer: str = "smpte2084") -> Path:
    """A short ten-bit HDR picture (``smpte2084``: HDR10, ``arib-std-b67``: HLG)."""
    tags = f"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=tv"
    return make_video(path, 1.0, pixel_format="yuv420p10le", extra=("-vf", tags))


def make_unknown_codec(path: Path) -> Path:
    """An MP4 whose picture has a codec tag nobody knows."""
    data = make_video(path).read_bytes()
    path.write_bytes(data.replace(b"avc1", b"zzz1"))
    return path


def make_still(path: Path) -> Path:
    """One picture; the format follows the name's ending."""
    return made_once(["-f", "lavfi", "-i", "testsrc2", "-frames:v", "1"], path)


def make_encrypted(path: Path) -> Path:
    """An MP4 whose tracks are encrypted (Common Encryption, as shops with DRM do)."""
    keys = (
        "-encryption_key",
        "76a6c65c5ea762046bd749a2e632ccbb",
        "-encryption_kid",
        "a7e61c373e219033c21091fa607bf3b8",
    )
    return make_video(path, extra=("-encryption_scheme", "cenc-aes-ctr", *keys))


def make_truncated(path: Path, kept: float = 0.6) -> Path:
    """An MP4 cut off before its index (the moov atom is at the end)."""
    whole = make_video(path.with_name("whole-" + path.name))
    data = whole.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    whole.unlink()
    return path


def make_cut_short(path: Path) -> Path:
    """An MP4 with its index in front, of which only the first 60 % arrived."""
    whole = make_video(path.with_name("whole-" + path.name), extra=("-movflags", "+faststart"))
    data = whole.read_bytes()
    path.write_bytes(data[: int(len(data) * 0.6)])
    whole.unlink()
    return path


def make_damaged(path: Path) -> Path:
    """An MP4 whose middle was overwritten; its index is whole."""
    make_video(path, extra=("-movflags", "+faststart"))
    data = bytearray(path.read_bytes())
    start, end = len(data) // 3, 2 * len(data) // 3
    data[start:end] = b"\x55" * (end - start)
    path.write_bytes(bytes(data))
    return path


def make_text(path: Path) -> Path:
    """Plain text under any name."""
    path.write_text("This is a shopping list, not a film.\n" * 40, encoding="utf-8")
    return path


def made_once(wishes: list[str], path: Path) -> Path:
    """A copy at ``path`` of what ffmpeg makes of some arguments; made once in a run of the tests."""
    key = hashlib.sha256(repr((wishes, path.suffix)).encode()).hexdigest()[:24]
    kept = _shelf() / f"{key}{path.suffix}"
    if not kept.exists():
        _run(wishes, kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, path)
    return path


def _run(args: list[str], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    run_ffmpeg([*args, f"file:{path.absolute()}"])
    return path


def _shelf() -> Path:
    global _made  # noqa: PLW0603 - one shelf for the whole test session
    if _made is None:
        _made = Path(tempfile.mkdtemp(prefix="viralclip-media-"))
        atexit.register(shutil.rmtree, _made, ignore_errors=True)
    return _made
