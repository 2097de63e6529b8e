"""Words from subtitle files as people really have them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.marks import punctuated_words, split_text, spread_words
from viralclip_desktop.engines.stt.subtitles import decoded, read_subtitles

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Hello</i> world,
this is {\\an8}a <font color="#fff">test</font>.

2
00:00:04,000 --> 00:00:06,500
Braces {like these} and 5 < 6 stay &amp; so on.
"""


def read(tmp_path: Path, name: str, text: str | bytes) -> list[Word]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    words = read_subtitles(path).words
    assert all(word.start < word.end for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    return list(words)


def texts(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def test_srt_without_its_tags(tmp_path: Path) -> None:
    words = read(tmp_path, "a.srt", SRT)
    assert texts(words) == "Hello world, this is a test. Braces {like these} and 5 < 6 stay & so on."
    assert words[0].start == Time.from_seconds(1)
    assert words[5].end == Time.from_seconds(3)
    assert words[6].start == Time.from_seconds(4)


def test_longer_words_take_longer(tmp_path: Path) -> None:
    words = read(tmp_path, "a.srt", "1\n00:00:00,000 --> 00:00:02,000\nA extraordinarily b\n")
    lengths = [(word.end - word.start).seconds for word in words]
    assert lengths[1] > 4 * lengths[0]
    assert sum(lengths) == pytest.approx(2.0)


def test_vtt_with_notes_names_voices_and_word_times(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\nKind: captions\n\nNOTE a remark\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello <00:00:01.500><c.loud>there</c>\n\n"
        "NOTE another --- one\n\n2\n01:00:00.000 --> 01:00:01.000\n- Bye.\n"
    )
    words = read(tmp_path, "a.vtt", vtt)
    assert texts(words) == "Hello there Bye."
    assert words[2].start == Time.from_seconds(3600)


def test_ass_without_orders_comments_and_drawings(tmp_path: Path) -> None:
    ass = (
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
        "Style: Default,Arial,20\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, "
        "MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\k20}Hel{\\k30}lo\\Nworld\n"
        "Comment: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,not said\n"
        "Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,again\n"
    )
    assert texts(read(tmp_path, "a.ass", ass)) == "Hello world again"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    text = "1\r\n00:00:00,000 --> 00:00:02,000\r\nCafé naïve “quoted” – déjà vu\r\n"
    assert decoded(text.encode(encoding)) == text


def test_thai_as_windows_wrote_it() -> None:
    text = "1\r\n00:00:00,000 --> 00:00:02,000\r\nตัวเลขบนหน้าจอ ดูเหมือนความจริง OK\r\n"
    assert decoded(text.encode("cp874")) == text
    assert "é" in decoded("Été à Noël".encode("cp1252"))


def test_sounds_are_not_words(tmp_path: Path) -> None:
    srt = (
        "1\n00:00:00,000 --> 00:00:01,000\n[music]\n\n2\n00:00:01,000 --> 00:00:02,000\n♪ La la ♪\n(laughs)\n"
    )
    assert texts(read(tmp_path, "a.srt", srt)) == "La la"


def cue(number: int, start_s: float, end_s: float, text: str) -> str:
    def stamp(time_s: float) -> str:
        return f"00:{int(time_s) // 60:02d}:{time_s % 60:06.3f}".replace(".", ",")

    return f"{number}\n{stamp(start_s)} --> {stamp(end_s)}\n{text}\n\n"


def test_rolling_captions_are_said_once(tmp_path: Path) -> None:
    srt = cue(1, 0, 2, "we begin here") + cue(2, 2, 4, "we begin here\nand go on")
    srt += cue(3, 4, 4.01, "and go on") + cue(4, 4.01, 6, "and go on\nto the end")
    assert texts(read(tmp_path, "a.srt", srt)) == "we begin here and go on to the end"


def test_overlapping_cues_lose_no_word(tmp_path: Path) -> None:
    srt = cue(1, 0, 3, "This is the first speaker talking.") + cue(2, 2, 4, "And this the second.")
    srt += cue(3, 10, 20, "A long answer over many seconds that goes on.") + cue(4, 10.2, 11, "Yes, right.")
    words = read(tmp_path, "a.srt", srt)
    assert len(words) == 6 + 4 + 9 + 2
    assert words[6].start == Time.from_seconds(2)


def test_cues_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.srt", cue(2, 5, 6, "two") + cue(1, 1, 2, "one"))) == "one two"


def test_our_own_json_comes_back_whole(tmp_path: Path) -> None:
    data = {
        "language": "en",
        "engine": "whisper",
        "words": [
            {"text": "Hello", "start_s": 0.5, "end_s": 0.9, "confidence": 0.7, "speaker": "A"},
            {"text": "there", "start_s": 0.9, "end_s": 1.3, "confidence": 0.8, "speaker": "B"},
        ],
        "sentences": [
            {"text": "Hello", "start_s": 0.5, "end_s": 0.9},
            {"text": "there", "start_s": 0.9, "end_s": 1.3},
        ],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = read_subtitles(path)
    assert found.words[1] == Word("there", Time.from_seconds(0.9), Time.from_seconds(1.3), 0.8, "B")
    assert (found.language, found.sentence_starts) == ("en", (0, 1))


@pytest.mark.parametrize("with_words", [True, False])
def test_whisper_json(tmp_path: Path, with_words: bool) -> None:
    segment: dict[str, Any] = {"start": 1.0, "end": 2.0, "text": " Hello there."}
    if with_words:
        segment["words"] = [
            {"word": " Hello", "start": 1.0, "end": 1.4, "probability": 0.9},
            {"word": " there.", "start": 1.4, "end": 2.0, "score": 0.5},
        ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"language": "english", "segments": [segment]}), encoding="utf-8")
    found = read_subtitles(path)
    assert [word.text for word in found.words] == ["Hello", "there."]
    assert found.language == "en"
    assert found.words[1].confidence == (0.5 if with_words else 1.0)


def test_the_language_in_the_name(tmp_path: Path) -> None:
    path = tmp_path / "my talk.id.srt"
    path.write_text(SRT, encoding="utf-8")
    assert read_subtitles(path).language == "id"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.srt", "", "holds no subtitles"),
        ("a.srt", "just some text\n", "holds no subtitles"),
        ("a.json", "{", "is not a transcript"),
        ("a.json", '{"other": 1}', "is not a transcript"),
        ("a.json", '{"words": [{"text": 1}]}', "is not a transcript"),
        ("a.json", "[" * 100_000, "is not a transcript"),
        ("a.json", '{"segments": [{"start": 0, "end": 1e999, "text": "a"}]}', "is not a transcript"),
        ("a.doc", "x", "no subtitle format"),
    ],
)
def test_bad_files_are_told(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as told:
        read(tmp_path, name, text)
    assert told.value.hint
    with pytest.raises(BadInput, match="There is no file"):
        read_subtitles(tmp_path / "missing.srt")


def test_scripts_without_spaces_are_cut_into_pieces() -> None:
    assert "".join(split_text("こんにちは世界。今日は元気です")) == "こんにちは世界。今日は元気です"
    assert len(split_text("สวัสดีชาวโลกวันนี้เป็นวันที่ดี")) > 3
    assert split_text("don't stop - now … really") == ["don't", "stop -", "now…", "really"]


def test_spread_words_fill_their_time_exactly() -> None:
    start, end = Time.from_seconds(1), Time.from_seconds(2.5)
    words = spread_words("One, two and three.", start, end)
    assert (words[0].start, words[-1].end) == (start, end)
    assert all(before.end == after.start for before, after in pairwise(words))


def test_marks_go_back_on_bare_words() -> None:
    text = "“Well, that's it,” said Dr. O'Neil-Smith: 3.5 (or so)…"
    bare = ["Well", "that's", "it", "said", "Dr", "O'Neil", "Smith", "3.5", "or", "so"]
    expected = ["“Well,", "that's", "it,”", "said", "Dr.", "O'Neil-", "Smith:", "3.5", "(or", "so)…"]
    assert punctuated_words(bare, text) == expected
    assert punctuated_words(["unheard", "it"], text) == ["unheard", "it,”"]
