"""What can be told of a text before it is spoken."""

from __future__ import annotations

import numpy as np
import pytest

from viralclip_desktop.features.voices.levels import levels_of
from viralclip_desktop.features.voices.outlook import outlook_of
from viralclip_desktop.features.voices.script import script_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You will be wrong about almost everything and that is fine for the first year.", "en"),
        ("Vas a equivocarte en casi todo y eso está bien para el primer año de tu vida.", "es"),
        ("ทำไมตัวเลขบนหน้าจอจึงดูเหมือนความจริง", "th"),
        ("Hello there.", ""),
    ],
)
def test_the_language_is_told_where_the_text_tells_it(text, language) -> None:
    assert outlook_of(script_of(text)).language == language


def test_marks_are_no_characters_and_slower_is_longer() -> None:
    plain, slow = (
        outlook_of(script_of(text)) for text in ("One two.\n\nThree.", "One two.\n\n[speed 0.5]\nThree.")
    )
    assert plain.characters == slow.characters == len("One two. Three.")
    assert plain.paragraphs == slow.paragraphs == 2
    assert slow.length > plain.length


def test_levels_follow_the_sound_and_fill_the_room() -> None:
    quiet, loud = np.full(100, 50, np.int16), np.full(100, -200, np.int16)
    assert levels_of(np.concatenate([quiet, loud]), 2) == (0.25, 1.0)
    assert levels_of(np.zeros(0, np.int16), 4) == ()
