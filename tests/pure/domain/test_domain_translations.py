"""Edits of translations: lines stay in order, apart, and inside the recording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import ranges, s, span

from viralclip_desktop.domain.edits import translations as edits
from viralclip_desktop.domain.translation import TranslatedLine, Translation, in_language


def translation(*lines: tuple[float, float, str]) -> Translation:
    made = tuple(TranslatedLine(span(start, end), text) for start, end, text in lines)
    return Translation("translation_1", "src_1", "th", made)


THREE = translation((1, 2, "หนึ่ง"), (3, 4, "two words"), (6, 8, "three"))


def told(one: Translation) -> list[tuple[float, float, str]]:
    return [(line.range.start.seconds, line.range.end.seconds, line.text) for line in one.lines]


def test_a_new_line_is_put_between_its_neighbours() -> None:
    after = edits.put(THREE, span(3.5, 7), "  between \n them ")
    assert told(after)[2] == (4, 6, "between them")
    assert told(edits.put(THREE, span(0, 0.8), "first"))[0] == (0, 0.8, "first")
    assert told(edits.put(THREE, span(9, 10), "last"))[-1] == (9, 10, "last")


def test_the_line_that_is_there_is_written_otherwise() -> None:
    assert edits.put(THREE, span(3, 4), "deux") == edits.correct(THREE, 1, "deux")
    assert edits.put(THREE, span(3, 4), "") == edits.correct(THREE, 1, "")


def test_nothing_is_put_without_a_text_or_room() -> None:
    assert edits.put(THREE, span(4, 5), "  ") == THREE
    assert edits.put(THREE, span(3.2, 3.8), "no room") == THREE


def test_many_lines_are_filled_in_where_none_stands() -> None:
    new = translation((0, 0.8, "zero"), (3, 4, "otherwise"), (3.5, 5.5, "between"), (9, 10, " ")).lines
    assert told(edits.filled(THREE, new)) == [
        (0, 0.8, "zero"),
        (1, 2, "หนึ่ง"),
        (3, 4, "two words"),
        (4, 5.5, "between"),
        (6, 8, "three"),
    ]
    assert edits.filled(THREE, ()) == THREE


def test_lines_in_the_place_of_others_leave_what_stands_beside() -> None:
    new = translation((1, 2, "uno"), (3, 6.5, "dos y tres")).lines
    assert told(edits.filled(THREE, new, instead=True)) == [(1, 2, "uno"), (3, 6.5, "dos y tres")]


def test_a_line_is_corrected_and_goes_without_a_text() -> None:
    assert told(edits.correct(THREE, 1, "deux mots"))[1] == (3, 4, "deux mots")
    assert edits.correct(THREE, 1, " ").lines == (THREE.lines[0], THREE.lines[2])


def test_split_lines_share_the_time_and_merged_ones_take_all_of_it() -> None:
    after = edits.split(THREE, 1, 4)
    assert [line.text for line in after.lines] == ["หนึ่ง", "two", "words", "three"]
    assert told(after)[1][1] == told(after)[2][0] == pytest.approx(3 + 3 / 8)
    assert told(edits.merge(THREE, 1))[1] == (3, 8, "two words three")
    assert edits.merge(edits.split(THREE, 1, 4), 1) == THREE
    assert edits.split(THREE, 1, 0) == THREE
    assert edits.merge(THREE, 2) == THREE


def test_thai_lines_are_joined_without_a_space() -> None:
    thai = translation((1, 2, "วันนี้"), (2, 3, "อากาศดี"))
    assert edits.merge(thai, 0).lines[0].text == "วันนี้อากาศดี"


def test_all_lines_move_and_those_that_leave_the_recording_go() -> None:
    assert told(edits.shift(THREE, s(-1.5), s(60))) == [
        (0, 0.5, "หนึ่ง"), (1.5, 2.5, "two words"), (4.5, 6.5, "three"),
    ]  # fmt: skip
    assert [line.text for line in edits.shift(THREE, s(5), s(10)).lines] == ["หนึ่ง", "two words"]


def test_lines_of_a_file_are_brought_into_order() -> None:
    lines = translation(
        (5, 7, "b"), (1, 6, "a  a"), (8, 9, ""), (9, 12, "c"), (20, 21, "after the end")
    ).lines
    found = edits.arranged(lines, s(10))
    assert [(line.range, line.text) for line in found] == [
        (span(1, 5), "a a"), (span(5, 7), "b"), (span(9, 10), "c"),
    ]  # fmt: skip


def test_lines_that_begin_together_are_read_together() -> None:
    lines = translation((1, 3, "- Where?"), (1, 4, "- There.")).lines
    assert [(line.range, line.text) for line in edits.arranged(lines, s(10))] == [
        (span(1, 4), "- Where? - There.")
    ]


@given(st.lists(st.tuples(ranges(), st.sampled_from(["", "a", "two words"])), max_size=8))
def test_any_lines_come_out_in_order_apart_and_inside(found: list[tuple[object, str]]) -> None:
    lines = [TranslatedLine(within, text) for within, text in found]  # type: ignore[arg-type]
    arranged = edits.arranged(lines, s(40))
    edges = [edge for line in arranged for edge in (line.range.start, line.range.end)]
    assert edges == sorted(edges)
    assert all(line.text and line.range.duration and line.range.end <= s(40) for line in arranged)


@pytest.mark.parametrize("index", [-1, 3])
def test_lines_that_do_not_exist(index: int) -> None:
    for edit in (edits.correct, edits.split):
        with pytest.raises(IndexError):
            edit(THREE, index, "x" if edit is edits.correct else 1)  # type: ignore[operator]
    with pytest.raises(IndexError):
        edits.merge(THREE, index)


def test_a_translation_is_found_by_its_language() -> None:
    assert in_language([THREE], "th") is THREE
    assert in_language([THREE], "ja") is None
    assert in_language([THREE], "") is None
