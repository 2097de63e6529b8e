"""Captions of two languages as files, read back by pysubs2."""

from __future__ import annotations

import json
from itertools import pairwise

import pysubs2
import pytest
from support.edited import a_transcript, span

from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.transcription import export_captions
from viralclip_desktop.features.transcription.cues import LINE_CHARS, width

SAID = a_transcript(
    "Nobody tells you this about the first year.",
    "You will be wrong about almost everything and that is entirely fine.",
    "Thank you.",
    every_s=0.5,
    length_s=0.4,
)
THAI = Translation(
    "translation_1", "src_1", "th",
    (
        TranslatedLine(span(0, 3.9), "ไม่มีใครบอกคุณเรื่องปีแรก"),
        TranslatedLine(span(4, 9.9), "คุณจะคิดผิดเกือบทุกเรื่อง และนั่นก็ไม่เป็นไรเลย"),
        TranslatedLine(span(20, 22), "(เสียงปรบมือ) ขอบคุณ"),
    ),
)  # fmt: skip


def read(fmt: str, both: bool) -> list[pysubs2.SSAEvent]:
    text = export_captions(SAID if both else None, THAI, fmt)
    return list(pysubs2.SSAFile.from_string(text, format_=fmt))


@pytest.mark.parametrize("fmt", ["srt", "vtt", "ass"])
def test_the_translation_keeps_its_own_times(fmt: str) -> None:
    events = read(fmt, both=False)
    assert [(event.start, event.end) for event in events] == [(0, 3900), (4000, 9900), (20000, 22000)]
    assert events[0].plaintext.replace("\n", " ") == THAI.lines[0].text


@pytest.mark.parametrize("fmt", ["srt", "vtt", "ass"])
def test_both_languages_stand_in_each_cue_of_two_lines(fmt: str) -> None:
    events = read(fmt, both=True)
    pairs = [event.plaintext.split("\n") for event in events]
    said = [pair[0] for pair in pairs if pair[0].isascii()]
    assert " ".join(said) == " ".join(word.text for word in SAID.words)
    assert all(len(pair) <= 2 and width(pair[0]) <= LINE_CHARS for pair in pairs)
    assert pairs[0][1].startswith("ไม่มีใคร")
    assert all(one.end <= other.start for one, other in pairwise(events))
    second = [pair[1] for pair, event in zip(pairs, events, strict=True) if 3900 < event.start < 9500]
    assert len(second) >= 2, "the sentence is too long for one cue"
    assert " ".join(second).replace(" ", "") == THAI.lines[1].text.replace(" ", "")


def test_lines_while_nobody_speaks_are_cues_of_their_own() -> None:
    last = read("srt", both=True)[-1]
    assert (last.start, last.end, last.plaintext) == (20000, 22000, THAI.lines[2].text)


def test_a_line_too_short_to_share_out_is_repeated() -> None:
    yes = Translation("t", "src_1", "id", (TranslatedLine(span(4, 9.9), "Ya"),))
    text = export_captions(SAID, yes, "srt")
    assert text.count("\nYa\n") >= 2


def test_a_long_line_becomes_cues_that_fit_and_share_its_time() -> None:
    words = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh " * 4
    long = Translation("t", "src_1", "id", (TranslatedLine(span(0, 12), words),))
    events = list(pysubs2.SSAFile.from_string(export_captions(None, long, "srt"), format_="srt"))
    assert len(events) == 4
    assert (events[0].start, events[-1].end) == (0, 12000)
    assert all(one.end == other.start for one, other in pairwise(events))
    assert all(width(row) <= LINE_CHARS for event in events for row in event.plaintext.split("\n"))
    assert " ".join(event.plaintext.replace("\n", " ") for event in events) == words.strip()


def test_text_and_json_of_both() -> None:
    text = export_captions(SAID, THAI, "txt")
    assert "Nobody tells you this about the first year.\nไม่มีใครบอกคุณเรื่องปีแรก\n\n" in text
    assert export_captions(None, THAI, "txt").startswith("ไม่มีใครบอกคุณเรื่องปีแรก คุณจะ")
    plain = json.loads(export_captions(SAID, THAI, "json"))
    assert plain["translation"]["language"] == "th"
    assert plain["translation"]["lines"][1]["start_s"] == 4
    assert json.loads(export_captions(None, THAI, "json")) == plain["translation"]
    assert "Language: th" in export_captions(None, THAI, "vtt")
