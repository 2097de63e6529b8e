"""Makes the finder's learned tables from marked recordings, and says how well they do on recordings left out.

``python tests/support/moment_training.py FOLDER [--more FOLDER] [--write]``: FOLDER holds marked transcripts
(sentences with times, ``gold``, ``traps``, ``clean_starts``, ``complete_ends``) and ``score.py``, which
measures clips against them. Those of the second folder are learned from too, each for a little. Every number
printed is for recordings of which the tables had seen neither themselves nor their show; ``--write`` then
makes the shipped tables from all of them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments import candidates, ranker
from viralclip_desktop.features.moments.arrays import Floats, Ints
from viralclip_desktop.features.moments.candidates import Gauge, Runs
from viralclip_desktop.features.moments.cohesion import read_cohesion
from viralclip_desktop.features.moments.edges import find_edges
from viralclip_desktop.features.moments.features import ending_features, opening_features, value_features
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.liveliness import hear
from viralclip_desktop.features.moments.meaning import Meaning
from viralclip_desktop.features.moments.model import Model, Table
from viralclip_desktop.features.moments.music import hear_music
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.signals import read_signals
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.traps import KINDS, Traps, columns, find_traps, trap_features
from viralclip_desktop.features.moments.units import text_of, units_of

OPTIONS: Final = FindOptions(count=8, min_length_s=20.0, max_length_s=60.0)
RIDGE: Final = {
    "opening": 400.0,
    "ending": 600.0,
    "value": 300.0,
    "trap": 1000.0,
    "clip": 30.0,
    "clip_trap": 30.0,
}
MARKED_AS: Final = {
    # Words in what a trap was marked as, by the kind they stand for; the first kind that fits.
    "advert": "sponsor, plug for, own event, product, แนะนำช่อง, ลิงก์, anderer podcast, andere sendungen,"
    " links, dienstleister, prix",
    "board": "board, drawing, กระดาน, écran, mise en place, gerät, einspieler",
    "housekeeping": "moderator, opening, introduction, greetings, credits, annonce, vorspann, presentación,"
    " housekeeping, quiz, ankünd, thanks, theme, นับ, ทดสอบ, รอ, unterbr",
    "question": "question, คำถาม, preguntas, frage",
    "list": "list, dates, years, who was in, medical",
    "small_talk": "charla, small talk, rotas, stutter, hunting, talking, répété, wer hatte, wie heißt,"
    " recuerda, which tools",
}
UNIT_WEIGHT, CLIP_WEIGHT = 400.0, 200.0  # each recording counts as this many examples, however long it is
GOLD_WEIGHT = 1.5  # the edges of a marked moment are surer openings and endings than the others
MORE_COUNTS = 0.15  # a recording marked by somebody else: their taste is a little different
GROUPS = 6  # the odds that tables for clips learn from are made without a sixth of the recordings
NEAR_START_S, NEAR_END_S, LATE_END_S = 0.75, 1.0, 0.25

Named = dict[str, Floats]


@dataclass
class Recording:
    """One marked recording: its features, and what the marks say of each unit and candidate."""

    data: dict[str, Any]
    talk: Talk
    features: dict[str, Named]
    labels: dict[str, Floats]
    runs: Runs = field(default_factory=lambda: Runs(np.zeros(0, np.int64), np.zeros(0, np.int64)))
    counts: float = 1.0

    @property
    def name(self) -> str:
        return str(self.data["id"])

    @property
    def show(self) -> str:
        """What recordings of the same people have in common: the mark's ``show``, or where they are from."""
        source = self.data["source"]
        part = str(source.get("path", "")).partition("#")[2]
        return str(self.data.get("show") or f"{source['repo']}#{part}")


def read_recording(data: dict[str, Any], transcript: Transcript, meaning: Meaning | None = None) -> Recording:
    """Everything about a recording that does not depend on the tables."""
    lexicon = load_lexicon(transcript.language)
    units = units_of(transcript, OPTIONS.max_length_s * 0.95, lexicon)
    signals = read_signals(transcript, units, lexicon)
    meant = meaning.vectors([text_of(transcript, unit) for unit in units]) if meaning is not None else None
    cohesion = read_cohesion(signals, lexicon.stop, meant)
    edges = find_edges(transcript.words, units, None, float(data["duration_s"]))
    none = np.zeros(len(units))
    alive = hear(transcript, units, None)
    traps, music = Traps(none, none, none > 0), hear_music(transcript.words, units, None)
    talk = Talk(
        transcript, units, lexicon, signals, cohesion, alive, edges, none, none, none, traps, none, music
    )
    found = {
        "opening": opening_features(signals, cohesion),
        "ending": ending_features(signals, cohesion),
        "value": value_features(signals, cohesion),
        "trap": trap_features(transcript.words, units, lexicon, signals, cohesion),
    }
    recording = Recording(data, talk, found, _unit_labels(data, talk))
    recording.runs = candidates.runs_within(talk, OPTIONS)
    recording.labels |= _run_labels(data, talk, recording.runs)
    return recording


