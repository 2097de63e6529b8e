"""``viralclip transcribe --subtitles``: words from a file, in the encoding it was written in."""

from __future__ import annotations

from pathlib import Path

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
