"""From which side the sound of a stereo recording comes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.media.decode import SPEECH_RATE_HZ, decode_samples, named

_QUIETEST = 1e-7  # of full scale's power: below it (-70 dB) a channel counts as silent
_MOST_DB = 40.0


def side_levels(
    path: Path,
    info: MediaInfo,
    stream_index: int,
    start: Time,
    count: int,
    *,
    rate: Fraction,
    cancel: CancelToken | None = None,
) -> list[float]:
    """How much louder the right channel is than the left one (dB, -40..40) in each of ``count`` spans of
    1 / ``rate`` seconds from source time ``start`` on. Raises :class:`BadInput` and :class:`Cancelled`."""
    within = TimeRange(start, start + Time.from_frames(count, rate))
    blocks: list[bytes] = []
    try:
        decode_samples(
            path,
            info,
            stream_index,
            blocks.append,
            within=within,
            stereo=True,
            cancel=cancel,
        )
    except BadInput as fault:
        raise named(fault, path) from fault
    samples = np.frombuffer(b"".join(blocks), "<i2").reshape(-1, 2).astype(np.float64) / 32768
    edges = np.round(np.arange(count + 1) * (SPEECH_RATE_HZ / float(rate))).astype(int)
    sums = np.concatenate([np.zeros((1, 2)), np.cumsum(samples**2, axis=0)])[np.minimum(edges, len(samples))]
    power = np.maximum(np.diff(sums, axis=0) / np.diff(edges)[:, None], _QUIETEST)
    apart = 10 * np.log10(power[:, 1] / power[:, 0])
    return [float(value) for value in np.clip(apart, -_MOST_DB, _MOST_DB)]
