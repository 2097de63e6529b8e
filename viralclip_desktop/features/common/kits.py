"""Which brand kit new clips get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.brand import BrandKit

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def default_kit(store: Store) -> BrandKit | None:
    """The brand kit that new clips get; None when there is none."""
    return next((kit for kit in store.brand_kits() if kit.is_default), None)


def kit_of_new_clips(store: Store, kit_id: str | None = None) -> BrandKit | None:
    """The kit by id, the default one for None, no kit for an empty id. Raises :class:`NotFound`."""
    if kit_id is None:
        return default_kit(store)
    kit = next((kit for kit in store.brand_kits() if kit.id == kit_id), None)
    if kit is None and kit_id:
        raise NotFound(say("There is no brand kit called {kit_id}.", kit_id=repr(kit_id)))
    return kit
