"""A second language by hand and from files: each edit is one named, undoable entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.bound_editing import Editing

from viralclip_desktop.core.errors import BadInput, NotFound, UsageError
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.store import Store

THAI = """1
00:00:12,000 --> 00:00:14,500
สวัสดีครับ

2
00:00:15,000 --> 00:00:18,000
นี่คือ
บรรทัดที่สอง
"""


@pytest.fixture
def thai(tmp_path: Path) -> Path:
    path = tmp_path / "talk.th.srt"
    path.write_text(THAI, encoding="utf-8")
    return path


def last(store: Store) -> str:
    return store.history("proj_1")[-1].label


def told(store: Store, language: str = "th") -> list[tuple[float, float, str]]:
    one = next(one for one in store.translations("src_1") if one.language == language)
    return [(line.range.start.seconds, line.range.end.seconds, line.text) for line in one.lines]


def test_a_file_keeps_its_timing_and_is_shown_where_asked(store: Store, editing: Editing, thai: Path) -> None:
    editing.import_translation("src_1", thai, clip_ids=["clip_1", "clip_2"])
    assert told(store) == [(12, 14.5, "สวัสดีครับ"), (15, 18, "นี่คือ บรรทัดที่สอง")]
    assert [store.clip(f"clip_{n}").second_language for n in (1, 2, 3)] == ["th", "th", ""]
    assert last(store) == "Add Thai captions"
    store.undo("proj_1")
    assert store.translations("src_1") == []
    assert store.clip("clip_1").second_language == ""


def test_the_same_language_again_takes_its_place(store: Store, editing: Editing, thai: Path) -> None:
    first = editing.import_translation("src_1", thai)
    thai.write_text(THAI.replace("สวัสดีครับ", "สวัสดีค่ะ"), encoding="utf-8")
    assert editing.import_translation("src_1", thai).id == first.id
    assert told(store)[0][2] == "สวัสดีค่ะ"
    store.undo("proj_1")
    assert told(store)[0][2] == "สวัสดีครับ"


@pytest.mark.parametrize(
    ("file", "given", "language"),
    [
        ("talk.th.srt: x", "", "th"),
        ("talk.pt-BR.srt: x", "", "pt"),
        ("talk.srt: สวัสดี", "", "th"),
        ("talk.srt: これは最初の行です", "", "ja"),
        ("talk.srt: שלום", "", "he"),
        ("talk.th.srt: x", "indonesian", "id"),
        ("talk.part2.srt: Halo dunia", "id", "id"),
    ],
)
def test_the_language_is_told_by_the_name_the_script_or_the_user(
    editing: Editing, tmp_path: Path, file: str, given: str, language: str
) -> None:
    name, text = file.split(": ")
    path = tmp_path / name
    path.write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n", encoding="utf-8")
    assert editing.import_translation("src_1", path, given).language == language


def test_a_language_nobody_told_is_asked_for(editing: Editing, tmp_path: Path) -> None:
    path = tmp_path / "talk.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHalo\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not known"):
        editing.import_translation("src_1", path)
    with pytest.raises(UsageError, match="Klingon"):
        editing.import_translation("src_1", path, "Klingon")


def test_files_that_hold_nothing_of_use(editing: Editing, tmp_path: Path) -> None:
    late = tmp_path / "late.th.srt"
    late.write_text("1\n01:00:01,000 --> 01:00:02,000\nสาย\n", encoding="utf-8")
    with pytest.raises(BadInput, match="does not fit"):
        editing.import_translation("src_1", late)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(BadInput, match="no subtitle format"):
        editing.import_translation("src_1", tmp_path / "a.pdf", "th")
    with pytest.raises(BadInput, match="There is no file"):
        editing.import_translation("src_1", tmp_path / "gone.srt", "th")


@pytest.mark.parametrize(
    "document",
    [
        {"language": "th", "lines": [{"text": "สวัสดี", "start_s": 1.5, "end_s": 2}]},
        {"language": "thai", "segments": [{"text": " สวัสดี", "start": 1.5, "end": 2, "words": []}]},
        {"language": "th", "words": [], "sentences": [{"text": "สวัสดี", "start_s": 1.5, "end_s": 2}]},
    ],
)
def test_json_of_this_program_and_of_whisper_programs(
    store: Store, editing: Editing, tmp_path: Path, document: dict[str, object]
) -> None:
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    editing.import_translation("src_1", path)
    assert told(store) == [(1.5, 2, "สวัสดี")]


def test_lines_are_written_corrected_split_merged_and_moved(store: Store, editing: Editing) -> None:
    name = editing.put_translation("src_1", "th").id
    editing.write_line(name, TimeRange.from_seconds(10, 14), "หนึ่ง สอง")
    editing.write_line(name, TimeRange.from_seconds(20, 22), "สาม")
    editing.split_line(name, 0, 6)
    assert [text for _, _, text in told(store)] == ["หนึ่ง", "สอง", "สาม"]
    editing.merge_line(name, 0)
    assert told(store)[0][2] == "หนึ่งสอง"
    editing.split_line(name, 0)
    assert [text for _, _, text in told(store)] == ["หนึ่ง", "สอง", "สาม"]
    editing.merge_line(name, 1)
    assert told(store)[1][2] == "สองสาม"
    editing.correct_line(name, 0, "เริ่ม")
    editing.shift_lines(name, Time.from_seconds(-1))
    assert told(store)[0][0] == 9
    labels = [entry.label for entry in store.history("proj_1")]
    assert labels[-5:] == [
        "Merge lines", "Split a line", "Merge lines", "Correct a line", "Move the lines",
    ]  # fmt: skip
    for _ in range(8):
        store.undo("proj_1")
    assert told(store) == []


def test_a_clip_shows_only_what_there_is(store: Store, editing: Editing, thai: Path) -> None:
    with pytest.raises(UsageError, match="no Thai captions"):
        editing.show_second_language("clip_1", "th")
    editing.import_translation("src_1", thai)
    editing.show_second_language("clip_1", "th")
    assert last(store) == "Show Thai captions"
    assert editing.show_second_language("clip_1", "").second_language == ""


def test_a_removed_translation_leaves_the_clips_and_comes_back_to_them(
    store: Store, editing: Editing, thai: Path
) -> None:
    added = editing.import_translation("src_1", thai, clip_ids=["clip_2"])
    editing.remove_translation(added.id)
    assert store.clip("clip_2").second_language == ""
    with pytest.raises(NotFound):
        editing.remove_translation(added.id)
    store.undo("proj_1")
    assert store.clip("clip_2").second_language == "th"
    assert store.translations("src_1") == [added]
