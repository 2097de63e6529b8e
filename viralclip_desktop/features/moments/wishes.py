"""What a user wishes for in words ("the funniest exchanges about school"), as signals and subjects.

Words of a wish are first looked up among the signals (``resources/moments/wishes.toml``: funny, story,
advice ...); the others are subjects, which count where the talk speaks of them. What is neither is told back.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.features.moments.arrays import Floats, running_sum
from viralclip_desktop.features.moments.candidates import Runs
from viralclip_desktop.features.moments.lexicon import token_of
from viralclip_desktop.features.moments.talk import Talk

MUSIC_WISH: Final = "music"
_STEM: Final = 5  # letters by which words of a subject are compared: "schools" finds "schooling"
_SIGNAL_WEIGHT: Final = 3.0  # log-odds for one standard deviation; judgement
_SUBJECT_WEIGHT: Final = 9.0  # log-odds for a clip that speaks of the subject throughout; judgement
_OFTEN: Final = 2.0  # sentences that name a subject: from here on a clip is about it
_KINDS: Final = {
    "story": ("story", "said"),
    "advice": ("advice",),
    "emotion": ("strong",),
    "surprise": ("contrast",),
    "number": ("number", "digit"),
}


@dataclass(frozen=True)
class Wish:
    """A wish taken apart: ``signals`` by name, ``subjects`` as stems found in the talk, and the words that
    are neither."""

    text: str
    signals: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signals or self.subjects)


def read_wish(text: str, talk: Talk) -> Wish:
    """Take a wish apart for a talk."""
    signals: list[str] = []
    subjects: list[str] = []
    unknown: list[str] = []
    for word in filter(None, map(token_of, text.split())):
        meant = [name for name, entries in _signals().items() if _is_one_of(word, entries)]
        meant = [name for name in meant if name != MUSIC_WISH or talk.music]
        if meant:
            signals += meant
        elif _is_one_of(word, _ignored()) or word in talk.lexicon.stop:
            continue
        elif _is_said(word, talk):
            subjects.append(_stem(word))
        else:
            unknown.append(word)
    return Wish(
        text, tuple(dict.fromkeys(signals)), tuple(dict.fromkeys(subjects)), tuple(dict.fromkeys(unknown))
    )


def wanted(wish: Wish, talk: Talk, runs: Runs) -> Floats:
    """Log-odds that each candidate gains by fitting the wish."""
    total = np.zeros(len(runs))
    for name in wish.signals:
        total = total + _SIGNAL_WEIGHT * _deviation(_amounts(name, talk), talk, runs)
    if wish.subjects:
        named = _named(wish, talk)
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


def _named(wish: Wish, talk: Talk) -> Floats:
    """1 where a unit names a subject."""
    return np.array([float(speaks_of(wish, said.tokens)) for said in talk.signals.said])


def speaks_of(wish: Wish, tokens: list[str]) -> bool:
    """Whether a unit names one of the subjects wished for."""
    return any(_names(subject, tokens) for subject in wish.subjects)


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
