"""How clips look: captions of their own, own caption styles, brand kits.

Styles and kits belong to no project. An edit of one is named in the history of the project it was made in
(``project_id``), so that undo finds it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import looks
from viralclip_desktop.features.editing.editor import ClipEditor
from viralclip_desktop.store.transaction import Transaction


class Styling:
    """Edits of captions' looks."""

    def __init__(self, editor: ClipEditor) -> None:
        self._editor = editor
        self._store = editor.store

    def override_captions(
        self, clip_id: str, style: CaptionStyle | None, merge_key: str | None = None
    ) -> Clip:
        """Give one clip its own look of the captions; None takes it back to its style."""
        label = "Adjust captions" if style else "Reset captions to their style"
        return self._editor.drag(
            clip_id, label, lambda clip: replace(clip, caption_override=style), merge_key
        )

    def save_style(
        self, style: CaptionStyle, project_id: str = "", merge_key: str | None = None
    ) -> CaptionStyle:
        """Keep a style as the user's own: replaces an own one with its id, otherwise (a shipped one's, or
        none) it becomes a new one under a name that is free. Raises :class:`UsageError` without a name."""
        label = _named(style.label, "A caption style")
        with self._store.transaction("Save caption style", project_id, merge_key=merge_key) as tx:
            own = {other.id: other for other in tx.caption_styles()}
            style_id = style.id if style.id in own else new_id("style")
            taken = {other.label for other in own.values() if other.id != style_id}
            saved = replace(style, id=style_id, label=looks.free_name(label, taken))
            tx.put(saved)
        return saved

    def delete_style(self, style_id: str, project_id: str = "") -> None:
        """Delete an own style. Clips with it keep their look as their own; brand kits let go of it.

        Raises :class:`NotFound` for a style that is not the user's own.
        """
        with self._store.transaction("Delete caption style", project_id) as tx:
            style = next((other for other in tx.caption_styles() if other.id == style_id), None)
            if style is None:
                raise NotFound(
                    say("There is no own caption style called {style_id}.", style_id=repr(style_id))
                )
            for clip in _all_clips(tx):
                if clip.caption_style == style_id:
                    tx.put(looks.without_style(clip, style))
            for kit in tx.brand_kits():
                if kit.caption_style == style_id:
                    tx.put(replace(kit, caption_style=""))
            tx.delete("caption_style", style_id)


class Branding:
    """Edits of brand kits, and of who wears them."""

    def __init__(self, editor: ClipEditor) -> None:
        self._store = editor.store

    def default_kit(self) -> BrandKit | None:
        """The brand kit that new clips get; None when there is none."""
        return next((kit for kit in self._store.brand_kits() if kit.is_default), None)

    def kit_of_new_clips(self, kit_id: str | None = None) -> BrandKit | None:
        """The kit by id, the default one for None, no kit for an empty id. Raises :class:`NotFound`."""
        if kit_id is None:
            return self.default_kit()
        kit = next((kit for kit in self._store.brand_kits() if kit.id == kit_id), None)
        if kit is None and kit_id:
            raise NotFound(say("There is no brand kit called {kit_id}.", kit_id=repr(kit_id)))
        return kit

    def put_brand_kit(self, kit: BrandKit, project_id: str = "", merge_key: str | None = None) -> BrandKit:
        """Add or replace a kit (an empty id gets a new one). A new default takes the place of the old one.

        Raises :class:`UsageError` without a name.
        """
        kit = replace(kit, id=kit.id or new_id("kit"), name=_named(kit.name, "A brand kit"))
        known = {other.id for other in self._store.brand_kits()}
        label = "Change brand kit" if kit.id in known else "Add brand kit"
        with self._store.transaction(label, project_id, merge_key=merge_key) as tx:
            for other in tx.brand_kits():
                if kit.is_default and other.is_default and other.id != kit.id:
                    tx.put(replace(other, is_default=False))
            tx.put(kit)
        return kit

    def delete_brand_kit(self, kit_id: str, project_id: str = "") -> None:
        """Delete a kit; clips take it off. Its files stay. Raises :class:`NotFound`."""
        with self._store.transaction("Delete brand kit", project_id) as tx:
            for clip in _all_clips(tx):
                if clip.brand_kit == kit_id:
                    tx.put(replace(clip, brand_kit=""))
            tx.delete("brand_kit", kit_id)

    def apply_brand_kit(
        self, kit_id: str, clip_ids: Sequence[str] | None = None, project_id: str = ""
    ) -> list[Clip]:
        """Put a kit on clips, or (without any) on all of a project; an empty id takes kits off.

        Where the kit names a caption style, the clips take it, also in place of a look of their own.
        Raises :class:`NotFound`; :class:`UsageError` when neither clips nor a project are named.
        """
        owner = project_id
        if clip_ids:
            owner = self._store.source(self._store.clip(clip_ids[0]).source_id).project_id
        if not owner:
            raise UsageError("Choose the clips that the brand kit is for.")
        with self._store.transaction("Apply brand kit" if kit_id else "Remove brand kit", owner) as tx:
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
