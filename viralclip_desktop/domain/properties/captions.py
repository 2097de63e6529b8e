"""Every property of a caption style that can be set by hand: one row each, in groups.

Lengths are shown in percent of the letters' size, sizes in percent of the picture's shorter side. The form
offers what looks good; a file or a command may go further.
"""

from __future__ import annotations

from dataclasses import fields

from viralclip_desktop.domain.captions import (
    CaptionAnimation,
    CaptionEntrance,
    CaptionExit,
    CaptionStyle,
    TextCase,
)
from viralclip_desktop.domain.properties.rows import Choice, Colour, Font, Number, OnOff, Property, Words

_CASES = ((TextCase.TYPED, "As typed"), (TextCase.UPPER, "CAPITALS"), (TextCase.LOWER, "small letters"))
_ANIMATIONS = (
    (CaptionAnimation.NONE, "None"),
    (CaptionAnimation.SWEEP, "Karaoke sweep"),
    (CaptionAnimation.POP, "Pop"),
    (CaptionAnimation.BOUNCE, "Bounce"),
    (CaptionAnimation.BOX, "Box"),
    (CaptionAnimation.MARKER, "Highlighter"),
    (CaptionAnimation.UNDERLINE, "Underline"),
    (CaptionAnimation.REVEAL, "Word by word"),
    (CaptionAnimation.TYPE, "Typewriter"),
)
_ENTRANCES = (
    (CaptionEntrance.NONE, "At once"),
    (CaptionEntrance.FADE, "Fade in"),
    (CaptionEntrance.GROW, "Grow in"),
)
_EXITS = ((CaptionExit.NONE, "At once"), (CaptionExit.FADE, "Fade out"))
_PLACES = ("Below", "Above")

GROUPS: tuple[tuple[str, tuple[Property, ...]], ...] = (
    (
        "Text",
        (
            Font("font", "Font"),
            Number("size", "Size", 0.01, 0.5, "%", 100, decimals=1, slide=(0.03, 0.24)),
            Choice("case", "Letters", _CASES),
            Number("letter_spacing_em", "Letter spacing", -0.5, 2, "%", 100, slide=(-0.1, 0.4)),
            OnOff("keep_punctuation", "Punctuation"),
            OnOff("emoji", "Emoji"),
        ),
    ),
    (
        "Colours",
        (
            Colour("fill", "Words"),
            Colour("active_fill", "Spoken word"),
            Colour("second_fill", "Second line", optional=True),
            Colour("keyword_fill", "Keyword colour", optional=True),
            Words("keywords", "Keywords", "Automatic"),
        ),
    ),
    (
        "Outline, shadow, glow",
        (
            Colour("outline", "Outline", optional=True),
            Number("outline_em", "Thickness", 0, 1, "%", 100, decimals=1, slide=(0, 0.25)),
            Colour("shadow", "Shadow", optional=True),
            Number("shadow_em", "Distance", -1, 1, "%", 100, decimals=1, slide=(0, 0.3)),
            Number("shadow_blur_em", "Softness", 0, 2, "%", 100, decimals=1, slide=(0, 0.4)),
            Colour("glow", "Glow", optional=True),
            Number("glow_em", "Reach", 0, 2, "%", 100, decimals=1, slide=(0, 0.4)),
        ),
    ),
    (
        "Background",
        (
            Colour("box", "Behind the phrase", optional=True),
            Colour("active_box", "At the spoken word", optional=True),
            Number("box_padding_em", "Padding", 0, 2, "%", 100, slide=(0, 0.8)),
            Number("box_radius_em", "Roundness", 0, 2, "%", 100, slide=(0, 0.8)),
        ),
    ),
    (
        "Movement",
        (
            Choice("animation", "Spoken word", _ANIMATIONS),
            Number("grow", "Its size", 0.5, 3, "%", 100, slide=(1, 1.4)),
            Choice("entrance", "Coming", _ENTRANCES),
            Choice("exit", "Going", _EXITS),
        ),
    ),
    (
        "Position and layout",
        (
            Number("position", "Height", 0, 1, "%", 100, slide=(0, 1)),
            OnOff("keep_off_faces", "Keep off faces"),
            Number("max_words", "Words at once", 1, 50, whole=True, slide=(1, 12)),
            Number("max_lines", "Lines", 1, 6, whole=True, slide=(1, 2)),
            Number("max_width_share", "Width", 0.1, 1, "%", 100, slide=(0.3, 1)),
            Number("line_spacing", "Line spacing", 0.5, 4, "%", 100, slide=(0.9, 2)),
        ),
    ),
)
"""Title and properties of each group."""

TRANSLATION_SIZE = Number("translation_size", "Size", 0.1, 2, "%", 100, slide=(0.3, 1))
TRANSLATION_FILL = Colour("translation_fill", "Colour", optional=True)
TRANSLATION_PLACE = OnOff("translation_above", "Place", words=_PLACES)
TRANSLATION: tuple[Property, ...] = (TRANSLATION_SIZE, TRANSLATION_FILL, TRANSLATION_PLACE)
"""Of the second language; its size is against the first."""

_ROWS = {row.field: row for rows in (*(rows for _title, rows in GROUPS), TRANSLATION) for row in rows}
BY_FIELD: dict[str, Property] = {
    field.name: _ROWS[field.name] for field in fields(CaptionStyle) if field.name in _ROWS
}
"""Every row by its field, as the command line and JSON list them."""
