"""The sound of a clip: cut in source time, 48 kHz stereo, levelled, faded, exactly as long as the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time
from viralclip_desktop.domain.media import AudioStream, ChannelUse, MediaInfo

SAMPLE_RATE_HZ = 48_000
SMALLEST_GAP_S = 0.02
"""Gaps in the sound longer than this are filled, and what overlaps by more is dropped; shorter ones stay as
they are: below what is heard as out of step (ITU-R BT.1359: 45 ms), above the jitter of millisecond
containers."""
_OVERSAMPLED_HZ = 192_000
"""Four times 48 kHz, where ITU-R BS.1770-4 measures true peaks: limited there, they stay limited."""
_CHANNELS = {
    ChannelUse.LEFT: "stereo|c0=c0|c1=c0",
    ChannelUse.RIGHT: "stereo|c0=c1|c1=c1",
    ChannelUse.INVERTED: "stereo|c0=c0|c1=-1*c1",
}
_MOST_SURROUND = 8  # 7.1; beyond that no two programs agree what is where
_OVERLAP = SAMPLE_RATE_HZ // 200  # 5 ms to each side of a join: a crossfade of 10 ms
_END_FADE_SAMPLES = SAMPLE_RATE_HZ // 50  # 20 ms: an intro's last chord and the first word are left alone
_SLOWEST_TEMPO, _FASTEST_TEMPO = Fraction(1, 2), Fraction(2)
"""Of one filter: slower it cannot, faster it skips sound (ffmpeg's manual). A chain of them goes beyond.
(Measured on clicks: within 6 ms of their place from 0.75 to 2, 30 ms early at a half.)"""
_OTHER_SILENCES = 8  # silences numbered below are those of the whole clip, the intro and the outro
_WIDE = 12  # branches of a split; beyond, two stages cost less
_ATTACK_MS, _RELEASE_MS = 5, 80  # speech: fast enough for plosives, slow enough not to pump between words


def main_sound(info: MediaInfo) -> AudioStream:
    """The sound track of a file beside the clip: the one it names to be played, else its first."""
    return next((track for track in info.audio if track.default), info.audio[0])


def used_channels(track: AudioStream) -> str:
    """The arguments of ffmpeg's ``pan`` filter for the channels of a stereo track as they are to be heard;
    empty for as recorded."""
    if track.channels != 2:
        return ""
    return _CHANNELS.get(track.channel_use, "")


def part_sound(stream: Any, track: AudioStream, start: Time, samples: int) -> Any:
    """``samples`` samples at 48 kHz of a track in source time from ``start`` on.

    Sound that begins late, ends early or has holes is filled with silence; 5.1 is mixed down with its
    centre kept, mono goes to both sides; more than eight channels are a mixing desk's, all heard alike.
    """
    seconds = samples / SAMPLE_RATE_HZ
    if track.channels > _MOST_SURROUND:
        alike = "+".join(f"{1 / track.channels**0.5:.4f}*c{n}" for n in range(track.channels))
        stream = stream.filter("pan", args=f"stereo|c0={alike}|c1={alike}")
    if used_channels(track):
        stream = stream.filter("pan", args=used_channels(track))
    stream = stream.filter("asetpts", expr=f"PTS-({start.ticks}/{TICKS_PER_SECOND})/TB")
    stream = stream.filter("atrim", start=0, end=math.ceil(seconds + 1))
    stream = stream.filter(
        "aresample", SAMPLE_RATE_HZ, **{"async": 1, "min_hard_comp": SMALLEST_GAP_S, "first_pts": 0}
    )
    stream = stream.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    return _exactly(stream, samples)


@dataclass(frozen=True, slots=True)
class Piece:
    """The sound of one part: ``first`` sample after its run's start, ``samples`` long. ``after`` and
    ``before``: how many samples it reaches over its start and its end, into the piece before it and after it;
    the crossfade takes twice as many."""

    first: int
    samples: int
    after: int = 0
    before: int = 0


def overlap(crossfade: Time, shorter: int) -> int:
    """How far to each side of a join, in samples, a crossfade reaches; 5 ms where none is asked for. At most
    half of the ``shorter`` one of the two pieces."""
    return min(max(_OVERLAP, crossfade.samples(SAMPLE_RATE_HZ) // 2), shorter // 2)


def run_sound(
    stream: Any, track: AudioStream, start: Time, pieces: list[Piece], *, speed: Fraction = Fraction(1)
) -> list[Any]:
    """The sound of parts read through one input that begins at ``start`` (source time), a stream each. With
    another ``speed`` their pitch stays.

    At joins each reaches a little over: see :func:`joined`.
    """
    [*_, last] = pieces
    if len(pieces) == 1 and not (last.after or last.before):
        return [_at_speed(stream, track, start, last.samples, speed)]
    lead = max(_OVERLAP, pieces[0].after)
    early = start - Time(round(Time.from_samples(lead, SAMPLE_RATE_HZ).ticks * speed))
    end = last.first + last.samples + lead + max(_OVERLAP, last.before)
    everything = _at_speed(stream, track, early, end, speed)
    return cut_up(everything, [_reach(piece, lead) for piece in pieces])


def _at_speed(stream: Any, track: AudioStream, start: Time, samples: int, speed: Fraction) -> Any:
    """``samples`` samples of a track that is played faster or slower."""
    if speed == 1:
        return part_sound(stream, track, start, samples)
    plain = part_sound(stream, track, start, math.ceil(samples * speed))
    return _exactly(stretched(plain, speed), samples).filter("asetpts", expr="N/SR/TB")


def stretched(stream: Any, speed: Fraction) -> Any:
    """A sound played faster or slower at the same pitch."""
    for step in (_SLOWEST_TEMPO, _FASTEST_TEMPO):
        while speed < step < 1 or speed > step > 1:
            stream, speed = stream.filter("atempo", tempo=float(step)), speed / step
    return stream.filter("atempo", tempo=f"{float(speed):.9f}")


def run_silence(pieces: list[Piece], number: int) -> list[Any]:
    """The same for parts without sound. ``number`` tells runs of one graph apart."""
    return [
        silence(piece.samples + piece.after + piece.before, _OTHER_SILENCES + 64 * number + place)
        for place, piece in enumerate(pieces)
    ]


def first_sample(plan: RenderPlan, frame: int) -> int:
    """The number of the sample that a frame begins with."""
    return Time.from_frames(frame, plan.fps).samples(SAMPLE_RATE_HZ)


def _reach(piece: Piece, lead: int) -> tuple[int, int]:
    """First and last sample of a piece with its overlaps, in a run's sound that begins ``lead`` early."""
    first = piece.first + lead
    return first - piece.after, first + piece.samples + piece.before


def cut_up(stream: Any, spans: list[tuple[int, int]]) -> list[Any]:
    """Cuts a sound into pieces, each from its first sample up to its last. In two stages where there are
    many: every stage hands each block of sound to all its branches."""
    width = math.isqrt(len(spans)) + 1 if len(spans) > _WIDE else len(spans)
    if width < len(spans):
        found = []
        bundles = [spans[at : at + width] for at in range(0, len(spans), width)]
        outer = [(min(first for first, _ in bundle), bundle[-1][1]) for bundle in bundles]
        for (start, _), bundle, part in zip(outer, bundles, _split_flat(stream, outer), strict=True):
            found += cut_up(part, [(first - start, end - start) for first, end in bundle])
        return found
    return _split_flat(stream, spans)


def _split_flat(stream: Any, spans: list[tuple[int, int]]) -> list[Any]:
    copies = stream.filter_multi_output("asplit", len(spans)) if len(spans) > 1 else [stream]
    return [
        copies[place].filter("atrim", start_sample=first, end_sample=end).filter("asetpts", expr="N/SR/TB")
        for place, (first, end) in enumerate(spans)
    ]


def joined(streams: list[Any], pieces: list[Piece], first_sample: int) -> Any:
    """The parts one after the other, with time stamps in clip time. Neighbours are crossfaded over twice
    their overlap, at equal power, which is heard as neither a click nor a gap."""
    import ffmpeg

    found = [(stream, piece.after) for stream, piece in zip(streams, pieces, strict=True)]
    while len(found) > 1:
        pairs = list(zip(found[::2], found[1::2], strict=False))
        faded = [
            (ffmpeg.filter([one, two], "acrossfade", ns=2 * overlap, c1="qsin", c2="qsin"), after)
            for (one, after), (two, overlap) in pairs
        ]
        found = faded + found[2 * len(pairs) :]
    return found[0][0].filter("asetpts", expr=f"(N+{first_sample})/SR/TB")


def one_after_the_other(streams: list[Any], samples: int, first_sample: int) -> Any:
    """Sounds played one after the other, ``samples`` samples in all, with time stamps from ``first_sample``
    on."""
    import ffmpeg

    stream = streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=0, a=1)
    return _exactly(stream, samples).filter("asetpts", expr=f"(N+{first_sample})/SR/TB")


