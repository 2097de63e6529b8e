"""Which look a clip's captions have, and giving one look to all clips of a recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from viralclip_desktop.compose.captions.presets import DEFAULT_STYLE, caption_style
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.common.styles import as_framed
from viralclip_desktop.store.store import Store


def look_of(clip: Clip, styles: Iterable[CaptionStyle]) -> CaptionStyle:
    """The look of a clip's captions: its own, else its style's; the default where that is gone."""
    if clip.caption_override is not None:
        return clip.caption_override
    known = {style.id: style for style in styles}
    return as_framed(clip, known.get(clip.caption_style) or caption_style(DEFAULT_STYLE))


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
