"""Music and voices beside the clip's own sound, and how music makes room for speech.

Ducking follows the times of the words, not the level of the sound: it begins before the first word of a
sentence instead of after it, it is the same wherever the preview begins, and a cough does not pump.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from viralclip_desktop.compose.expressions import Step, linear, number, stepwise
from viralclip_desktop.compose.looped_sound import looped, repeats
from viralclip_desktop.compose.plan import RenderPlan, SoundLayer
from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ
from viralclip_desktop.core.time import ZERO, Time, TimeRange

ATTACK, RELEASE = Time.from_seconds(0.15), Time.from_seconds(0.4)
"""Music is down when a word begins, and back up gently after it."""
_HOLD = Time.from_seconds(0.25)  # a pause too short to come up and go down again is talked through
_STEP_SAMPLES = 240  # 5 ms: a 12 dB ramp moves by 0.4 dB a step, which is not heard as steps

Opener = Callable[[SoundLayer, Time, int], Any]
"""Opens a layer's sound from a moment of its file on: so many samples at 48 kHz."""


def mixed(stream: Any, plan: RenderPlan, begin: int, end: int, *, sound: Opener) -> Any:
    """The clip's own sound (samples ``begin`` up to ``end`` of the clip) with the layers heard in them."""
    import ffmpeg

    streams = [stream]
    for layer in plan.sounds:
        first = max(0, layer.range.start.samples(SAMPLE_RATE_HZ))
        start, stop = max(first, begin), min(layer.range.end.samples(SAMPLE_RATE_HZ), end)
        if start < stop:
            skipped = max(ZERO, Time.from_samples(start, SAMPLE_RATE_HZ) - layer.range.start)
            picked = _picked(layer, layer.source_start + skipped, stop - start, sound)
            heard = _shaped(picked.filter("asetpts", expr=f"(N+{start})/SR/TB"), layer, plan.speech)
            if start > begin:
                heard = heard.filter("adelay", delays=f"{start - begin}S", all=1)
            streams.append(heard)
    if len(streams) == 1:
        return stream
    mix = ffmpeg.filter(streams, "amix", inputs=len(streams), duration="first", normalize=0)
    return mix.filter("asetpts", expr=f"(N+{begin})/SR/TB")


def _picked(layer: SoundLayer, start: Time, samples: int, sound: Opener) -> Any:
    """Its sound from a moment of its file on, as often as it takes."""
    period = layer.info.duration.samples(SAMPLE_RATE_HZ)
    if not (layer.loop and repeats(layer.source_start, layer.range.duration, layer.info.duration)):
        return sound(layer, start, samples)
    return looped(
        lambda first, count: sound(layer, Time.from_samples(first, SAMPLE_RATE_HZ), count),
        period,
        start.samples(SAMPLE_RATE_HZ),
        samples,
    )


def _shaped(stream: Any, layer: SoundLayer, speech: tuple[TimeRange, ...]) -> Any:
    """Its level, its ducking and its fades; time stamps are clip time."""
    if layer.duck_db and speech:
        envelope = ducking(speech, layer.duck_db)
        gain = f"pow(10,({number(layer.volume_db)}+{envelope})/20)"
        stream = stream.filter("asetnsamples", n=_STEP_SAMPLES, p=0)
        stream = stream.filter("volume", volume=gain, eval="frame", precision="float")
    elif layer.volume_db:
        stream = stream.filter("volume", volume=f"{layer.volume_db:.3f}dB", precision="float")
    if layer.fade:
        length = min(layer.fade, Time(layer.range.duration.ticks // 2))
        for kind, at in (("in", layer.range.start), ("out", layer.range.end - length)):
            times = {"start_time": f"{at.seconds:.6f}", "duration": f"{length.seconds:.6f}"}
            stream = stream.filter("afade", type=kind, curve="qsin", **times)
    return stream


def ducking(speech: Iterable[TimeRange], duck_db: float) -> str:
    """The change of level in dB as an expression of clip time ``t``."""
    points = [(Time(-(10**12)), 0.0)]
    for talk in speech:
        down = [(talk.start - ATTACK, 0.0), (talk.start, duck_db)]
        points += [*down, (talk.end, duck_db), (talk.end + RELEASE, 0.0)]
    steps = [Step(number(end[0].seconds), linear(start, end)) for start, end in pairwise(points)]
    return stepwise([*steps, Step("", "0")])


def talking(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """Words as stretches of talk: those between which music would not have time to come up are one."""
    found: list[TimeRange] = []
    for one in sorted(ranges, key=lambda one: one.start):
        if found and one.start - found[-1].end < ATTACK + RELEASE + _HOLD:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)
