"""The edges of chosen clips: moved to better ones near by, grown to a rest, never into what is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from support.spoken import end_s, spoken

from viralclip_desktop.features.moments.candidates import Runs, runs_within
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.model import load_model
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import settle, with_best_edges
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.traps import Traps
from viralclip_desktop.features.moments.units import units_of

OPTIONS = FindOptions(count=2, min_length_s=8.0, max_length_s=30.0)
SENTENCE = "The river rose by a metre in one night and took the old bridge away.\n"


def level_talk(barred: int | None = None) -> Talk:
    """Ten like sentences with a rest after the sixth, all edges alike; one of them may be left out."""
    transcript = spoken(SENTENCE * 6 + "\n\n" + SENTENCE * 4)
    lexicon = load_lexicon("en")
    units = units_of(transcript, 28.0, lexicon)
    talk = read_talk(transcript, units, lexicon, None, end_s(transcript), load_model())
    level, left_out = np.zeros(len(talk)), np.zeros(len(talk), bool)
    if barred is not None:
        left_out[barred] = True
    return replace(talk, opening=level, ending=level, traps=Traps(level - 1.0, level, left_out))


def edges_of(runs: Runs) -> list[tuple[int, int]]:
    return list(zip(runs.first.tolist(), runs.last.tolist(), strict=True))


def test_a_clip_grows_to_a_rest_but_not_into_what_is_left_out() -> None:
    chosen = Runs(np.array([2]), np.array([4]))
    assert edges_of(settle(level_talk(), chosen, OPTIONS)) == [(2, 5)]
    assert edges_of(settle(level_talk(barred=5), chosen, OPTIONS)) == [(2, 4)]


def test_a_clip_grows_back_to_a_rest_unless_that_opens_it_far_worse() -> None:
    talk = level_talk()
    chosen = Runs(np.array([7]), np.array([8]))
    assert edges_of(settle(talk, chosen, OPTIONS))[0][0] == 6
    opening = talk.opening.copy()
    opening[6] = -3.0
    assert edges_of(settle(replace(talk, opening=opening), chosen, OPTIONS))[0][0] == 7


def test_chosen_clips_move_to_better_edges_near_by_without_meeting() -> None:
    talk = level_talk()
    opening = talk.opening.copy()
    opening[[1, 4]] = 4.0
    talk = replace(talk, opening=opening)
    runs = runs_within(talk, OPTIONS)
    pairs = edges_of(runs)
    worth = np.zeros(len(runs))
    chosen = np.array([pairs.index((2, 4)), pairs.index((6, 8))])
    moved = edges_of(runs.part(with_best_edges(talk, runs, worth, chosen)))
    assert moved[0][0] == 1
    assert moved[0][1] < moved[1][0]
    barred = np.where(runs.first == 1, -np.inf, worth)
    assert edges_of(runs.part(with_best_edges(talk, runs, barred, chosen)))[0][0] != 1


def test_better_edges_are_not_bought_with_what_was_asked_for() -> None:
    """The sentence that speaks of it opens badly; the clip beside it opens well, and says nothing of it."""
    talk = level_talk()
    opening = talk.opening.copy()
    opening[:3], opening[3] = -4.0, 4.0
    talk = replace(talk, opening=opening)
    runs = runs_within(talk, OPTIONS)
    speaks = np.where((runs.first <= 2) & (runs.last >= 2), 1.0, 0.0)
    chosen = np.array([edges_of(runs).index((2, 4))])
    assert edges_of(runs.part(with_best_edges(talk, runs, speaks, chosen)))[0][0] == 3
    ((first, last),) = edges_of(runs.part(with_best_edges(talk, runs, speaks, chosen, speaks)))
    assert first <= 2 <= last
