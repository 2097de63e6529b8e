"""Loudness: measured with ffmpeg's EBU R128 meter, and brought to the target on the *encoded* sound.

The sound of a clip is made first and alone: cut, levelled, encoded, measured, and made again until it is
right. That takes about a second, and the picture is never encoded twice.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path

from viralclip_desktop.compose.graph import build, whole_file
from viralclip_desktop.compose.plan import Level, LoudnessPlan, RenderPlan, parts_of_file
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.exports import SoundFormat
from viralclip_desktop.domain.media import AudioStream, MediaInfo
from viralclip_desktop.media import workdir
from viralclip_desktop.media.graph_args import graph_args
from viralclip_desktop.media.run import PROTOCOLS, input_url, run_ffmpeg
from viralclip_desktop.media.watch import packet_digests

TOLERANCE_LU = 0.2
HIGHEST_PEAK_DBTP = -1.5
_PEAK_MARGIN_DB = 0.1  # the meter tells tenths
_SILENT_LUFS = -69.5  # the meter's floor (absolute gate -70): there is nothing to bring up
_LARGEST_GAIN_DB = 60.0
_ATTEMPTS = 8
_NO_PICTURE = Size(2, 2)
_SAMPLE_RATE_HZ = 48_000
AUDIO_ARGS = ("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2")
_ENCODED = {
    SoundFormat.M4A: (*AUDIO_ARGS, "-f", "mp4"),
    SoundFormat.MP3: ("-c:a", "libmp3lame", "-b:a", "192k", "-ar", "48000", "-ac", "2", "-f", "mp3"),
}


@dataclass(frozen=True, slots=True)
class Loudness:
    """What the meter says; None for silence, or no sound at all."""

    integrated_lufs: float | None
    true_peak_dbtp: float | None


SILENT = Loudness(None, None)


@dataclass(frozen=True, slots=True)
class Heard:
    """What decoding a sound track told. ``digest`` stands for all its packets in order."""

    loudness: Loudness
    silent: tuple[TimeRange, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Levelled:
    """The finished sound of a clip: a file, what was heard in it, and the plan that makes it so."""

    path: Path
    heard: Heard
    plan: LoudnessPlan

    @property
    def loudness(self) -> Loudness:
        """How loud it is."""
        return self.heard.loudness


METER = "ebur128=peak=true:framelog=quiet"
_STILL = "silencedetect=n=-60dB:d=2"  # shorter pauses are part of talking
_SILENCE_START = re.compile(r"silence_start: (-?[\d.]+)")
_SILENCE_END = re.compile(r"silence_end: ([\d.]+)")
_INTEGRATED = re.compile(r"^\s*I:\s*(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)


def parse_meter(log: str) -> Loudness:
    """Read the summary the meter (:data:`METER`) leaves in ffmpeg's log."""
    summary = log[log.rfind("Summary:") :] if "Summary:" in log else ""
    integrated, peak = _INTEGRATED.search(summary), _PEAK.search(summary)
    loud = _number(integrated)
    if loud is None or loud <= _SILENT_LUFS:
        return SILENT
    return Loudness(loud, _number(peak))


def _number(match: re.Match[str] | None) -> float | None:
    if match is None or not match[1].lstrip("-")[:1].isdigit():
        return None
    return float(match[1])


def listen(path: Path, cancel: CancelToken | None = None) -> Heard:
    """Decode a finished file's first sound track whole, measure it and find its silent stretches.

    Raises what :func:`run_ffmpeg` raises; a file without sound is an error.
    """
    import av

    args = [
        "-protocol_whitelist",
        PROTOCOLS,
        "-i",
        input_url(path),
        "-map",
        "0:a:0",
        "-af",
        f"{METER},{_STILL}",
    ]
    log = run_ffmpeg([*args, "-f", "null", "-"], cancel=cancel, loglevel="info")
    with av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}) as container:
        track = container.streams.audio[0]
        end_s = float((track.duration or 0) * (track.time_base or 0))
        digest = packet_digests(container)[2]
    return Heard(parse_meter(log), _silent(log, end_s), digest)


