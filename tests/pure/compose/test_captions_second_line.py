"""Two languages at once: where the second stands, how its lines break, when they show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from support.caption_pictures import caption_plan, spoken
from support.edited import a_clip, s, span

from viralclip_desktop.compose.captions.breaks import cut_up, even_cuts, joined, pieces
from viralclip_desktop.compose.captions.document import LaidOut, caption_document, laid_out
from viralclip_desktop.compose.captions.layout import Block, safe_area
from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.compose.plan import NameLine, RenderPlan, parts_of_file
from viralclip_desktop.compose.titles import titles_document
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.faces import Face, FacesSeen
from viralclip_desktop.domain.media import VideoStream
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.features.captions import caption_styles

TALK = (
    "So. Here is the thing nobody tells you about the first year, you will be wrong about almost everything."
)
LINES = {
    "th": "เรื่องหนึ่งที่ไม่มีใครบอกคุณเกี่ยวกับปีแรกก็คือ คุณจะคิดผิดเกือบทุกเรื่อง และนั่นไม่เป็นไรเลย",
    "ja": "最初の一年について誰も教えてくれないことがあります。ほとんどすべてのことで間違えるでしょう。",
    "ar": "إليك الشيء الذي لا يخبرك به أحد عن السنة الأولى: ستكون مخطئًا في كل شيء تقريبًا (90%).",
    "id": "Inilah hal yang tidak pernah diberitahukan siapa pun tentang tahun pertama.",
}


def lines(*found: tuple[float, float, str]) -> tuple[TranslatedLine, ...]:
    return tuple(TranslatedLine(span(start, end), text) for start, end, text in found)


def plan(
    text: str | tuple[TranslatedLine, ...],
    style: str | CaptionStyle = "karaoke",
    aspect: Aspect = Aspect.VERTICAL,
    talk: str = TALK,
) -> RenderPlan:
    made = caption_plan(spoken(talk), style, aspect)
    second = lines((0, 8, text)) if isinstance(text, str) else text
    return replace(made, second_lines=second)


def laid(one: RenderPlan) -> LaidOut:
    found = laid_out(one)
    assert found is not None
    return found


def rows(block: Block) -> list[str]:
    tokens = block.phrase.tokens
    return [
        "".join(
            (" " if token.spaced and at else "") + token.word.text for at, token in enumerate(tokens[a:b])
        )
        for a, b in block.phrase.lines
    ]


def together(one: Block, other: Block) -> bool:
    return one.phrase.start_cs < other.phrase.end_cs and other.phrase.start_cs < one.phrase.end_cs


@pytest.mark.parametrize("position", [0.0, 0.55, 1.0])
@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("aspect", [Aspect.VERTICAL, Aspect.WIDE])
@pytest.mark.parametrize("style", ["karaoke", "box", "soft", "bold", "punch", "underline", "bounce"])
def test_both_stand_in_the_safe_area_and_never_on_each_other(
    style: str, aspect: Aspect, above: bool, position: float
) -> None:
    look = replace(caption_styles()[style], position=position, translation_above=above)
    safe = safe_area(aspect)
    for text in LINES.values():
        found = laid(plan(text, look, aspect))
        assert found.first
        assert found.below
        for block in found.blocks:
            assert safe.left - 0.01 <= block.box.left
            assert block.box.right <= safe.right + 0.01
            assert safe.top <= block.box.top
            assert block.box.bottom <= safe.bottom
        for one in found.first:
            for other in (other for other in found.below if together(one, other)):
                if above:
                    assert other.box.bottom < one.box.top
                else:
                    assert one.box.bottom < other.box.top


@pytest.mark.parametrize("above", [False, True])
def test_the_second_language_stands_still_whether_the_first_has_one_line_or_two(above: bool) -> None:
    found = laid(plan(LINES["id"], replace(caption_styles()["karaoke"], translation_above=above)))
    counts = {len(block.phrase.lines) for block in found.first}
    assert counts == {1, 2}
    edge = max if above else min
    assert len({round(edge(word.baseline for word in block.words), 3) for block in found.below}) == 1
    facing = {
        round((min if above else max)(word.baseline for word in block.words), 3) for block in found.first
    }
    assert len(facing) == 1, "the first language keeps to the side of the second"


def test_both_move_up_together_where_the_picture_ends() -> None:
    look = replace(caption_styles()["subtitle"], position=0.95)
    alone = laid(replace(plan("x", look, Aspect.WIDE), second_lines=()))
    pair = laid(plan(LINES["id"] * 2, look, Aspect.WIDE))
    assert max(block.box.bottom for block in pair.below) <= safe_area(Aspect.WIDE).bottom
    assert pair.first[0].box.bottom < alone.first[0].box.bottom - 30


def test_the_second_language_is_smaller_by_what_the_style_says() -> None:
    look = replace(caption_styles()["karaoke"], translation_size=0.5)
    found = laid(plan("Satu dua", look))
    assert found.below[0].em == pytest.approx(0.5 * found.first[0].em)


def test_long_lines_become_parts_that_share_the_time_by_their_lengths() -> None:
    text = "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh. " * 4
    found = laid(plan(lines((1, 9, text))))
    assert len(found.below) > 2
    assert all(len(block.phrase.lines) <= 2 and block.phrase.shrink > 0.6 for block in found.below)
    assert " ".join(row for block in found.below for row in rows(block)) == text.strip()
    spans = [(block.phrase.start_cs, block.phrase.end_cs) for block in found.below]
    assert spans[0][0] == 100
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    sizes = [sum(len(row) for row in rows(block)) for block in found.below]
    rate = [size / (end - start) for size, (start, end) in zip(sizes, spans, strict=True)]
    assert max(rate[:-1]) < 1.25 * min(rate[:-1])


def test_short_gaps_are_bridged_and_long_ones_are_not() -> None:
    found = laid(plan(lines((0, 1, "satu"), (1.3, 2, "dua"), (5, 6, "tiga"))))
    assert [(b.phrase.start_cs, b.phrase.end_cs) for b in found.below] == [(0, 130), (130, 225), (500, 625)]


def test_lines_without_a_word_being_said_still_show() -> None:
    quiet = replace(plan(LINES["th"]), words=())
    assert "Dialogue" in caption_document(quiet).ass_text
    assert laid(quiet).first == ()


def test_thai_and_japanese_break_between_words_and_keep_their_spaces() -> None:
    for language in ("th", "ja"):
        found = pieces(LINES[language])
        assert joined(found) == LINES[language]
        assert max(len(piece.text) for piece in found) < 16
    words = [piece.text for piece in pieces("คุณจะคิดผิดเกือบทุกเรื่อง และไม่เป็นไร")]
    assert {"คุณ", "เกือบ", "ทุก", "เรื่อง"} <= set(words)
    thai = " ".join(
        row for block in laid(plan(LINES["th"], "subtitle", Aspect.WIDE)).below for row in rows(block)
    )
    assert "ก็คือ คุณจะ" in thai


def test_japanese_marks_never_begin_a_row_and_wide_pieces_are_cut() -> None:
    for style in ("bold", "bounce"):
        for block in laid(plan(LINES["ja"] * 3, style)).below:
            assert block.phrase.shrink == pytest.approx(0.62)
            assert not any(row[0] in "。、っ" for row in rows(block))
    assert cut_up("教えてくれないことがあります。", 2) == ["教えてくれない", "ことがあります。"]
    assert cut_up("Donaudampfschiff", 2) == ["Donaudampfschiff"]


def test_arabic_runs_from_the_right() -> None:
    block = laid(plan("واحد اثنان 3 ثلاثة", "subtitle", Aspect.WIDE)).below[0]
    assert block.right_to_left
    in_order = sorted(block.words, key=lambda word: word.index)
    assert [word.x for word in in_order] == sorted((word.x for word in block.words), reverse=True)


def test_every_script_brings_its_fonts() -> None:
    def names(text: str) -> set[str]:
        return {path.name for path in caption_document(plan(text)).fonts}

    assert "NotoSansThai-Bold.ttf" in names(LINES["th"])
    assert "NotoSansJP-Bold.ttf" in names(LINES["ja"])
    assert "NotoSansArabic-Bold.ttf" in names(LINES["ar"])


def test_cuts_are_even_and_like_clause_ends() -> None:
    assert even_cuts([1] * 9, [1, 1, 1], [False] * 9) == [3, 6]
    assert even_cuts([1] * 9, [1, 2], [False] * 9) == [3]
    assert even_cuts([1] * 8, [1, 1], [False] * 4 + [True] + [False] * 3) == [5]
    assert even_cuts([1, 1, 50], [1, 1, 1], [False] * 3) == [1, 2]


def test_lines_are_told_in_clip_time_without_what_was_cut_out() -> None:
    clip = a_clip((14, 16), (20, 30))
    told = Translation(
        "translation_1", "src_1", "th",
        lines((2, 6, "before"), (8, 12, "late"), (13, 17, "through"), (21, 29, "gone"), (38, 44, "end")),
    )  # fmt: skip
    found = clip_lines(told, *clip.kept)
    assert [(line.range, line.text) for line in found] == [
        (span(0, 2), "late"), (span(3, 5), "through"), (span(16, 18), "end"),
    ]  # fmt: skip


def test_a_line_of_which_hardly_anything_is_left_is_cut_out() -> None:
    told = Translation("translation_1", "src_1", "th", lines((8, 10.3, "a rest"), (11, 11.4, "short")))
    assert [line.text for line in clip_lines(told, *a_clip().kept)] == ["short"]
    assert clip_lines(told, span(0, 10.1), span(11.3, 12)) == lines((8, 10.1, "a rest"))


def test_lines_follow_parts_that_play_in_another_order() -> None:
    told = Translation("translation_1", "src_1", "th", lines((10, 12, "first"), (21, 23, "second")))
    found = clip_lines(told, span(20, 25), span(10, 15))
    assert [(line.range.start, line.text) for line in found] == [(s(1), "second"), (s(5), "first")]


def test_both_keep_off_a_face_together() -> None:
    look = replace(caption_styles()["subtitle"], position=0.7, keep_off_faces=True)
    video = VideoStream(
        0, "h264", Size(1080, 1920), Size(1080, 1920), 0, Fraction(1), Fraction(30), False, "", 8, False
    )
    one = plan(LINES["th"], look)
    face = Face(0.2, 0.55, 0.8, 0.8)
    looks = tuple(FacesSeen(s(at), (face,)) for at in range(9))
    [file] = one.recordings
    filmed = parts_of_file(file.path, replace(file.info, video=video), None, *one.kept)
    one = replace(one, faces=looks, parts=filmed)
    found = laid(one)
    assert found.first
    for block in found.blocks:
        assert block.box.bottom < 0.55 * 1920 or block.box.top > 0.8 * 1920
    free = laid(replace(one, faces=()))
    assert any(block.box.bottom > 0.55 * 1920 for block in free.blocks)


def test_a_name_line_gives_way_to_both() -> None:
    one = plan(LINES["id"], replace(caption_styles()["subtitle"], position=0.95), Aspect.WIDE)
    one = replace(one, name_line=NameLine("Ada", "Writer", span(0, 5), "#112233", "#FFFFFF", "Montserrat"))
    boxes = [line for line in titles_document(one).ass_text.splitlines() if "\\p4" in line]
    top = float(boxes[0].split("\\pos(")[1].split(")")[0].split(",")[1])
    assert top + 150 < min(block.box.top for block in laid(one).first)


def test_a_line_of_thousands_of_words_does_not_stall_the_picture_or_the_file() -> None:
    from viralclip_desktop.features.transcription.second import translated_cues

    text = "word " * 3000  # cut evenly as a whole this takes many minutes
    found = laid(plan(text.strip()))
    assert len(found.below) > 50
    cues = translated_cues(Translation("t", "s", "id", lines((0, 5, text.strip()))))
    assert " ".join(cue.text for cue in cues).split() == text.split()
