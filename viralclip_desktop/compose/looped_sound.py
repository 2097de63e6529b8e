"""A sound played over and over: a round is exactly as long as the file, so that its beats stay in step.

Where a round ends its last 2 ms are crossfaded into the first 2 ms of the next one played backwards. These
end with the very sample the next round begins with: no click, no gap, and the first attack is left whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ, cut_up
from viralclip_desktop.core.time import Time

_SEAM = SAMPLE_RATE_HZ // 500  # 2 ms: no step is heard, and what is early is masked by what follows
_HELD_SAMPLES = 20 * SAMPLE_RATE_HZ
"""Rounds up to this long are decoded once and held (8 MB); longer ones are read again, each from where it is
needed, so that a preview begins at once and memory stays small."""

Read = Callable[[int, int], Any]
"""Opens the file's sound from a sample on: so many samples."""


def repeats(source_start: Time, wanted: Time, length: Time) -> bool:
    """Whether a file of some length, begun at ``source_start``, is over before what is wanted of it."""
    rounds_make_sense = length.samples(SAMPLE_RATE_HZ) > 4 * _SEAM
    return rounds_make_sense and source_start + wanted > length


def looped(read: Read, period: int, start: int, samples: int) -> Any:
    """``samples`` samples from ``start`` on, of a file of ``period`` samples that is played over and over."""
    first = start % period
    if first + samples > period and period <= _HELD_SAMPLES:
        whole = _one_after_the_other(_rounds(read, period, 0, period))
        rounds = -(-(first + samples) // period)
        many = whole.filter("aloop", loop=rounds - 1, size=period)
        return many.filter("atrim", start_sample=first, end_sample=first + samples).filter(
            "asetpts", expr="N/SR/TB"
        )
    return _one_after_the_other(_rounds(read, period, first, samples))


def _rounds(read: Read, period: int, at: int, left: int) -> list[Any]:
    """Streams one behind the other: what lies before each seam, and the seams, as far as they are needed."""
    pieces: list[Any] = []
    seams: dict[int, tuple[int, int]] = {}
    body = period - _SEAM
    while left:
        first, end = (at, min(body, at + left)) if at < body else (at, min(period, at + left))
        if at < body:
            pieces.append(read(first, end - first))
        else:
            seams[len(pieces)] = (first - body, end - body)
            pieces.append(None)
        at, left = end % period, left - (end - first)
    if seams:
        for place, piece in zip(seams, cut_up(_seam(read, body), list(seams.values())), strict=True):
            pieces[place] = piece
    return pieces


def _seam(read: Read, body: int) -> Any:
    import ffmpeg

    head = read(0, _SEAM).filter("areverse")
    return ffmpeg.filter([read(body, _SEAM), head], "acrossfade", ns=_SEAM, c1="tri", c2="tri")


def _one_after_the_other(pieces: list[Any]) -> Any:
    import ffmpeg

    stream = pieces[0] if len(pieces) == 1 else ffmpeg.concat(*pieces, v=0, a=1)
    return stream.filter("asetpts", expr="N/SR/TB")