def measure(path: Path, cancel: CancelToken | None = None) -> Loudness:
    """Integrated loudness (LUFS) and true peak (dBTP) of a finished file's first sound track."""
    return listen(path, cancel).loudness


def _silent(log: str, end_s: float) -> tuple[TimeRange, ...]:
    starts = [max(0.0, float(start)) for start in _SILENCE_START.findall(log)]
    ends = [float(end) for end in _SILENCE_END.findall(log)]
    pairs = zip(starts, [*ends, end_s], strict=False)
    return tuple(TimeRange.from_seconds(start, max(start, end)) for start, end in pairs)


def remembered(plan: RenderPlan, cache: Path) -> RenderPlan:
    """``plan`` with the gain found for it earlier, if any: the preview is then as loud as the export."""
    return _recalled(plan, cache) or plan


def measured(plan: RenderPlan, work: Path, cache: Path, cancel: CancelToken | None = None) -> RenderPlan:
    """``plan`` with the gain that an export of it gets, found now unless it is remembered; the export begins
    with it and so is done sooner. Silence stays as it is.

    Takes about a tenth of the time the clip plays. ``work`` is the root of the work folders. Raises what
    :func:`run_ffmpeg` raises.
    """
    known = _recalled(plan, cache)
    if known is None and plan.has_sound:
        with workdir.scratch(work) as scratch:
            level(plan, scratch, cache, cancel)
        known = _recalled(plan, cache)
    return known or plan


def _recalled(plan: RenderPlan, cache: Path) -> RenderPlan | None:
    with contextlib.suppress(OSError, *JSON_FAULTS):
        stored = read_json(_memory(plan, cache).read_text(encoding="utf-8"))
        return replace(plan, loudness=LoudnessPlan(**stored))
    return None


def _memory(plan: RenderPlan, cache: Path) -> Path:
    beside = [file.path for file in (*plan.sounds, plan.intro, plan.outro) if file]
    paths = [*((one.heard_from or one).path for one in plan.recordings), *beside]
    changed = [changed_at(Path(path)) for path in paths]  # a file may be replaced by another one
    content = repr((plan.heard, changed)).encode()
    return cache / f"{blake2b(content, digest_size=12).hexdigest()}.json"


def changed_at(path: Path) -> int:
    """When a file was changed, in nanoseconds; 0 where it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def level(
    plan: RenderPlan,
    work: Path,
    cache: Path | None = None,
    cancel: CancelToken | None = None,
    *,
    form: SoundFormat = SoundFormat.M4A,
) -> Levelled:
    """Make the finished sound of a clip as ``sound.m4a`` (or ``.mp3``) in ``work``.

    Silence, and clips without sound, are left alone. Raises what :func:`run_ffmpeg` raises.
    """
    out = work / f"sound.{form}"
    if not plan.has_sound:
        _encode(plan, out, work, cancel)
        return Levelled(out, listen(out, cancel), plan.loudness)
    if plan.loudness.gain_db is None and cache is not None:
        plan = remembered(plan, cache)
    raw, found = _cut(plan, work, cancel)
    if found.integrated_lufs is None:
        plain = replace(plan.loudness, gain_db=None)
        _encode(replace(raw, loudness=plain), out, work, cancel)
        if cache is not None:
            _store(_memory(plan, cache), plain)
        return Levelled(out, listen(out, cancel), plain)
    if plan.loudness.gain_db is None:
        gain = plan.loudness.target_lufs - found.integrated_lufs
        raw = replace(raw, loudness=replace(plan.loudness, gain_db=min(_LARGEST_GAIN_DB, gain)))
    result = _approach(raw, out, work, cancel)
    if cache is not None and form is SoundFormat.M4A:  # the preview sounds as a film does
        _store(_memory(plan, cache), result.plan)
    return result


def _cut(plan: RenderPlan, work: Path, cancel: CancelToken | None) -> tuple[RenderPlan, Loudness]:
    """The clip's sound as it is in the source, as a file, and a plan that reads that file instead."""
    raw = work / "sound.wav"
    bare = replace(plan, loudness=replace(plan.loudness, gain_db=None), fade_in=Time(0), fade_out=Time(0))
    output = ["-c:a", "pcm_f32le", "-f", "wav", raw.name]
    found = parse_meter(_run(bare, output, work, cancel, meter="ebur128=framelog=quiet"))
    track = AudioStream(0, "pcm_f32le", 2, "stereo", _SAMPLE_RATE_HZ)
    length = plan.file_duration
    info = MediaInfo("wav", length, Time(0), None, (track,), 0)
    whole = parts_of_file(str(raw), info, 0, TimeRange(Time(0), length))
    return replace(plan, sounds=(), intro=None, outro=None, parts=whole, own_level=Level()), found


