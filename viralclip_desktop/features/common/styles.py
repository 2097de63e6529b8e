"""The caption styles there are: those that ship with the program, and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    from viralclip_desktop.core.notices import NoticeBoard
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.store.store import Store


def caption_styles(store: Store) -> list[CaptionStyle]:
    """Every caption style: the presets, then the user's own."""
    from viralclip_desktop.compose.captions.presets import caption_styles as shipped

    return [*shipped().values(), *store.caption_styles()]


def known_style(store: Store, style_id: str) -> CaptionStyle:
    """One caption style by its id. Raises :class:`UsageError` with the names there are."""
    styles = {style.id: style for style in caption_styles(store)}
    if style_id not in styles:
        raise UsageError(
            say("There is no caption style “{style_id}”.", style_id=style_id),
            say("Choose one of: {styles}.", styles=", ".join(styles)),
        )
    return styles[style_id]


def look_of(clip: Clip, styles: Iterable[CaptionStyle]) -> CaptionStyle:
    """The look of a clip's captions: its own, else its style's; the default where that is gone."""
    from viralclip_desktop.compose.captions.presets import DEFAULT_STYLE, caption_style

    if clip.caption_override is not None:
        return clip.caption_override
    known = {style.id: style for style in styles}
    return known.get(clip.caption_style) or caption_style(DEFAULT_STYLE)


def style_of(store: Store, clip: Clip) -> CaptionStyle | None:
    """The look of a clip's captions as :func:`look_of`, None without any."""
    return look_of(clip, caption_styles(store)) if clip.captions_on else None


def tell_if_style_is_gone(store: Store, clip: Clip, notices: NoticeBoard) -> None:
    """Say once that captions have the default look because their style is gone."""
    if not clip.captions_on or clip.caption_override is not None:
        return
    if clip.caption_style not in {style.id for style in caption_styles(store)}:
        used = look_of(clip, ()).label
        notices.once(
            f"style {clip.caption_style} of {clip.id}",
            say(
                "The caption style of “{title}” is gone; it is shown in {used}.", title=clip.title, used=used
            ),
            "Choose another style for it.",
        )
