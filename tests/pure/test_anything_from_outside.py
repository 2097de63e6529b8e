"""Whatever a file holds, it is read or refused with a sentence and a hint; nothing else comes of it."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.odd_documents import QUICK, altered, taken, texts, values

from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.engines.http.faults import status_fault
from viralclip_desktop.engines.llm.reading import read_object
from viralclip_desktop.engines.stt.subtitles import read_lines, read_subtitles
from viralclip_desktop.settings.declaration import Settings, declared
from viralclip_desktop.settings.file import SettingsStore

STAMPS = (
    "00:00:01,000",
    "00:05.2",
    "1:2:3.4",
    "99:99:99,999",
    "-->",
    " --> ",
    "\n",
    "\n\n",
    "\r\n",
    "\ufeff",
)
WORDS = (
    "Bread",
    "rises.",
    " ",
    "<i>",
    "</i>",
    "<00:00:01.500>",
    "<c>",
    "<v Ann>",
    "{\\an8}",
    "&amp;",
    "- ",
    "ครับ",
    "今日は",
)
ASS = (
    *("[Script Info]\n", "[Events]\n", "[V4+ Styles]\n", "ScriptType: v4.00+\n", "Style: A,Arial,20\n"),
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
    *(
        "Dialogue: ",
        "Comment: ",
        "0,0:00:01.00,0:00:03.00,A,,0,0,0,,",
        "{\\k30}",
        "{\\k999999999}",
        "\\N",
        ",",
        "{\\p1}",
    ),
)
SEGMENT = {"start": 0.2, "end": 2.0, "text": " So in 2014", "speaker": "A"}
WHISPER = {
    "language": "en",
    "segments": [
        SEGMENT | {"words": [{"word": " So", "start": 0.2, "end": 0.4, "score": 0.9}, {"word": "2014"}]},
        SEGMENT,
    ],
}
TOKEN = {"text": " Bread", "offsets": {"from": 100, "to": 900}, "p": 0.9}
WHISPER_CPP = {
    "result": {"language": "en"},
    "transcription": [{"offsets": {"from": 0, "to": 900}, "text": " Bread", "tokens": [TOKEN, TOKEN]}],
}
OURS = {
    "language": "en",
    "words": [{"text": "Bread", "start_s": 0.1, "end_s": 0.5, "confidence": 1.0, "speaker": "A"}],
    "sentences": [{"start_s": 0.1, "end_s": 0.5, "text": "Bread"}],
}


def check_subtitles(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    taken(lambda: read_lines(path))
    found = taken(lambda: read_subtitles(path))
    if found is not None:
        assert found.words
        assert all(word.start < word.end and word.text.strip() == word.text for word in found.words)
        assert all(before.end <= after.start for before, after in pairwise(found.words))


@pytest.mark.parametrize("ending", ["srt", "vtt"])
@QUICK
@given(text=texts(*STAMPS, *WORDS, "WEBVTT\n", "NOTE\n", "1\n", "00:00:01,000 --> 00:00:03,000\n"))
def test_cues(text: str, ending: str, tmp_path: Path) -> None:
    check_subtitles(tmp_path / f"a.{ending}", text.encode())


@QUICK
@given(text=texts(*ASS, *WORDS))
@example(text="Dialogue: ")
def test_ass(text: str, tmp_path: Path) -> None:
    check_subtitles(tmp_path / "a.ass", text.encode())


@pytest.mark.parametrize("good", [WHISPER, WHISPER_CPP, OURS], ids=["whisper", "whisper.cpp", "ours"])
@QUICK
@given(data=st.data())
def test_transcripts_in_json(good: Any, data: st.DataObject, tmp_path: Path) -> None:
    check_subtitles(tmp_path / "a.json", json.dumps(data.draw(altered(good))).encode())


@pytest.mark.parametrize("ending", ["srt", "vtt", "ass", "json"])
@QUICK
@given(
    data=st.binary(max_size=60), before=st.sampled_from([b"", b"1\n00:00:01,000 --> 00:00:03,000\n", b"{"])
)
def test_bytes_of_any_encoding(data: bytes, before: bytes, ending: str, tmp_path: Path) -> None:
    check_subtitles(tmp_path / f"a.{ending}", before + data)


GOOD_SETTINGS = {
    "version": 1,
    "values": {key: setting.plain(getattr(Settings(), key)) for key, setting in declared().items()},
}


@QUICK
@given(document=altered(GOOD_SETTINGS) | values)
@example(document={"version": float("inf"), "values": {}})
def test_the_program_starts_whatever_its_settings_hold(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(document))
    board, told = NoticeBoard(), list[str]()
    board.listen(lambda notice: told.append(notice.hint))
    store = SettingsStore(path, board, environ={})
    assert isinstance(store.values, Settings)
    assert all(told)
    for key in declared():
        store.value(key)
    taken(lambda: store.set(offline=True))
    assert SettingsStore(path, environ={}).values.offline


@QUICK
@given(key=st.sampled_from(sorted(declared())), text=st.text(max_size=8) | values.map(str))
def test_any_text_for_a_setting(key: str, text: str, tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json", environ={})
    taken(lambda: store.set(**{key: text}))


@QUICK
@given(
    body=(values | altered({"error": {"message": "no", "code": "x"}})).map(json.dumps) | st.text(),
    status=st.integers(400, 599),
)
def test_refusals_of_a_service(body: str, status: int) -> None:
    fault = status_fault("OpenAI", status, body.encode())
    assert fault.message
    assert fault.hint


SCHEMA = {
    "type": "object",
    "properties": {"cities": {"type": "array", "items": {"type": "string"}}},
    "required": ["cities"],
}


@QUICK
@given(
    text=texts(
        "{", "}", "[", "]", '"cities"', ":", ",", '"Jakarta"', "```json\n", "<think>", "</think>", "1e999"
    )
)
def test_the_text_of_a_language_model(text: str) -> None:
    with suppress(ValueError):
        assert all(isinstance(city, str) for city in read_object(text, SCHEMA)["cities"])
