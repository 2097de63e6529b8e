"""How clips look: captions of their own, own caption styles, brand kits.

Styles and kits belong to no project. An edit of one is named in the history of the project it was made in
(``project_id``), so that undo finds it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import looks
from viralclip_desktop.features.common.kit_files import with_assets, with_paths
from viralclip_desktop.features.editing.edit import drag_clip
from viralclip_desktop.store.store import Store
from viralclip_desktop.store.transaction import Transaction


def override_captions(
    store: Store, clip_id: str, style: CaptionStyle | None, *, merge_key: str | None = None
) -> Clip:
    """Give one clip its own look of the captions; None takes it back to its style."""
    label = "Adjust captions" if style else "Reset captions to their style"
    return drag_clip(store, clip_id, label, lambda clip: replace(clip, caption_override=style), merge_key)


def save_style(
    store: Store, style: CaptionStyle, project_id: str = "", *, merge_key: str | None = None
) -> CaptionStyle:
    """Keep a style as the user's own: replaces an own one with its id, otherwise (a shipped one's, or
    none) it becomes a new one under a name that is free. Raises :class:`UsageError` without a name."""
    label = _named(style.label, "A caption style")
    with store.transaction("Save caption style", project_id, merge_key=merge_key) as tx:
        own = {other.id: other for other in tx.caption_styles()}
        style_id = style.id if style.id in own else new_id("style")
        taken = {other.label for other in own.values() if other.id != style_id}
        saved = replace(style, id=style_id, label=looks.free_name(label, taken))
        tx.put(saved)
    return saved


def delete_style(store: Store, style_id: str, project_id: str = "") -> None:
    """Delete an own style. Clips with it keep their look as their own; brand kits let go of it.

    Raises :class:`NotFound` for a style that is not the user's own.
    """
    with store.transaction("Delete caption style", project_id) as tx:
        style = next((other for other in tx.caption_styles() if other.id == style_id), None)
        if style is None:
            raise NotFound(say("There is no own caption style called {style_id}.", style_id=repr(style_id)))
        for clip in _all_clips(tx):
            if clip.caption_style == style_id:
                tx.put(looks.without_style(clip, style))
        for kit in tx.brand_kits():
            if kit.caption_style == style_id:
                tx.put(replace(kit, caption_style=""))
        tx.delete("caption_style", style_id)


def put_brand_kit(
    store: Store, kit: BrandKit, project_id: str = "", *, merge_key: str | None = None
) -> BrandKit:
    """Add or replace a kit (an empty id gets a new one). A new default takes the place of the old one.

    Raises :class:`UsageError` without a name.
    """
    kit = replace(kit, id=kit.id or new_id("kit"), name=_named(kit.name, "A brand kit"))
    known = {other.id for other in store.brand_kits()}
    label = "Change brand kit" if kit.id in known else "Add brand kit"
    with store.transaction(label, project_id, merge_key=merge_key) as tx:
        for other in tx.brand_kits():
            if kit.is_default and other.is_default and other.id != kit.id:
                tx.put(replace(other, is_default=False))
        tx.put(kit)
    return kit


def change_brand_kit(
    store: Store,
    kit_id: str,
    values: Mapping[str, object],
    project_id: str = "",
    *,
    merge_key: str | None = None,
) -> BrandKit | None:
    """Set properties of a kit, in which files are named by their paths; None for one that is gone. Nothing is
    recorded when nothing changes.

    Raises :class:`UsageError` without a name, :class:`BadInput` for a file that cannot be read.
    """
    stored = next((one for one in store.brand_kits() if one.id == kit_id), None)
    if stored is None:
        return None
    kit = with_paths(store, stored)
    if all(getattr(kit, field) == value for field, value in values.items()):
        return stored
    changed = with_assets(store, replace(kit, **values), stored)  # type: ignore[arg-type]
    return put_brand_kit(store, changed, project_id, merge_key=merge_key)


def place_logo(
    store: Store,
    kit_id: str,
    name: str,
    place: Mapping[str, float],
    project_id: str = "",
    *,
    merge_key: str | None = None,
) -> BrandKit | None:
    """Put the ``logo`` or the ``watermark`` of a kit where somebody dropped it, by its fields; None where
    there is none any more."""
    kit = next((one for one in store.brand_kits() if one.id == kit_id), None)
    logo = getattr(kit, name, None)
    if kit is None or logo is None:
        return None
    placed = replace(logo, **place)
    changed = replace(kit, **{name: placed})
    return kit if placed == logo else put_brand_kit(store, changed, project_id, merge_key=merge_key)


def write_name_line(store: Store, kit_id: str, text: str, project_id: str = "") -> BrandKit | None:
    """Write the name line of a kit anew, its first line and the one below it; None where there is none any
    more."""
    kit = next((one for one in store.brand_kits() if one.id == kit_id), None)
    if kit is None or kit.lower_third is None:
        return None
    title, _, subtitle = text.partition("\n")
    line = replace(kit.lower_third, title=title, subtitle=" ".join(subtitle.split()))
    return put_brand_kit(store, replace(kit, lower_third=line), project_id)


def put_kit_of_files(store: Store, kit: BrandKit, model_id: str, project_id: str = "") -> BrandKit:
    """Add a kit whose files are named by their paths; those that the kit ``model_id`` has are known."""
    model = next((one for one in store.brand_kits() if one.id == model_id), BrandKit("", ""))
    return put_brand_kit(store, with_assets(store, kit, model), project_id)


def delete_brand_kit(store: Store, kit_id: str, project_id: str = "") -> None:
    """Delete a kit; clips take it off. Its files stay. Raises :class:`NotFound`."""
    with store.transaction("Delete brand kit", project_id) as tx:
        for clip in _all_clips(tx):
            if clip.brand_kit == kit_id:
                tx.put(replace(clip, brand_kit=""))
        tx.delete("brand_kit", kit_id)


def apply_brand_kit(
    store: Store, kit_id: str, clip_ids: Sequence[str] | None = None, project_id: str = ""
) -> list[Clip]:
    """Put a kit on clips, or (without any) on all of a project; an empty id takes kits off.

    Where the kit names a caption style, the clips take it, also in place of a look of their own.
    Raises :class:`NotFound`; :class:`UsageError` when neither clips nor a project are named.
    """
    owner = project_id
    if clip_ids:
        owner = store.source(store.clip(clip_ids[0]).source_id).project_id
    if not owner:
        raise UsageError("Choose the clips that the brand kit is for.")
    with store.transaction("Apply brand kit" if kit_id else "Remove brand kit", owner) as tx:
        kit: BrandKit | None = tx.get("brand_kit", kit_id) if kit_id else None
        clips = _all_clips(tx, owner) if clip_ids is None else [tx.clip(one) for one in clip_ids]
        branded = [looks.branded(clip, kit) for clip in clips]
        for clip in branded:
            tx.put(clip)
    return branded


def _all_clips(tx: Transaction, project_id: str | None = None) -> list[Clip]:
    return [clip for source in tx.sources(project_id) for clip in tx.clips(source.id)]


def _named(name: str, what: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise UsageError(say("{what} needs a name.", what=say(what)))
    return tidy
