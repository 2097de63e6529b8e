"""Why a clip was chosen, in plain words, each with the evidence quoted. Nothing is said that does not hold
for this very clip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from viralclip_desktop.core.messages import Number, say, say_n
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.domain.transcript import join_words
from viralclip_desktop.features.moments.lexicon import Mark, has_digit, token_of
from viralclip_desktop.features.moments.signals import Said
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.units import text_of
from viralclip_desktop.features.moments.wishes import MUSIC_WISH, Wish

_MOST: Final = 6
_MOST_OF_A_KIND: Final = 2
_QUOTE: Final = 64  # characters of a quote before it is cut
_LIVELY: Final = 0.58  # energy from which it is worth a word; 0.5 is the voice's habit
_LOUDER_DB: Final = 1.0  # the smallest difference in level that people notice (about 1 dB)
_HIGHER_ST: Final = 1.0
_FASTER: Final = 1.08
_QUESTION_WORDS: Final = 5  # a question shorter than this hooks nobody
_ANSWER_S: Final = 15.0
_EARLY: Final = 3  # tokens: a conclusion or lesson says so at its beginning
_LIKELY: Final = 0.0  # log-odds of an opening or ending that is "rather yes"
_STORY_SIGNS: Final = 3  # this many signs of telling make a story
_PAUSE_S: Final = 0.8
_MUSIC_S: Final = 2.0
_NAMED: Final = 0.5  # how surely a sentence speaks of what was wished for


def explain(
    talk: Talk, first: int, last: int, *, wish: Wish | None = None, note: str = ""
) -> tuple[Reason, ...]:
    """The strongest reasons for the clip of units ``first`` to ``last``, strongest first; at least one. After
    them what the user should know."""
    found = [*_hook(talk, first, last), *_ending(talk, first, last), *_value(talk, first, last)]
    found += [*_energy(talk, first, last), *_novelty(talk, first, last), *_shape(talk, first, last)]
    found.sort(key=lambda reason: -reason.strength)
    kept: list[Reason] = []
    for reason in found:
        if sum(other.kind == reason.kind for other in kept) < _MOST_OF_A_KIND and len(kept) < _MOST:
            kept.append(reason)
    speaks = [*_wished(talk, first, last, wish), *kept] or [_plain(talk, first)]
    return (*speaks, *_notes(talk, first, last, note), *_not_understood(wish))


def _notes(talk: Talk, first: int, last: int, note: str) -> Iterator[Reason]:
    """What the user should know of how it was cut."""
    if note:
        yield Reason("structure", 0.2, note)
    if not talk.signals.marked:
        yield Reason("structure", 0.15, "Cut at a pause: the transcript has no full stops")
    if talk.units[first].opens_cut or talk.units[last].closes_cut:
        yield Reason(
            "structure", 0.2, "Cut at a pause: the sentence is too long for the length you asked for"
        )


def _wished(talk: Talk, first: int, last: int, wish: Wish | None) -> Iterator[Reason]:
    """Where the clip speaks of what was wished for."""
    if wish is None:
        return
    named = wish.named[first : last + 1]
    if len(named) and named.max() >= _NAMED:
        quote = _quote(talk, first + int(named.argmax()))
        yield Reason("value", 0.9, say("Speaks of what you asked for: “{quote}”", quote=quote))
    music_s = talk.music.seconds_in(talk.signals.seconds, first, last)
    if MUSIC_WISH in wish.signals and music_s >= _MUSIC_S:
        yield Reason(
            "value",
            0.9,
            say_n(
                round(music_s),
                "{n} second of music, which you asked for",
                "{n} seconds of music, which you asked for",
            ),
        )


def _not_understood(wish: Wish | None) -> Iterator[Reason]:
    if wish is not None and wish.not_understood:
        listed = ", ".join(f"“{word}”" for word in wish.not_understood)
        yield Reason(
            "structure",
            0.1,
            say("Not found in this talk, so left out of the search: {listed}", listed=listed),
        )


def _plain(talk: Talk, first: int) -> Reason:
    quote = _quote(talk, first)
    return Reason("structure", 0.2, say("Whole sentences with nothing cut off, from “{quote}”", quote=quote))


def _hook(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    if _is_answered(talk, first, last):
        quote = _quote(talk, first)
        yield Reason("hook", 0.9, say("Opens with a question: “{quote}”", quote=quote))
    said = talk.signals.said[first]
    number = next((mark for mark in said.marks if mark.kind == "number"), None)
    if number is not None or any(has_digit(token) for token in said.tokens):
        amount = _amount(talk, first)
        if amount:
            yield Reason("hook", 0.5, say("A number in the first sentence: “{amount}”", amount=amount))
    story = next(
        (mark for mark in said.marks if mark.kind == "story" and mark.first < said.lead_ins + 5), None
    )
    if story is not None and _telling(talk, first, last) >= _STORY_SIGNS:
        quote = _quote(talk, first)
        yield Reason("hook", 0.6, say("Opens like a story: “{quote}”", quote=quote))


def _is_answered(talk: Talk, first: int, last: int) -> bool:
    """A question of five words or more, and fifteen seconds of clip to answer it."""
    signals = talk.signals
    long_enough = signals.words[first] >= _QUESTION_WORDS
    answer_s = signals.end_s[last] - signals.end_s[first]
    said = signals.said[first]
    asks = any(m.kind == "question" and m.first <= said.lead_ins + _QUESTION_WORDS for m in said.marks)
    asks = asks or not talk.lexicon.known  # ", right?" at the end of a statement is no question
    return bool(signals.question[first] and asks and long_enough and answer_s >= _ANSWER_S)


def _amount(talk: Talk, at: int) -> str:
    """A number with the word after it; nothing where the number stands alone at the end."""
    said = talk.signals.said[at]
    for place, token in enumerate(said.tokens[:-1]):
        number = any(mark.kind == "number" and mark.first == place for mark in said.marks)
        if (number or has_digit(token)) and said.tokens[place + 1] not in talk.lexicon.stop:
            return _words(talk, at, place, place + 2)
    return ""


def _ending(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    for at in range(last, max(first, last - 2), -1):
        said = talk.signals.said[at]
        mark = next((m for m in said.marks if m.kind == "ending" and m.first <= _EARLY), None)
        if mark is not None:
            quote = _quote(talk, at)
            yield Reason(
                "structure", 0.8 if at == last else 0.6, say("Ends on a conclusion: “{quote}”", quote=quote)
            )
            break
    else:
        yield from _lesson(talk, last)
    if talk.reaction_s[last] > 0.0:
        quote = _quote(talk, last)
        yield Reason("energy", 0.7, say("The room reacts to the last line: “{quote}”", quote=quote))
    if last + 1 < len(talk) and talk.signals.turn[last + 1] and talk.signals.words[last + 1] >= 4:
        quote = _quote(talk, last)
        yield Reason("structure", 0.35, say("Ends where the speaker has finished: “{quote}”", quote=quote))
    elif last + 1 < len(talk) and talk.signals.gap_s[last + 1] >= _PAUSE_S:
        pause = Number(float(talk.signals.gap_s[last + 1]), 1)
        quote = _quote(talk, last)
        yield Reason(
            "structure",
            0.4,
            say("Comes to rest: a pause of {pause} s follows “{quote}”", pause=pause, quote=quote),
        )


def _lesson(talk: Talk, last: int) -> Iterator[Reason]:
    if _advising(talk, last, last) is not None:
        quote = _quote(talk, last)
        yield Reason("structure", 0.75, say("Ends on a lesson: “{quote}”", quote=quote))


def _value(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    if (at := _advising(talk, first, last)) is not None:
        quote = _quote(talk, at)
        yield Reason("value", 0.5, say("Practical advice: “{quote}”", quote=quote))
    if (at := _densest(talk, first, last, "judge")) is not None:
        quote = _quote(talk, at)
        yield Reason("value", 0.35, say("Says what matters: “{quote}”", quote=quote))
    if _telling(talk, first, last) >= _STORY_SIGNS:
        at = _densest(talk, first, last, "story")
        if at is not None:
            quote = _quote(talk, at)
            yield Reason("value", 0.55, say("Tells a story: “{quote}”", quote=quote))
    at = _densest(talk, first, last, "strong")
    if at is not None and talk.signals.counts["strong"][first : last + 1].sum() >= 2:
        quote = _quote(talk, at)
        yield Reason("value", 0.45, say("Strong words: “{quote}”", quote=quote))


def _advising(talk: Talk, first: int, last: int) -> int | None:
    """A unit that advises the listener: an order at its beginning, or "you" with "should", "have to" and
    the like."""
    for at in range(last, first - 1, -1):
        said = talk.signals.said[at]
        advice = [m for m in said.marks if m.kind == "advice" and not _denies(said, m)]
        to_listener = any(m.kind == "you" and 0 <= a.first - m.last <= 1 for m in said.marks for a in advice)
        order = any(a.first == said.lead_ins for a in advice) and "me" not in said.real_kinds
        if talk.signals.words[at] >= _QUESTION_WORDS + 1 and (to_listener or order):
            return at
    return None


def _denies(said: Said, mark: Mark) -> bool:
    """Whether a phrase is only a "don't", which may order or deny."""
    return any(m.kind == "neg" and (m.first, m.last) == (mark.first, mark.last) for m in said.marks)


def _telling(talk: Talk, first: int, last: int) -> int:
    counts = talk.signals.counts
    return int(counts["story"][first : last + 1].sum() + counts["said"][first : last + 1].sum())


def _densest(talk: Talk, first: int, last: int, kind: str) -> int | None:
    """The unit with most phrases of a kind for its length, among those of six words or more."""
    counts, words = talk.signals.counts[kind], talk.signals.words
    rated = [
        (counts[at] / max(words[at], 8.0), -at)
        for at in range(first, last + 1)
        if counts[at] and words[at] >= 6
    ]
    return -max(rated)[1] if rated else None


def _energy(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    alive, part = talk.liveliness, slice(first, last + 1)
    seconds = talk.signals.seconds[part]
    energy = float(np.average(alive.energy[part], weights=seconds))
    if energy < _LIVELY or not alive.heard:
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


def _novelty(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    terms = _own_terms(talk, first, last)
    if len(terms) >= 2:
        listed = ", ".join(f"“{term}”" for term in terms)
        yield Reason("novelty", 0.3, say("Says something the rest doesn’t: {listed}", listed=listed))


def _own_terms(talk: Talk, first: int, last: int) -> list[str]:
    """Up to three telling words that come up more than once here and nowhere else."""
    inside: dict[int, int] = {}
    for at in range(first, last + 1):
        for index, _ in talk.cohesion.terms.units[at]:
            inside[index] = inside.get(index, 0) + 1
    outside = {
        index
        for at, unit in enumerate(talk.cohesion.terms.units)
        if not first <= at <= last
        for index, _ in unit
        if index in inside
    }
    own = [(-count, index) for index, count in inside.items() if index not in outside and count >= 2]
    names = [talk.cohesion.terms.names[index] for _, index in sorted(own)]
    return [name for name in names if len(name) > 2 and not name.isdigit()][:3]


def _shape(talk: Talk, first: int, last: int) -> Iterator[Reason]:
    if talk.opening[first] >= _LIKELY and not talk.signals.question[first]:
        quote = _quote(talk, first)
        yield Reason("structure", 0.3, say("Can be understood from its first words: “{quote}”", quote=quote))
    voices = len(set(talk.signals.voice[first : last + 1].tolist()))
    if voices > 1 and talk.signals.turn[first + 1 : last + 1].sum() >= 3:
        yield Reason("structure", 0.25, say("An exchange between {voices} people", voices=voices))


def _quote(talk: Talk, at: int) -> str:
    return _short(text_of(talk.transcript, talk.units[at]))


def _words(talk: Talk, at: int, low: int, high: int) -> str:
    """Tokens ``low`` up to ``high`` of a unit as they were said, punctuation trimmed."""
    places = talk.signals.said[at].places
    words = talk.transcript.words[places[low] : places[high - 1] + 1]
    text = join_words([word.text for word in words])
    return text.strip(' ,;:.!…“”"') or token_of(text)


def _short(text: str) -> str:
    """A quote of bearable length, cut between words."""
    if len(text) <= _QUOTE:
        return text.rstrip(" ,;:.")
    cut = text[: _QUOTE - 1]
    cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return cut.rstrip(" ,;:.") + "…"
