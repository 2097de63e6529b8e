"""Marks of speed in a text: set by a button, read where the cursor stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.features.voices.marks import speed_at, with_speed
from viralclip_desktop.features.voices.script import is_mark, script_of

TEXT = "One.\n\nTwo.\n\nThree."


def at(text: str, word: str) -> int:
    return text.index(word)


def speeds(text: str) -> list[float]:
    return [one.speed for one in script_of(text)]


def test_a_paragraph_gets_a_speed_and_what_follows_is_as_it_was() -> None:
    marked = with_speed(TEXT, at(TEXT, "Two"), at(TEXT, "Two"), 0.8)
    assert marked == "One.\n\n[speed 0.8]\nTwo.\n\n[speed normal]\nThree."
    assert speeds(marked) == [1.0, 0.8, 1.0]


def test_another_speed_takes_the_place_of_the_one_before_and_none_takes_it_back() -> None:
    marked = with_speed(TEXT, at(TEXT, "Two"), at(TEXT, "Two"), 0.8)
    faster = with_speed(marked, at(marked, "Two"), at(marked, "Two"), 1.3)
    assert speeds(faster) == [1.0, 1.3, 1.0]
    assert with_speed(faster, at(faster, "Two"), at(faster, "Two"), None) == TEXT


def test_a_selection_marks_every_paragraph_that_it_touches() -> None:
    marked = with_speed(TEXT, at(TEXT, "e."), at(TEXT, "wo."), 0.7)
    assert speeds(marked) == [0.7, 0.7, 1.0]
    assert marked.count("[speed") == 2


def test_lines_that_are_paragraphs_are_marked_alone_and_those_of_one_together() -> None:
    alone = with_speed("One. Two.\nThree.\nFour.", 0, 2, 0.7)
    assert alone == "[speed 0.7]\nOne. Two.\n[speed normal]\nThree.\nFour."
    assert with_speed("One and\ntwo.\n\nThree.", 0, 2, 0.7) == (
        "[speed 0.7]\nOne and\ntwo.\n\n[speed normal]\nThree."
    )


def test_the_speed_where_the_cursor_stands() -> None:
    marked = with_speed(TEXT, at(TEXT, "Two"), at(TEXT, "Two"), 0.8)
    assert [speed_at(marked, at(marked, word)) for word in ("One", "Two", "Three")] == [None, 0.8, None]
    assert speed_at("[speed fast]\nOne.", 14) is None, "what cannot be read is told when it is spoken"


def test_a_mark_that_was_typed_wrong_is_told() -> None:
    with pytest.raises(BadInput, match="Line 1"):
        with_speed("[speed fast]\nOne.", 14, 14, 0.8)
    for unclosed in ("[speed 0.9", " [ Speed 0.9 hello there"):
        with pytest.raises(BadInput, match="Line 2 of the text: the mark has no end"):
            script_of(f"One.\n{unclosed}")
    spoken = "[speed limits] are spoken of here."
    assert script_of(spoken)[0].pieces == (spoken,)


@given(
    st.lists(st.sampled_from(["One two.", "Three", "", "[speed 1.5]", "[speed normal]"]), max_size=8),
    st.data(),
)
def test_nothing_that_is_said_changes(lines, data) -> None:
    text = "\n".join(lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marked = with_speed(text, start, end, 0.6)

    def said(of: str) -> list[str]:
        return [line for line in of.split("\n") if line.strip() and not is_mark(line)]

    assert said(marked) == said(text)
    again = with_speed(marked, 0, len(marked), None)
    assert not any(map(is_mark, again.split("\n"))), "all marks can be taken back"
