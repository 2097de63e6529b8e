"""What may never be in a clip: adverts, housekeeping, work at the board, questions put and not answered,
lists, small talk. Each kind has a small learned table over windows of 20 and 40 seconds around every unit,
and what stands out as one of them is left out, not weighed.

A window is told by what it holds more of than the rest of the talk: addresses and prices, words of adverts,
of quizzes and the board, single letters that stand for quantities, names and years, enumerations, short
turns, passages that a recogniser repeats, the first and last minutes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.moments.arrays import Floats, standard
from viralclip_desktop.features.moments.cohesion import Cohesion
from viralclip_desktop.features.moments.features import Named, manner, over
from viralclip_desktop.features.moments.lexicon import Lexicon, build_lexicon
from viralclip_desktop.features.moments.model import Model, probability
from viralclip_desktop.features.moments.signals import Said, Signals
from viralclip_desktop.features.moments.units import Unit

KINDS: Final = {
    "advert": "ad! house! novel address! price! names story comma said local",
    "board": "board! picture! symbol! digit judge advice story",
    "housekeeping": "house! fresh dense names judge host digit",
    "question": "quiz! question asks! host house ahead symbol!",
    "list": "novel comma! listed! dense names number_or_digit year! local_term strong story judge short",
    "small_talk": "short! ahead echo turns nod repeat! local_term length",
}
"""The features of each kind of trap; a table ``trap_KIND`` weighs those it finds near and around a unit. With
a ``!`` also how much of it there is in itself, whatever the rest of the talk is like."""
_MUCH: Final = {
    # The share of the words (of the sentences: short) that is much; judgement.
    "address": 0.02,
    "price": 0.02,
    "ad": 0.03,
    "house": 0.04,
    "picture": 0.03,
    "repeat": 0.2,
    "board": 0.05,
    "symbol": 0.03,
    "quiz": 0.05,
    "listed": 0.04,
    "year": 0.02,
    "comma": 0.1,
    "asks": 0.3,
    "short": 0.6,
}
_HALF_S: Final = {"near": 10.0, "around": 20.0}
_COUNTED: Final = (
    "ad",
    "house",
    "picture",
    "question",
    "nod",
    "story",
    "said",
    "strong",
    "judge",
    "advice",
    "digit",
)
_ADDRESS: Final = re.compile(
    r"^(https?:|www\.|@\w)|(^|\w)\.(com|org|net|io|fm|tv|co|me|de|fr|es|it|id|th|jp|br|uk|gov|edu|app|dev|ai)\b",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(r"[$€£¥฿]\s?\d|\d\s?[$€£¥฿%]")
_YEAR: Final = re.compile(r"\D?(1[5-9]|20)\d\d\D?$")
_REPEAT_WORDS: Final = 150  # three words in a row that come back within as many are a repeat
_LOCAL_S, _LOCAL_TERM_S, _LOCAL_TIMES = 90.0, 60.0, 3
_LISTED_WORDS: Final = 3  # between commas, at most, in an enumeration

SHARE: Final = (
    0.25  # of a talk's units, by how far they stand out, are left out; by leaving one recording out
)
LESSON_SHARE: Final = 0.5  # the same for a lesson at the board
LESSON: Final = 0.006  # single letters that stand for quantities, of all words: such a lesson
LEAST: Final = 0.15  # chance below which nothing is left out
WHOLE_S: Final = 1500.0  # of a shorter recording less is left out, by the square of its length; judgement


@dataclass(frozen=True)
class Traps:
    """One value a unit: ``odds`` (log-odds that it belongs to what is left out), ``peak`` (how far the surest
    kind stands out from the rest of the talk, standardised), ``barred``: no clip may hold it."""

    odds: Floats
    peak: Floats
    barred: NDArray[np.bool_]


@cache
def trap_words(language: str) -> Lexicon:
    """The words of ``traps.toml`` in a language; an empty lexicon where there are none."""
    lists = tomllib.loads(resource("moments", "traps.toml").read_text(encoding="utf-8")).get(language, {})
    return build_lexicon(language, {kind: text.split(",") for kind, text in lists.items()})


def find_traps(found: Mapping[str, Floats], signals: Signals, model: Model) -> Traps:
    """What is to be left out, from the features of its windows."""
    odds = [model[f"trap_{kind}"].score(found) for kind in KINDS]
    chance = 1.0 - np.prod([1.0 - probability(kind) for kind in odds], axis=0)
    chance = np.clip(chance, 1e-4, 1.0 - 1e-4)
    whole = min(1.0, float(signals.end_s[-1] - signals.start_s[0]) / WHOLE_S) ** 2
    peak = whole * standard(np.max([standard(kind) for kind in odds], axis=0))
    barred = _most(peak, whole * SHARE)
    if found["lesson"][0]:
        barred |= _most(found["lesson_work"], whole * LESSON_SHARE)
    return Traps(np.log(chance / (1.0 - chance)), peak, barred & (chance > LEAST))


def _most(values: Floats, share: float) -> NDArray[np.bool_]:
    """The highest values: that share of them, none where it comes to less than one."""
    count = int(share * len(values))
    most: NDArray[np.bool_] = values >= np.sort(np.append(values, np.inf))[-1 - count]
    return most


def columns(kind: str) -> tuple[str, ...]:
    """The names of a kind's features."""
    names = [f"{name.rstrip('!')}_{where}" for name in KINDS[kind].split() for where in _HALF_S]
    names += [
        f"much_{name[:-1]}_{where}" for name in KINDS[kind].split() if name.endswith("!") for where in _HALF_S
    ]
    if kind == "housekeeping":
        names += ["first_minute", "first_minutes", "last_minute", "last_minutes"]
    return tuple(names)


