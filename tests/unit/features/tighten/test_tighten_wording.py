"""What the words alone say should go, in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word, join_words
from viralclip_desktop.features.tighten.lists import load_lists
from viralclip_desktop.features.tighten.wording import wording

LISTS = Path(__file__).resolve().parents[4] / "resources" / "tighten"


def gone(
    text: str, language: str = "en", strength: float = 0.5, pauses: dict[int, float] | None = None
) -> list[str]:
    """What goes of a text whose words follow each other, with pauses before some of them."""
    words, at = [], 0.0
    for place, one in enumerate(text.split()):
        at += (pauses or {}).get(place, 0.02)
        words.append(Word(one, Time.from_seconds(at), Time.from_seconds(at + 0.3)))
        at += 0.3
    found = wording(words, load_lists(language), strength)
    return [f"{one.kind}: {join_words([word.text for word in words[one.first : one.last]])}" for one in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "So, um, I think uhh this is Ummm… good.", ["um,", "uhh", "Ummm…"]),
        ("en-GB", "Er we go", ["Er"]),
        ("de", "Das ist, ähm, um acht Uhr, äh, vorbei.", ["ähm,", "äh,"]),
        ("pt", "É um homem, hum, em casa.", ["hum,"]),
        ("fr", "Je pense, euh, que oui.", ["euh,"]),
        ("es", "Es que, eh, no sé.", ["eh,"]),
        ("it", "Allora, ehm, e poi è finito.", ["ehm,"]),
        ("id", "Jadi, eee, dia pergi.", ["eee,"]),
        ("th", "ผม เอ่อ คิด ว่า อืม ดี", ["เอ่อ", "อืม"]),
        ("ja", "えっ と 今日 は あのー 学校 に 行く", ["えっと", "あのー"]),
        ("zh", "我 呃 觉得 可以", ["呃"]),
        ("ru", "Я э-э думаю, эээ, что да.", ["э-э", "эээ,"]),
    ],
)
def test_sounds_that_are_no_words(language: str, text: str, expected: list[str]) -> None:
    assert gone(text, language) == [f"filler: {one}" for one in expected]


def test_no_list_no_fillers() -> None:
    assert gone("um uh um", "xx") == []


def test_phrases_go_with_more_strength_where_they_are_set_off() -> None:
    text = "It was, you know, a long day and you know it."
    assert gone(text, strength=0.5) == []
    assert gone(text, strength=0.7) == ["filler: you know,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I I think the the dog ran", ["I", "the"]),
        ("I, I think", ["I,"]),
        ("and I want to I want to go home", ["I want to"]),
        ("we st- stopped there", ["st-"]),
        ("the um the dog", ["the um"]),
    ],
)
def test_stutters(text: str, expected: list[str]) -> None:
    found = [one.split(": ", 1)[1] for one in gone(text)]
    assert " ".join(found) == " ".join(expected)


@pytest.mark.parametrize(
    "text",
    [
        "It was very very good.",
        "No, no, no, no.",
        "again and again and again",
        "more and more and more",
        "the number is five five three three",
        "He had had enough and that that is is.",
        "I will. I will.",
        "Bye bye!",
        "I have a dream that one day we rise. I have a dream that my children live.",
        "My friend number one, my friend number two, my friend number three",
        "We go down to the sea. We sing all day. We go down to the sea. We sing all day.",
        "We shall fight. We shall fight on the beaches.",
        "Never give up. Never give up.",
        "You can always start again tomorrow.",
        "One more time we went to the river.",
        "Let me start again with something else entirely.",
    ],
)
def test_what_is_said_twice_on_purpose_stays(text: str) -> None:
    text = text.replace("is is", "is")
    assert gone(text) == []


@pytest.mark.parametrize("text", ["pelan pelan saja", "anak anak itu", "sama sama"])
def test_doubled_words_are_grammar_in_indonesian(text: str) -> None:
    assert gone(text, "id", 1.0) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hello there. The best way to learn, sorry, let me start again. The best way to learn is doing.",
            "The best way to learn, sorry, let me start again.",
        ),
        ("We went. The price of the new... The price of the new house was high.", "The price of the new..."),
        (
            "Hi. My name is Bob and I come. Take two. My name is Bob and I come from Rome.",
            "My name is Bob and I come. Take two.",
        ),
        ("The first. If you ask me about it- If you ask me about it now, luck.", "If you ask me about it-"),
    ],
)
def test_takes_that_are_begun_again(text: str, expected: str) -> None:
    assert gone(text) == [f"retake: {expected}"]


def test_of_several_takes_the_last_one_stays() -> None:
    text = "Start. This is the way to... This is the way to go... This is the way to go home."
    assert gone(text) == ["retake: This is the way to... This is the way to go..."]


def test_takes_in_other_languages() -> None:
    assert gone("Die Stadt ist, nochmal, die Stadt ist sehr alt.", "de") == [
        "retake: Die Stadt ist, nochmal,"
    ]
    assert gone("La ciudad es, perdón, empiezo de nuevo, la ciudad es vieja.", "es") == [
        "retake: La ciudad es, perdón, empiezo de nuevo,"
    ]


@pytest.mark.parametrize("language", sorted(path.stem for path in LISTS.glob("*.toml")))
def test_every_list_is_whole(language: str) -> None:
    lists = load_lists(language)
    assert all((lists.sounds, lists.small, lists.restarts, lists.laughter))
    assert not lists.small & lists.doubles
