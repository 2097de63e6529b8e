"""Which H.264 encoders work on this machine, found out by encoding a little with each."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.core.errors import EnvironmentLacks, Fault, UsageError
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.media.locate import ffmpeg_path
from viralclip_desktop.media.run import run_ffmpeg

_EVERYWHERE = ("linux", "win32", "darwin")
_KEYFRAME_EVERY_S = 2  # what the platforms ask for; a player seeks at once


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """One encoder. ``note`` tells why it is not the one that was asked for."""

    name: str
    """ffmpeg's name, such as ``libx264``."""
    label: str
    hardware: bool
    note: str = ""
    max_kbit_s: int | None = None
    """The picture takes no more than this in any second; None lets the quality decide alone."""


@dataclass(frozen=True, slots=True)
class _Family:
    label: str
    quality: str
    """ffmpeg's arguments for the quality, as typed."""
    platforms: tuple[str, ...] = ("linux", "win32")
    hardware: bool = True
    before: str = ""
    """Arguments before the inputs."""
    upload: str = ""
    """Filters that bring a frame to the device."""


# Best first. Hardware qualities: about as sharp as x264 at CRF 20, by their makers' guides. x264's preset
# by measurement (1080x1920, all of it moving and grainy, CRF 20): "faster" takes 0.66 of the time of "medium"
# at the same SSIM and size (0.9706, 0.95), "veryfast" 0.46 at a lower SSIM (0.9689).
_FAMILIES: dict[str, _Family] = {
    "h264_videotoolbox": _Family("Apple VideoToolbox", "-q:v 65 -allow_sw 0", ("darwin",)),
    "h264_nvenc": _Family("NVIDIA NVENC", "-preset p5 -tune hq -rc vbr -cq 21 -b:v 0 -bf 3 -spatial-aq 1"),
    "h264_qsv": _Family("Intel Quick Sync", "-preset slow -global_quality 21", upload="format=nv12"),
    "h264_amf": _Family(
        "AMD AMF", "-quality quality -rc cqp -qp_i 20 -qp_p 22 -qp_b 24", upload="format=nv12"
    ),
    "h264_vaapi": _Family(
        "VAAPI",
        "-rc_mode CQP -qp 21",
        ("linux",),
        before="-vaapi_device /dev/dri/renderD128",
        upload="format=nv12,hwupload",
    ),
    "libx264": _Family("x264", "-preset faster -crf 20", _EVERYWHERE, hardware=False),
    "libopenh264": _Family("OpenH264", "-b:v 8M -rc_mode bitrate", _EVERYWHERE, hardware=False),
}
FALLBACK = "libx264"


def named(name: str) -> EncoderChoice:
    """An encoder by ffmpeg's name, untested; UsageError when the program does not know it."""
    family = _FAMILIES.get(name)
    if family is None:
        raise UsageError(
            say("There is no encoder “{name}”.", name=name),
            say("Choose one of: {families}.", families=", ".join(_FAMILIES)),
        )
    return EncoderChoice(name, family.label, family.hardware)


def global_args(choice: EncoderChoice) -> list[str]:
    """Arguments before the inputs."""
    return _FAMILIES[choice.name].before.split()


def upload_filters(choice: EncoderChoice) -> str:
    """Filters to put behind the graph, empty for most encoders."""
    return _FAMILIES[choice.name].upload


def video_args(choice: EncoderChoice, fps: Fraction) -> list[str]:
    """Output arguments: H.264 High, closed groups of about two seconds, tagged BT.709."""
    args = ["-c:v", choice.name, *_FAMILIES[choice.name].quality.split(), "-profile:v", "high"]
    if not upload_filters(choice):
        args += ["-pix_fmt", "yuv420p"]
    if choice.max_kbit_s is not None:
        args += ["-maxrate", f"{choice.max_kbit_s}k", "-bufsize", f"{choice.max_kbit_s}k"]
    args += ["-g", str(keyframe_every(fps)), "-flags", "+cgop"]
    args += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    return args


def keyframe_every(fps: Fraction) -> int:
    """How many frames there are from one keyframe to the next."""
    return round(_KEYFRAME_EVERY_S * fps)


