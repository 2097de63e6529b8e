"""What a user wishes for in words ("the funniest exchanges about school"), as signals and subjects.

Words of a wish are first looked up among the signals (``resources/moments/wishes.toml``: funny, story,
advice ...); the others are subjects, which count where the talk speaks of them: by what its sentences mean
where a model read them, by their words otherwise. What is neither is told back.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.features.moments.arrays import Floats, ramp, running_sum
from viralclip_desktop.features.moments.candidates import Runs
from viralclip_desktop.features.moments.lexicon import token_of
from viralclip_desktop.features.moments.meaning import Meaning
from viralclip_desktop.features.moments.talk import Talk

MUSIC_WISH: Final = "music"
_STEM: Final = 5  # letters by which words of a subject are compared: "schools" finds "schooling"
_SIGNAL_WEIGHT: Final = 3.0  # log-odds for one standard deviation; judgement
_SUBJECT_WEIGHT: Final = 9.0  # log-odds for a clip that speaks of the subject throughout; judgement
_OFTEN: Final = 2.0  # sentences that name a subject: from here on a clip is about it
_MEANT: Final = 0.40
"""Cosine from which a sentence speaks of a subject. With MiniLM, of 112 subjects that seven talks were asked
for and know nothing of, one came so near; of 20 that two talks do speak of, 16."""
_ALIKE: Final = (0.30, 0.50)  # from nothing to something in it to all about it
_FEW_WORDS: Final = 5  # what is shorter is near to anything
_JOINING: Final = frozenset({"and", "or"})
_KINDS: Final = {
    "story": ("story", "said"),
    "advice": ("advice",),
    "emotion": ("strong",),
    "surprise": ("contrast",),
    "number": ("number", "digit"),
}


@dataclass(frozen=True)
class Wish:
    """A wish taken apart: ``signals`` by name, ``subjects`` as stems found in the talk or, with a model of
    meaning, as phrases that it speaks of, and the words that are neither. ``named``: how surely each unit
    speaks of a subject, 0..1."""

    text: str
    signals: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    named: Floats = field(default_factory=lambda: np.zeros(0), compare=False)

    def __bool__(self) -> bool:
        return bool(self.signals or self.subjects)


def read_wish(text: str, talk: Talk, meaning: Meaning | None = None) -> Wish:
    """Take a wish apart for a talk. With ``meaning``, which read the talk's units, what is asked for is
    compared with what they mean; what it doesn't find there is looked for by its words."""
    signals, asked = _parted(text, talk)
    phrases = [" ".join(phrase) for phrase in asked]
    near = _near(phrases, talk, meaning)
    subjects: list[str] = []
    unknown: list[str] = []
    for phrase, words, alike in zip(phrases, asked, near, strict=True):
        telling = [word for word in words if _is_telling(word, talk)]
        if alike.max() >= _MEANT:
            subjects.append(_stem(telling[0]) if len(telling) == 1 else phrase)
            continue
        subjects += [_stem(word) for word in telling if _is_said(word, talk)]
        unknown += [word for word in telling if not _is_said(word, talk)]
    subjects = list(dict.fromkeys(subjects))
    named = [_named(subjects, talk), *(ramp(alike, *_ALIKE) for alike in near if alike.max() >= _MEANT)]
    return Wish(text, signals, tuple(subjects), tuple(dict.fromkeys(unknown)), np.max(named, axis=0))


def _parted(text: str, talk: Talk) -> tuple[tuple[str, ...], list[list[str]]]:
    """The signals of a wish, and what else it asks for: the words of each thing."""
    signals: list[str] = []
    asked: list[list[str]] = [[]]
    for written in text.split():
        word = token_of(written)
        meant = [name for name, entries in _signals().items() if _is_one_of(word, entries)] if word else []
        meant = [name for name in meant if name != MUSIC_WISH or talk.music]
        signals += meant
        if word and not meant and (asked[-1] or _is_telling(word, talk)):
            asked[-1].append(word)
        if meant or word in _JOINING or written.endswith((",", ";")):
            asked.append([])
    things = [_without_tail(words, talk) for words in asked]
    return tuple(dict.fromkeys(signals)), [words for words in things if words]


def _without_tail(words: list[str], talk: Talk) -> list[str]:
    last = max((at for at, word in enumerate(words) if _is_telling(word, talk)), default=-1)
    return words[: last + 1]


def _is_telling(word: str, talk: Talk) -> bool:
    return not (_is_one_of(word, _ignored()) or word in talk.lexicon.stop)


def _near(phrases: list[str], talk: Talk, meaning: Meaning | None) -> Floats:
    """How near each unit of a few words is in meaning to each phrase, one row a phrase; 0 without a model."""
    meant = talk.cohesion.meant
    if meaning is None or meant is None or not phrases:
        return np.zeros((len(phrases), len(talk)))
    near: Floats = (meaning.vectors(phrases) @ meant.T) * (talk.signals.words >= _FEW_WORDS)
    return near


