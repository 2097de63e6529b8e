"""The learned tables: small logistic models over named features, kept as one readable file.

Each table is a weighted sum of features, each first brought to mean 0 and spread 1 by the values kept with
it, so that a weight says how much a typical difference counts. The file says how it was made;
``tests/support/ moment_training.py`` makes it again from a folder of marked transcripts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from viralclip_desktop.core.resources import resource
from viralclip_desktop.features.moments.arrays import Floats

TABLES = (
    "opening", "ending", "value", "clip", "clip_trap", "trap_advert", "trap_board", "trap_housekeeping",
    "trap_question", "trap_list", "trap_small_talk",
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One weighted sum. Arrays have one value a feature, in the order of ``names``."""

    names: tuple[str, ...]
    means: Floats
    spreads: Floats
    weights: Floats
    bias: float

    def score(self, features: Mapping[str, Floats]) -> Floats:
        """The sum for every row: log-odds, above 0 for "rather yes"."""
        total: Floats = np.full(len(next(iter(features.values()))), self.bias)
        for name, mean, spread, weight in zip(
            self.names, self.means, self.spreads, self.weights, strict=True
        ):
            total = total + weight / spread * (features[name] - mean)
        return total


@dataclass(frozen=True)
class Model:
    """All tables; ``made`` tells how."""

    made: str
    tables: Mapping[str, Table]

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]


@cache
def load_model() -> Model:
    """The tables shipped with the program."""
    return read_model(resource("moments", "model.json").read_text(encoding="utf-8"))


def read_model(text: str) -> Model:
    """Tables from their JSON form: ``{"made", "tables": {name: {"bias", "features": {name: [mean, spread,
    weight]}}}}``."""
    kept = json.loads(text)
    tables = {}
    for name, table in kept["tables"].items():
        rows = np.array(list(table["features"].values()), float)
        tables[name] = Table(
            tuple(table["features"]), rows[:, 0], rows[:, 1], rows[:, 2], float(table["bias"])
        )
    return Model(kept["made"], tables)


def probability(odds: Floats) -> Floats:
    """Log-odds as a probability."""
    chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return chance
