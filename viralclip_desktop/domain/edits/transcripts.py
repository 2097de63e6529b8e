"""Edits of a transcript. Words keep their times unless they are retimed; each belongs to one sentence.

correct          |the|quik|fox|    ->   |the|quick|fox|        confidence 1, same times
correct, n -> m  |in|New|York|     ->   |in|---NYC--|          m words share out the time of n
retype           |in|New|York|now| ->  |in|NYC|now|        only what differs, found letter by letter
retime           |the|  |fox|      ->   |the|   |fx|           held between its neighbours
nudge            |the|quick|  |    ->   |  |the|quick|         the same, several words as one
split sentence   [a b c d]         ->   [a b][c d]             before a word
merge sentence   [a b][c d]        ->   [a b c d]              with the one after it
drop             |the|um|fox|      ->   |the|--|fox|           gone from the captions, not from the sound

Times are source time; ``first`` and ``last`` name words ``first`` up to but not including ``last``. Words
and sentences that do not exist raise IndexError.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words

SHORTEST_WORD = Time.from_seconds(0.02)  # no spoken sound is shorter; less cannot be grabbed on the timeline


def place_now(seen: Transcript, now: Transcript, index: int) -> int | None:
    """Where a word of a transcript that was seen stands in the present one: the word of the same times. None
    for one that is gone or has other times."""
    if seen is now:
        return index
    times = (seen.words[index].start, seen.words[index].end)
    place = bisect_left(now.words, times, key=lambda word: (word.start, word.end))
    there = place < len(now.words) and (now.words[place].start, now.words[place].end) == times
    return place if there else None


def correct_word(transcript: Transcript, index: int, text: str) -> Transcript:
    """Write a word otherwise; several words share out its time. Without any text, nothing changes.

    What a person wrote is certain: its confidence is 1.
    """
    _check(index, len(transcript.words))
    texts = text.split()
    return replace_words(transcript, index, index + 1, texts) if texts else transcript


def correct_words(transcript: Transcript, texts: Mapping[int, str]) -> Transcript:
    """The same for several words, named by their places before the edit."""
    for index in sorted(texts, reverse=True):  # from the end, so that the places before stay true
        transcript = correct_word(transcript, index, texts[index])
    return transcript


def replace_words(transcript: Transcript, first: int, last: int, texts: Sequence[str]) -> Transcript:
    """Put other words in the place of some that stand in one sentence (of several: in the first one's).

    As many as before keep their times one by one; otherwise they share out the whole time by their lengths.
    """
    if not 0 <= first < last <= len(transcript.words):
        raise IndexError(f"words {first} to {last} of {len(transcript.words)}")
    new = respelled(transcript.words[first:last], texts)
    words = (*transcript.words[:first], *new, *transcript.words[last:])
    return replace(transcript, words=words, sentences=_spliced(transcript.sentences, first, last, len(new)))


def retype_words(transcript: Transcript, indexes: Sequence[int], text: str) -> Transcript:
    """Write the running text of some words (in their order) otherwise. Words whose letters did not change
    keep their times; one that is gone is gone from the captions. Without any text, nothing changes."""
    for index in indexes:
        _check(index, len(transcript.words))
    first, last, texts = _changed([transcript.words[index].text for index in indexes], " ".join(text.split()))
    places = indexes[first:last]
    if not text.strip() or not places:
        return transcript
    if not texts:
        return drop_words(transcript, places)
    if len(texts) == len(places):
        return correct_words(transcript, dict(zip(places, texts, strict=True)))
    if list(places) == list(range(places[0], places[-1] + 1)):
        return replace_words(transcript, places[0], places[-1] + 1, texts)
    rest = drop_words(transcript, places[1:])  # what was cut out lies between them
    return correct_word(rest, places[0] - sum(one < places[0] for one in places[1:]), " ".join(texts))


def _changed(words: Sequence[str], typed: str) -> tuple[int, int, list[str]]:
    """From which word up to but not including which one a text was typed otherwise, and the words there now.
    By letters: scripts without spaces have no words to compare."""
    ends = [len(join_words(list(words[: n + 1]))) for n in range(len(words))]
    starts, before = [end - len(word) for end, word in zip(ends, words, strict=True)], join_words(list(words))
    if before == typed or not words:
        return 0, 0, []
    same = _alike(before, typed)
    tail = min(_alike(before[::-1], typed[::-1]), len(before) - same, len(typed) - same)
    first = max(0, bisect_right(starts, same) - 1)
    last = next((n for n, end in enumerate(ends) if end >= len(before) - tail), len(words) - 1)
    last = max(first, last)
    new = typed[starts[first] : len(typed) - (len(before) - ends[last])].split()
    last += 1
    while last - first > 1 and new and new[-1] == words[last - 1]:
        last, new = last - 1, new[:-1]
    while last - first > 1 and new and new[0] == words[first]:
        first, new = first + 1, new[1:]
    return first, last, new


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin alike with."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def drop_words(transcript: Transcript, indexes: Iterable[int]) -> Transcript:
    """Take words out of the transcript; a sentence without any goes, too. The sound stays."""
    gone = sorted(set(indexes), reverse=True)
    words, sentences = list(transcript.words), transcript.sentences
    for index in gone:
        _check(index, len(transcript.words))
        del words[index]
        sentences = _spliced(sentences, index, index + 1, 0)
    return replace(transcript, words=tuple(words), sentences=sentences)


def retime_word(transcript: Transcript, index: int, start: Time, end: Time) -> Transcript:
    """Give a word other times, held between its neighbours and at least 20 ms long where there is room."""
    _check(index, len(transcript.words))
    low, high = _room(transcript.words, index, index + 1, end)
    shortest = min(SHORTEST_WORD, high - low)
    start = start.clamped(low, high - shortest)
    word = replace(transcript.words[index], start=start, end=end.clamped(start + shortest, high))
    return replace(transcript, words=(*transcript.words[:index], word, *transcript.words[index + 1 :]))


def nudge_words(transcript: Transcript, first: int, last: int, by: Time) -> Transcript:
    """Move words earlier or later as one, as far as the neighbours (and the recording's start) allow."""
    words = transcript.words
    if not 0 <= first < last <= len(words):
        raise IndexError(f"words {first} to {last} of {len(words)}")
    low, high = _room(words, first, last, words[last - 1].end + by)
    by = by.clamped(low - words[first].start, high - words[last - 1].end)
    moved = tuple(replace(word, start=word.start + by, end=word.end + by) for word in words[first:last])
    return replace(transcript, words=(*words[:first], *moved, *words[last:]))


def _room(words: Sequence[Word], first: int, last: int, wanted_end: Time) -> tuple[Time, Time]:
    """From the end of the word before to the start of the one after; behind the last word, what is asked."""
    low = words[first - 1].end if first else ZERO
    if last < len(words):
        return min(low, words[first].start), max(words[last].start, words[last - 1].end)
    return min(low, words[first].start), max(wanted_end, words[last - 1].end, low + SHORTEST_WORD)


def split_sentence(transcript: Transcript, word_index: int) -> Transcript:
    """Begin a new sentence with a word; nothing changes when one begins there."""
    _check(word_index, len(transcript.words))
    place = sentence_at(transcript, word_index)
    whole = transcript.sentences[place]
    if whole.first == word_index:
        return transcript
    parts = Sentence(whole.first, word_index), Sentence(word_index, whole.last)
    sentences = (*transcript.sentences[:place], *parts, *transcript.sentences[place + 1 :])
    return replace(transcript, sentences=sentences)


def merge_sentence(transcript: Transcript, sentence_index: int) -> Transcript:
    """Join a sentence with the one after it; nothing changes for the last one."""
    _check(sentence_index, len(transcript.sentences), "sentence")
    if sentence_index + 1 == len(transcript.sentences):
        return transcript
    joined = Sentence(
        transcript.sentences[sentence_index].first, transcript.sentences[sentence_index + 1].last
    )
    before, after = transcript.sentences[:sentence_index], transcript.sentences[sentence_index + 2 :]
    return replace(transcript, sentences=(*before, joined, *after))


def assign_speaker(transcript: Transcript, sentence_indexes: Iterable[int], name: str) -> Transcript:
    """Say who speaks the words of some sentences; white space is tidied, an empty name is nobody's."""
    tidy, words = " ".join(name.split()), list(transcript.words)
    for index in set(sentence_indexes):
        _check(index, len(transcript.sentences), "sentence")
        sentence = transcript.sentences[index]
        for place in range(sentence.first, sentence.last):
            if words[place].speaker != tidy:
                words[place] = replace(words[place], speaker=tidy)
    return replace(transcript, words=tuple(words))


def sentence_at(transcript: Transcript, word_index: int) -> int:
    """The place of the sentence that a word belongs to."""
    return bisect_right(transcript.sentences, word_index, key=lambda sentence: sentence.first) - 1


def respelled(words: Sequence[Word], texts: Sequence[str]) -> tuple[Word, ...]:
    """Words with other texts, in the time of the old ones; speaker of the first, confidence 1.

    As many as before keep their times (and, where the text is the same, their confidence).
    """
    if len(texts) == len(words):
        return tuple(
            word if word.text == text else replace(word, text=text, confidence=1.0)
            for word, text in zip(words, texts, strict=True)
        )
    start, length = words[0].start.ticks, words[-1].end.ticks - words[0].start.ticks
    total, said, made = sum(map(len, texts)), 0, []
    for text in texts:
        begins, said = Time(start + length * said // total), said + len(text)
        made.append(Word(text, begins, Time(start + length * said // total), 1.0, words[0].speaker))
    return tuple(made)


def _spliced(sentences: Sequence[Sentence], first: int, last: int, count: int) -> tuple[Sentence, ...]:
    """Sentences after words ``first`` to ``last`` became ``count`` words, which belong to the first one's."""

    def moved(place: int) -> int:
        return place if place <= first else max(first + count, place + count - (last - first))

    shifted = (Sentence(moved(sentence.first), moved(sentence.last)) for sentence in sentences)
    return tuple(sentence for sentence in shifted if sentence.first < sentence.last)


def _check(index: int, count: int, what: str = "word") -> None:
    if not 0 <= index < count:
        raise IndexError(f"{what} {index} of {count}")
