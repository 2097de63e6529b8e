"""Whose turn it is: where in a turn each unit stands, and which part its voice has in the talk."""

from __future__ import annotations

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.signals import Signals

_NOD_WORDS = 5


def turn_features(signals: Signals) -> dict[str, Floats]:
    """Places within the turn, and of the voice: its share of the talk and how often it asks."""
    count, places = len(signals), np.arange(len(signals))
    starts = np.flatnonzero(np.concatenate([[1.0], signals.turn[1:]]))
    number = np.cumsum(np.concatenate([[0.0], signals.turn[1:]])).astype(int)
    first, last = starts[number], np.append(starts[1:], count)[number] - 1
    sums = np.concatenate([[0.0], np.cumsum(signals.seconds)])
    share = np.bincount(signals.voice, signals.seconds) / float(signals.seconds.sum())
    asks = np.bincount(signals.voice, signals.question) / np.maximum(1, np.bincount(signals.voice))
    several = float(len(share) > 1)
    before = np.concatenate([[0], signals.voice[:-1]])
    return {
        "into_turn": np.log1p(places - first) / 3.0,
        "left_of_turn": np.log1p(last - places) / 3.0,
        "turn_length": np.log1p(sums[last + 1] - sums[first]) / 5.0,
        "voice_share": share[signals.voice],
        "voice_asks": asks[signals.voice],
        "after_asker": asks[before] * signals.turn,
        "several_voices": np.full(count, several),
        "main_voice_begins": (share[signals.voice] >= 0.99 * share.max()) * signals.turn * several,
        "asker_asks": signals.question * asks[signals.voice],
        "resumes": _resumes(signals),
    }


def _resumes(signals: Signals) -> Floats:
    """1 where a voice goes on after no more than a nod of another."""
    resumes = np.zeros(len(signals))
    back = (signals.voice[2:] == signals.voice[:-2]) & (signals.words[1:-1] < _NOD_WORDS)
    resumes[2:] = back * signals.turn[2:]
    return resumes
