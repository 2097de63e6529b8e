"""The recordings that play in a clip, whichever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import Source

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def recordings_of(store: Store, clip: Clip) -> list[Source]:
    """The recordings that a clip's parts are from: the home one first (even where nothing of it plays), the
    others as they first play. Where several projects have a recording, the clip's own project counts."""
    home = [store.source(clip.source_id)] if clip.source_id else []
    others = dict.fromkeys(part.asset_id for part in clip.parts if part.asset_id != clip.asset_id)
    if not others:
        return home
    known = sorted(store.sources(), key=lambda source: source.project_id == clip.project_id)
    by_asset = {source.asset_id: source for source in known}
    return [*home, *(by_asset[asset_id] for asset_id in others if asset_id in by_asset)]
