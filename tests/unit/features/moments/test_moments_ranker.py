"""What a user notices of the finder, on hand-written talks of several kinds."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import talks
from support.spoken import end_s, spoken

from viralclip_desktop.core.errors import BadInput, Cancelled, UsageError
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank

ALL = {
    "interview": (talks.INTERVIEW, "en"),
    "lecture": (talks.LECTURE, "en"),
    "vlog": (talks.VLOG, "en"),
    "spanish": (talks.SPANISH, "es"),
    "chinese": (talks.CHINESE, "zh"),
    "draft": (talks.DRAFT, "en"),
}


def talk(name: str) -> Transcript:
    text, language = ALL[name]
    return spoken(text, language)


def find(transcript: Transcript, **wishes: object) -> list[Moment]:
    return rank(transcript, end_s(transcript), FindOptions(**wishes))  # type: ignore[arg-type]


def told(moment: Moment) -> str:
    return "\n".join(reason.text for reason in moment.reasons)


def words_in(transcript: Transcript, moment: Moment) -> str:
    return " ".join(word.text for word in transcript.words_between(moment.range))


@pytest.mark.parametrize(
    ("name", "story"),
    [
        ("interview", talks.INTERVIEW_STORY),
        ("vlog", talks.VLOG_STORY),
        ("spanish", talks.SPANISH_STORY),
        ("chinese", talks.CHINESE_STORY),
        ("draft", talks.DRAFT_STORY),
    ],
)
def test_the_planted_story_is_found_whole(name: str, story: tuple[str, str]) -> None:
    assert story in {(moment.quote_first, moment.quote_last) for moment in find(talk(name))}


def test_a_lecture_gives_its_two_stories_and_not_the_tables() -> None:
    moments = find(talk("lecture"))
    assert len(moments) == 2
    assert {moment.quote_last.split()[-1] for moment in moments} == {"home.", "mice."}
    assert "tables" not in " ".join(words_in(talk("lecture"), moment) for moment in moments)


@pytest.mark.parametrize("name", ["spanish", "chinese"])
def test_a_language_without_word_lists_still_gives_the_story_first(name: str) -> None:
    story = {"spanish": talks.SPANISH_STORY, "chinese": talks.CHINESE_STORY}[name]
    assert find(talk(name))[0].quote_first == story[0]


@pytest.mark.parametrize(
    ("name", "dull"),
    [
        ("interview", ("microphone", "parking", "recording")),
        ("lecture", ("password", "forms", "cups")),
        ("vlog", ("subscribe", "dog,", "gone,")),
        ("spanish", ("café", "puerta")),
        ("chinese", ("桌子", "喝水")),
        ("draft", ("schedule", "slide", "form")),
    ],
)
def test_housekeeping_and_rambling_are_left_out(name: str, dull: tuple[str, ...]) -> None:
    transcript = talk(name)
    chosen = " ".join(words_in(transcript, moment) for moment in find(transcript))
    assert [word for word in dull if word in chosen] == []


@pytest.mark.parametrize("name", sorted(ALL))
@pytest.mark.parametrize(("shortest", "longest"), [(15.0, 60.0), (8.0, 25.0), (20.0, 40.0)])
def test_clips_keep_to_the_lengths_and_never_overlap(name: str, shortest: float, longest: float) -> None:
    moments = find(talk(name), min_length_s=shortest, max_length_s=longest)
    assert moments
    for moment in moments:
        assert shortest - 1e-6 <= moment.range.duration.seconds <= longest + 1e-6
    in_time = sorted((moment.range for moment in moments), key=lambda part: part.start)
    assert all(a.end <= b.start for a, b in pairwise(in_time))


@pytest.mark.parametrize("name", sorted(ALL))
def test_clips_begin_and_end_with_whole_sentences(name: str) -> None:
    transcript = talk(name)
    sentences = [transcript.text_of(sentence) for sentence in transcript.sentences]
    for moment in find(transcript):
        inside = transcript.words_between(moment.range)
        assert all(moment.range.start <= word.start and word.end <= moment.range.end for word in inside)
        assert not any(
            word.start < edge < word.end
            for word in transcript.words
            for edge in (moment.range.start, moment.range.end)
        )
        assert sentences[sentences.index(moment.quote_first)].startswith(inside[0].text)
        assert moment.quote_last.endswith(inside[-1].text)


@pytest.mark.parametrize("name", ["interview", "lecture", "vlog", "draft"])
def test_no_clip_opens_with_a_word_that_points_back(name: str) -> None:
    openings = {moment.quote_first.split()[0].casefold().strip(",.") for moment in find(talk(name))}
    assert openings.isdisjoint(
        {"and", "but", "so", "it", "they", "then", "that's", "he", "she", "um", "yeah"}
    )


@pytest.mark.parametrize("name", sorted(ALL))
def test_the_same_talk_gives_the_same_clips(name: str) -> None:
    assert find(talk(name)) == find(talk(name))


def test_scores_fall_with_the_rank() -> None:
    moments = find(talk("interview"))
    assert [moment.rank for moment in moments] == [1, 2]
    scores = [moment.score for moment in moments]
    assert scores == sorted(scores, reverse=True)
    assert 60 <= scores[0] <= 96


def test_a_single_clip_has_a_sensible_score() -> None:
    (moment,) = find(talk("draft"), count=1)
    assert 60 <= moment.score <= 96


def test_the_count_is_an_upper_limit() -> None:
    assert len(find(talk("lecture"), count=1)) == 1


def test_reasons_are_about_the_clip_they_stand_under() -> None:
    story = next(moment for moment in find(talk("interview")) if "bakery" in moment.quote_first)
    assert "Opens with a question: “What would you do if your bakery" in told(story)
    assert "Ends on a conclusion: “In the end we delivered" in told(story)
    assert {reason.kind for reason in story.reasons} <= {"hook", "structure", "value", "energy", "novelty"}
    assert all(0.0 <= reason.strength <= 1.0 for reason in story.reasons)


def test_a_question_is_heard_without_a_question_mark() -> None:
    assert "Opens with a question: “what would you do" in told(find(talk("draft"))[0])


def heard(transcript: Transcript, unsure: set[str]) -> Transcript:
    """As a draft: some words (lower case, bare) were hardly understood."""
    words = [
        replace(word, confidence=0.3 if word.text.lower().strip(".,?!") in unsure else 0.9)
        for word in transcript.words
    ]
    return replace(transcript, words=tuple(words))


def test_a_word_that_may_be_another_is_in_no_title() -> None:
    clear = [moment.title for moment in find(talk("interview"))]
    stop = load_lexicon("en").stop
    telling = {word for word in clear[0].lower().strip(".,?!").split() if word not in stop}
    draft = [moment.title for moment in find(heard(talk("interview"), telling))]
    assert len(draft) == len(clear)
    assert all(telling.isdisjoint(title.lower().split()) for title in draft)


def test_where_nothing_is_sure_a_title_claims_nothing() -> None:
    everything = {word.text.lower().strip(".,?!") for word in talk("interview").words}
    moments = find(heard(talk("interview"), everything))
    for number, moment in enumerate(moments, 1):
        minutes, seconds = divmod(int(moment.range.start.seconds), 60)
        assert moment.title == f"Clip {number}, {minutes}:{seconds:02d}"


def test_titles_are_short_whole_and_different() -> None:
    for name in ALL:
        titles = [moment.title for moment in find(talk(name))]
        assert len(set(titles)) == len(titles)
        for title in titles:
            assert 2 <= len(title) <= 60
            assert title[0] == title[0].upper()
            assert title[-1] not in ",.;:!，。"


def test_a_recording_shorter_than_the_shortest_clip_gives_one_clip() -> None:
    transcript = spoken("I found a key.\nIt opened nothing.\nI kept it anyway.")
    (moment,) = find(transcript)
    assert words_in(transcript, moment).startswith("I found")
    assert words_in(transcript, moment).endswith("anyway.")
    assert "shorter than the length you asked for" in told(moment)
    assert moment.range.end.seconds <= end_s(transcript)


def test_one_endless_sentence_is_cut_at_its_longest_pause_and_says_so() -> None:
    transcript = without_sentences(spoken(talks.DRAFT))
    moments = find(transcript)
    assert moments
    for moment in moments:
        assert 15 <= moment.range.duration.seconds <= 60
        assert "Cut at a pause" in told(moment)
        starts = [word for word in transcript.words if word.start >= moment.range.start]
        assert starts[0].start - moment.range.start <= Time.from_seconds(0.5)


def test_sentences_that_do_not_add_up_are_split_rather_than_nothing_found() -> None:
    line = " ".join(f"word{number}" for number in range(26))
    transcript = spoken("\n".join([line] * 4))  # each 12 s; the range wants 15 to 20 s
    lengths = [moment.range.duration.seconds for moment in find(transcript, min_length_s=15, max_length_s=20)]
    assert lengths
    assert all(15 <= length <= 20 for length in lengths)


def test_scattered_words_give_the_nearest_stretch() -> None:
    words = tuple(
        Word(f"Go{number}.", Time.from_seconds(40 * number), Time.from_seconds(40 * number + 0.4))
        for number in range(5)
    )
    transcript = Transcript("test", "en", words, tuple(Sentence(at, at + 1) for at in range(5)))
    (moment,) = find(transcript, min_length_s=20, max_length_s=30)
    assert "nearest" in told(moment)


def test_a_transcript_without_words_is_no_speech() -> None:
    with pytest.raises(BadInput, match="No speech found"):
        rank(Transcript("test", "en", (), ()), 60.0, FindOptions())


@pytest.mark.parametrize(
    "options",
    [FindOptions(count=0), FindOptions(min_length_s=30, max_length_s=20), FindOptions(min_length_s=0)],
)
def test_impossible_wishes_are_refused(options: FindOptions) -> None:
    with pytest.raises(UsageError):
        rank(talk("draft"), 60.0, options)


def test_cancel_stops_the_search() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        rank(talk("lecture"), 150.0, FindOptions(), cancel=cancel)


def test_a_long_silence_is_not_spanned() -> None:
    transcript = spoken(talks.DRAFT)
    late = tuple(
        replace(word, start=word.start + Time.from_seconds(6), end=word.end + Time.from_seconds(6))
        if at >= transcript.sentences[7].first
        else word
        for at, word in enumerate(transcript.words)
    )
    moved = replace(transcript, words=late)
    gap = (late[transcript.sentences[7].first - 1].end, late[transcript.sentences[7].first].start)
    for moment in find(moved, min_length_s=8):
        assert not (moment.range.start < gap[0] and moment.range.end > gap[1])


def test_a_long_talk_has_its_ten_clips() -> None:
    noise = random.Random(5)
    lines = [line for text, language in ALL.values() if language == "en" for line in text.splitlines()]
    mixed = []
    for _ in range(6):
        mixed += [
            " ".join(w if noise.random() < 0.8 else f"thing{noise.randrange(900)}" for w in line.split())
            for line in lines
        ]
    assert len(find(spoken("\n".join(mixed)))) == 10


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=30),
    st.integers(1, 12),
    st.floats(2, 30),
    st.randoms(use_true_random=False),
)
def test_whatever_is_said_the_rules_hold(
    lengths: list[int], count: int, shortest: float, chance: random.Random
) -> None:
    vocabulary = [
        "and",
        "what",
        "you",
        "um",
        "seven",
        "fire",
        "house",
        "never",
        "it",
        "42%",
        "learned",
        "the",
    ]
    text = "\n".join(
        " ".join(chance.choice(vocabulary) for _ in range(length)) + chance.choice([".", "?", "", "\n"])
        for length in lengths
    )
    transcript = spoken(text)
    moments = find(transcript, count=count, min_length_s=shortest, max_length_s=shortest * 2)
    assert 1 <= len(moments) <= count
    in_time = sorted((moment.range for moment in moments), key=lambda part: part.start)
    assert all(a.end <= b.start for a, b in pairwise(in_time))
    assert all(0 <= moment.score <= 99 and moment.reasons and moment.title for moment in moments)
    for moment in moments:
        assert not any(
            word.start < edge < word.end
            for word in transcript.words
            for edge in (moment.range.start, moment.range.end)
        )


def without_sentences(transcript: Transcript) -> Transcript:
    return replace(transcript, sentences=(Sentence(0, len(transcript.words)),))


def test_where_everything_has_a_hole_in_it_there_is_still_a_clip_but_a_weak_one() -> None:
    before, after = spoken("We began it all."), spoken("And so it came to its end.", start_s=12.0)
    words = before.words + after.words
    parts = (*before.sentences, Sentence(len(before.words), len(words)))
    hollow = replace(before, words=words, sentences=parts)
    (found,) = find(hollow, count=5, min_length_s=10.0, max_length_s=20.0)
    assert found.score < 55
    assert found.reasons
