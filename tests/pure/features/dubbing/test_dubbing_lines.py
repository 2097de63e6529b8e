"""What a dub says and where: the slots of the original's words, its own lines without a translation."""

from __future__ import annotations

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.features.dubbing import script_of, word_error


def seconds(value: float) -> Time:
    return Time.from_seconds(value)


def words(*said: tuple[str, float, float]) -> list[Word]:
    return [Word(text, seconds(start), seconds(end)) for text, start, end in said]


def line(text: str, start: float, end: float) -> TranslatedLine:
    return TranslatedLine(TimeRange(seconds(start), seconds(end)), text)


SAID = words(
    ("We", 1.0, 1.2), ("began.", 1.3, 1.8), ("Nobody", 2.5, 2.9), ("spoke", 3.0, 3.3), ("then.", 4.2, 4.5)
)


def slots(*lines: TranslatedLine) -> list[tuple[str, float, float]]:
    return [
        (one.text, round(one.slot.start.seconds, 3), round(one.slot.end.seconds, 3))
        for one in script_of(SAID, lines)
    ]


def test_a_line_has_the_slot_of_the_words_it_stands_for() -> None:
    found = slots(line("Empezamos.", 0.9, 2.2), line("Nadie habló entonces.", 2.4, 5.0))
    assert found == [("Empezamos.", 1.0, 1.8), ("Nadie habló entonces.", 2.5, 4.5)]


def test_a_line_where_nothing_is_said_keeps_its_own_time() -> None:
    assert slots(line("(Música)", 6.0, 8.0)) == [("(Música)", 6.0, 8.0)]


def test_two_lines_in_one_sentence_share_its_words_and_never_overlap() -> None:
    found = slots(line("Empezamos.", 1.0, 1.8), line("Nadie", 2.4, 2.95), line("habló entonces.", 2.95, 5.0))
    assert found == [("Empezamos.", 1.0, 1.8), ("Nadie", 2.5, 2.9), ("habló entonces.", 3.0, 4.5)]


def test_lines_without_words_are_not_spoken() -> None:
    assert slots(line("♪ ♪", 0.9, 2.2), line("Nadie.", 2.4, 5.0)) == [("Nadie.", 2.5, 4.5)]


def test_without_a_translation_its_own_sentences_are_spoken_parted_at_long_pauses() -> None:
    assert slots() == [("We began.", 1.0, 1.8), ("Nobody spoke", 2.5, 3.3), ("then.", 4.2, 4.5)]


def test_word_error_counts_added_lost_and_other_words() -> None:
    assert word_error("Two cups, please.", "two cups please") == 0
    assert word_error("Two cups, please.", "two cups") == 1 / 3
    assert word_error("Two cups", "two big cups") == 1 / 2
    assert word_error("", "") == 0
    assert word_error("", "so") == 1
    assert word_error("a", "b c d e") == 1
    assert word_error("Ça va l’été", "ça va l'été") in (0, 1 / 3)
