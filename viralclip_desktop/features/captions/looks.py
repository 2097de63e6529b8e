"""Which look a clip's captions have, and giving one look to all clips of a recording."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.looks import free_name
from viralclip_desktop.features.common.styles import caption_styles, look_of
from viralclip_desktop.store.store import Store


def choose_style(clip: Clip, style_id: str) -> Clip:
    """Choose a style; a look of the clip's own gives way to it."""
    return replace(clip, caption_style=style_id, caption_override=None)


def share_look(store: Store, clip_id: str) -> int:
    """Give all clips of a recording the captions of one of them, as one edit; how many there are then."""
    model = store.clip(clip_id)
    project_id = store.source(model.source_id).project_id
    with store.transaction("Apply captions to all clips", project_id) as tx:
        clips = tx.clips(model.source_id)
        for clip in clips:
            tx.put(
                replace(
                    clip,
                    caption_style=model.caption_style,
                    caption_override=model.caption_override,
                    captions_on=model.captions_on,
                    second_language=model.second_language,
                )
            )
    return len(clips)


def give_style(store: Store, clip_id: str, style_id: str) -> Clip:
    """Give a clip another style; a look of its own gives way. Raises :class:`NotFound`."""
    with store.transaction("Change caption style", _project(store, clip_id)) as tx:
        after = choose_style(tx.clip(clip_id), style_id)
        tx.put(after)
    return after


def adjust_look(
    store: Store, clip_id: str, field: str, value: object, *, merge_key: str | None = None
) -> Clip:
    """Set one property of the captions of one clip alone. Raises :class:`NotFound`."""
    look = look_of(store.clip(clip_id), caption_styles(store))
    with store.transaction("Adjust captions", _project(store, clip_id), merge_key=merge_key) as tx:
        after = tx.clip(clip_id)
        if getattr(look, field) != value:
            after = replace(after, caption_override=replace(look, **{field: value}))  # type: ignore[arg-type]
            tx.put(after)
    return after


def keep_look(store: Store, clip_id: str, name: str) -> CaptionStyle:
    """Keep a clip's look as a style of the user's own, and give the clip that style; one entry in the
    history."""
    look, project_id = look_of(store.clip(clip_id), caption_styles(store)), _project(store, clip_id)
    with store.transaction("Save caption style", project_id) as tx:
        taken = {style.label for style in tx.caption_styles()}
        saved = replace(look, id=new_id("style"), label=free_name(" ".join(name.split()), taken))
        tx.put(saved)
        tx.put(choose_style(tx.clip(clip_id), saved.id))
    return saved


def _project(store: Store, clip_id: str) -> str:
    return store.source(store.clip(clip_id).source_id).project_id
