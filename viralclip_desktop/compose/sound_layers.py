"""Music, voices and effects beside the clip's own sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viralclip_desktop.compose.levels import bus_level, faded
from viralclip_desktop.compose.looped_sound import looped, repeats
from viralclip_desktop.compose.plan import RenderPlan, SoundLayer
from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ
from viralclip_desktop.core.time import ZERO, Time

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
            placed = picked.filter("asetpts", expr=f"(N+{start})/SR/TB")
            heard = faded(_at_level(placed, layer, plan), layer.range, layer.fade)
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


def _at_level(stream: Any, layer: SoundLayer, plan: RenderPlan) -> Any:
    return bus_level(stream, layer.bus, plan.duration, more_db=layer.volume_db)