def _unit_labels(data: dict[str, Any], talk: Talk) -> dict[str, Floats]:
    sentences, signals = data["sentences"], talk.signals
    opening, ending, value, trap = (np.zeros(len(talk)) for _ in range(4))
    gold = data["gold"]
    starts = [(sentences[at][0], 1.0) for at in data["clean_starts"]]
    ends = [(sentences[at][1], 1.0) for at in data["complete_ends"]]
    starts += [(moment["start_s"], GOLD_WEIGHT) for moment in gold]
    ends += [(moment["end_s"], GOLD_WEIGHT) for moment in gold]
    for at_s, weight in starts:
        unit = _nearest(signals.start_s, at_s, NEAR_START_S, signals.words)
        opening[unit] = np.maximum(opening[unit], weight)
    for at_s, weight in ends:
        unit = _nearest(signals.end_s + LATE_END_S, at_s, NEAR_END_S, signals.words)
        ending[unit] = np.maximum(ending[unit], weight)
    middle = (signals.start_s + signals.end_s) / 2
    for moment in gold:
        value[(middle > moment["start_s"]) & (middle < moment["end_s"])] = 1.0
    kinds = {f"trap_{kind}": np.zeros(len(talk)) for kind in KINDS}
    for part in data["traps"]:
        inside = (middle > part["start_s"]) & (middle < part["end_s"])
        trap[inside] = 1.0
        for kind in _marked_as(part["kind"]):
            kinds[f"trap_{kind}"][inside] = 1.0
    return {"opening": opening, "ending": ending, "value": value, "trap": trap, **kinds}


def _marked_as(text: str) -> list[str]:
    """The kind a mark's words stand for, in a list of one; none for stories cut short and the like."""
    fitting = [
        kind
        for kind, parts in MARKED_AS.items()
        if any(part.strip() in text.lower() for part in parts.split(","))
    ]
    return fitting[:1]


def _nearest(times: Floats, at_s: float, within_s: float, words: Floats) -> Ints:
    """The unit nearest to a time, as a list of one; empty where none is near. A nod gives way to a
    sentence."""
    distance = np.abs(times - at_s) + 0.05 * (words < 3)
    best = int(np.argmin(distance))
    return np.array([best] if abs(float(times[best]) - at_s) < within_s else [], np.int64)


def _run_labels(data: dict[str, Any], talk: Talk, runs: Runs) -> dict[str, Floats]:
    low, high = talk.edges.start_s[runs.first], talk.edges.end_s[runs.last]
    overlap, trap = np.zeros(len(runs)), np.zeros(len(runs))
    for moment in data["gold"]:
        shared = np.maximum(0.0, np.minimum(high, moment["end_s"]) - np.maximum(low, moment["start_s"]))
        total = np.maximum(high, moment["end_s"]) - np.minimum(low, moment["start_s"])
        overlap = np.maximum(overlap, shared / total)
    for part in data["traps"]:
        shared = np.maximum(0.0, np.minimum(high, part["end_s"]) - np.maximum(low, part["start_s"]))
        trap = np.maximum(trap, shared / (high - low))
    return {"clip": (overlap >= 0.5).astype(float), "clip_trap": (trap > 0.25).astype(float)}


def fit_table(  # noqa: PLR0917 - examples, and how they count
    features: Sequence[Named],
    labels: Sequence[Floats],
    ridge: float,
    weight: float,
    start: Table | None = None,
    shares: Sequence[float] | None = None,
) -> Table:
    """A logistic model by Newton's method, with an L2 penalty; each recording weighs the same, times its
    share. ``start``: a table of much the same recordings, from which fewer steps are needed."""
    names = tuple(features[0])
    rows = np.concatenate([np.stack([named[name] for name in names], 1) for named in features])
    target = np.concatenate([np.minimum(1.0, values) for values in labels])
    each = [weight * share for share in shares or [1.0] * len(labels)]
    counts = np.concatenate(
        [np.full(len(v), w / len(v)) * np.maximum(1.0, v) for v, w in zip(labels, each, strict=True)]
    )
    means, spreads = rows.mean(0), rows.std(0) + 1e-6
    scaled = np.c_[(rows - means) / spreads, np.ones(len(rows))]
    penalty = np.append(np.full(len(names), ridge), 1e-6)
    weights = np.zeros(len(names) + 1) if start is None else np.append(start.weights, start.bias)
    for _ in range(12):
        chance = 1.0 / (1.0 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (chance - target)) + penalty * weights
        curve = (scaled * (counts * chance * (1.0 - chance) + 1e-9)[:, None]).T @ scaled + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-4:
            break
    return Table(names, means, spreads, weights[:-1], float(weights[-1]))


