"""The words of a clip as a transcript of their own, in clip time: what a subtitle file of it holds."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import nearest_clip_time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word


def clip_transcript(transcript: Transcript, clip: Clip) -> Transcript:
    """The words that play in a clip, in clip time, in the sentences they belong to."""
    kept = [number for number, word in enumerate(transcript.words) if _plays(word, clip)]
    words = tuple(_moved(transcript.words[number], clip) for number in kept)
    sentences, first, after = [], 0, 0
    for sentence in transcript.sentences:
        while after < len(kept) and kept[after] < sentence.last:
            after += 1
        if after > first:
            sentences.append(Sentence(first, after))
        first = after
    return replace(transcript, words=words, sentences=tuple(sentences))


def _plays(word: Word, clip: Clip) -> bool:
    """Whether the middle of a word is kept: the same rule by which captions show it."""
    middle = type(word.start)((word.start.ticks + word.end.ticks) // 2)
    return any(part.contains(middle) for part in clip.kept)


def _moved(word: Word, clip: Clip) -> Word:
    within = TimeRange(nearest_clip_time(clip, word.start), nearest_clip_time(clip, word.end))
    return replace(word, start=within.start, end=within.end)
