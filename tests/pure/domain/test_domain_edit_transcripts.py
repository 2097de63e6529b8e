"""Edits of transcripts: times stay, every word belongs to one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import a_transcript, s

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.edits import find_replace as finding
from viralclip_desktop.domain.edits import transcripts
from viralclip_desktop.domain.transcript import Sentence, Transcript

TALK = a_transcript("I live in New York, now.", "New York is big.", "Yes.")


def lawful(transcript: Transcript) -> None:
    """Words in order and apart; sentences cover them all, one after the other."""
    covered = 0
    for sentence in transcript.sentences:
        assert sentence.first == covered < sentence.last
        covered = sentence.last
    assert covered == len(transcript.words)
    for before, after in zip(transcript.words, transcript.words[1:], strict=False):
        assert ZERO <= before.start <= before.end <= after.start <= after.end


def texts(transcript: Transcript) -> list[str]:
    """The sentences as text."""
    return [transcript.text_of(sentence) for sentence in transcript.sentences]


def test_a_corrected_word_keeps_its_time_and_is_certain() -> None:
    after = transcripts.correct_word(TALK, 2, " inside ")
    assert after.words[2].text == "inside"
    assert after.words[2].confidence == 1.0
    assert [(w.start, w.end, w.speaker) for w in after.words] == [
        (w.start, w.end, w.speaker) for w in TALK.words
    ]
    assert after.words[3].confidence == 0.5
    assert transcripts.correct_word(TALK, 2, "  ") == transcripts.correct_word(TALK, 2, "in") == TALK


def test_two_words_in_the_place_of_one_share_out_its_time() -> None:
    after = transcripts.correct_word(TALK, 1, "do stay")
    assert texts(after)[0] == "I do stay in New York, now."
    assert [(w.start, w.end) for w in after.words[1:3]] == [(s(1), s(1.2)), (s(1.2), s(1.6))]
    assert after.words[3] == TALK.words[2]
    lawful(after)


def test_several_words_are_named_by_their_places_before() -> None:
    assert texts(transcripts.correct_words(TALK, {0: "We all", 9: "huge."}))[:2] == [
        "We all live in New York, now.",
        "New York is huge.",
    ]


def test_dropped_words_leave_the_others_alone() -> None:
    after = transcripts.drop_words(TALK, [0, 10])
    assert texts(after) == ["live in New York, now.", "New York is big."]
    assert after.words[0] == TALK.words[1]
    lawful(after)


def test_a_retimed_word_stays_between_its_neighbours() -> None:
    def times(start_s: float, end_s: float) -> tuple[float, float]:
        word = transcripts.retime_word(TALK, 1, s(start_s), s(end_s)).words[1]
        return word.start.seconds, word.end.seconds

    assert times(0.8, 1.9) == (0.8, 1.9)
    assert times(0, 9) == (0.6, 2.0)
    assert times(1.5, 1.2) == (1.5, 1.52)
    assert times(5, 6) == (1.98, 2.0)


def test_words_are_nudged_as_one_as_far_as_there_is_room() -> None:
    after = transcripts.nudge_words(TALK, 1, 3, s(0.3))
    assert [w.start.seconds for w in after.words[:4]] == [0, 1.3, 2.3, 3]
    assert transcripts.nudge_words(TALK, 1, 3, s(9)).words[2].end == s(3)
    assert transcripts.nudge_words(TALK, 0, 3, s(-9)) == TALK
    assert transcripts.nudge_words(TALK, 10, 11, s(5)).words[10].start == s(15)


def test_sentences_split_and_merge() -> None:
    split = transcripts.split_sentence(TALK, 3)
    assert texts(split)[:2] == ["I live in", "New York, now."]
    assert transcripts.merge_sentence(split, 0) == TALK
    assert transcripts.split_sentence(TALK, 6) == TALK
    assert transcripts.merge_sentence(TALK, 2) == TALK
    assert texts(transcripts.merge_sentence(TALK, 1))[1] == "New York is big. Yes."


def test_who_speaks() -> None:
    after = transcripts.assign_speaker(TALK, [1], "  Bob ")
    assert [w.speaker for w in after.words] == ["Ann"] * 6 + ["Bob"] * 4 + ["Ann"]
    assert transcripts.assign_speaker(TALK, [0, 1, 2], "Ann") == TALK


def test_what_does_not_exist_is_refused() -> None:
    for edit in (
        lambda: transcripts.correct_word(TALK, 11, "x"),
        lambda: transcripts.retime_word(TALK, -1, ZERO, ZERO),
        lambda: transcripts.merge_sentence(TALK, 3),
        lambda: transcripts.assign_speaker(TALK, [3], "x"),
        lambda: transcripts.drop_words(TALK, [11]),
    ):
        with pytest.raises(IndexError):
            edit()


def test_replacing_across_the_borders_of_words() -> None:
    after, count = finding.find_replace(TALK, "new  york", "NYC")
    assert count == 2
    assert texts(after) == ["I live in NYC, now.", "NYC is big.", "Yes."]
    merged = after.words[3]
    assert (merged.start, merged.end, merged.confidence) == (s(3), s(4.6), 1.0)
    back, _ = finding.find_replace(after, "NYC", "New York")
    assert texts(back) == texts(TALK)
    lawful(after)
    lawful(back)


@pytest.mark.parametrize(
    ("find", "by", "options", "count", "first"),
    [
        ("i", "we", {"whole_words": True}, 1, "we live in New York, now."),
        ("i", "u", {}, 3, "u luve un New York, now."),
        ("i", "u", {"match_case": True}, 2, "I luve un New York, now."),
        ("york, now", "Jersey then", {}, 1, "I live in New Jersey then."),
        ("in new york", "", {}, 1, "I live now."),
        ("now", "", {}, 1, "I live in New York,"),
        ("now.", "🙂", {}, 1, "I live in New York, 🙂"),
        ("live", r"\1 (x)", {}, 1, r"I \1 (x) in New York, now."),
        ("now. new", "x", {}, 0, "I live in New York, now."),
        ("", "x", {}, 0, "I live in New York, now."),
    ],
)
def test_ways_to_replace(find: str, by: str, options: dict[str, bool], count: int, first: str) -> None:
    talk = a_transcript("I live in New York, now.")
    after, done = finding.find_replace(talk, find, by, **options)
    assert (texts(after)[0], done) == (first, count)
    assert len(finding.find(talk, find, **options)) == count
    lawful(after)


def test_a_sentence_that_is_replaced_by_nothing_is_gone() -> None:
    after, count = finding.find_replace(TALK, "yes", "")
    assert (texts(after), count) == (["I live in New York, now.", "New York is big."], 1)


def test_apostrophes_and_scripts_without_spaces() -> None:
    talk = a_transcript("I don’t know", "你好 世界")
    assert finding.find_replace(talk, "don't", "do not")[1] == 1
    after, count = finding.find_replace(talk, "好世", "们世")
    assert (texts(after)[1], count) == ("你们世界", 1)


@given(
    st.lists(st.text("ab ,", min_size=1, max_size=4), min_size=1, max_size=9),
    st.text("ab ", max_size=4),
    st.text("abc ", max_size=6),
    st.booleans(),
)
def test_any_replacing_keeps_the_law(pieces: list[str], find: str, by: str, whole: bool) -> None:
    sentences = [piece for piece in pieces if piece.split()]
    lawful(finding.find_replace(a_transcript(*sentences), find, by, whole_words=whole)[0])


@given(st.integers(0, 10), st.integers(1, 11), st.lists(st.text("xy", min_size=1, max_size=5), max_size=5))
def test_any_words_in_the_place_of_others_keep_the_law(first: int, count: int, new: list[str]) -> None:
    after = transcripts.replace_words(TALK, first, min(11, first + count), new)
    lawful(after)
    assert len(after.words) == 11 - (min(11, first + count) - first) + len(new)
    assert Sentence(0, 0) not in after.sentences


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("I live in Old York, now.", ["I", "live", "in", "Old", "York,", "now."], (0, 1, 2, 4, 5)),
        ("I really live in New York, now.", ["I", "really", "live", "in", "New", "York,", "now."], (0,)),
        ("I live in York, now.", ["I", "live", "in", "York,", "now."], (0, 1, 2)),
        ("I live inNew York, now.", ["I", "live", "inNew", "York,", "now."], (0, 1)),
        (
            "I live in New York, now and then.",
            ["I", "live", "in", "New", "York,", "now", "and", "then."],
            (0,),
        ),
        ("  I live in New York, now. ", ["I", "live", "in", "New", "York,", "now."], range(6)),
        ("  ", ["I", "live", "in", "New", "York,", "now."], range(6)),
        ("Gone.", ["Gone."], ()),
    ],
)
def test_a_retyped_caption_changes_only_what_differs(typed: str, said: list[str], kept: object) -> None:
    after = transcripts.retype_words(TALK, range(6), typed)
    first = after.sentences[0]
    assert [word.text for word in after.words[first.first : first.last]] == said
    assert texts(after)[1:] == texts(TALK)[1:]
    assert [after.words[n] for n in kept] == [TALK.words[n] for n in kept]  # type: ignore[attr-defined]
    lawful(after)


def test_a_retyped_caption_without_spaces_keeps_the_other_words() -> None:
    thai = a_transcript("สวัสดี ครับ ทุกคน")
    assert transcripts.retype_words(thai, range(3), "สวัสดีค่ะทุกคน").words[0] == thai.words[0]
    after = transcripts.retype_words(thai, range(3), "สวัสดีค่ะทุกคน")
    assert [word.text for word in after.words] == ["สวัสดี", "ค่ะ", "ทุกคน"]


def test_what_was_cut_out_of_a_retyped_caption_stays() -> None:
    after = transcripts.retype_words(TALK, [0, 1, 4, 5], "I am here and York, now.")
    assert texts(after)[0] == "I am here and in New York, now."
    lawful(after)
    with pytest.raises(IndexError):
        transcripts.retype_words(TALK, [99], "x")
