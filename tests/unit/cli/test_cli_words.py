"""``viralclip words``, ``sentences`` and ``transcript``, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import CommandLine


def said(viralclip: CommandLine) -> str:
    """The words of the recording."""
    return " ".join(word["text"] for word in viralclip.json("words", "list", "src_1"))


def test_words_are_listed_with_their_places(viralclip: CommandLine) -> None:
    words = viralclip.json("words", "list", "src_1")
    assert words[2] == {
        "place": 2,
        "text": "nobody",
        "start_s": 1.0,
        "end_s": 1.4,
        "confidence": 0.75,
        "speaker": None,
    }
    assert [word["place"] for word in viralclip.json("words", "list", "src_1", "--from", "2.5")] == [5, 6, 7]
    assert viralclip.json("words", "list", "src_1", "--unsure", "0.7") == []
    assert "0:01.0   75%  nobody" in viralclip("words", "list", "src_1")[1]


def test_found_replaced_corrected_dropped(viralclip: CommandLine) -> None:
    assert [word["place"] for word in viralclip.json("words", "find", "src_1", "nobody tell")] == [2, 3]
    assert viralclip.json("words", "replace", "src_1", "know", "knew", "--whole-words") == {"replaced": 1}
    assert viralclip.json("words", "correct", "src_1", "2", "no body")[1]["text"] == "body"
    assert said(viralclip) == "Why did no body tell me? Now I knew."
    assert viralclip.json("words", "drop", "src_1", "2-3")["words"] == 7
    assert said(viralclip) == "Why did tell me? Now I knew."
    assert viralclip.json("undo", "proj_1", "--steps", "3")["labels"][-1] == "Find and replace"
    assert said(viralclip) == "Why did nobody tell me? Now I know."


def test_times(viralclip: CommandLine) -> None:
    moved = viralclip.json("words", "nudge", "src_1", "5-7", "--by", "0.5")
    assert [word["start_s"] for word in moved] == [3.0, 3.5, 4.0]
    (retimed,) = viralclip.json("words", "retime", "src_1", "7", "--to", "4.9")
    assert (retimed["start_s"], retimed["end_s"]) == (4.0, 4.9)


def test_telling_the_speakers_apart_needs_the_model_and_says_so(viralclip: CommandLine) -> None:
    code, _out, told = viralclip("sentences", "tell", "src_1")
    assert code == 4
    assert "embedder.int8.onnx" in told


def test_sentences(viralclip: CommandLine) -> None:
    two = viralclip.json("sentences", "list", "src_1")
    assert two[1] == {
        "place": 1,
        "text": "Now I know.",
        "speaker": None,
        "first_word": 5,
        "last_word": 7,
        "start_s": 2.5,
        "end_s": 3.9,
    }
    assert len(viralclip.json("sentences", "split", "src_1", "2")) == 3
    assert len(viralclip.json("sentences", "merge", "src_1", "0")) == 2
    named = viralclip.json("sentences", "speaker", "src_1", "1", "Ada")
    assert [one["speaker"] for one in named] == [None, "Ada"]
    assert "Ada: Now I know." in viralclip("sentences", "list", "src_1")[1]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("words", "correct", "src_1", "99", "x"), 2),
        (("words", "correct", "src_1", "1", " "), 2),
        (("words", "drop", "src_1", "5-99"), 2),
        (("words", "nudge", "src_1", "1,4", "--by", "1"), 2),
        (("words", "replace", "src_1", " ", "x"), 2),
        (("words", "list", "src_x"), 3),
        (("sentences", "merge", "src_1", "9"), 2),
        (("sentences", "speaker", "src_1", "9", "Ada"), 2),
    ],
)
def test_what_is_not_there_is_told(viralclip: CommandLine, args: tuple[str, ...], code: int) -> None:
    found, out, told = viralclip(*args)
    assert (found, out, told.count("\n")) == (code, "", 1)


def test_places_that_make_no_sense(viralclip: CommandLine, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ("x", "5-3", "-1", "1,,2"):
        with pytest.raises(SystemExit):
            viralclip("words", "drop", "src_1", wrong)


def test_a_transcript_as_a_file_and_that_of_a_clip(viralclip: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "new" / "talk.srt"
    told = viralclip.json("transcript", "src_1", "--out", str(out))
    assert told == {"path": str(out), "format": "srt"}
    assert out.read_text(encoding="utf-8").startswith("1\n00:00:00,000 --> ")
    viralclip.json("clips", "trim", "clip_1", "--from", "2.4")
    text = viralclip("transcript", "clip_1")[1]
    assert text.strip() == "Now I know."
    assert viralclip.json("transcript", "src_1")["words"][0]["text"] == "Why"


def test_a_transcript_never_takes_the_place_of_something_else(viralclip: CommandLine, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"a film")
    database = tmp_path / "home" / "app.db"
    before = database.read_bytes()
    for out in (film, database):
        code, _, said = viralclip("transcript", "clip_1", "--out", str(out))
        assert code == 3
        assert "Choose another name." in said
    assert (film.read_bytes(), database.read_bytes()) == (b"a film", before)
    assert viralclip("transcript", "clip_1", "--out", str(tmp_path / "new.srt"))[0] == 0
    assert viralclip("transcript", "clip_1", "--out", str(tmp_path / "new.srt"))[0] == 0
