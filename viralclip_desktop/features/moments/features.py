"""Named features of every unit, from which the learned tables tell openings, endings, value and what is to
be left out.

Features of wording are meant to say the same in every language: they count kinds of phrases, not words. What
varies with the speaker's habits is measured against the talk itself (ranks within the recording).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints
from viralclip_desktop.features.moments.cohesion import Cohesion
from viralclip_desktop.features.moments.lexicon import FINE_KINDS, KINDS
from viralclip_desktop.features.moments.signals import Signals
from viralclip_desktop.features.moments.turns import turn_features

Named = dict[str, Floats]
_OPENERS: Final = (
    "join",
    "so",
    "point",
    "nod",
    "filler",
    "question",
    "me",
    "you",
    "all",
    "story",
    "turn",
    "example",
    "house",
    "contrast",
    "ending",
    "noun",
    "scene",
    "number",
    "strong",
    "neg",
    "be",
)
_WINDOW_S: Final = 20.0  # half of the stretch that value is read over


def shifted(values: Floats, by: int, fill: float = 0.0) -> Floats:
    """``result[u] = values[u + by]``; ``fill`` beyond the ends."""
    result = np.full(len(values), fill)
    if by >= 0:
        result[: len(values) - by] = values[by:]
    else:
        result[-by:] = values[:by]
    return result


def ranked(values: Floats) -> Floats:
    """-1..1: the rank of each value within the talk; ties share theirs."""
    ordered = np.sort(values)
    low, high = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    ranks: Floats = (low + high) / max(1, len(values)) - 1.0
    return ranks


_EARLY: Final = 12  # tokens after the lead-ins: what a viewer has heard after four seconds
_EARLY_KINDS: Final = [
    "me",
    "story",
    "strong",
    "judge",
    "point",
    "you",
    "said",
    "all",
    "house",
    "picture",
    "ad",
    "unsure",
    "number",
    "advice",
    "contrast",
    "join",
    "neg",
    "degree",
    "be",
    "noun",
    "scene",
]


def opening_features(signals: Signals, cohesion: Cohesion) -> Named:
    """What tells whether a clip may open with a unit."""
    found: Named = {}
    for kind in _OPENERS:
        found[f"opens_{kind}"] = signals.opens(kind)
    found |= _begins(signals)
    found |= _near_start(signals)
    found |= _places(signals)
    found |= {f"before_{name}": shifted(values, -1) for name, values in _closing_words(signals).items()}
    found["answers"] = shifted(signals.question, -1) * signals.turn
    found["asks"] = signals.question
    found["asks_next"] = shifted(signals.question, 1)
    found["turn_next"] = shifted(signals.turn, 1, 1.0)
    found |= cohesion.around() | _given_turns_writing(signals, cohesion)
    for kind in _EARLY_KINDS:
        early = [
            sum(m.kind == kind and m.first < said.lead_ins + _EARLY for m in said.marks)
            for said in signals.said
        ]
        found[f"early_{kind}"] = np.minimum(np.array(early, float), 2.0) / 2.0
    found |= _substance(signals, cohesion)
    found["next_points"] = shifted(found["points_early"], 1)
    found["next_words"] = np.log(shifted(signals.words, 1, 8.0))
    found["before_words2"] = np.log(shifted(signals.words, -2, 8.0))
    found["before_turn"] = shifted(signals.turn, -1)
    found["before_opens_nod"] = shifted(signals.opens("nod"), -1)
    found["before_ending"] = shifted(np.minimum(signals.counts["ending"], 1.0), -1)
    found["before_turned"] = shifted(np.minimum(signals.counts["turn"], 1.0), -1)
    found["before_house"] = shifted(np.minimum(signals.counts["house"], 2.0), -1)
    found["next_nod"] = shifted(signals.opens("nod"), 1)
    found["next_join"] = shifted(signals.opens("join"), 1)
    found["real_question"] = signals.question * (signals.words >= 5)
    found["answer_ahead"] = signals.question * shifted(signals.turn, 1)
    found["since_turn"] = np.log1p(_since(signals)) / 4.0
    found |= _stretch(signals, cohesion, 0.0, 30.0, "to_come")
    found |= _stretch(signals, cohesion, -15.0, 0.0, "just")
    return found


_STRETCH_KINDS: Final = (
    "all",
    "story",
    "said",
    "strong",
    "judge",
    "contrast",
    "advice",
    "you",
    "me",
    "nod",
    "point",
    "house",
    "ad",
    "picture",
    "number",
    "unsure",
    "turn",
    "join",
    "neg",
    "degree",
    "be",
)


def _stretch(
    signals: Signals, cohesion: Cohesion, low_s: float, high_s: float, name: str, *, with_manner: bool = False
) -> Named:
    """Densities over the seconds after a unit's start (or before it), as ranks within the talk."""
    low = np.searchsorted(signals.start_s, signals.start_s + low_s - 1e-6)
    high = np.maximum(np.searchsorted(signals.start_s, signals.start_s + high_s - 1e-6), low)
    words = _span(signals.words, low, high) + 3.0
    found = {
        f"{name}_{kind}": ranked(_span(signals.counts[kind], low, high) / words) for kind in _STRETCH_KINDS
    }
    found[f"{name}_asks"] = ranked(_span(signals.question, low, high))
    found[f"{name}_turns"] = ranked(_span(signals.turn, np.minimum(low + (low_s >= 0), high), high))
    found[f"{name}_digits"] = ranked(_span(signals.counts["digit"], low, high) / words)
    found[f"{name}_fresh"] = ranked(_span(cohesion.first_said, low, high) / words)
    found[f"{name}_pace"] = ranked(words)
    found[f"{name}_length"] = ranked(words / (high - low + 1.0))
    if with_manner:
        for kind, (amount, whole) in manner(signals, cohesion).items():
            found[f"{name}_{kind}"] = ranked(_span(amount, low, high) / (_span(whole, low, high) + 1e-3))
    return found


