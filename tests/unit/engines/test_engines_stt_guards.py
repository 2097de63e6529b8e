"""What Whisper invents is not believed, and what people say is."""

from __future__ import annotations

import numpy as np

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.guards import Guard, without_loops

LEVELS = np.full(2000, -70, np.float32)  # 20 s; a voice from 5 to 10 s
LEVELS[500:1000] = -20
THRESHOLD = -50.0


def words(text: str, start_s: float, confidence: float = 0.9, each_s: float = 0.3) -> list[Word]:
    return [
        Word(
            item,
            Time.from_seconds(start_s + i * each_s),
            Time.from_seconds(start_s + (i + 1) * each_s),
            confidence,
        )
        for i, item in enumerate(text.split())
    ]


def kept(text: str, start_s: float, confidence: float = 0.9, no_speech: float = 0.1) -> str:
    guard = Guard(LEVELS, THRESHOLD)
    return " ".join(word.text for word in guard.accept(words(text, start_s, confidence), no_speech))


def test_known_phantoms_at_silence_go() -> None:
    assert kept("Thanks for watching!", 12) == ""
    assert kept("Thank you.", 12, confidence=0.9) == ""


def test_the_same_words_in_a_voice_stay() -> None:
    assert kept("Thanks for watching!", 6) == "Thanks for watching!"
    assert kept("Thanks for watching!", 6, confidence=0.3, no_speech=0.8) == ""


def test_doubtful_text_where_nobody_is_heard_goes() -> None:
    assert kept("The river is wide.", 12, confidence=0.3) == ""
    assert kept("The river is wide.", 12, confidence=0.9) == "The river is wide."


def test_loops_are_said_once() -> None:
    assert kept("I know that you know " * 1 + "that is all " * 8, 5.1) == "I know that you know that is all"
    assert [w.text for w in without_loops(words("no " * 20, 0))] == ["no"]


def test_what_people_repeat_stays() -> None:
    text = "no no no no that is very very very good and again and again and again"
    assert [w.text for w in without_loops(words(text, 0))] == text.split()


def test_the_third_equal_segment_in_a_row_goes() -> None:
    guard = Guard(LEVELS, THRESHOLD)
    said = [bool(guard.accept(words("We go to the river.", 5.1), 0.1)) for _ in range(4)]
    assert said == [True, True, False, False]
    assert guard.accept(words("And then back.", 5.1), 0.1)


def test_a_word_stretched_over_silence_is_cut_to_its_voice() -> None:
    guard = Guard(LEVELS, THRESHOLD)
    long = [
        Word("hello", Time.from_seconds(4.0), Time.from_seconds(5.5)),
        Word("you", Time.from_seconds(9.7), Time.from_seconds(11)),
    ]
    first, last = guard.accept(long, 0.1)
    assert abs(first.start.seconds - 4.98) < 0.02
    assert first.end == long[0].end
    assert abs(last.end.seconds - 10.05) < 0.02