def with_ends_faded(stream: Any, samples: int, first_sample: int = 0) -> Any:
    """A sound of ``samples`` samples, of which ``stream`` begins with ``first_sample``, that begins and ends
    without a click beside another."""
    end = (samples - _END_FADE_SAMPLES) / SAMPLE_RATE_HZ
    stream = stream.filter("asetpts", expr=f"(N+{first_sample})/SR/TB")
    stream = stream.filter("afade", type="in", nb_samples=_END_FADE_SAMPLES, curve="qsin")
    return stream.filter(
        "afade", type="out", start_time=f"{end:.6f}", nb_samples=_END_FADE_SAMPLES, curve="qsin"
    )


def silence(samples: int, number: int = 0) -> Any:
    """Stereo silence, for a clip without sound: some players refuse a file without a sound track.

    ``number`` tells silences of one graph apart: those alike would be one filter that feeds two others.
    """
    import ffmpeg

    source = ffmpeg.input(f"anullsrc=r={SAMPLE_RATE_HZ}:cl=stereo:nb_samples={1024 + number}", f="lavfi")
    return _exactly(source.audio.filter("aformat", sample_fmts="fltp"), samples)


def fade_and_level(stream: Any, plan: RenderPlan, samples: int, first_sample: int) -> Any:
    """Gain, true-peak limiter and fades, on sound with time stamps in file time."""
    if plan.loudness.gain_db is not None:
        stream = _levelled(stream, plan.loudness, plan.loudness.gain_db)
        stream = _exactly(stream, samples).filter("asetpts", expr=f"(N+{first_sample})/SR/TB")
    if plan.fade_in:
        stream = stream.filter("afade", type="in", start_time=0, duration=_s(plan.fade_in), curve="qsin")
    if plan.fade_out:
        begin = plan.file_duration - min(plan.fade_out, plan.file_duration)
        times = {"start_time": _s(begin), "duration": _s(plan.fade_out)}
        stream = stream.filter("afade", type="out", curve="qsin", **times)
    return stream


def _levelled(stream: Any, loudness: LoudnessPlan, gain_db: float) -> Any:
    stream = stream.filter("volume", volume=f"{gain_db:.3f}dB", precision="double")
    stream = stream.filter("aresample", _OVERSAMPLED_HZ)
    stream = stream.filter(
        "alimiter",
        limit=f"{10 ** (loudness.ceiling_dbtp / 20):.6f}",
        attack=_ATTACK_MS,
        release=_RELEASE_MS,
        level="false",
        latency="true",
    )
    stream = stream.filter("aresample", SAMPLE_RATE_HZ)
    return stream.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")


def _exactly(stream: Any, samples: int) -> Any:
    return stream.filter("apad", whole_len=samples).filter("atrim", end_sample=samples)


def _s(time: Time) -> str:
    return f"{time.seconds:.6f}"
