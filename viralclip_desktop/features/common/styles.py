"""The caption styles there are: those that ship with the program, and the user's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.compose.captions.presets import caption_style as shipped_style
from viralclip_desktop.compose.captions.presets import caption_styles as shipped_styles
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, Framing

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def caption_styles(store: Store) -> list[CaptionStyle]:
    """Every caption style: the presets, then the user's own."""
    return [*shipped_styles().values(), *store.caption_styles()]


def known_style(store: Store, style_id: str) -> CaptionStyle:
    """One caption style by its id. Raises :class:`UsageError` with the names there are."""
    styles = {style.id: style for style in caption_styles(store)}
    if style_id not in styles:
        raise UsageError(f"There is no caption style “{style_id}”.", f"Choose one of: {', '.join(styles)}.")
    return styles[style_id]


def style_of(store: Store, clip: Clip) -> CaptionStyle | None:
    """The look of a clip's captions, None without any. Its own wins over the style it names."""
    if not clip.captions_on:
        return None
    return clip.caption_override or as_framed(clip, style_named(store, clip.caption_style))


def as_framed(clip: Clip, style: CaptionStyle) -> CaptionStyle:
    """A style as a clip has it that names it: where the frame follows people, the presets keep off their
    faces. The user's own styles stay as they are."""
    follows = clip.framing in (Framing.AUTO, Framing.SPLIT)
    return replace(style, keep_off_faces=True) if follows and style.id in shipped_styles() else style


def style_named(store: Store, style_id: str) -> CaptionStyle:
    """One of the user's own caption styles, or a preset. Raises :class:`NotFound`."""
    own = {style.id: style for style in store.caption_styles()}
    if style_id in own:
        return own[style_id]
    return shipped_style(style_id)
