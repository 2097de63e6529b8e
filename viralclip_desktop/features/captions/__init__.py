"""Caption styles: the presets that ship with the program, the look of a clip, its words as a file."""

from viralclip_desktop.compose.captions.presets import (
    DEFAULT_STYLE,
    caption_style,
    caption_styles,
    style_from_data,
    style_to_data,
)
from viralclip_desktop.features.captions.looks import choose_style, share_look
from viralclip_desktop.features.captions.second import LineField, clip_translation, line_fields
from viralclip_desktop.features.captions.spoken import clip_transcript
from viralclip_desktop.features.common.styles import look_of

__all__ = [
    "DEFAULT_STYLE",
    "LineField",
    "caption_style",
    "caption_styles",
    "choose_style",
    "clip_transcript",
    "clip_translation",
    "line_fields",
    "look_of",
    "share_look",
    "style_from_data",
    "style_to_data",
]
