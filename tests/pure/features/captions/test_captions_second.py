"""Where a second language can be written for a clip."""

from __future__ import annotations

from support.edited import a_clip, a_transcript, span

from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.captions import clip_translation, line_fields

# a word a second: sentences at 8-11 (begins before the clip), 12-15, 16-19 and 20-22
TRANSCRIPT = a_transcript(*["x"] * 8, "one two three four.", "five six seven eight.", "a b c d.", "y z.")


def thai(*lines: tuple[float, float, str]) -> Translation:
    made = tuple(TranslatedLine(span(start, end), text) for start, end, text in lines)
    return Translation("translation_1", "src_1", "th", made)


def test_every_sentence_of_the_clip_has_a_field() -> None:
    clip = a_clip(end_s=20.7)
    fields = line_fields(thai(), TRANSCRIPT, clip)
    assert [field.said for field in fields] == [
        "one two three four.", "five six seven eight.", "a b c d.", "y z.",
    ]  # fmt: skip
    assert all(field.text == "" and field.index is None for field in fields)
    assert [field.at.seconds for field in fields] == [0, 2, 6, 10]
    assert fields[1].range == span(12, 15.6)


def test_lines_stand_among_the_sentences_that_have_none() -> None:
    fields = line_fields(thai((1, 2, "ก่อน"), (12, 15.5, "ห้า"), (19.8, 21, "สุดท้าย")), TRANSCRIPT, a_clip())
    assert [(field.text, field.index) for field in fields][:4] == [
        ("", None), ("ห้า", 1), ("", None), ("สุดท้าย", 2),
    ]  # fmt: skip
    assert fields[1].said == "five six seven eight."


def test_what_was_cut_out_needs_no_line() -> None:
    clip = a_clip((11.9, 16), end_s=20)
    said = [field.said for field in line_fields(thai((12, 15, "ตัดออก")), TRANSCRIPT, clip)]
    assert said == ["one two three four.", "a b c d."]


def test_without_a_transcript_there_are_the_lines() -> None:
    (field,) = line_fields(thai((12, 13, "ห้า")), None, a_clip())
    assert (field.said, field.text, field.at.seconds) == ("", "ห้า", 2)


def test_a_clips_lines_are_told_in_its_own_time() -> None:
    found = clip_translation(thai((12, 13, "ห้า"), (50, 51, "นอก")), a_clip())
    assert found.lines == (TranslatedLine(span(2, 3), "ห้า"),)
