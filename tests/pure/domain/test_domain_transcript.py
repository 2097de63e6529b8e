"""Words, sentences and the spaces between them."""

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(text, Time.from_seconds(start_s), Time.from_seconds(end_s))


WORDS = (word("Hello", 0.0, 0.4), word("world.", 0.5, 1.0), word("Again.", 2.0, 2.5))
TRANSCRIPT = Transcript("test", "en", WORDS, (Sentence(0, 2), Sentence(2, 3)))


def test_sentences_as_text_and_time() -> None:
    assert TRANSCRIPT.text_of(TRANSCRIPT.sentences[0]) == "Hello world."
    assert TRANSCRIPT.range_of(TRANSCRIPT.sentences[0]) == TimeRange.from_seconds(0, 1)


def test_words_between_takes_words_by_their_middle() -> None:
    assert TRANSCRIPT.words_between(TimeRange.from_seconds(0.3, 2.2)) == WORDS[1:2]
    assert TRANSCRIPT.words_between(TimeRange.from_seconds(0, 9)) == WORDS
    assert TRANSCRIPT.words_between(TimeRange.from_seconds(3, 9)) == ()


def test_spaces_only_where_the_script_has_them() -> None:
    assert join_words(["你好", "世界", "ok", "now"]) == "你好世界 ok now"
    assert join_words(["สวัสดี", "ครับ"]) == "สวัสดีครับ"
    assert join_words(["안녕", "하세요"]) == "안녕 하세요"