def wanted(wish: Wish, talk: Talk, runs: Runs) -> Floats:
    """Log-odds that each candidate gains by fitting the wish."""
    total = np.zeros(len(runs))
    for name in wish.signals:
        total = total + _SIGNAL_WEIGHT * _deviation(_amounts(name, talk), talk, runs)
    if wish.subjects:
        named = wish.named
        sums = running_sum(named)
        often = np.minimum(1.0, (sums[runs.last + 1] - sums[runs.first]) / _OFTEN)
        total = total + _SUBJECT_WEIGHT * (0.7 * often + 0.3 * _shares(named, talk, runs))
    return total


def alike(model: TimeRange, talk: Talk, runs: Runs) -> Floats:
    """Log-odds that each candidate gains by meaning what a stretch of the talk means (or by sharing its
    telling words, where no model read it); minus infinity for what shares time with it."""
    signals = talk.signals
    inside = (signals.end_s > model.start.seconds) & (signals.start_s < model.end.seconds)
    meant = talk.cohesion.meant
    shared = _by_words(talk, inside) if meant is None else meant @ meant[inside].sum(axis=0)
    touched = running_sum(inside.astype(float))
    gain = _SIGNAL_WEIGHT * _deviation(shared * signals.words, talk, runs)
    return np.where(touched[runs.last + 1] > touched[runs.first], -np.inf, gain)


def _by_words(talk: Talk, inside: NDArray[np.bool_]) -> Floats:
    """How many telling words each unit shares with those inside."""
    terms = talk.cohesion.terms
    weights: dict[int, float] = {}
    for at in np.flatnonzero(inside):
        for index, weight in terms.units[at]:
            weights[index] = weights.get(index, 0.0) + weight
    return np.array([sum(weight * weights.get(index, 0.0) for index, weight in unit) for unit in terms.units])


def _amounts(name: str, talk: Talk) -> Floats:
    """How much of a signal each unit shows, in words or seconds of it."""
    signals = talk.signals
    if name in _KINDS:
        return sum((signals.counts[kind] for kind in _KINDS[name]), np.zeros(len(talk)))
    if name == "funny":
        quick = signals.turn * (signals.words < 12)
        return 4.0 * talk.reaction_s + 2.0 * quick + signals.counts["said"] + signals.counts["strong"]
    if name == MUSIC_WISH:
        return talk.music.over * signals.words + 3.0 * talk.music.alone_s
    if name == "exchange":
        return 3.0 * signals.turn
    if name == "question":
        return signals.question * np.minimum(signals.words, 15.0)
    return np.maximum(0.0, 2.0 * talk.liveliness.energy - 1.0) * signals.words


def _deviation(amounts: Floats, talk: Talk, runs: Runs) -> Floats:
    """Amounts for each word of a candidate, in standard deviations, held within -2 and 3."""
    density = _shares(amounts, talk, runs, weighted=False)
    spread = float(density.std()) or 1.0
    held: Floats = np.clip((density - float(density.mean())) / spread, -2.0, 3.0)
    return held


def _shares(values: Floats, talk: Talk, runs: Runs, *, weighted: bool = True) -> Floats:
    words = talk.signals.words
    sums, total = running_sum(values * words if weighted else values), running_sum(words)
    share: Floats = (sums[runs.last + 1] - sums[runs.first]) / (total[runs.last + 1] - total[runs.first])
    return share


def _named(subjects: list[str], talk: Talk) -> Floats:
    """1 where a unit names a subject."""
    return np.array(
        [float(any(_names(subject, said.tokens) for subject in subjects)) for said in talk.signals.said]
    )


def _names(subject: str, tokens: list[str]) -> bool:
    if is_unspaced(subject[0]):
        return subject in "".join(tokens)
    return any(_stem(token) == subject for token in tokens)


def _is_said(word: str, talk: Talk) -> bool:
    return any(_names(_stem(word), said.tokens) for said in talk.signals.said)


def _stem(word: str) -> str:
    return word if is_unspaced(word[0]) else word[:_STEM]


def _is_one_of(word: str, entries: frozenset[str]) -> bool:
    if word in entries:
        return True
    if is_unspaced(word[0]):
        return any(entry in word for entry in entries if is_unspaced(entry[0]))
    return any(word.startswith(entry[:-1]) for entry in entries if entry.endswith("*"))


@cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads(resource("moments", "wishes.toml").read_text(encoding="utf-8"))


@cache
def _signals() -> dict[str, frozenset[str]]:
    return {name: _entries(text) for name, text in _file()["signals"].items()}


@cache
def _ignored() -> frozenset[str]:
    return _entries(_file()["ignored"]["words"])


def _entries(text: str) -> frozenset[str]:
    return frozenset(entry.strip() for entry in text.split(",") if entry.strip())
