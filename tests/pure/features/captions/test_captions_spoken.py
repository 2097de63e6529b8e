"""The words of a clip, as a subtitle file of it has them."""

from __future__ import annotations

from dataclasses import replace

from support.edited import a_clip, a_transcript, s

from viralclip_desktop.domain.edits import cuts, parts
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.captions.spoken import clip_transcript

TALK = a_transcript("one two three", "four five six", "seven eight nine")  # a word each second from 0 on


def read(transcript: Transcript) -> list[tuple[str, float]]:
    return [
        (transcript.text_of(one), round(transcript.range_of(one).start.seconds, 3))
        for one in transcript.sentences
    ]


def test_cut_words_are_left_out_and_the_rest_moves_up() -> None:
    clip = cuts.cut(a_clip(start_s=1, end_s=8), [replace(a_clip().range, start=s(2.9), end=s(4.9))])
    assert read(clip_transcript(TALK, clip)) == [("two three", 0.0), ("six", 2.0), ("seven eight", 3.0)]


def test_sentences_come_in_the_order_they_are_heard() -> None:
    clip = parts.move(parts.split(a_clip(start_s=0, end_s=9), s(5)), 1, 0)
    assert read(clip_transcript(TALK, clip)) == [
        ("six", 0.0),
        ("seven eight nine", 1.0),
        ("one two three", 4.0),
        ("four five", 7.0),
    ]
