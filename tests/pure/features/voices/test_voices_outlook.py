"""What can be told of a text before it is spoken."""

from __future__ import annotations

import numpy as np
import pytest

from viralclip_desktop.features.common.outline import outline_of_pcm
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


def test_an_outline_follows_the_sound() -> None:
    quiet, loud = np.full(100, 4096, "<i2"), np.full(100, -16384, "<i2")
    sound = np.concatenate([quiet, loud])
    assert outline_of_pcm(sound.tobytes(), columns=2) == (125, 500)
    both = np.stack([sound, np.zeros_like(sound)], axis=1)
    assert outline_of_pcm(both.tobytes(), 2, columns=2) == (125, 500), "of two channels the louder one"
    assert outline_of_pcm(b"") == ()
