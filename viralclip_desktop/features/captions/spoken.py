"""The words of a clip as a transcript of their own, in clip time: what a subtitle file of it holds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import heard
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word


def clip_transcript(transcript: Transcript, clip: Clip) -> Transcript:
    """The words that play in a clip, in clip time and in the order they are heard, in the sentences they
    belong to."""
    within = clip.range
    near = ((n, w) for n, w in enumerate(transcript.words) if w.end > within.start and w.start < within.end)
    placed = [(number, _placed(word, clip)) for number, word in near]
    played = sorted(
        ((number, word) for number, word in placed if word is not None), key=lambda pair: pair[1].start
    )
    firsts = [sentence.first for sentence in transcript.sentences]
    sentences: list[Sentence] = []
    for _, group in groupby(played, key=lambda pair: bisect_right(firsts, pair[0])):
        first = sentences[-1].last if sentences else 0
        sentences.append(Sentence(first, first + len(list(group))))
    return replace(transcript, words=tuple(word for _, word in played), sentences=tuple(sentences))


def _placed(word: Word, clip: Clip) -> Word | None:
    """A word where it is heard; None when it was cut out: the same rule by which captions show it."""
    within = heard(clip, TimeRange(word.start, word.end))
    return None if within is None else replace(word, start=within.start, end=within.end)