def _approach(raw: RenderPlan, out: Path, work: Path, cancel: CancelToken | None) -> Levelled:
    """Encode, measure, correct. The limiter takes loudness away and the encoder adds peaks, neither by a
    known amount; two or three rounds are the rule."""
    best: tuple[float, LoudnessPlan, Heard] | None = None
    settings = raw.loudness
    for attempt in range(_ATTEMPTS):
        _encode(replace(raw, loudness=settings), out, work, cancel)
        found = listen(out, cancel)
        distance = _distance(found.loudness, settings)
        if best is None or distance < best[0]:
            best = (distance, settings, found)
        if distance <= TOLERANCE_LU or attempt == _ATTEMPTS - 1:
            break
        settings = _corrected(settings, found.loudness)
    assert best is not None
    if best[1] != settings:
        _encode(replace(raw, loudness=best[1]), out, work, cancel)
    return Levelled(out, best[2], best[1])


def _distance(found: Loudness, wanted: LoudnessPlan) -> float:
    """How far off, in LU; too high a peak counts ten times, because it is heard and refused."""
    loud = wanted.target_lufs if found.integrated_lufs is None else found.integrated_lufs
    over = max(0.0, (found.true_peak_dbtp or -99.0) - (HIGHEST_PEAK_DBTP - _PEAK_MARGIN_DB))
    return abs(loud - wanted.target_lufs) + 10 * over


def _corrected(settings: LoudnessPlan, found: Loudness) -> LoudnessPlan:
    loud, peak = found.integrated_lufs, found.true_peak_dbtp
    gain = settings.gain_db or 0.0
    if loud is not None:
        gain = min(_LARGEST_GAIN_DB, gain + 1.15 * (settings.target_lufs - loud))
    ceiling = settings.ceiling_dbtp
    if peak is not None and peak > HIGHEST_PEAK_DBTP - _PEAK_MARGIN_DB:
        ceiling -= peak - HIGHEST_PEAK_DBTP + 2 * _PEAK_MARGIN_DB
    return replace(settings, gain_db=gain, ceiling_dbtp=ceiling)


def _encode(plan: RenderPlan, out: Path, work: Path, cancel: CancelToken | None) -> None:
    _run(plan, [*_ENCODED[SoundFormat(out.suffix[1:])], out.name], work, cancel)


def _run(
    plan: RenderPlan, output: Sequence[str], work: Path, cancel: CancelToken | None, meter: str = ""
) -> str:
    """Run the sound of a plan through the graph into ``output``, past a meter if one is named."""
    graph = build(plan, _NO_PICTURE, whole_file(plan), video=False)
    script, label = graph.script, str(graph.audio)
    if meter:
        script, label = f"{script};{label}{meter}[metered]", "[metered]"
    args = [*graph_args(graph, work, script), "-map", label, *output]
    return run_ffmpeg(args, cwd=work, cancel=cancel, loglevel="info")


def _store(path: Path, plan: LoudnessPlan) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(plan)), encoding="utf-8")