def trap_features(
    words: Sequence[Word], units: Sequence[Unit], lexicon: Lexicon, signals: Signals, cohesion: Cohesion
) -> Named:
    """All features of the windows around each unit: standardised within the talk, and, named ``much_``, as
    shares of what tells in itself (1 = enough, at most 3)."""
    found: Named = {}
    amounts = _amounts(words, units, lexicon, signals, cohesion)
    for name, (amount, whole) in amounts.items():
        for where, half_s in _HALF_S.items():
            share = over(signals, amount, whole, half_s)
            found[f"{name}_{where}"] = np.clip(standard(share), -3.0, 3.0)
            if name in _MUCH:
                found[f"much_{name}_{where}"] = np.minimum(share / _MUCH[name], 3.0)
    start, end = signals.start_s - signals.start_s[0], signals.end_s[-1] - signals.end_s
    for name, since in (("first", start), ("last", end)):
        found[f"{name}_minute"], found[f"{name}_minutes"] = np.exp(-since / 45.0), np.exp(-since / 150.0)
    at_board = standard(found["symbol_around"] + found["board_around"])
    found["lesson_work"] = np.maximum(at_board, standard(found["quiz_around"] + found["house_around"]))
    lesson = found["much_symbol_around"].mean() * _MUCH["symbol"] >= LESSON
    found["lesson"] = np.full(len(signals), float(lesson))
    return found


