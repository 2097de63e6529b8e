"""A few typed words, such as "calm lo-fi, slow, 30 s, without drums", as wishes for the composer, by plain
rules. The words are data: ``resources/music/words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from viralclip_desktop.core.resources import resource
from viralclip_desktop.features.music.composing import FASTEST, LONGEST_S, SHORTEST_S, SLOWEST
from viralclip_desktop.music.presets import USUAL, of_mood, presets
from viralclip_desktop.music.theory import MAJOR, MINOR, read_key

_SLOWER, _FASTER = 0.88, 1.12
"""Slow and fast, as shares of a preset's slowest and fastest tempo."""
_LONGEST_TEXT: Final = 500
_DECADE: Final = "[789]0"
"""Of "80s synth", which is no length."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was found in the words; None and empty is what they say nothing about. ``tempo``: beats a minute;
    ``tonic``: a pitch class; ``without``: stems."""

    preset: str | None = None
    mood: str | None = None
    tempo: float | None = None
    tonic: int | None = None
    mode: str | None = None
    duration_s: float | None = None
    loops: bool = False
    without: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether none of the words says anything."""
        return self == Understood()


def understood(text: str) -> Understood:
    """What typed words ask for, in English, Indonesian or Thai. Any text may come."""
    said = " ".join(text[:_LONGEST_TEXT].casefold().split())
    if not said:
        return Understood()
    words = _words()
    mood = _most(said, words["moods"])
    preset = _most(said, words["presets"]) or (of_mood(mood)[0] if mood else None)
    tonic, mode = _key(text[:_LONGEST_TEXT])
    return Understood(
        preset=preset,
        mood=mood,
        tempo=_tempo(said, preset),
        tonic=tonic,
        mode=mode,
        duration_s=_duration(said),
        loops=bool(_found(said, words["other"]["loop"])),
        without=tuple(stem for stem, names in words["stems"].items() if _left_out(said, names)),
    )


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("music", "words.toml").read_text(encoding="utf-8"))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Where words stand: Latin ones alone, others within what is written without spaces."""
    longest_first = sorted(names, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    others = [re.escape(word) for word in longest_first if not word.isascii()]
    return re.compile("|".join([rf"(?<![^\W_])(?:{latin})(?![^\W_])", *others]))


def _places(said: str, names: Sequence[str]) -> Iterator[int]:
    return (found.start() for found in _pattern(tuple(names)).finditer(said))


def _found(said: str, names: Sequence[str]) -> list[int]:
    """Where words stand that are not denied."""
    return [place for place in _places(said, names) if not _denied(said, place)]


def _left_out(said: str, names: Sequence[str]) -> bool:
    return any(_denied(said, place) for place in _places(said, names))


def _denied(said: str, place: int) -> bool:
    """Whether "no", "without" or the like stands right before a place."""
    before = said[:place].rstrip()
    return any(
        found.end() == len(before) for found in _pattern(tuple(_words()["other"]["without"])).finditer(before)
    )


def _most(said: str, named: dict[str, list[str]]) -> str | None:
    """Whose words come most often, of several the one that is named first."""
    found = {name: places for name, words in named.items() if (places := _found(said, words))}
    return min(found, key=lambda name: (-len(found[name]), min(found[name])), default=None)


def _tempo(said: str, preset: str | None) -> float | None:
    given = _amount(said, _words()["other"]["beats_a_minute"])
    if given is not None:
        return min(FASTEST, max(SLOWEST, given))
    low, high = presets()[preset or USUAL].tempo
    for name, tempo in (("slow", low * _SLOWER), ("fast", high * _FASTER)):
        if _found(said, _words()["tempo"][name]):
            return float(round(min(FASTEST, max(SLOWEST, tempo))))
    return None


def _duration(said: str) -> float | None:
    seconds = _amount(said, _words()["other"]["seconds"])
    minutes = _amount(said, _words()["other"]["minutes"])
    if seconds is None and minutes is None:
        return None
    return min(LONGEST_S, max(SHORTEST_S, (seconds or 0.0) + 60 * (minutes or 0.0)))


def _amount(said: str, units: Sequence[str]) -> float | None:
    """The number before one of some units."""
    names = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    found = re.search(rf"(?<!\d)(?!{_DECADE}s)(\d{{1,4}}(?:[.,]\d)?)\s*(?:{names})(?![a-z])", said)
    return float(found[1].replace(",", ".")) if found else None


def _key(text: str) -> tuple[int | None, str | None]:
    """A tonic with its mode (``A minor``, ``Bb major``, ``F#m``), or a mode alone."""
    other = _words()["other"]
    major, minor = ("|".join(re.escape(word) for word in other[mode]) for mode in ("major", "minor"))
    found = re.search(rf"(?<![^\W_])([A-G](?:#|b)?)(?:\s+({major}|{minor})|(m))(?![^\W_])", text)
    if found is not None:
        is_minor = bool(found[3]) or found[2] in other["minor"]
        return read_key(found[1], MAJOR).tonic, MINOR if is_minor else MAJOR
    said = text.casefold()
    for mode, names in ((MAJOR, other["major"]), (MINOR, other["minor"])):
        if _found(said, names):
            return None, mode
    return None, None
