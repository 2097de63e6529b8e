"""Transcripts as files: cues within the limits, text as typed, and what is written is what is read."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pysubs2
import pytest
from support.spoken import spoken

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.engines.stt.subtitles import read_subtitles
from viralclip_desktop.features.transcription import FORMATS, export_transcript
from viralclip_desktop.features.transcription.cues import CHARS_PER_S, LINE_CHARS, cues, width
from viralclip_desktop.features.transcription.importing import transcript_from

TALK = """
Have you ever wondered why most people quit?
I did.
For years I thought it was talent, or luck, or money, but then a man in a small cafe in Berlin told me.
What do you do when nobody is watching?

No.
Yes.
So I went home, and I wrote down everything that I did on that day, and it was three pages long.
"""
ODD = [r"{curly}", r"\N", "100%", '"quoted"', "<i>tag</i>", "a&b", "-->", "😀", "مرحبا", "नमस्ते", r"{\b1}bold"]


def odd() -> Transcript:
    words = tuple(
        Word(text, Time.from_seconds(i), Time.from_seconds(i + 0.9), 0.5) for i, text in enumerate(ODD, 1)
    )
    return Transcript("test", "en", words, (Sentence(0, 5), Sentence(5, len(words))))


def test_cues_keep_the_limits_and_every_word() -> None:
    transcript = spoken(TALK)
    found = cues(transcript)
    assert " ".join(cue.text for cue in found) == " ".join(word.text for word in transcript.words)
    assert all(len(cue.lines) <= 2 for cue in found)
    assert all(width(line) <= LINE_CHARS for cue in found for line in cue.lines)
    assert all((cue.end - cue.start).seconds <= 7.001 for cue in found)
    assert all(before.end < after.start for before, after in pairwise(found))
    starts = {word.start for word in transcript.words}
    assert all(cue.start in starts for cue in found)


def test_cues_stay_long_enough_to_be_read_where_there_is_room() -> None:
    words = (
        Word("Yes.", Time.from_seconds(1), Time.from_seconds(1.2)),
        Word("No.", Time.from_seconds(10), Time.from_seconds(10.2)),
    )
    found = cues(Transcript("test", "en", words, (Sentence(0, 1), Sentence(1, 2))))
    assert [cue.text for cue in found] == ["Yes.", "No."]
    assert all((cue.end - cue.start).seconds == pytest.approx(5 / 6) for cue in found)
    for cue in cues(spoken(TALK)):
        read_s = width(cue.text) / CHARS_PER_S
        assert (cue.end - cue.start).seconds >= min(read_s, 0.8) - 0.3


def test_short_cues_in_a_hurry_are_joined() -> None:
    words = tuple(
        Word(text, Time.from_seconds(i * 0.4), Time.from_seconds(i * 0.4 + 0.35))
        for i, text in enumerate(["No.", "Yes."])
    )
    (cue,) = cues(Transcript("test", "en", words, (Sentence(0, 1), Sentence(1, 2))))
    assert cue.text == "No. Yes."


def test_a_long_sentence_breaks_at_its_commas() -> None:
    found = [cue.text for cue in cues(spoken(TALK)) if "luck" in cue.text or "Berlin" in cue.text]
    assert any(text.endswith(",") for text in found)


def test_wide_scripts_count_double() -> None:
    text = "これはとても長い文章でありまして二行に収まるかどうかを確かめるためのものです"
    words = tuple(
        Word(text[i : i + 2], Time.from_seconds(i * 0.1), Time.from_seconds(i * 0.1 + 0.2))
        for i in range(0, len(text), 2)
    )
    found = cues(Transcript("test", "ja", words, (Sentence(0, len(words)),)))
    assert "".join("".join(cue.lines) for cue in found) == text
    assert all(width(line) <= 42 for cue in found for line in cue.lines)


def test_a_word_longer_than_a_line_is_shown_whole() -> None:
    word = Word("x" * 60, Time.from_seconds(0), Time.from_seconds(1))
    (cue,) = cues(Transcript("test", "en", (word,), (Sentence(0, 1),)))
    assert cue.lines == ("x" * 60,)


@pytest.mark.parametrize("fmt", ["srt", "vtt", "ass"])
def test_files_are_read_back_by_another_program(fmt: str) -> None:
    file = pysubs2.SSAFile.from_string(export_transcript(spoken(TALK), fmt))
    assert [event.plaintext.split() for event in file] == [cue.text.split() for cue in cues(spoken(TALK))]
    assert [event.start for event in file] == pytest.approx(
        [cue.start.seconds * 1000 for cue in cues(spoken(TALK))], abs=10 if fmt == "ass" else 1
    )


@pytest.mark.parametrize("fmt", ["srt", "vtt", "json", "txt"])
def test_odd_text_stays_as_typed(tmp_path: Path, fmt: str) -> None:
    text = export_transcript(odd(), fmt)
    if fmt == "txt":
        assert text.split() == ODD
        return
    path = tmp_path / f"a.{fmt}"
    path.write_text(text, encoding="utf-8")
    found = " ".join(word.text for word in read_subtitles(path).words)
    if fmt == "json":
        assert found == " ".join(ODD)
    else:  # in these a tag is a tag and a backslash with N a new line
        assert found.startswith("{curly}")
        assert {"100%", '"quoted"', "a&b", "😀", "مرحبا", "नमस्ते"} <= set(found.split())


def test_ass_text_holds_no_orders() -> None:
    lines = [line for line in export_transcript(odd(), "ass").splitlines() if line.startswith("Dialogue")]
    assert r"\{curly\}" in lines[0]
    assert not re.search(r"(?<!\\)\{", "".join(lines))
    assert "\\\u2060N" in lines[0]


def test_json_has_the_agreed_shape_and_comes_back(tmp_path: Path) -> None:
    transcript = spoken(TALK)
    text = export_transcript(transcript, "json")
    data = json.loads(text)
    assert list(data) == ["language", "engine", "words", "sentences"]
    assert list(data["words"][0]) == ["text", "start_s", "end_s", "confidence", "speaker"]
    assert list(data["sentences"][0]) == ["text", "start_s", "end_s"]
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    back = transcript_from(path, Time.from_seconds(1000))
    assert [word.text for word in back.words] == [word.text for word in transcript.words]
    assert back.sentences == transcript.sentences
    assert back.words[5].start.seconds == pytest.approx(transcript.words[5].start.seconds, abs=1e-6)


def test_plain_text_has_a_paragraph_for_each_long_pause() -> None:
    words = tuple(
        Word(text, Time.from_seconds(start_s), Time.from_seconds(start_s + 0.5))
        for text, start_s in (("One.", 0), ("Two.", 1), ("Three.", 5))
    )
    text = export_transcript(Transcript("t", "en", words, tuple(Sentence(i, i + 1) for i in range(3))), "txt")
    assert text == "One. Two.\n\nThree.\n"


def test_an_empty_transcript_is_an_empty_file() -> None:
    empty = Transcript("t", "", (), ())
    assert all(isinstance(export_transcript(empty, fmt), str) for fmt in FORMATS)


def test_an_unknown_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no transcript format doc"):
        export_transcript(spoken(TALK), "doc")