def _amounts(
    words: Sequence[Word], units: Sequence[Unit], lexicon: Lexicon, signals: Signals, cohesion: Cohesion
) -> dict[str, tuple[Floats, Floats]]:
    """What is counted of each unit, and what it is a share of."""
    said, length, ones = signals.said, signals.words, np.ones(len(signals))
    own = trap_words(lexicon.language)
    marks = [own.marks(unit.tokens) for unit in said]
    texts = [[word.text for word in words[unit.first : unit.last]] for unit in units]
    by_word = {
        **{kind: [sum(mark.kind == kind for mark in found) for found in marks] for kind in ("board", "quiz")},
        "address": [sum(bool(_ADDRESS.search(text)) for text in unit) for unit in texts],
        "price": [sum(bool(_PRICE.search(text)) for text in unit) for unit in texts],
        "year": [sum(bool(_YEAR.match(text)) for text in unit) for unit in texts],
        "symbol": [sum(_is_symbol(token, lexicon) for token in unit.tokens) for unit in said],
        "comma": [sum(text[-1:] in ",;:" for text in unit) for unit in texts],
        "listed": [_listed(unit) for unit in texts],
        "repeat": _repeats(said),
        "local": _local(words, units, signals, lexicon, names=True),
        "local_term": _local(words, units, signals, lexicon, names=False),
        "number_or_digit": signals.counts["number"] + signals.counts["digit"],
        "asks": signals.question * length,
        "fresh": cohesion.first_said,
        "ahead": cohesion.ahead * length,
        "length": length * length,
        **{kind: signals.counts[kind] for kind in _COUNTED},
    }
    found = {name: (np.asarray(amount, float), length) for name, amount in by_word.items()}
    found |= manner(signals, cohesion)
    found["novel"] = (cohesion.novelty, ones)
    found["short"] = ((length < 5).astype(float), ones)
    found["turns"] = (signals.turn, signals.seconds)
    found["host"] = (_host(signals) * signals.seconds, signals.seconds)
    return found


def _is_symbol(token: str, lexicon: Lexicon) -> bool:
    """A single Latin letter that is no word: "x plus y"."""
    if len(token) != 1 or not (token.isascii() and token.isalpha()):
        return False
    return lexicon.unspaced or (token not in lexicon.stop and token not in "aeioy")


def _listed(texts: Sequence[str]) -> int:
    """Short pieces between commas."""
    count, since = 0, 0
    for text in texts:
        since += 1
        if text.rstrip('"”')[-1:] in ",;:":
            count += since <= _LISTED_WORDS
            since = 0
    return count


def _repeats(said: Sequence[Said]) -> list[int]:
    """For each unit how many runs of three words were said just before."""
    seen: dict[tuple[str, ...], int] = {}
    counts, place = [], 0
    for unit in said:
        count = 0
        for at in range(len(unit.tokens) - 2):
            run = tuple(unit.tokens[at : at + 3])
            count += place + at - seen.get(run, -_REPEAT_WORDS) < _REPEAT_WORDS
            seen[run] = place + at
        place += len(unit.tokens)
        counts.append(count)
    return counts


def _local(
    words: Sequence[Word], units: Sequence[Unit], signals: Signals, lexicon: Lexicon, *, names: bool
) -> Floats:
    """For each unit how many of its words are said several times, and only there: of a brand, a programme.
    With ``names`` only those mostly written with a capital inside the sentence."""
    places: dict[str, list[int]] = {}
    capitals: dict[str, int] = {}
    for at, (unit, said) in enumerate(zip(units, signals.said, strict=True)):
        for token, place in zip(said.tokens, said.places, strict=True):
            if len(token) >= 3 and token not in lexicon.stop:
                places.setdefault(token, []).append(at)
                text = words[place].text.lstrip("\"'“”«»([")
                capitals[token] = capitals.get(token, 0) + (text[:1].isupper() and place != unit.first)
    counts = np.zeros(len(signals))
    for token, found in places.items():
        within_s = signals.end_s[found[-1]] - signals.start_s[found[0]]
        if len(found) < _LOCAL_TIMES or within_s > (_LOCAL_S if names else _LOCAL_TERM_S):
            continue
        if not names or 2 * capitals[token] >= len(found):
            np.add.at(counts, found, 1.0)
    return counts


def _host(signals: Signals) -> Floats:
    """1 for the voice that asks most for what it says; 0 everywhere with one voice."""
    voice = signals.voice
    asked, said = (
        np.bincount(voice, signals.question * signals.words),
        np.bincount(voice, signals.words),
    )
    asks = np.bincount(voice, signals.question) >= 2
    if len(said) < 2 or not asks.any():
        return np.zeros(len(signals))
    host: Floats = (voice == int(np.argmax(np.where(asks, asked / np.maximum(said, 1.0), -1.0)))).astype(
        float
    )
    return host