JUDGED: Final = ("opening", "ending", "value")


class UnitTables:
    """The tables that judge single units, made once for each set of recordings."""

    def __init__(self) -> None:
        self._made: dict[frozenset[str], dict[str, Table]] = {}

    def of(self, recordings: Sequence[Recording]) -> dict[str, Table]:
        """All of them, learned from these recordings."""
        key = frozenset(r.name for r in recordings)
        if key not in self._made:
            start = next(iter(self._made.values()), {})
            tables = {
                name: fit_table(
                    [r.features[name] for r in recordings],
                    [r.labels[name] for r in recordings],
                    RIDGE[name],
                    UNIT_WEIGHT,
                    start.get(name),
                    [r.counts for r in recordings],
                )
                for name in JUDGED
            }
            traps = {f"trap_{kind}": _trap_table(recordings, kind, start) for kind in KINDS}
            self._made[key] = tables | traps
        return self._made[key]


def _trap_table(recordings: Sequence[Recording], kind: str, start: dict[str, Table]) -> Table:
    """A kind of trap against all that is none: the other kinds are left aside."""
    name, features, labels = f"trap_{kind}", [], []
    for recording in recordings:
        own = recording.labels[name]
        kept = (own > 0) | (recording.labels["trap"] == 0)
        features.append({column: recording.features["trap"][column][kept] for column in columns(kind)})
        labels.append(own[kept])
    shares = [r.counts for r in recordings]
    return fit_table(features, labels, RIDGE["trap"], UNIT_WEIGHT, start.get(name), shares)


def judged(recording: Recording, tables: dict[str, Table]) -> Talk:
    """The talk of a recording with the tables' odds."""
    odds = {name: tables[name].score(recording.features[name]) for name in JUDGED}
    traps = find_traps(recording.features["trap"], recording.talk.signals, Model("", tables))
    return replace(recording.talk, **odds, traps=traps)


def train(recordings: Sequence[Recording], units: UnitTables, made: str = "") -> Model:
    """All tables. Those for clips learn from odds of units that neither a recording's own marks nor those of
    its show had a part in."""
    shows = list(dict.fromkeys(r.show for r in recordings))
    gauged = []
    for recording in recordings:
        group = shows.index(recording.show) % GROUPS
        others = [r for r in recordings if shows.index(r.show) % GROUPS != group]
        gauged.append(Gauge(judged(recording, units.of(others))).features(recording.runs))
    tables = dict(units.of(recordings))
    shares = [r.counts for r in recordings]
    for name in ("clip", "clip_trap"):
        labels = [r.labels[name] for r in recordings]
        tables[name] = fit_table(gauged, labels, RIDGE[name], CLIP_WEIGHT, None, shares)
    return Model(made, tables)


def clips_of(recording: Recording, model: Model) -> list[dict[str, Any]]:
    """The clips found with these tables, in the form score.py reads."""
    talk = judged(recording, dict(model.tables))
    worth = ranker.judge(talk, Gauge(talk), recording.runs, model)
    chosen = ranker.pick(talk, recording.runs, worth, OPTIONS)
    edged = ranker.with_best_edges(talk, recording.runs, worth, chosen)
    found = ranker.settle(talk, recording.runs.part(edged), OPTIONS)
    return [
        {
            "rank": place + 1,
            "start_s": float(talk.edges.start_s[first]),
            "end_s": float(talk.edges.end_s[last]),
        }
        for place, (first, last) in enumerate(zip(found.first, found.last, strict=True))
    ]


KEYS: Final = ("P@5", "P@5 best", "recall@8", "mean IoU", "clean starts", "complete ends", "both", "traps")
UNREACHED: Final = ("no start", "no end")  # marked starts and ends with no edge of a unit near them
CUT_START_S, CUT_END_S = 0.8, 0.9  # how near counts, as in score.py
SUMMED: Final = ("traps", *UNREACHED)


def unreached(recording: Recording) -> dict[str, float]:
    """How many marked starts and ends no clip can have, since no unit begins or ends there."""
    sentences, edges = recording.data["sentences"], recording.talk.edges
    starts = [float(np.abs(edges.start_s - sentences[at][0]).min()) for at in recording.data["clean_starts"]]
    ends = [float(np.abs(edges.end_s - sentences[at][1]).min()) for at in recording.data["complete_ends"]]
    missed = sum(far >= CUT_START_S for far in starts), sum(far >= CUT_END_S for far in ends)
    return dict(zip(UNREACHED, map(float, missed), strict=True))


