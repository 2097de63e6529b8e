"""``viralclip translations``, and two languages in ``transcript``, as typed."""

from __future__ import annotations

from pathlib import Path

import pysubs2
import pytest
from support.command_line import CommandLine


@pytest.fixture
def thai(tmp_path: Path) -> str:
    path = tmp_path / "talk.th.srt"
    path.write_text("1\n00:00:00,000 --> 00:00:02,400\nทำไมไม่มีใครบอก\n", encoding="utf-8")
    return str(path)


def test_add_list_show_shift_and_remove(viralclip: CommandLine, thai: str) -> None:
    assert viralclip("translations", "list")[1] == "No translations yet.\n"
    added = viralclip.json("translations", "add", "src_1", thai, "--show")
    assert (added["language"], added["lines"], added["clip_ids"]) == ("th", 1, ["clip_1"])
    assert viralclip.json("clips", "show", "clip_1")["second_language"] == "th"
    assert [one["language"] for one in viralclip.json("translations", "list", "src_1")] == ["th"]
    assert "src_1  th  Thai, 1 line" in viralclip("translations", "list")[1]
    assert viralclip.json("translations", "show", "clip_1", "none")["second_language"] is None
    assert viralclip.json("translations", "shift", "src_1", "th", "--by", "1.5")["start_s"] == 1.5
    assert viralclip.json("translations", "remove", "src_1", "th")["removed"] is True
    assert viralclip.json("translations", "list") == []


def test_the_translation_and_both_are_printed(viralclip: CommandLine, thai: str) -> None:
    viralclip("translations", "add", "src_1", thai)
    code, out, _ = viralclip("transcript", "src_1", "--language", "th", "--format", "srt")
    assert code == 0
    assert [event.plaintext for event in pysubs2.SSAFile.from_string(out)] == ["ทำไมไม่มีใครบอก"]
    code, out, _ = viralclip("transcript", "src_1", "--language", "th", "--both", "--format", "srt")
    assert code == 0
    first = pysubs2.SSAFile.from_string(out)[0]
    assert first.plaintext == "Why did nobody tell me?\nทำไมไม่มีใครบอก"


def test_what_is_not_there_is_said(viralclip: CommandLine, tmp_path: Path, thai: str) -> None:
    code, _, err = viralclip("transcript", "src_1", "--language", "th")
    assert (code, "no Thai captions" in err) == (3, True)
    code, _, err = viralclip("transcript", "src_1", "--both")
    assert (code, "--language" in err) == (2, True)
    assert viralclip("translations", "add", "src_9", thai)[0] == 3
    assert viralclip("translations", "show", "clip_1", "th")[0] == 2
    unnamed = tmp_path / "talk.srt"
    unnamed.write_text("1\n00:00:00,000 --> 00:00:02,400\nHalo\n", encoding="utf-8")
    code, _, err = viralclip("translations", "add", "src_1", str(unnamed))
    assert (code, "language" in err) == (2, True)