def _span(values: Floats, low: Ints, high: Ints) -> Floats:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    total: Floats = sums[high] - sums[low]
    return total


def _since(signals: Signals) -> Floats:
    """Seconds since another speaker began; at most a minute."""
    since, passed = np.zeros(len(signals)), 60.0
    for at in range(len(signals)):
        passed = 0.0 if signals.turn[at] and at else passed
        since[at] = min(60.0, passed)
        passed += float(signals.seconds[at])
    return since


def _substance(signals: Signals, cohesion: Cohesion) -> Named:
    """How much of a unit stands for itself: telling words, names, a subject that is no pronoun."""
    count = len(signals)
    subject, names, early = np.zeros(count), np.zeros(count), np.zeros(count)
    stop = cohesion.stop
    for at, said in enumerate(signals.said):
        rest = said.tokens[said.lead_ins :]
        pointers = [
            mark.first - said.lead_ins
            for mark in said.marks
            if mark.kind == "point" and mark.first >= said.lead_ins
        ]
        first_pointer = min(pointers, default=99)
        first_content = next((n for n, token in enumerate(rest) if token not in stop), 99)
        subject[at] = float(first_content <= 2 and first_content < first_pointer)
        early[at] = min(first_content, 8) / 8.0
        names[at] = said.names
    return {
        "subject": subject,
        "content_late": early,
        "names": np.minimum(names, 3.0) / 3.0,
        "content": np.log1p(np.minimum(cohesion.counts, 8.0)),
        "content_share": cohesion.counts / np.maximum(signals.words, 4.0),
        "point_share": signals.counts["point"] / np.maximum(signals.words, 4.0),
    }


def _begins(signals: Signals) -> Named:
    """What a unit begins with after its lead-ins."""
    return {f"then_{kind}": signals.really_opens(kind) for kind in (*_OPENERS, *FINE_KINDS)}


def _given_turns_writing(signals: Signals, cohesion: Cohesion) -> Named:
    """What a unit shares with its neighbours, its place in the turn, and how it is written."""
    return cohesion.given | turn_features(signals) | _writing(signals)


def _writing(signals: Signals) -> Named:
    said, marked = signals.said, float(signals.marked)
    breaks = np.array([float(unit.breaks_off) for unit in said])
    whole = np.array([float(unit.ends_whole) for unit in said]) if signals.marked else np.ones(len(said))
    return {
        "begins_small": marked * np.array([float(unit.begins_small) for unit in said]),
        "begins_quoted": np.array([float(unit.begins_quoted) for unit in said]),
        "after_whole": shifted(whole, -1, 1.0),
        "breaks_off": breaks,
        "after_break": shifted(breaks, -1),
        "commas": np.array([float(unit.commas) for unit in said]) / np.maximum(signals.words, 6.0),
        "seconds": np.log(signals.seconds),
    }


_LATE: Final = 10  # tokens before the end: the payoff
_LATE_KINDS: Final = [
    "ending",
    "strong",
    "judge",
    "all",
    "contrast",
    "advice",
    "you",
    "me",
    "point",
    "said",
    "join",
    "house",
    "unsure",
    "neg",
    "degree",
    "be",
    "noun",
    "scene",
    "story",
    "number",
    "nod",
    "picture",
]


