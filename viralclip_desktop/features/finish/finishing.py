"""The verbs of finishing: all elements as one edit, or one of them as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, MusicLayer, TitleLayer
from viralclip_desktop.features.common.quiet_titles import is_quiet
from viralclip_desktop.features.finish.elements import ELEMENTS, USUAL, row_of
from viralclip_desktop.features.finish.scene import Scene, Wanted

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

NOTHING_SAID = Wanted()


def finish_clip(
    store: Store,
    clip_id: str,
    scene: Scene,
    elements: Iterable[Element] = USUAL,
    wanted: Wanted = NOTHING_SAID,
) -> Clip:
    """Lay elements on a clip, in the place of those that finishing laid before, as one entry in the history;
    the others stay as they are. What ``wanted`` doesn't say of an element is as it was on the clip."""
    chosen = frozenset(elements)
    with store.transaction("Finish clip", store.clip(clip_id).project_id) as tx:
        after = tx.clip(clip_id)
        wanted = _with_what_is_there(wanted, after)
        if len(chosen) > 1 and is_quiet(after.title):  # there is nothing to say unless it was written
            written = {Element.HOOK: wanted.hook or scene.hook, Element.CARD: wanted.title}
            chosen -= {element for element, text in written.items() if not text}
        for row in ELEMENTS:
            if row.id in chosen:
                after = row.laid(after, scene, wanted)
        tx.put(after)
    return after


def _with_what_is_there(wanted: Wanted, clip: Clip) -> Wanted:
    titles = {one.element: one.text for one in clip.layers if isinstance(one, TitleLayer)}
    songs = (one for one in clip.layers if isinstance(one, MusicLayer) and one.element is Element.MUSIC)
    name, _, role = titles.get(Element.LOWER_THIRD, "").partition("\n")
    return replace(
        wanted,
        hook=wanted.hook or titles.get(Element.HOOK, ""),
        title=wanted.title or titles.get(Element.CARD, ""),
        name=wanted.name or name,
        role=wanted.role or role,
        music=wanted.music or next((song.asset_id for song in songs), ""),
    )


def lay_element(
    store: Store, clip_id: str, element: Element, scene: Scene, wanted: Wanted = NOTHING_SAID
) -> Clip:
    """Lay one element on a clip."""
    row = row_of(element)
    with store.transaction(say("Add “{what}”", what=say(row.label)), store.clip(clip_id).project_id) as tx:
        after = row.laid(tx.clip(clip_id), scene, wanted)
        tx.put(after)
    return after


def remove_element(store: Store, clip_id: str, element: Element) -> Clip:
    """Take an element off a clip."""
    row = row_of(element)
    with store.transaction(say("Remove “{what}”", what=say(row.label)), store.clip(clip_id).project_id) as tx:
        after = row.remove(tx.clip(clip_id), element)
        tx.put(after)
    return after


def remove_all(store: Store, clip_id: str) -> Clip:
    """Take all that finishing laid off a clip."""
    with store.transaction("Remove the finish", store.clip(clip_id).project_id) as tx:
        after = tx.clip(clip_id)
        for row in ELEMENTS:
            after = row.remove(after, row.id)
        tx.put(after)
    return after
