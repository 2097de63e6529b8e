"""The pace of a clip: slow stretches faster, and edges on the beats of its music; each as one entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import pacing
from viralclip_desktop.domain.edits.pacing import Stretch
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.editing.edit import edit_clip
from viralclip_desktop.store.store import Store


def pace_clip(
    store: Store, clip_id: str, stretches: Iterable[Stretch], *, merge_key: str | None = None
) -> Clip:
    """Play stretches of a clip faster, in the place of those that were chosen before."""
    wanted = list(stretches)
    return edit_clip(store, clip_id, "Auto speed", lambda clip: pacing.pace(clip, wanted), merge_key)


def switch_pace(store: Store, clip_id: str, index: int, on: bool) -> Clip:
    """Play a part as fast as auto speed chose, or as it was recorded."""
    label = "Play faster" if on else "Play as recorded"
    return edit_clip(store, clip_id, label, lambda clip: pacing.switch(clip, index, on=on))


def unpace(store: Store, clip_id: str) -> Clip:
    """Take auto speed off a clip."""
    return edit_clip(store, clip_id, "Remove auto speed", pacing.unpaced)


def cut_to_beat(
    store: Store, clip_id: str, beats: Sequence[Time], words: Mapping[str, Sequence[Word]]
) -> Clip:
    """Move the edges of parts and the pictures of a clip to beats (clip time); ``words``: of its recordings,
    by asset."""

    def change(clip: Clip) -> Clip:
        ids = {part.asset_id for part in clip.parts if part.asset_id and not part.card}
        durations = {asset_id: store.asset(asset_id).duration for asset_id in ids}
        return pacing.to_beats(clip, beats, words, durations)

    return edit_clip(store, clip_id, "Cut to the beat", change)