def ending_features(signals: Signals, cohesion: Cohesion) -> Named:
    """What tells whether a clip may end with a unit."""
    found: Named = {}
    for kind in _OPENERS:
        found[f"next_opens_{kind}"] = shifted(signals.opens(kind), 1)
    found |= {f"next_{name}": shifted(values, 1) for name, values in _begins(signals).items()}
    found |= {f"next_{name}": shifted(values, 1) for name, values in _near_start(signals).items()}
    found |= {f"next_{name}": shifted(values, 1, 1.0) for name, values in _places(signals).items()}
    found |= _closing_words(signals)
    found["next_asks"] = shifted(signals.question, 1)
    found["asks"] = signals.question
    found["turn_here"] = signals.turn
    found["nod_here"] = signals.opens("nod") * (signals.words < 4)
    found |= {f"next_{name}": shifted(values, 1, 1.0) for name, values in cohesion.around().items()}
    found["own_words"] = np.log(signals.words)
    found["own_short"] = (signals.words < 4).astype(float)
    for kind in _LATE_KINDS:
        late = [
            sum(m.kind == kind and m.last > len(said.tokens) - _LATE for m in said.marks)
            for said in signals.said
        ]
        found[f"late_{kind}"] = np.minimum(np.array(late, float), 2.0) / 2.0
        found[f"has_{kind}"] = signals.counts[kind] / np.maximum(signals.words, 8.0)
    for kind in ("join", "so", "ending", "contrast", "point"):
        found[f"own_opens_{kind}"] = signals.opens(kind)
    found |= {f"next_{name}": shifted(values, 1) for name, values in _substance(signals, cohesion).items()}
    found |= {f"own_{name}": values for name, values in _substance(signals, cohesion).items()}
    found["own_back"] = cohesion.back
    found["own_ahead"] = cohesion.ahead
    found["own_seconds"] = np.log(signals.seconds)
    found["next2_nod"] = shifted(signals.opens("nod"), 2)
    found["next2_turn"] = shifted(signals.turn, 2, 1.0)
    found["next2_words"] = np.log(shifted(signals.words, 2, 8.0))
    found["before_words"] = np.log(shifted(signals.words, -1, 8.0))
    found["shorter"] = np.log(shifted(signals.words, -1, 8.0)) - np.log(signals.words)
    found["next_house"] = shifted(np.minimum(signals.counts["house"], 2.0), 1)
    found["next_turned"] = shifted(np.minimum(signals.counts["turn"], 1.0), 1)
    found["next_story"] = shifted(np.minimum(signals.counts["story"], 1.0), 1)
    around = _given_turns_writing(signals, cohesion)
    found |= {f"own_{name}": values for name, values in around.items()}
    found |= {f"next_{name}": shifted(values, 1, float(values[-1])) for name, values in around.items()}
    found["exclaims"] = np.array([float(said.exclaims) for said in signals.said])
    found["quote_closes"] = np.array([float(said.quote_closes) for said in signals.said])
    found["since_turn"] = np.log1p(_since(signals)) / 4.0
    found |= {
        name: shifted(values, 1)
        for name, values in _stretch(signals, cohesion, -30.0, 0.0, "told", with_manner=True).items()
    }
    found |= {
        name: shifted(values, 1)
        for name, values in _stretch(signals, cohesion, 0.0, 15.0, "after", with_manner=True).items()
    }
    return found


def _near_start(signals: Signals) -> Named:
    pointing = np.zeros(len(signals))
    for at, said in enumerate(signals.said):
        early = said.lead_ins + 5
        pointing[at] = any(mark.kind == "point" and mark.first < early for mark in said.marks)
    lead = np.array([float(said.lead_ins) for said in signals.said])
    return {"points_early": pointing, "lead_ins": np.minimum(lead, 3.0), "bare": (lead == 0).astype(float)}


def _places(signals: Signals) -> Named:
    gap = signals.gap_s.copy()
    return {
        "turn": signals.turn,
        "gap": np.clip(gap / 1.5, 0.0, 1.0),
        "gap_rank": ranked(gap),
        "long_gap": (gap > 2.5).astype(float),
        "words": np.log(np.minimum(signals.words, 16.0)),
        "long": (signals.words > 28).astype(float),
        "short": (signals.words < 4).astype(float),
        "medium": ((signals.words >= 4) & (signals.words < 8)).astype(float),
        "turn_ahead": np.log1p(_ahead(signals)) / 4.0,
    }


def _ahead(signals: Signals) -> Floats:
    """Seconds until another speaker says more than a nod; at most a minute."""
    ahead, left = np.zeros(len(signals)), 60.0
    for at in range(len(signals) - 1, -1, -1):
        if at + 1 < len(signals) and signals.turn[at + 1] and signals.words[at + 1] >= 4:
            left = 0.0
        left = min(60.0, left + float(signals.seconds[at]))
        ahead[at] = left
    return ahead


def _closing_words(signals: Signals) -> Named:
    """How finished each unit is in itself."""
    unfinished = [
        bool(s.marks)
        and s.marks[-1].last == len(s.tokens)
        and any(m.kind == "open" and m.last == len(s.tokens) for m in s.marks)
        for s in signals.said
    ]
    return {
        "unfinished": np.array(unfinished, float),
        "stopped": signals.stopped if signals.marked else np.ones(len(signals)),
        "ends_words": np.log(signals.words),
        "ends_short": (signals.words < 4).astype(float),
        "ends_asks": signals.question,
        "ends_nod": signals.opens("nod") * (signals.words < 5),
    }


