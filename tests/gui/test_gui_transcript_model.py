"""What the transcript panel shows and finds, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("PySide6")

from support.quiet_session import make_clip, make_words

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.edits import cuts
from viralclip_desktop.domain.edits import find_replace as domain
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.gui.transcript.heights import RowHeights
from viralclip_desktop.gui.transcript.model import TranscriptModel, WordState
from viralclip_desktop.gui.transcript.search import Query, SearchText, replaced
from viralclip_desktop.gui.transcript.selection import WordSelection
from viralclip_desktop.gui.transcript.warnings import characters, check_cue, limits_for, wrap

THAI = ["เพราะ", "ตัวเลข", "บน", "หน้าจอ", "ให้", "ความรู้สึก"]


def _said(*texts: str, each_s: float = 0.4, language: str = "en") -> Transcript:
    """One sentence, a word each ``each_s``."""
    times = [Time.from_seconds(n * each_s) for n in range(len(texts) + 1)]
    words = tuple(Word(text, times[n], times[n + 1]) for n, text in enumerate(texts))
    return Transcript("whisper", language, words, (Sentence(0, len(words)),))


# --- states ----------------------------------------------------------------------------------------------


def test_words_play_are_cut_or_lie_outside_by_their_middle() -> None:
    transcript = make_words(30)
    clip = make_clip(transcript, 5, 10)
    cut = TimeRange(transcript.words[7].start, transcript.words[8].end)
    model = TranscriptModel(transcript, cuts.cut(clip, [cut]))
    outside, plays, gone = WordState.OUTSIDE, WordState.PLAYS, WordState.CUT
    assert [model.state(n) for n in range(4, 10)] == [outside, plays, plays, gone, gone, plays]
    assert model.state(15) is outside
    assert model.clip_words == range(5, 15)
    assert model.in_state(range(5, 10), gone) == [7, 8]


def test_without_a_clip_every_word_plays() -> None:
    model = TranscriptModel(make_words(20))
    assert {model.state(n) for n in range(20)} == {WordState.PLAYS}
    assert not model.clip_words


def test_only_the_sentences_of_the_clip() -> None:
    transcript = make_words(100)
    model = TranscriptModel(transcript, make_clip(transcript, 14, 20), only_clip=True)
    assert model.row_of(14) == model.rows[0]
    assert model.row_of(33) == model.rows[-1]
    assert len(model.rows) < len(transcript.sentences)
    silent = replace(make_clip(transcript, 14, 2), parts=parts_of("asset", TimeRange.from_seconds(900, 910)))
    assert not TranscriptModel(transcript, silent, only_clip=True).rows


def test_the_spoken_word_stays_lit_through_a_short_pause() -> None:
    transcript = make_words(30)
    model = TranscriptModel(transcript)
    assert model.word_at(transcript.words[6].start) == 6
    assert model.word_at(transcript.words[6].end + Time.from_seconds(0.02)) == 6
    assert model.word_at(Time.from_seconds(0)) is None
    assert model.word_at(transcript.words[-1].end + Time.from_seconds(5)) is None


def test_text_has_a_line_a_sentence_and_names_who_speaks() -> None:
    transcript = make_words(60, speakers=("Anna",))
    model = TranscriptModel(transcript)
    lines = model.text(range(21)).splitlines()
    assert lines[0] == "Anna: So here is the thing nobody tells you about the first year."
    assert lines[1].startswith("You will be wrong")
    assert model.text(range(3, 5)) == "the thing"


# --- finding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("find", "case", "whole"),
    [
        ("number", False, False),
        ("a", False, True),
        ("THE  number", False, False),
        ("So", True, False),
        ("year. You", False, False),  # across two sentences: not there
        ("fact", False, True),
        (".", False, False),
        ("*", False, False),
        ("  ", False, False),
    ],
)
def test_finds_what_replacing_would_replace(find: str, case: bool, whole: bool) -> None:
    transcript = make_words(300)
    found = SearchText(transcript).find(Query(find, case, whole))
    there = domain.find(transcript, find, whole_words=whole, match_case=case)
    assert [(m.first, m.last + 1) for m in found] == [(m.first, m.last) for m in there]


def test_finds_across_words_in_scripts_without_spaces() -> None:
    transcript = _said(*THAI, language="th")
    match = SearchText(transcript).find(Query("ตัวเลขบน"))[0]
    assert (match.first, match.last) == (1, 2)
    assert domain.find(transcript, "ตัวเลขบน") == [domain.Match(1, 3)]


def test_apostrophes_are_found_however_they_are_typed() -> None:
    assert len(SearchText(_said("don’t", "do", "it")).find(Query("don't"))) == 1


def test_one_replacement_keeps_what_is_around_it() -> None:
    words = _said("in", "“New", "York,", "ok").words
    text = SearchText(_said(*(word.text for word in words)))
    match = text.find(Query("new york"))[0]
    assert replaced(words, match, "Los Angeles") == ["“Los", "Angeles,"]
    assert replaced(words, match, "NYC") == ["“NYC,"]
    assert replaced(words, match, "the Big Apple") == ["“the", "Big", "Apple,"]
    assert replaced(words, match, "") == []


# --- warnings --------------------------------------------------------------------------------------------


def test_a_calm_short_cue_is_fine_and_a_fast_one_is_told() -> None:
    calm = check_cue(TranscriptModel(_said("Ask", "who", "made", "it.")), 0)
    assert calm.fine
    fast = check_cue(TranscriptModel(_said("Ask", "who", "made", "it.", each_s=0.1)), 0)
    assert fast.too_fast
    assert not fast.too_long
    assert fast.characters_a_second == pytest.approx(16 / 0.4)


def test_a_long_cue_tells_its_lines() -> None:
    check = check_cue(TranscriptModel(_said(*(["number"] * 20), each_s=1)), 0)
    assert check.too_long
    assert check.lines == 4
    assert wrap(["number"] * 6, 42) == [41]
    assert wrap(["number"] * 7, 42) == [41, 6]


def test_cutting_words_changes_the_warning() -> None:
    transcript = _said(*(["number"] * 14), each_s=0.5)
    clip = make_clip(transcript, 0, 14)
    assert check_cue(TranscriptModel(transcript, clip), 0).lines == 3
    cut = cuts.cut(clip, [TimeRange(transcript.words[4].start, transcript.words[13].end)])
    after = check_cue(TranscriptModel(transcript, cut), 0)
    assert after.fine
    assert after.lines == 1


def test_what_is_not_in_the_clip_has_no_warning() -> None:
    said = _said(*(f"word{number}" for number in range(8)), each_s=0.1)
    transcript = replace(said, sentences=(Sentence(0, 4), Sentence(4, 8)))
    model = TranscriptModel(transcript, make_clip(transcript, 0, 4))
    assert check_cue(model, 0).too_fast
    assert check_cue(model, 1).fine


def test_limits_and_characters_follow_the_script() -> None:
    assert limits_for("en").line_characters == 42
    assert limits_for("zh-Hans").line_characters == 16
    assert limits_for("ja_JP").characters_a_second == 4
    assert characters("ที่") == 1  # a consonant with two marks over it
    assert wrap(["因为", "屏幕", "上"], 16) == [5]


# --- rows and selection ----------------------------------------------------------------------------------


def test_rows_are_found_by_height_before_and_after_they_are_known() -> None:
    heights = RowHeights([30] * 1000)
    assert heights.at(95) == 3
    assert heights.set(1, 50) == 20
    assert heights.top(2) == 80
    assert heights.at(95) == 2
    assert heights.at(10**9) == 999
    assert heights.total == 30_020
    assert RowHeights([]).at(5) == -1


def test_selection_grows_from_its_anchor_both_ways() -> None:
    selection = WordSelection()
    selection.place(5)
    assert selection.words is None
    assert selection.target == range(5, 6)
    selection.extend(8)
    assert selection.words == range(5, 9)
    selection.extend(3)
    assert selection.words == range(3, 6)
    selection.keep_within(range(4))
    assert selection.target is None
