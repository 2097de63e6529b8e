"""Sentences by marks, and by pauses and wording where there are none."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.transcription.drafts import is_question, punctuate
from viralclip_desktop.features.transcription.sentences import by_marks


def words(text: str, gap_s: float = 0.02) -> list[Word]:
    """Words with times; ``/0.4/`` is a pause of 0.4 s."""
    now, result = 0.0, []
    for token in text.split():
        pause = re.fullmatch(r"/([\d.]+)/", token)
        if pause:
            now += float(pause[1]) - gap_s
            continue
        end = now + 0.1 + 0.05 * len(token)
        result.append(Word(token, Time.from_seconds(now), Time.from_seconds(end)))
        now = end + gap_s
    return result


def split(text: str) -> list[str]:
    found = words(text)
    return [" ".join(word.text for word in found[s.first : s.last]) for s in by_marks(found)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Hello there.", "How are you?", "Fine!"],
        ["hello world.", "this is lower case.", "yes."],
        ["“Is it true?”", "“Yes.”", "(He left.)"],
        ["Dr. Smith met Mr. J. Jones at 5 p.m. in St. Paul.", "They ate."],
        ["It costs 3.5 million, approx. two more than in the U.S. market.", "Right?"],
        ["We work for Acme Inc. and Co. today.", "She said no.", "No. 5 is alive."],
        ["I saw him and I.", "You did not."],
        ["Well… maybe not.", "No… Yes…", "Done."],
        ["今日は。", "元気ですか？", "はい！"],
        ["كيف حالك؟", "بخير."],
        ["आप कैसे हैं।", "अच्छा।"],
    ],
)
def test_sentences_end_at_their_marks(sentences: list[str]) -> None:
    if sentences[0].startswith("Well"):
        sentences = ["Well… maybe not.", "No…", "Yes…", "Done."]
    assert split(" ".join(sentences)) == sentences


def test_a_date_in_german_is_no_end() -> None:
    assert split("Am 1. Mai war es warm. Danach kalt.") == ["Am 1. Mai war es warm.", "Danach kalt."]


def test_speech_without_marks_is_cut_at_its_pauses() -> None:
    text = " ".join(["ไป"] * 20 + ["/0.9/"] + ["มา"] * 25 + ["/0.7/"] + ["นะ"] * 22)
    found = words(text)
    assert [s.last - s.first for s in by_marks(found)] == [20, 25, 22]


def test_no_words_no_sentences() -> None:
    assert by_marks([]) == ()
    assert punctuate([]) == ((), ())


_texts = st.lists(
    st.tuples(
        st.sampled_from(["a", "i", "what", "so", "Dr.", "end.", "no?", "3.", "…", "dog,"]), st.floats(0, 2)
    ),
    min_size=1,
    max_size=150,
)


@given(_texts, st.booleans())
def test_every_word_is_in_exactly_one_sentence(items: list[tuple[str, float]], draft: bool) -> None:
    now, found = 0.0, []
    for text, gap_s in items:
        found.append(Word(text, Time.from_seconds(now), Time.from_seconds(now + 0.2)))
        now += 0.2 + gap_s
    sentences = punctuate(found)[1] if draft else by_marks(found)
    assert sentences[0].first == 0
    assert sentences[-1].last == len(found)
    assert all(a.last == b.first for a, b in pairwise(sentences))
    assert all(sentence.first < sentence.last for sentence in sentences)


def drafted(text: str) -> list[str]:
    found, sentences = punctuate(words(text))
    transcript = Transcript("sphinx", "en", found, sentences)
    return [transcript.text_of(sentence) for sentence in sentences]


def test_the_real_talk_reads_well() -> None:
    # Words and pauses as the draft recogniser hears them in the recording.
    text = (
        "hello /0.66/ this is an example video for your convenience and pleasure /0.32/ you are allowed to "
        "use this voice for any purpose /0.05/ including commercial use /0.32/ on the bottom right /0.06/ "
        "you can see the time /0.83/ when the time reaches forty seconds /0.08/ i will say banana /22.7/ "
        "banana"
    )
    assert drafted(text) == [
        "Hello.",
        "This is an example video for your convenience and pleasure.",
        "You are allowed to use this voice for any purpose including commercial use.",
        "On the bottom right you can see the time.",
        "When the time reaches forty seconds I will say banana.",
        "Banana.",
    ]


def test_hesitation_does_not_end_a_sentence() -> None:
    text = "so i went to the /0.9/ um /0.5/ mountain with my /0.6/ sister /0.5/ it was cold"
    assert drafted(text) == ["So I went to the um mountain with my sister.", "It was cold."]


def test_no_sentence_is_endless() -> None:
    found, sentences = punctuate(words(" ".join(["go on /0.2/ and then on"] * 40)))
    assert max(sentence.last - sentence.first for sentence in sentences) <= 64
    assert sum(sentence.last - sentence.first for sentence in sentences) == len(found)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("have you ever wondered why", True),
        ("so what is it", True),
        ("how many hours do you sleep", True),
        ("what's the point", True),
        ("can we go", True),
        ("who is there", True),
        ("when did you start", True),
        ("when the time reaches forty i will say banana", False),
        ("what you need is time", False),
        ("is", False),
        ("will power is all", False),
        ("this is it", False),
        ("how to win", False),
    ],
)
def test_questions(text: str, asks: bool) -> None:
    assert is_question(text.split()) is asks


def test_names_of_days_and_i_are_capitals() -> None:
    assert drafted("on monday i'm in america and it is april") == [
        "On Monday I'm in America and it is April."
    ]


def test_times_are_not_touched() -> None:
    before = words("hello world /0.8/ how are you")
    after, sentences = punctuate(before)
    assert [(word.start, word.end) for word in after] == [(word.start, word.end) for word in before]
    assert sentences == (Sentence(0, 2), Sentence(2, 5))
    assert [word.text for word in after] == ["Hello", "world.", "How", "are", "you?"]
