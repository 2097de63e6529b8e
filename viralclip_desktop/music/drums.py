"""Drums: patterns (``resources/music/grooves.toml``), fills at the seams, what changes between bars."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from viralclip_desktop.core.resources import resource
from viralclip_desktop.music.song import BEATS, Note, Section

KICK, CRASH = 36, 49
_PIECES = dict(
    zip("kxschpolmtrjagqb", (36, 37, 38, 39, 42, 44, 46, 43, 47, 50, 51, 54, 70, 63, 64, 40), strict=True)
)
_STEP = BEATS / 16
_LENGTH = 0.2
_LEVELS = ("soft", "usual", "full")
_SOFT_GROOVES = ("half", "folk")  # in which no cymbal crashes

Pattern = Mapping[str, str]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resource("music", "grooves.toml").read_text(encoding="utf-8"))


def _pattern(groove: str, level: int) -> Pattern:
    found: Pattern = _file()["groove"][groove][_LEVELS[level]]
    return found


def _fills(groove: str) -> list[Pattern]:
    found: list[Pattern] = _file()["fills"][_file()["groove"][groove]["fills"]]
    return found


def crashes(groove: str) -> bool:
    """Whether a groove marks sections with a cymbal."""
    return groove not in _SOFT_GROOVES


def kick_steps(groove: str, level: int) -> tuple[int, ...]:
    """The steps (0..15) on which the kick is struck, for a bass that goes with it."""
    row = _pattern(groove, level).get("k", "9.......9.......")
    return tuple(step for step, mark in enumerate(row) if mark != ".")


def level_of(energy: float) -> int:
    """Which of the three patterns an energy (0..1) has; -1 for none."""
    return -1 if energy < 0.2 else 0 if energy < 0.45 else 1 if energy < 0.78 else 2


def section_drums(groove: str, section: Section, rng: Random, *, crash: bool, fill: bool) -> Iterator[Note]:
    """The drums of a section. ``crash``: on its first beat; ``fill``: in its last bar, leading on."""
    level = level_of(section.energy)
    if level < 0:
        return
    pattern = _pattern(groove, level)
    if crash and crashes(groove):
        yield Note(section.start_bar * BEATS, 2, CRASH, 84)
    for bar in range(section.bars):
        at = (section.start_bar + bar) * BEATS
        if fill and bar == section.bars - 1 and section.bars > 1:
            chosen = rng.choice(_fills(groove))
            yield from _bar(pattern, at, rng, until=_first_step(chosen), vary=bar % 2 == 1)
            yield from _bar(chosen, at, rng)
            continue
        yield from _bar(pattern, at, rng, vary=bar % 2 == 1)
        if bar % 4 == 3 and level > 0 and rng.random() < 0.6:  # a small one inside
            piece, mark = ("s", "2") if "s" in pattern else ("c", "3") if "c" in pattern else ("x", "3")
            yield from _bar({piece: "." * 13 + mark + "." + mark}, at, rng)


def _first_step(pattern: Pattern) -> int:
    return min(min(step for step, mark in enumerate(row) if mark != ".") for row in pattern.values())


def _bar(pattern: Pattern, at: float, rng: Random, *, until: int = 16, vary: bool = False) -> Iterator[Note]:
    for piece, row in pattern.items():
        for step, mark in enumerate(row[:until]):
            if mark == ".":
                if vary and piece == "k" and step == 14 and row[8] != "." and rng.random() < 0.25:
                    yield Note(at + step * _STEP, _LENGTH, KICK, 62)
                continue
            if vary and mark in "23" and piece in "hsa" and rng.random() < 0.2:
                continue
            velocity = 22 + 11 * int(mark) + rng.randint(-5, 5)
            yield Note(at + step * _STEP, _LENGTH, _PIECES[piece], max(12, min(124, velocity)))
