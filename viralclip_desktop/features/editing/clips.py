"""A clip as a whole: its title, shape, framing, caption style and the loudness of its own sound."""

from __future__ import annotations

import time

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip, ClipBatch, FaceLock, FrameKey, Framing, parts_of
from viralclip_desktop.domain.edits import clips
from viralclip_desktop.domain.edits.looks import branded
from viralclip_desktop.domain.mix import NoiseReduction, VoiceTone
from viralclip_desktop.features.common.kits import default_kit
from viralclip_desktop.features.common.orders import NewClipLook
from viralclip_desktop.features.common.styles import known_style
from viralclip_desktop.features.editing.edit import edit_clip
from viralclip_desktop.store.store import Store


def rename_clip(store: Store, clip_id: str, title: str, *, merge_key: str | None = None) -> Clip:
    """Give a clip another title."""
    return edit_clip(store, clip_id, "Rename clip", lambda clip: clips.rename(clip, title), merge_key)


def restyle_clip(store: Store, clip_id: str, style_id: str) -> Clip:
    """Choose a caption style. Raises :class:`UsageError` when there is no such style."""
    known_style(store, style_id)
    return edit_clip(store, clip_id, "Change caption style", lambda clip: clips.restyle(clip, style_id))


def switch_captions(store: Store, clip_id: str, on: bool) -> Clip:
    """Show or hide a clip's captions."""
    label = "Show captions" if on else "Hide captions"
    return edit_clip(store, clip_id, label, lambda clip: clips.switch_captions(clip, on))


def reshape_clip(store: Store, clip_id: str, aspect: Aspect) -> Clip:
    """Choose a clip's picture shape."""
    return edit_clip(
        store,
        clip_id,
        say("Change shape to {aspect}", aspect=aspect),
        lambda clip: clips.reshape(clip, aspect),
    )


def reframe_clip(
    store: Store, clip_id: str, framing: Framing, centre_x: float = 0.5, *, merge_key: str | None = None
) -> Clip:
    """Choose how the picture fills a clip's frame; ``centre_x`` is 0..1 of the picture's width."""
    return edit_clip(
        store, clip_id, "Change framing", lambda clip: clips.reframe(clip, framing, centre_x), merge_key
    )


def take_over_crop(store: Store, clip_id: str, crop: FrameKey) -> Clip:
    """Frame a clip by hand from now on, beginning with the crop (source time) that shows."""
    return edit_clip(store, clip_id, "Change framing", lambda clip: clips.take_over(clip, crop))


def lock_face(store: Store, clip_id: str, face: FaceLock | None) -> Clip:
    """Have a clip's frame hold one person all the time; None holds the one who speaks again."""
    label = "Lock on a person" if face is not None else "Follow who speaks"
    return edit_clip(store, clip_id, label, lambda clip: clips.lock_face(clip, face))


def set_original_volume(
    store: Store, clip_id: str, volume_db: float, *, merge_key: str | None = None
) -> Clip:
    """Make the recording's own sound in a clip louder or softer; -60 dB and below is silent."""
    return edit_clip(
        store, clip_id, "Change original sound", lambda clip: clips.revolume(clip, volume_db), merge_key
    )


def reduce_noise(store: Store, clip_id: str, noise: NoiseReduction) -> Clip:
    """Take noise off the recording's own sound in a clip."""
    return edit_clip(store, clip_id, "Change noise reduction", lambda clip: clips.denoise(clip, noise))


def set_voice_tone(store: Store, clip_id: str, tone: VoiceTone) -> Clip:
    """Colour the recording's own sound in a clip."""
    return edit_clip(store, clip_id, "Change voice preset", lambda clip: clips.retone(clip, tone))


def add_clip(
    store: Store, source_id: str, within: TimeRange, title: str = "", *, look: NewClipLook, once: bool = False
) -> Clip:
    """Make a clip by hand from a range of source time; the default brand kit is put on it. ``once``: where
    one of the same title plays just that already, it is that one."""
    source = store.source(source_id)
    batch = ClipBatch(new_id("batch"), source_id, {"by": "hand"}, time.time())
    rank = 1 + len(store.clips(source_id))
    blank = Clip(
        id=new_id("clip"),
        project_id=source.project_id,
        source_id=source_id,
        batch_id=batch.id,
        rank=rank,
        parts=parts_of(source.asset_id, within),
        title="",
        score=None,
        reasons=(),
        quote_first="",
        quote_last="",
        aspect=look.aspect,
        caption_style=look.caption_style,
        created_at=time.time(),
        asset_id=source.asset_id,
    )
    if kit := default_kit(store):
        blank = branded(blank, kit)
    trimmed = clips.trim(blank, within.start, within.end, source.info.duration)
    clip = clips.rename(trimmed, title or source.title)
    with store.transaction("Add clip", source.project_id) as tx:
        alike = (one for one in tx.clips(source_id) if (one.parts, one.title) == (clip.parts, clip.title))
        if once and (there := next(alike, None)) is not None:
            return there
        tx.put(batch)
        tx.put(clip)
    return clip
