"""Why a clip was chosen, in plain words with the evidence quoted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from viralclip_desktop.core.messages import Number, say, say_n
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.features.moments.candidates import Judgement
from viralclip_desktop.features.moments.lexicon import Mark, token_of
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.units import text_of
from viralclip_desktop.features.moments.weights import HOOK, VALUE

_MOST: Final = 6
_MOST_OF_A_KIND: Final = 2
_QUOTE: Final = 42  # characters of a quote before it is cut
_COUNTS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_LIVELY: Final = 0.58  # energy from which it is worth a word; 0.5 is the voice's habit
_LOUDER_DB: Final = 1.0  # the smallest difference in level that people notice (about 1 dB)
_HIGHER_ST: Final = 1.0
_FASTER: Final = 1.08
_NEW: Final = 0.6

_HOOKS: Final = {
    "curiosity": "Makes the viewer curious: “{quote}”",
    "promise": "Promises something at once: “{quote}”",
    "story": "Opens like a story: “{quote}”",
    "number": "Opens with a number: “{quote}”",
    "contrast": "Opens with a contrast: “{quote}”",
    "second_person": "Speaks straight to the viewer: “{quote}”",
    "strong": "Strong words at the start: “{quote}”",
}


def explain(
    talk: Talk, first: int, last: int, *, judged: Judgement, index: int, note: str = ""
) -> tuple[Reason, ...]:
    """The strongest reasons for the clip of units ``first`` to ``last``, strongest first; at least one."""
    found = [*_hook(talk, first), *_structure(talk, first, last), *_value(talk, first, last)]
    found += [*_energy(talk, first, last), *_novelty(talk, first, last, float(judged.novelty[index]))]
    found.sort(key=lambda reason: -reason.strength)
    kept: list[Reason] = []
    for reason in found:
        if sum(other.kind == reason.kind for other in kept) < _MOST_OF_A_KIND and len(kept) < _MOST:
            kept.append(reason)
    told = [*_notes(talk, first, last, note), *kept]
    return tuple(told) or (_plain(judged, index),)


def _notes(talk: Talk, first: int, last: int, note: str) -> Iterator[Reason]:
    """What the user should know before anything else."""
    if note:
        yield Reason("structure", 0.2, note)
    if talk.units[first].opens_cut or talk.units[last].closes_cut:
        yield Reason(
            "structure", 0.2, "Cut at a pause: the sentence is too long for the length you asked for"
        )


def _plain(judged: Judgement, index: int) -> Reason:
    return Reason("structure", float(judged.structure[index]), "Whole sentences with nothing cut off")


def _hook(talk: Talk, first: int) -> Iterator[Reason]:
    said = talk.wording.said[first]
    asking = next((at for at in (first, first + 1) if _asks(talk, first, at)), None)
    if asking is not None:
        question = _short(text_of(talk.transcript, talk.units[asking]))
        yield Reason(
            "hook", min(1.0, 2 * HOOK["question"]), say("Opens with a question: “{quote}”", quote=question)
        )
    for kind, sentence in _HOOKS.items():
        mark = next((mark for mark in said.opening if mark.kind == kind), None)
        if mark is not None and (asking is None or kind in ("number", "strong")):
            quote = _opening_quote(talk, first, kind, mark)
            yield Reason("hook", min(1.0, 1.9 * HOOK[kind]), say(sentence, quote=quote))


def _asks(talk: Talk, first: int, at: int) -> bool:
    if at >= len(talk.units) or not talk.wording.said[at].is_question:
        return False
    said = talk.wording.said[first]
    return at == first or len(said.opening_tokens) > len(said.tokens)


def _opening_quote(talk: Talk, first: int, kind: str, mark: Mark) -> str:
    """The words found, or for whole thoughts the opening itself."""
    if kind in ("number", "strong"):
        return _words(talk, first, mark, extra=2 if kind == "number" else 0)
    if kind in ("promise", "story", "curiosity") and mark.last - mark.first < 6:
        return _short(_words(talk, first, mark, extra=5))
    later = mark.first >= len(talk.wording.said[first].tokens)
    return _short(text_of(talk.transcript, talk.units[first + 1 if later else first]))


def _structure(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    wording = talk.wording
    for kind, text in (("conclusion", "Ends on a conclusion"), ("lesson", "Ends on a lesson")):
        at = next((at for at in (last, last - 1) if at >= first and _ends_on(talk, at, kind)), None)
        if at is not None:
            quote = _short(text_of(talk.transcript, talk.units[at]))
            yield Reason(
                "structure", 0.9 if at == last else 0.7, say("{text}: “{quote}”", text=say(text), quote=quote)
            )
            break
    if talk.topic[first] > 0.5 and talk.topic[last + 1] > 0.5 and first > 0 and last + 1 < len(talk.units):
        yield Reason("structure", 0.6, "A subject of its own: the talk turns before and after it")
    if talk.pause[last + 1] >= 0.6 and not wording.unfinished[last]:
        yield Reason("structure", 0.4, "Comes to rest: a clear pause follows")
    if talk.lexicon and not wording.dangling[first] and not wording.loose[first]:
        yield Reason("structure", 0.3, "Stands on its own from the first word")


def _ends_on(talk: Talk, at: int, kind: str) -> bool:
    strength = talk.wording.conclusion if kind == "conclusion" else talk.wording.lesson
    return bool(strength[at] > 0.5)


def _value(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    numbers = [(at, mark) for at, mark in _marks(talk, first, last, "number")]
    if len(numbers) >= 2:
        quotes = list(dict.fromkeys(_words(talk, at, mark) for at, mark in numbers))[:3]
        count = _COUNTS[len(numbers)] if len(numbers) < len(_COUNTS) else str(len(numbers))
        listed = ", ".join(f"“{quote}”" for quote in quotes)
        yield Reason(
            "value",
            min(1.0, 0.35 + 0.12 * len(numbers)),
            say("{count} concrete numbers: {listed}", count=say(count), listed=listed),
        )
    for kind, text in (
        ("lesson", "A lesson learned"),
        ("advice", "Practical advice"),
        ("story", "Tells a story"),
    ):
        found = _marks(talk, first, last, kind)
        if found and found[0][0] != last:  # the end is quoted as the ending
            at, mark = found[0]
            strength = min(1.0, 1.5 * VALUE[kind] + 0.1 * len(found))
            yield Reason(
                "value",
                strength,
                say("{text}: “{quote}”", text=say(text), quote=_short(_words(talk, at, mark, extra=5))),
            )


def _marks(talk: Talk, first: int, last: int, kind: str) -> list[tuple[int, Mark]]:
    said = talk.wording.said
    return [(at, mark) for at in range(first, last + 1) for mark in said[at].marks if mark.kind == kind]


def _energy(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    alive, part = talk.liveliness, slice(first, last + 1)
    seconds = talk.seconds[part]
    energy = float(np.average(alive.energy[part], weights=seconds))
    if energy < _LIVELY:
        return
    louder = float(np.average(alive.louder_db[part], weights=seconds))
    higher = float(np.average(alive.higher_st[part], weights=seconds))
    faster = float(np.average(alive.faster[part], weights=seconds))
    strength = min(1.0, 0.35 + 2.0 * (energy - 0.5))
    if louder >= _LOUDER_DB:
        yield Reason(
            "energy",
            strength,
            say("Louder and livelier than the rest of the talk by {louder} dB", louder=Number(louder, 0)),
        )
    elif higher >= _HIGHER_ST:
        yield Reason(
            "energy",
            strength,
            say_n(
                round(higher),
                "The voice goes up: {n} semitone above its habit",
                "The voice goes up: {n} semitones above its habit",
            ),
        )
    elif faster >= _FASTER:
        yield Reason(
            "energy",
            strength,
            say("Spoken faster than the rest, by {faster} %", faster=Number(100 * (faster - 1), 0)),
        )
    elif len(np.flatnonzero(alive.louder_db)):
        yield Reason("energy", strength, "Livelier than the rest of the talk")


def _novelty(talk: Talk, first: int, last: int, novelty: float) -> Iterator[Reason]:
    terms = _own_terms(talk, first, last)
    if novelty < _NEW or not terms:
        return
    listed = ", ".join(f"“{term}”" for term in terms)
    yield Reason(
        "novelty",
        min(1.0, 0.2 + 0.6 * novelty),
        say("Says something the rest doesn’t: {listed}", listed=listed),
    )


def _own_terms(talk: Talk, first: int, last: int) -> list[str]:
    """Up to three telling terms that come up here and, as good as, nowhere else."""
    inside: dict[int, float] = {}
    for at in range(first, last + 1):
        for index, weight in talk.terms.units[at]:
            inside[index] = inside.get(index, 0.0) + weight
    everywhere: dict[int, float] = {}
    for unit in talk.terms.units:
        for index, weight in unit:
            if index in inside:
                everywhere[index] = everywhere.get(index, 0.0) + weight
    own = [(weight, index) for index, weight in inside.items() if weight >= 0.85 * everywhere[index]]
    own.sort(key=lambda item: (-item[0], item[1]))
    names = [talk.terms.names[index] for _, index in own]
    return [name for name in names if len(name) > 1 and not name.isdigit()][:3]


def _words(talk: Talk, at: int, mark: Mark, *, extra: int = 0) -> str:
    """The words of a mark as they were said, and up to ``extra`` more of the unit, punctuation trimmed."""
    unit = talk.units[at]
    low = unit.first + mark.first
    high = max(min(unit.first + mark.last + extra, unit.last), unit.first + mark.last)
    text = join_words([word.text for word in talk.transcript.words[low:high]])
    return text.strip(' ,;:.!…“”"') or token_of(text)


def _short(text: str) -> str:
    """A quote of bearable length, cut between words."""
    if len(text) <= _QUOTE:
        return text.rstrip(" ,;:.")
    cut = text[: _QUOTE - 1]
    cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return cut.rstrip(" ,;:.") + "…"
