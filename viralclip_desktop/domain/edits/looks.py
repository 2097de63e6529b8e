"""Edits of how a clip looks as a whole: brand kits, and caption styles that go.

branded         kit on, and the kit's caption style where it names one
without_style   style gone: the clip keeps the look as its own
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.arrange import another_title

FALLBACK_STYLE = "karaoke"  # what a new clip has, too; it ships with the program


def branded(clip: Clip, kit: BrandKit | None) -> Clip:
    """Put a kit on a clip, or (None) take it off; taking off leaves the captions as they are.

    Where the kit names a caption style, the clip takes it, also in place of a look of its own: otherwise
    it would not look like the brand.
    """
    if kit is None:
        return replace(clip, brand_kit="")
    if not kit.caption_style:
        return replace(clip, brand_kit=kit.id)
    return replace(clip, brand_kit=kit.id, caption_style=kit.caption_style, caption_override=None)


def without_style(clip: Clip, style: CaptionStyle) -> Clip:
    """A clip that can do without a style: one that names it keeps the look as its own."""
    if clip.caption_style != style.id:
        return clip
    override = clip.caption_override or replace(style, id=FALLBACK_STYLE)
    return replace(clip, caption_style=FALLBACK_STYLE, caption_override=override)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or where that is taken the name with the next free number."""
    return another_title(name, taken) if name in taken else name