def left_out(recordings: Sequence[Recording], score: Any, hold: int = 1) -> dict[str, dict[str, float]]:
    """Measures for each recording that counts whole, by tables made without its show (and, with ``hold``,
    without that many in all)."""
    table, units, tested = {}, UnitTables(), [r for r in recordings if r.counts >= 1.0]
    for at, recording in enumerate(tested):
        out = {(at + step * max(1, len(tested) // hold)) % len(tested) for step in range(hold)} | {at}
        shows = {tested[place].show for place in out}
        model = train([r for r in recordings if r.show not in shows], units)
        rows = score.judge(recording.data, clips_of(recording, model))
        table[recording.name] = score.summary(recording.data, rows) | unreached(recording)
    return table


def show(table: dict[str, dict[str, float]], tell: Callable[[str], None] = print) -> None:
    """One line a recording, and their mean (the sum of the traps and of what is out of reach)."""
    keys = (*KEYS, *UNREACHED)
    tell(f"{'':18}" + "".join(f"{key:>14}" for key in keys))
    for name, row in table.items():
        tell(f"{name:18}" + "".join(f"{row[key]:14.2f}" for key in keys))
    total = {key: sum(row[key] for row in table.values()) for key in keys}
    tell(f"{'all':18}" + "".join(f"{total[k] / (1 if k in SUMMED else len(table)):14.2f}" for k in keys))


def as_json(model: Model) -> str:
    """The tables as the program reads them."""
    tables = {
        name: {
            "bias": round(table.bias, 5),
            "features": {
                feature: [round(float(v), 5) for v in row]
                for feature, *row in zip(table.names, table.means, table.spreads, table.weights, strict=True)
            },
        }
        for name, table in model.tables.items()
    }
    text = json.dumps({"made": model.made, "tables": tables}, ensure_ascii=False, indent=0)
    return text.replace("[\n", "[").replace(",\n-", ", -").replace("\n]", "]") + "\n"


def load(folder: Path, models: Path | None = None, more: Path | None = None) -> tuple[list[Recording], Any]:
    """All marked recordings of a folder and of ``more``, and the folder's score.py. ``models``: with the
    sentence model in there."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    found = [_loaded(path, score, models) for path in sorted(folder.glob("*.json"))]
    others = [_loaded(path, score, models) for path in sorted(more.glob("*.json"))] if more else []
    return found + [replace(recording, counts=MORE_COUNTS) for recording in others], score


def _loaded(path: Path, score: Any, models: Path | None) -> Recording:
    from viralclip_desktop.engines.meaning.minilm import meaning_for
    from viralclip_desktop.features.transcription.importing import transcript_from

    data = json.loads(path.read_text("utf-8"))
    data["speakers"] = data["speakers"] or [""]
    with tempfile.TemporaryDirectory() as work:
        subtitles, _ = score.write_subtitles(data, Path(work))
        transcript = transcript_from(subtitles, Time.from_seconds(data["duration_s"]))
    meaning = meaning_for(transcript.language, models) if models is not None else None
    return read_recording(data, transcript, meaning)


def main() -> None:
    """Report, and write the shipped tables when asked."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--more", type=Path, help="a folder of recordings that count for less")
    ask.add_argument("--hold", type=int, default=1, help="recordings left out each time")
    ask.add_argument("--write", action="store_true", help="make the shipped tables from all recordings")
    ask.add_argument("--skip", action="store_true", help="write without the report")
    ask.add_argument("--models", type=Path, help="read with the sentence model of this folder of models")
    asked = ask.parse_args()
    recordings, score = load(asked.folder, asked.models, asked.more)
    if not asked.skip:
        show(left_out(recordings, score, asked.hold))
    if asked.write:
        languages = ", ".join(sorted({r.data["language"] for r in recordings}))
        whole = sum(r.counts >= 1.0 for r in recordings)
        made = (
            f"Logistic models, L2 penalties {RIDGE}, learned by tests/support/moment_training.py from "
            f"{whole} marked recordings and, each for {MORE_COUNTS}, {len(recordings) - whole} more "
            f"({languages}). Each feature: mean, spread, weight for one spread."
        )
        path = Path(ranker.__file__).parents[3] / "resources" / "moments" / "model.json"
        path.write_text(as_json(train(recordings, UnitTables(), made)), encoding="utf-8")


if __name__ == "__main__":
    main()
