"""The clip that a finished film shows, as it was when the film was made."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from cattrs import BaseValidationError

from viralclip_desktop.core.json_text import JSON_FAULTS
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.store.codec import from_plain, to_plain

if TYPE_CHECKING:
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.store.store import Store

_log = logging.getLogger(__name__)


def noted(store: Store, clip: Clip) -> dict[str, object]:
    """What an export keeps of the clip it is made of, as JSON values: the clip and its brand kit."""
    kits = [kit for kit in store.brand_kits() if kit.id == clip.brand_kit]
    return {"clip": to_plain(clip), "kits": to_plain(kits)}


def shown_in(store: Store, export: Export) -> tuple[Clip, list[BrandKit]]:
    """The clip that an export shows, and the brand kits of that time that count for it; as they are now for a
    film of an older version of the program. Raises NotFound for the export of a clip that is gone."""
    kept = export.result.shows if export.result is not None else None
    try:
        if kept is not None:
            return from_plain(Clip, kept["clip"]), from_plain(list[BrandKit], kept["kits"])
    except (*JSON_FAULTS, BaseValidationError):
        _log.warning("what export %s shows cannot be read", export.id, exc_info=True)
    return store.clip(export.clip_id), store.brand_kits()