def makes_segments(choice: EncoderChoice) -> bool:
    """Whether :func:`segment_args` holds for an encoder: what went before decides nothing of its pictures."""
    return choice.name == FALLBACK and choice.max_kbit_s is None


def segment_args(fps: Fraction) -> list[str]:
    """Further output arguments: a keyframe at each :func:`keyframe_every` frames exactly, and none between,
    so that pictures of equal arguments can be cut there and put together again. (Two keyframes must not
    follow each other at a joint: ITU-T H.264, 7.4.3, ``idr_pic_id``.)"""
    every = keyframe_every(fps)
    forced = ["-forced-idr", "1", "-force_key_frames", f"expr:not(mod(n,{every}))"]
    return [*forced, "-g", str(2 * every), "-keyint_min", str(every + 1), "-x264-params", "stitchable=1"]


def available_encoders(cache: Path | None = None) -> list[EncoderChoice]:
    """Every encoder that works here, best first. Takes about a second the first time."""
    return [named(name) for name in _here() if works(name, cache)]


def choose(preferred: str | None = None, cache: Path | None = None) -> EncoderChoice:
    """The encoder to export with: ``preferred`` if it works, else the best that does, with a note.

    ``cache`` is a file that remembers what worked, for this ffmpeg. Raises :class:`UsageError` for an
    unknown name, :class:`EnvironmentLacks` if nothing works.
    """
    wanted = named(preferred) if preferred else None
    if wanted is not None and works(wanted.name, cache):
        return wanted
    order = [FALLBACK, "libopenh264"] if wanted is not None else list(_here())
    for name in order:
        if works(name, cache):
            return _with_note(named(name), wanted)
    hint = "Unset FFMPEG_BIN to use the ffmpeg that comes with ViralClip."
    raise EnvironmentLacks("This ffmpeg has no H.264 encoder that works.", hint)


def fallback(failed: EncoderChoice) -> EncoderChoice:
    """What to use when an encoder that passed its test fails on the real picture."""
    return _with_note(named(FALLBACK), failed)


def _with_note(choice: EncoderChoice, wanted: EncoderChoice | None) -> EncoderChoice:
    if wanted is None:
        return choice
    return replace(
        choice,
        note=say(
            "{label} does not work here, so {label2} was used instead.",
            label=say(wanted.label),
            label2=say(choice.label),
        ),
    )


def _here() -> list[str]:
    return [name for name, family in _FAMILIES.items() if sys.platform in family.platforms]


_results: dict[tuple[str, str], bool] = {}
_lock = threading.Lock()


def works(name: str, cache: Path | None = None) -> bool:
    """Whether an encoder really encodes here; remembered per ffmpeg binary."""
    binary = binary_key()
    with _lock:
        if cache is not None:
            _recall(binary, cache)
        if (binary, name) not in _results:
            _results[binary, name] = _test(name)
            if cache is not None:
                _remember(binary, cache)
        return _results[binary, name]


def forget() -> None:
    """Test anew next time (a driver was installed, say)."""
    with _lock:
        _results.clear()


def binary_key() -> str:
    """The ffmpeg that is used, and as of when."""
    path = ffmpeg_path()
    with contextlib.suppress(OSError):
        return f"{path}|{path.stat().st_mtime_ns}"
    return str(path)


def _test(name: str) -> bool:
    """Encode ten small frames; how long it takes to fail without the hardware: some 50 ms."""
    choice = named(name)
    graph = ",".join(filter(None, ("testsrc2=s=640x360:r=30:d=0.34,format=yuv420p", upload_filters(choice))))
    args = [*global_args(choice), "-filter_complex", f"{graph}[v]", "-map", "[v]"]
    args += [*video_args(choice, Fraction(30)), "-f", "null", "-"]
    try:
        run_ffmpeg(args, stall_timeout_s=10)
    except Fault:
        return False
    return True


def _recall(binary: str, cache: Path) -> None:
    with contextlib.suppress(OSError, *JSON_FAULTS):
        stored = read_json(cache.read_text(encoding="utf-8"))
        for name, good in stored.get(binary, {}).items():
            _results.setdefault((binary, name), bool(good))


def _remember(binary: str, cache: Path) -> None:
    known = {name: good for (key, name), good in _results.items() if key == binary}
    with contextlib.suppress(OSError):
        write_whole(cache, json.dumps({binary: known}).encode())
