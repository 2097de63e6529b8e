"""What the beats of a clip are moved by: the beats of its music and the words of its recordings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.layer_sound import beats_of, listen

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.store.store import Store


def clip_beats(store: Store, paths: DataPaths, clip: Clip, cancel: CancelToken) -> tuple[Time, ...]:
    """The beats of a clip's music (clip time). Each file is heard once. Raises :class:`BadInput` where none
    has a steady beat."""
    files = dict.fromkeys(layer.asset_id for layer in clip.layers if isinstance(layer, MusicLayer))
    sounds = {asset_id: listen(paths, Path(store.asset(asset_id).path), cancel) for asset_id in files}
    beats = beats_of(clip, sounds)
    if not beats:
        raise BadInput(
            "There is no music with a steady beat in this clip.", "Lay a song under it, then try again."
        )
    return beats


def clip_words(store: Store, clip: Clip) -> dict[str, tuple[Word, ...]]:
    """The words of a clip's recordings, by their assets."""
    found = {}
    for source in store.sources(clip.project_id):
        transcript = store.transcript(source.id) if clip.ranges_of(source.asset_id) else None
        if transcript is not None:
            found[source.asset_id] = transcript.words
    return found
