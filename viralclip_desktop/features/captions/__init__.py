"""Caption styles: the presets that ship with the program."""

from viralclip_desktop.features.captions.presets import (
    DEFAULT_STYLE,
    caption_style,
    caption_styles,
    style_from_data,
    style_to_data,
)

__all__ = ["DEFAULT_STYLE", "caption_style", "caption_styles", "style_from_data", "style_to_data"]
