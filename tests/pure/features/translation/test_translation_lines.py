"""What there is to translate: the time each line has, what is told around it, and the glossary of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.edited import span

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.translation.base import LineState
from viralclip_desktop.engines.translation.lengths import most_characters
from viralclip_desktop.features.translation import line_state, read_glossary, request_for, spoken_lines

LINES = spoken_lines(
    [
        (span(0, 2), "one", ""),
        (span(2.2, 4), "two", "dos"),
        (span(9, 10), "three", "x" * 80),
        (span(10, 11), "four", "four"),
        (span(11, 12), "five", ""),
        (span(12, 13), "six", ""),
        (span(13, 14), "seven", ""),
    ]
)


def test_a_line_may_go_on_into_the_silence_behind_it_but_never_into_the_next() -> None:
    assert [line.room.seconds for line in LINES[:4]] == pytest.approx([2.2, 2.4, 1.0, 1.0])
    assert LINES[-1].room.seconds == pytest.approx(1.6)


def test_scripts_that_say_more_with_less_get_fewer_characters() -> None:
    second = Time.from_seconds(2)
    assert most_characters(second, "es") == 36
    assert most_characters(second, "zh") < most_characters(second, "ja") < most_characters(second, "th") < 36
    assert most_characters(Time(0), "es") == 6, "a yes fits anywhere"


def test_the_lines_around_are_told_and_only_those_wanted_are_asked() -> None:
    request = request_for(LINES, [4, 5], "en", "es", {"a": "b"})
    assert [line.text for line in request.lines] == ["five", "six"]
    assert request.before == ("one", "two", "three", "four")
    assert request.after == ("seven",)
    assert [line.most for line in request.lines] == [18, 18]


def test_a_line_stands_as_it_is_now() -> None:
    assert line_state(LINES[0], "es")[0] is LineState.FAILED
    assert line_state(LINES[1], "es") == (LineState.TRANSLATED, "")
    state, reason = line_state(LINES[2], "es")
    assert (state, reason) == (LineState.TOO_LONG, "It has 80 characters; about 18 can be said in its time.")
    assert line_state(LINES[3], "es")[0] is LineState.UNCHANGED


@pytest.mark.parametrize("mark", [" = ", "\t", ";", ","])
def test_a_glossary_is_a_term_and_its_translation_a_line(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text(f"\ufeff# ours\n\nsourdough{mark}masa madre\n long ago {mark} hace años\n", "utf-8")
    assert read_glossary(path) == {"sourdough": "masa madre", "long ago": "hace años"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "terms.txt has 0 terms."),
        (b"only this", "Line 1 of terms.txt has no term with a translation."),
        (b"a = b\n= c\n", "Line 2 of terms.txt"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_glossary_that_is_none_says_why(text: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(text)
    with pytest.raises(BadInput, match=told):
        read_glossary(path)