def manner(signals: Signals, cohesion: Cohesion) -> dict[str, tuple[Floats, Floats]]:
    """How things are said, as amounts and what they are counted over: long words, short sentences, stutters,
    parallels, quotations, exclamations, words that come back at once, and how much of the talk the voice
    has."""
    ones = np.ones(len(signals))
    firsts = [tuple(said.tokens[said.lead_ins : said.lead_ins + 2]) for said in signals.said]
    parallel = [
        float(at > 0 and len(pair) == 2 and pair in firsts[max(0, at - 3) : at])
        for at, pair in enumerate(firsts)
    ]
    stutter = [sum(a == b for a, b in pairwise(said.tokens)) for said in signals.said]
    letters = [sum(map(len, said.tokens)) for said in signals.said]
    shares = np.bincount(signals.voice, signals.seconds) / float(signals.seconds.sum())
    return {
        "letters": (np.array(letters, float), signals.words),
        "brief": (((signals.words >= 3) & (signals.words <= 7)).astype(float), ones),
        "stutter": (np.array(stutter, float), signals.words),
        "parallel": (np.array(parallel), ones),
        "exclaims": (np.array([float(said.exclaims) for said in signals.said]), ones),
        "quotes": (np.array([float(said.quotes) for said in signals.said]), signals.words),
        "names": (np.array([float(said.names) for said in signals.said]), signals.words),
        "echo": (cohesion.back * signals.words, signals.words),
        "main_voice": (shares[signals.voice] * signals.seconds, signals.seconds),
        "dense": (cohesion.counts, signals.words),
        "unfinished": (1.0 - signals.stopped, ones),
    }


def value_features(signals: Signals, cohesion: Cohesion) -> Named:
    """What tells whether the stretch around a unit is worth posting: densities over about forty seconds, each
    as its rank within the talk."""
    found: Named = {}
    for kind in KINDS:
        if kind not in ("open", "clause", "noun", "scene", *FINE_KINDS):
            density = over(signals, signals.counts[kind], signals.words)
            found[f"dense_{kind}"] = ranked(density)
            if kind in ("ad", "house", "picture"):
                found[f"much_{kind}"] = np.minimum(density * 20.0, 3.0)
                found[f"near_{kind}"] = np.minimum(
                    over(signals, signals.counts[kind], signals.words, 8.0) * 15.0, 3.0
                )
    found["dense_digit"] = ranked(over(signals, signals.counts["digit"], signals.words))
    found["dense_asks"] = ranked(over(signals, signals.question * signals.words, signals.words))
    found["pace"] = ranked(over(signals, signals.words, signals.seconds))
    found["sentence_length"] = ranked(over(signals, signals.words * signals.words, signals.words))
    found["turns"] = ranked(over(signals, signals.turn, np.ones(len(signals))))
    found["pauses"] = ranked(over(signals, signals.gap_s, signals.seconds))
    found["novel"] = ranked(over(signals, cohesion.novelty, np.ones(len(signals))))
    found["first_said"] = ranked(over(signals, cohesion.first_said, signals.words))
    for name, (amount, whole) in manner(signals, cohesion).items():
        found[name] = ranked(over(signals, amount, whole))
        if name in ("stutter", "letters", "main_voice", "names"):
            found[f"near_{name}"] = ranked(over(signals, amount, whole, 8.0))
    found |= _ends_of_talk(signals)
    return found


def _ends_of_talk(signals: Signals) -> Named:
    start, end = signals.start_s - signals.start_s[0], signals.end_s[-1] - signals.end_s
    return {
        "first_minute": np.exp(-start / 45.0),
        "first_minutes": np.exp(-start / 150.0),
        "last_minute": np.exp(-end / 45.0),
        "last_minutes": np.exp(-end / 150.0),
        "middle": start / max(1.0, float(signals.end_s[-1] - signals.start_s[0])),
    }


def over(signals: Signals, values: Floats, weights: Floats, half_s: float = _WINDOW_S) -> Floats:
    """``sum(values) / sum(weights)`` over the units within ``half_s`` seconds of each unit's middle."""
    middle = (signals.start_s + signals.end_s) / 2
    low = np.searchsorted(middle, middle - half_s)
    high = np.searchsorted(middle, middle + half_s, "right")
    top, bottom = np.concatenate([[0.0], np.cumsum(values)]), np.concatenate([[0.0], np.cumsum(weights)])
    mean: Floats = (top[high] - top[low]) / np.maximum(bottom[high] - bottom[low], 1e-9)
    return mean
