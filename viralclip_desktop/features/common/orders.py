"""What new things start from, as the settings say: the same for the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import Aspect

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings


@dataclass(frozen=True, slots=True)
class NewClipLook:
    """The shape and the captions of a new clip."""

    aspect: Aspect = Aspect.VERTICAL
    caption_style: str = "karaoke"


def new_clip_look(settings: Settings) -> NewClipLook:
    """How new clips look."""
    return NewClipLook(settings.aspect, settings.caption_style)
