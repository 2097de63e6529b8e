"""Edits of one clip. Each returns a new clip; times are source time.

trim      |----[===x===]-----|   ->   |------[=x==]------|     cuts outside go; layers stay on their words
rename, restyle, reshape, reframe, revolume: everything else stays
"""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import MUTE_DB, Clip, Framing
from viralclip_desktop.domain.edits import cuts, layers

SHORTEST_CLIP = cuts.SHORTEST_CLIP


def trim(clip: Clip, start: Time, end: Time, source_duration: Time) -> Clip:
    """Move the in and out points; both are clamped to the source and at least one second apart, cuts not
    counted.

    When the two come too close, the one that moved stops: an in point moved past the out point stops a
    second before it, and the other way round. Cuts are held inside the new range, layers stay on the words
    they lie on (music that reached an end still does).
    """
    latest = cuts.latest_start(clip.cuts, source_duration)
    if start != clip.range.start:
        latest = min(latest, cuts.latest_start(clip.cuts, end))
    start = start.clamped(Time(0), max(Time(0), latest))
    end = end.clamped(min(cuts.earliest_end(clip.cuts, start), source_duration), source_duration)
    within = TimeRange(start, end)
    if within == clip.range:
        return clip
    return layers.carried(clip, replace(clip, range=within, cuts=cuts.normalised(clip.cuts, within)))


def rename(clip: Clip, title: str) -> Clip:
    """Give the clip another title; white space is tidied, an empty title keeps the old one."""
    tidy = " ".join(title.split())
    return replace(clip, title=tidy) if tidy else clip


def restyle(clip: Clip, caption_style: str) -> Clip:
    """Choose another caption style; what was fine-tuned on the old one is let go."""
    return replace(clip, caption_style=caption_style, caption_override=None)


def switch_captions(clip: Clip, on: bool) -> Clip:
    """Show or hide the captions."""
    return replace(clip, captions_on=on)


def reshape(clip: Clip, aspect: Aspect) -> Clip:
    """Choose another picture shape."""
    return replace(clip, aspect=aspect)


def reframe(clip: Clip, framing: Framing, centre_x: float = 0.5) -> Clip:
    """Choose how the picture fills the frame, and where a crop is centred (0..1 of the width)."""
    return replace(clip, framing=framing, centre_x=min(1.0, max(0.0, centre_x)))


def revolume(clip: Clip, volume_db: float) -> Clip:
    """Make the recording's own sound louder or softer: from :data:`MUTE_DB` (silent) to 12 dB."""
    return replace(clip, original_volume_db=min(layers.LOUDEST_DB, max(MUTE_DB, volume_db)))
