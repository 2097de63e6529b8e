"""``viralclip transcribe --subtitles``: words from a file, in the encoding it was written in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import CommandLine


def test_an_encoding_that_cant_be_told_is_asked_for_and_taken(viralclip: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_bytes(b"1\n00:00:01,000 --> 00:00:03,000\n" + "Жук".encode("koi8_r") + b" ok \x81\x8d\xfe\n")
    code, _out, err = viralclip("transcribe", "src_1", "--subtitles", str(path))
    assert code == 3
    assert "--encoding" in err
    assert viralclip("transcribe", "src_1", "--subtitles", str(path), "--encoding", "koi8_r")[0] == 0
    assert viralclip("transcript", "src_1", "--format", "txt")[1].startswith("Жук ok")
    assert viralclip("transcribe", "src_1", "--subtitles", str(path), "--encoding", "klingon")[0] == 2


def test_the_language_that_a_file_does_not_tell_is_taken_from_the_command(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:03,000\nHello there.\n", "utf-8")
    assert viralclip("transcribe", "src_1", "--subtitles", str(path))[1].strip() == "2 words, 1 sentences"
    told = viralclip("transcribe", "src_1", "--subtitles", str(path), "--language", "es")[1]
    assert told.strip() == "2 words, 1 sentences (es)"


@pytest.mark.parametrize("asked", ["ill-disposed", "40%", "$1,000", "don't"])
def test_what_whisper_joins_is_one_word_to_the_search(
    viralclip: CommandLine, tmp_path: Path, asked: str
) -> None:
    said = [" The", " ill", "-disposed", " don", "'t", " pay", " 40", "%", " of", " $1", ",000", "."]
    words = [{"word": word, "start": n / 2, "end": n / 2 + 0.4} for n, word in enumerate(said)]
    path = tmp_path / "talk.json"
    path.write_text(json.dumps({"segments": [{"start": 0, "end": 6, "text": "".join(said), "words": words}]}))
    assert viralclip("transcribe", "src_1", "--subtitles", str(path))[0] == 0
    assert viralclip("transcript", "src_1", "--format", "txt")[1].startswith(
        "The ill-disposed don't pay 40% of $1,000."
    )
    (hit,) = viralclip.json("search", asked)
    assert hit["snippet"] == "The ill-disposed don't pay 40% of $1,000."
