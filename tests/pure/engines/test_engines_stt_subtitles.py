"""Words from subtitle files as people really have them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.encodings import decoded
from viralclip_desktop.engines.stt.marks import punctuated_words, split_text, spread_words
from viralclip_desktop.engines.stt.subtitles import read_subtitles

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Hello</i> world,
this is {\\an8}a <font color="#fff">test</font>.

2
00:00:04,000 --> 00:00:06,500
Braces {like these} and 5 < 6 stay &amp; so on.
"""


CUE = "00:00:00,000 --> 00:00:05,000\n"


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
        ("a.srt", f"1\n{CUE}\n2\n{CUE}   \n\n", "holds no subtitles"),
        ("a.json", "{", "is not a transcript"),
        ("a.json", '{"other": 1}', "is not a transcript"),
        ("a.json", '{"words": [{"text": 1}]}', "is not a transcript"),
        ("a.json", "[" * 100_000, "is not a transcript"),
        ("a.json", '{"segments": [{"start": 0, "end": 1e999, "text": "a"}]}', "is not a transcript"),
        ("a.doc", "x", "no subtitle format"),
        ("a.srt", CUE + "a" * 2_000_000, "longer than anybody could read"),
        ("a.srt", CUE + "<a" * 100_000, "longer than anybody could read"),
        ("a.srt", CUE + "- \n" * 100_000, "longer than anybody could read"),
        ("a.vtt", CUE + "<00:00:01.000>" * 100_000, "longer than anybody could read"),
        ("a.ass", "[Events]\n" + "{\\k" * 100_000, "longer than anybody could read"),
        ("a.srt", "1" * 5000 + ":00:00 --> 00:00:05\na", "holds no subtitles"),
        ("a.json", json.dumps({"segments": [{"start": 0, "end": 5, "text": "a " * 60_000}]}), "is not a"),
    ],
)
def test_bad_files_are_told(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as told:
        read(tmp_path, name, text)
    assert told.value.hint
    with pytest.raises(BadInput, match="There is no file"):
        read_subtitles(tmp_path / "missing.srt")


def test_a_character_number_of_thousands_of_figures_stays_as_it_is(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.srt", CUE + "&#" + "1" * 5000 + "; so")) == "&#" + "1" * 5000 + "; so"


def test_a_word_of_two_million_letters_takes_no_time_to_cut() -> None:
    assert [len(word) for word in split_text("a" * 2_000_000)] == [2_000_000]
    assert len(split_text("ก" * 20_000)) == 5_000


def test_a_pipe_is_no_subtitle_file() -> None:
    with pytest.raises(BadInput, match=r"is a pipe or a device|There is no file"):
        read_subtitles(Path("/dev/stdin"))


def test_scripts_without_spaces_are_cut_into_pieces() -> None:
    assert "".join(split_text("こんにちは世界。今日は元気です")) == "こんにちは世界。今日は元気です"
    assert len(split_text("สวัสดีชาวโลกวันนี้เป็นวันที่ดี")) > 3
    assert split_text("don't stop - now … really") == ["don't", "stop -", "now…", "really"]


def test_a_space_between_thai_phrases_shows_in_a_short_last_piece() -> None:
    phrases = ["สวัสดีชาวโลกวันนี้", "เป็นวันที่ดี", "กขคงจฉชซ", "กขคงจฉชซฌญฎฏ"]
    for phrase in phrases:
        words = split_text(phrase)
        assert "".join(words) == phrase
        letters = [sum(character.isalnum() for character in word) for word in words]
        assert letters[-1] < 4
        assert all(count >= 4 for count in letters[:-1])
    assert split_text("今日天気。元気です") == ["今日天気。", "元気です"]  # a mark stays with what it closes


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


def starts(words: list[Word]) -> list[float]:
    return [round(word.start.seconds, 2) for word in words]


def test_rolling_captions_keep_each_word_at_its_own_time(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\nKind: captions\n\n00:00:00.030 --> 00:00:02.500 align:start position:0%\n \n"
        "good<00:00:00.719><c> evening</c><00:00:01.529><c> friends</c>\n\n"
        "00:00:02.500 --> 00:00:02.510 align:start position:0%\ngood evening friends\n \n\n"
        "00:00:02.510 --> 00:00:05.000 align:start position:0%\ngood evening friends\n"
        "now<00:00:03.100><c> we</c><00:00:04.250><c> bake</c>\n"
    )
    words = read(tmp_path, "a.vtt", vtt)
    assert texts(words) == "good evening friends now we bake"
    assert starts(words) == [0.03, 0.72, 1.53, 2.51, 3.1, 4.25]


def test_karaoke_times_are_the_words_times(tmp_path: Path) -> None:
    ass = (
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
        "Style: Default,Arial,20\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, "
        "MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:04.00,Default,Ada,0,0,0,,{\\k30}Dough {\\kf50}wants "
        "{\\k20}a {\\k60}night{\\k20}ly rest\n"
    )
    words = read(tmp_path, "a.ass", ass)
    assert texts(words) == "Dough wants a nightly rest"
    assert starts(words)[:4] == [1.0, 1.3, 1.8, 2.0]
    assert {word.speaker for word in words} == {"Ada"}


def test_cues_without_a_length_are_kept(tmp_path: Path) -> None:
    words = read(
        tmp_path, "a.srt", cue(1, 0, 1, "One here.") + cue(2, 5, 5, "Two there.") + cue(3, 9, 9, "Three.")
    )
    assert texts(words) == "One here. Two there. Three."
    assert words[2].start == Time.from_seconds(5)
    assert 5.3 < words[3].end.seconds < 9
    assert 0.3 < (words[-1].end - words[-1].start).seconds < 7


def test_a_word_without_times_gets_the_gap(tmp_path: Path) -> None:
    spoken = [("In", 0.5, 0.6), ("1914", None, None), ("they", 1.5, 1.7), ("left.", 1.8, 2.1)]
    items = [
        {"word": w, "speaker": "A"} | ({} if a is None else {"start": a, "end": b}) for w, a, b in spoken
    ]
    words = read(
        tmp_path, "a.json", json.dumps({"segments": [{"start": 0.5, "end": 2.1, "text": "", "words": items}]})
    )
    assert starts(words) == [0.5, 0.6, 1.5, 1.8]
    assert words[1].end <= Time.from_seconds(1.5)
    assert {word.speaker for word in words} == {"A"}


def test_times_that_run_backwards_keep_the_order_of_the_text(tmp_path: Path) -> None:
    times = [(4.6, 4.8), (2.4, 2.5), (2.1, 2.2), (2.0, 2.05), (1.9, 1.95)]
    items = [
        {"word": w, "start": a, "end": b}
        for w, (a, b) in zip(["so", "it", "goes", "all", "night"], times, strict=True)
    ]
    words = read(
        tmp_path, "a.json", json.dumps({"segments": [{"start": 1, "end": 5, "text": "", "words": items}]})
    )
    assert texts(words) == "so it goes all night"
    assert words[0].start == Time.from_seconds(1)
    assert words[-1].end <= Time.from_seconds(5)


def test_one_wrong_time_moves_no_other_word(tmp_path: Path) -> None:
    times = [(1.0, 1.2), (9.0, 9.1), (2.0, 2.2), (3.0, 3.2)]
    items = [{"word": w, "start": a, "end": b} for w, (a, b) in zip(["a", "b", "c", "d"], times, strict=True)]
    words = read(
        tmp_path, "a.json", json.dumps({"segments": [{"start": 1, "end": 4, "text": "", "words": items}]})
    )
    assert texts(words) == "a b c d"
    assert starts(words) == [1.0, 1.2, 2.0, 3.0]


def test_words_that_overlap_are_all_kept(tmp_path: Path) -> None:
    times = [(1.0, 3.0), (1.5, 1.8), (1.5, 1.6), (2.9, 3.4)]
    items = [{"text": w, "start": a, "end": b} for w, (a, b) in zip(["a", "b", "c", "d"], times, strict=True)]
    assert texts(read(tmp_path, "a.json", json.dumps({"words": items}))) == "a b c d"


def test_times_without_hours_and_with_few_figures(tmp_path: Path) -> None:
    srt = "1\n00:00:00,100 --> 00:00:02.400\nOne.\n\n2\n0:0:2,6 --> 0:0:4,9\nTwo.\n"
    srt += "3\n00:05.100 --> 00:07.400\nThree.\n"
    words = read(tmp_path, "a.srt", srt)
    assert (texts(words), starts(words)) == ("One. Two. Three.", [0.1, 2.6, 5.1])


def test_speakers_are_taken(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:00.100 --> 00:02.400\n<v Host>Hello all.</v>\n\n"
    vtt += "00:02.600 --> 00:04.900\n<v.loud Guest>Salt &amp; flour."
    assert [word.speaker for word in read(tmp_path, "a.vtt", vtt)] == ["Host"] * 2 + ["Guest"] * 2
    srt = cue(1, 0, 1, "ADA LOVE: Good day.") + cue(2, 1, 2, "It is 3:30 now: look.")
    words = read(tmp_path, "b.srt", srt)
    assert texts(words) == "Good day. It is 3:30 now: look."
    assert [word.speaker for word in words[:2]] == ["ADA LOVE"] * 2


@pytest.mark.parametrize("word_lists", ["segments", "word_segments", "words"])
def test_json_words_without_a_space_go_on_with_the_word_before(tmp_path: Path, word_lists: str) -> None:
    said = [
        " An",
        " ill",
        "-disposed",
        " man",
        " didn",
        "'t",
        " pay",
        " $1",
        ",000",
        " or",
        " 40",
        "%",
        " of",
    ]
    words = [{"word": word, "start": n / 2, "end": n / 2 + 0.4} for n, word in enumerate(said)]
    inside = [{"start": 0.0, "end": 9.0, "text": "".join(said), "words": words}]
    found = read(tmp_path, "a.json", json.dumps({word_lists: inside if word_lists == "segments" else words}))
    assert len(found) == 9
    assert texts(found) == "An ill-disposed man didn't pay $1,000 or 40% of"
    assert (found[1].start, found[1].end) == (Time.from_seconds(0.5), Time.from_seconds(1.4))


def test_json_words_that_bring_no_spaces_stay_apart(tmp_path: Path) -> None:
    words = [
        {"word": word, "start": n / 2, "end": n / 2 + 0.4} for n, word in enumerate(["So", "in", "2014"])
    ]
    assert texts(read(tmp_path, "a.json", json.dumps({"word_segments": words}))) == "So in 2014"


def test_json_of_whisper_cpp(tmp_path: Path) -> None:
    tokens = [
        ("[_BEG_]", 0, 0),
        (" Bre", 100, 300),
        ("ad", 300, 500),
        (" is", 500, 700),
        (" up", 700, 900),
        (".", 900, 900),
    ]
    data = {
        "result": {"language": "en"},
        "transcription": [
            {
                "offsets": {"from": 0, "to": 1000},
                "text": " Bread is up.",
                "tokens": [{"text": t, "offsets": {"from": a, "to": b}} for t, a, b in tokens],
            }
        ],
    }
    words = read(tmp_path, "a.json", json.dumps(data))
    assert (texts(words), starts(words)) == ("Bread is up.", [0.1, 0.5, 0.7])


OLD = {
    "gb18030": "今天的面包很好吃。我们明天再烤一次。谢谢大家。",
    "big5": "今天的麵包很好吃。我們明天再烤一次。",
    "cp932": "今日のパンはとてもおいしい。また明日焼きましょう。",
    "euc_jp": "今日のパンはとてもおいしい。また明日焼きましょう。",
    "cp949": "오늘 빵은 정말 맛있습니다. 내일 또 구워요.",
    "cp1251": "Сегодня хлеб удался. Завтра испечём ещё раз.",
    "koi8_r": "Сегодня хлеб удался. Завтра испечём ещё раз.",
    "cp1250": "Příliš žluťoučký kůň úpěl. Zażółć gęślą jaźń.",
    "cp1253": "Καλημέρα σε όλους, σήμερα θα μιλήσουμε για το ψωμί.",
    "cp1254": "Bugün çok güzel bir gün, ekmek pişirdik.",
    "cp1255": "שלום לכולם, היום נדבר על לחם.",
    "cp1256": "مرحبا بكم، اليوم نتحدث عن الخبز.",
    "cp1252": "Où étais-tu hier ? C'était très bien, déjà vu.",
}


@pytest.mark.parametrize("encoding", OLD)
def test_old_encodings_are_recognised(encoding: str, tmp_path: Path) -> None:
    text = cue(1, 0, 2, OLD[encoding])
    assert decoded(text.encode(encoding)) == text


def test_an_encoding_that_cant_be_told_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(
        cue(1, 0, 2, "xyz").encode().replace(b"xyz", bytes([0x81, 0x8D, 0xFE, 0x9D, 0xA4, 0x81]))
    )
    with pytest.raises(BadInput) as told:
        read_subtitles(path)
    assert "--encoding" in told.value.hint
    path.write_bytes("\u0416".encode("koi8_r").join([cue(1, 0, 2, "xyz").encode()[:-5], b"\n\n"]))
    assert read_subtitles(path, "koi8_r").words[-1].text.endswith("Ж")
    with pytest.raises(UsageError, match="no encoding"):
        read_subtitles(path, "klingon")
