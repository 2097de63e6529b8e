"""Edits of one clip. Each returns a new clip; times are source time.

trim      |----[===x===]-----|   ->   |------[=x==]------|     cuts outside go; layers stay on their words
rename, restyle, reshape, reframe, take_over, revolume, denoise, retone: everything else stays
"""

from __future__ import annotations

from dataclasses import replace
from unicodedata import category

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, FaceLock, FrameKey, Framing, Part
from viralclip_desktop.domain.edits import cuts, framing_keys, layers
from viralclip_desktop.domain.mix import MUTE_DB, NoiseReduction, VoiceTone

SHORTEST_CLIP = cuts.SHORTEST_CLIP
_SAME = 0.001  # of the picture, or of a zoom: nobody sees it


def trim(clip: Clip, start: Time, end: Time, source_duration: Time) -> Clip:
    """Move the in and out points in the home recording; both are clamped to it and at least one second apart,
    gaps not counted.

    When the two come too close, the one that moved stops: an in point moved past the out point stops a
    second before it, and the other way round. Parts of other recordings stay. Layers stay on the words they
    lie on (music that reached an end still does).
    """
    old = clip.range
    latest = cuts.latest_start(clip.cuts, source_duration)
    if start != old.start:
        latest = min(latest, cuts.latest_start(clip.cuts, end))
    start = start.clamped(Time(0), max(Time(0), latest))
    end = end.clamped(min(cuts.earliest_end(clip.cuts, start), source_duration), source_duration)
    within = TimeRange(start, end)
    if within == old:
        return clip
    trimmed = replace(clip, parts=tuple(_within(clip, within)))
    shortest = min(SHORTEST_CLIP, source_duration)
    return layers.carried(clip, trimmed) if trimmed.duration >= shortest else clip


def _within(clip: Clip, within: TimeRange) -> list[Part]:
    """The parts with those of the home recording held inside a range, and reaching out to its ends where
    those lie outside of what played so far."""
    old, parts = clip.range, list[Part]()
    for part in clip.parts:
        if part.asset_id != clip.asset_id or part.card is not None:
            parts.append(part)
            continue
        start = within.start if part.range.start == old.start else max(part.range.start, within.start)
        end = within.end if part.range.end == old.end else min(part.range.end, within.end)
        start, end = max(start, within.start), min(end, within.end)
        if start < end:
            parts.append(replace(part, range=TimeRange(start, end)))
    if any(part.asset_id == clip.asset_id and part.card is None for part in parts):
        return parts
    return [Part(clip.asset_id, within), *parts]


def rename(clip: Clip, title: str) -> Clip:
    """Give the clip another title; white space is tidied, control characters count as such, an empty title
    keeps the old one."""
    tidy = " ".join("".join(" " if category(sign) == "Cc" else sign for sign in title).split())
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
    """Choose how the picture fills the frame, and where a crop is centred (0..1 of the width). A frame that
    is to follow people lets go of the user's keys, which would say otherwise."""
    keys = () if framing in (Framing.AUTO, Framing.SPLIT) else clip.frame_keys
    return replace(clip, framing=framing, centre_x=min(1.0, max(0.0, centre_x)), frame_keys=keys)


def take_over(clip: Clip, crop: FrameKey) -> Clip:
    """Have the frame stand where ``crop`` (source time) is, as the user's own; one that shows less than the
    picture's height, or not its middle, becomes a key."""
    by_hand = reframe(clip, Framing.CROP, crop.centre_x)
    whole = crop.zoom <= 1 + _SAME and abs(crop.centre_y - FrameKey(crop.at).centre_y) <= _SAME
    return by_hand if whole else framing_keys.put(by_hand, crop)


def lock_face(clip: Clip, face: FaceLock | None) -> Clip:
    """Have the frame hold one person all the time; None holds the one who speaks again."""
    return replace(reframe(clip, Framing.AUTO, clip.centre_x), face_lock=face)


def revolume(clip: Clip, volume_db: float) -> Clip:
    """Make the recordings' own sound louder or softer: from :data:`MUTE_DB` (silent) to 12 dB."""
    level = min(layers.LOUDEST_DB, max(MUTE_DB, volume_db))
    speech = replace(clip.mix.speech, volume_db=level, mute=False)
    return replace(clip, mix=replace(clip.mix, speech=speech))


def denoise(clip: Clip, noise: NoiseReduction) -> Clip:
    """Take so much of the noise off the recordings' own sound."""
    return replace(clip, mix=replace(clip.mix, noise=noise))


def retone(clip: Clip, tone: VoiceTone) -> Clip:
    """Colour the recordings' own sound."""
    return replace(clip, mix=replace(clip.mix, tone=tone))
