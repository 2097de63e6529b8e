"""What tightening takes out of a recording: words and sounds that should go, and the pauses around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.tightening import CutKind as Kind
from viralclip_desktop.domain.transcript import Word, join_words
from viralclip_desktop.features.tighten.by_sound import Samples, fillers_by_sound
from viralclip_desktop.features.tighten.edges import INWARD_S, OUTWARD_S, Grid, quietest
from viralclip_desktop.features.tighten.levels import Levels
from viralclip_desktop.features.tighten.lists import Lists, key
from viralclip_desktop.features.tighten.music import with_music
from viralclip_desktop.features.tighten.pace import Pace, Pause
from viralclip_desktop.features.tighten.said import CLOSERS, ends_sentence
from viralclip_desktop.features.tighten.times import as_heard
from viralclip_desktop.features.tighten.wording import wording

SHORTEST_S: Final = 0.1  # three frames at 30: less is not worth a join
_PAD_S: Final = 0.06  # of quiet that always stays beside a word: half of the longest crossfade
_CLEAR_S: Final = 0.03
_APART_S: Final = 0.3
_LOOSE_S: Final = 0.08  # how far off a recogniser's times may be
_LAUGHTER_S: Final = 0.35  # sound without words this long is laughter, applause or music
_BESIDE_S: Final = 0.25  # a pause this close to it belongs to it
_DIP_DB: Final = 9.0  # where no quiet parts two sounds, a cut lies this far below both or not at all
_BY_SOUND_FROM: Final = 0.25  # strength
_PLANNED_MARKS: Final = "?？؟:：…—–"


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """What goes, in source time, and why."""

    range: TimeRange
    kind: Kind
    text: str
    """The words that go; empty for silence and sounds without words."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A word, or a sound that is none."""

    start_s: float
    end_s: float
    text: str
    speaker: str = ""
    gone: Kind | None = None


@dataclass(frozen=True)
class Heard:
    """Everything a plan is made of. ``words`` are in source time; ``samples`` gives those between two
    times."""

    words: Sequence[Word]
    lists: Lists
    levels: Levels
    samples: Samples
    fps: Fraction | None = None
    """The frame rate of the picture if it is constant: cuts lie on its frames."""


def plan_cuts(heard: Heard, strength: float) -> list[PlannedCut]:
    """The cuts of a strength (0..1) in order and apart, none of which touches a word that stays."""
    heard = replace(heard, words=as_heard(heard.words, heard.levels, heard.samples))
    return _Planner(heard, Pace(min(1.0, max(0.0, strength)))).cuts()


class _Planner:
    def __init__(self, heard: Heard, pace: Pace) -> None:
        self.levels, self.pace, self.grid = heard.levels, pace, Grid(heard.fps)
        self.samples, self.lists = heard.samples, heard.lists
        self.spoken = self._everything(heard)
        self.runs = self.levels.quiet_runs(0.03)
        self.run_ends = [end for _, end in self.runs]
        self.laughs = list(self._laughter())

    def cuts(self) -> list[PlannedCut]:
        of_words = [cut for first, last in self._groups() for cut in self._cut_words(first, last)]
        silences = list(self._silences([cut.range for cut in of_words]))
        cuts = [*of_words, *self._without_music(silences)]
        return _apart(sorted(cuts, key=lambda cut: cut.range.start))

    def _everything(self, heard: Heard) -> list[_Spoken]:
        kinds: dict[int, Kind] = {}
        for gone in wording(heard.words, heard.lists, self.pace.strength):
            kinds |= dict.fromkeys(range(gone.first, gone.last), gone.kind)
        spoken = [
            _Spoken(word.start.seconds, word.end.seconds, word.text, word.speaker, kinds.get(at))
            for at, word in enumerate(heard.words)
        ]
        if self.pace.strength >= _BY_SOUND_FROM and spoken:
            found = fillers_by_sound(heard.words, heard.levels, heard.samples)
            spoken += [_Spoken(start, end, "", "", Kind.FILLER) for start, end in found]
        return sorted(spoken, key=lambda one: one.start_s)

    def _laughter(self) -> Iterator[tuple[float, float]]:
        """Sounds that no word explains and that are no fillers, and what the transcript calls laughter."""
        starts = [one.start_s for one in self.spoken]
        for start_s, end_s in self.levels.sound_runs(closed_s=0.3):
            near = self.spoken[
                max(0, bisect_left(starts, start_s) - 3) : bisect_left(starts, end_s + _LOOSE_S)
            ]
            said = sum(max(0.0, min(end_s, one.end_s) - max(start_s, one.start_s)) for one in near)
            if self.levels.sounding_s(start_s, end_s) - said >= _LAUGHTER_S:
                yield start_s, end_s
        for one in self.spoken:
            if one.text[:1] in "[(（［♪*" and (key(one.text) in self.lists.laughter or "♪" in one.text):
                yield one.start_s, one.end_s

    # --- words and sounds that go

    def _groups(self) -> list[tuple[int, int]]:
        groups: list[tuple[int, int]] = []
        for at, one in enumerate(self.spoken):
            if one.gone is None:
                continue
            if groups and groups[-1][1] == at:
                groups[-1] = (groups[-1][0], at + 1)
            else:
                groups.append((at, at + 1))
        return groups

    def _cut_words(self, first: int, last: int) -> list[PlannedCut]:
        before = self.spoken[first - 1] if first else None
        after = self.spoken[last] if last < len(self.spoken) else None
        left = self._boundary(before, self.spoken[first])
        right = self._boundary(self.spoken[last - 1], after)
        if left is None or right is None:
            return []
        kept_s = self.pace.kept_s(self._purpose(before, after))
        ahead_s, behind_s = _free_s(left), _free_s(right)
        kept_s = min(ahead_s + behind_s, max(kept_s, 2 * _PAD_S))
        ahead_kept_s = min(ahead_s, max(kept_s / 2, kept_s - behind_s))
        start = self._edge(left[0] + ahead_kept_s, left, after_word=True)
        end = self._edge(right[1] - (kept_s - ahead_kept_s), right, after_word=False)
        if start is None or end is None or (end - start).seconds < SHORTEST_S / 2:
            return []
        gone = self.spoken[first:last]
        kinds = [one.gone for one in gone if one.gone is not None]
        kind = next((one for one in (Kind.RETAKE, Kind.REPEAT) if one in kinds), kinds[0])
        cut = PlannedCut(TimeRange(start, end), kind, join_words([one.text for one in gone if one.text]))
        return self._with_silences_apart(cut, left[1], right[0])

    def _with_silences_apart(self, cut: PlannedCut, sound_s: float, silence_s: float) -> list[PlannedCut]:
        """A cut of sound from ``sound_s`` to ``silence_s``; much silence to a side of it is a cut of its own,
        which can be brought back by itself."""
        parts, start, end = [], cut.range.start, cut.range.end
        if sound_s - start.seconds >= _APART_S:
            middle = self._on_grid(sound_s - _CLEAR_S)
            parts.append(PlannedCut(TimeRange(start, middle), Kind.SILENCE, ""))
            start = middle
        if end.seconds - silence_s >= _APART_S:
            middle = self._on_grid(silence_s + _CLEAR_S)
            parts.append(PlannedCut(TimeRange(middle, end), Kind.SILENCE, ""))
            end = middle
        return sorted([*parts, replace(cut, range=TimeRange(start, end))], key=lambda one: one.range.start)

    def _on_grid(self, at_s: float) -> Time:
        at = Time.from_seconds(at_s)
        return at.snapped(self.grid.fps) if self.grid.fps else at

    def _boundary(self, before: _Spoken | None, after: _Spoken | None) -> tuple[float, float] | None:
        """The quiet between two spoken things, or the dip between them (as an empty stretch); None where
        they run into each other."""
        if before is None or after is None:
            return self._outer(before, after)
        low, high = min(before.end_s, after.start_s), max(before.end_s, after.start_s)
        low, high = low - _LOOSE_S, high + _LOOSE_S
        low, high = max(low, _middle(before)), min(high, _middle(after))
        near = [(a, b) for a, b in self._quiet_between(low, high) if min(b, high) - max(a, low) > 0]
        if near:
            return max(near, key=lambda run: min(run[1], high) - max(run[0], low))
        return self._dip(before, after, low, high)

    def _outer(self, before: _Spoken | None, after: _Spoken | None) -> tuple[float, float]:
        """The quiet before the first or after the last thing that is said."""
        if after is not None:
            near = self._quiet_between(self.levels.start_s, after.start_s + _LOOSE_S)
            return near[-1] if near else (after.start_s, after.start_s)
        assert before is not None
        near = self._quiet_between(before.end_s - _LOOSE_S, self.levels.end_s)
        return near[0] if near else (before.end_s, before.end_s)

    def _dip(self, before: _Spoken, after: _Spoken, low: float, high: float) -> tuple[float, float] | None:
        """Where sounds meet without quiet: the quietest frame between them, if it is much quieter."""
        at_s = (before.end_s + after.start_s) / 2
        found = quietest(self.levels, self.grid, at_s, low, high)
        if found is None:
            return None
        dip = self.levels.at(found.seconds)
        around = min(self._peak(before.start_s, before.end_s), self._peak(after.start_s, after.end_s))
        return (found.seconds, found.seconds) if dip <= around - _DIP_DB else None

    def _peak(self, start_s: float, end_s: float) -> float:
        part = self.levels.smooth_db[self.levels.hop(start_s) : self.levels.hop(end_s) + 1]
        return float(part.max()) if len(part) else 0.0

    def _edge(self, at_s: float, quiet: tuple[float, float], *, after_word: bool) -> Time | None:
        """A cut's start (after a word that stays) or its end (before one), on a frame where it is quietest:
        up to 150 ms away from the word and 30 ms towards it, in the quiet."""
        frame_s = 1 / float(self.grid.fps) if self.grid.fps else 0.0
        over_s = (
            frame_s if quiet[1] - quiet[0] < frame_s else 0.0
        )  # rather a rest of what goes than less word
        if after_word:
            low_s, high_s = max(at_s - INWARD_S, quiet[0]), min(at_s + OUTWARD_S, quiet[1] + over_s)
        else:
            low_s, high_s = max(at_s - OUTWARD_S, quiet[0] - over_s), min(at_s + INWARD_S, quiet[1])
        return quietest(self.levels, self.grid, at_s, low_s - 1e-6, high_s + 1e-6)

    # --- pauses

    def _silences(self, taken: Sequence[TimeRange]) -> Iterator[PlannedCut]:
        middles = [_middle(one) for one in self.spoken]
        for quiet in self._silent(0.2):
            if any(_touch(one, quiet) for one in taken):
                continue
            place = bisect_left(middles, sum(quiet) / 2)
            before = self.spoken[place - 1] if place else None
            after = self.spoken[place] if place < len(self.spoken) else None
            cut = self._cut_pause(quiet, self._purpose(before, after, quiet))
            if cut is not None:
                yield PlannedCut(cut, Kind.SILENCE, "")

    def _without_music(self, silences: Sequence[PlannedCut]) -> list[PlannedCut]:
        sounds = [self.samples(cut.range.start.seconds, cut.range.end.seconds) for cut in silences]
        return [cut for cut, music in zip(silences, with_music(sounds), strict=True) if not music]

    def _silent(self, shortest_s: float) -> Iterator[tuple[float, float]]:
        """Quiet without words. A word that is heard somewhere is only there; one that is quiet altogether
        is protected."""
        soft = [one for one in self.spoken if self.levels.sounding_s(one.start_s, one.end_s) < 0.04]
        ends = [one.end_s for one in soft]
        for start_s, end_s in self.levels.quiet_runs(shortest_s):
            free_s = start_s
            for one in soft[bisect_left(ends, start_s) :]:
                if one.start_s >= end_s:
                    break
                if one.start_s - free_s >= shortest_s:
                    yield free_s, one.start_s
                free_s = max(free_s, one.end_s)
            if end_s - free_s >= shortest_s:
                yield free_s, end_s

    def _cut_pause(self, quiet: tuple[float, float], purpose: Pause) -> TimeRange | None:
        length_s = quiet[1] - quiet[0]
        if length_s <= self.pace.longest_s(purpose):
            return None
        kept_s = max(self.pace.kept_s(purpose), 2 * _PAD_S)
        start = self._edge(quiet[0] + kept_s / 2, quiet, after_word=True)
        end = self._edge(quiet[1] - kept_s / 2, quiet, after_word=False)
        if start is None or end is None or (end - start).seconds < SHORTEST_S:
            return None
        return TimeRange(start, end)

    def _purpose(
        self, before: _Spoken | None, after: _Spoken | None, quiet: tuple[float, float] | None = None
    ) -> Pause:
        if before is None or after is None:
            return Pause.EDGE
        if quiet is not None and any(
            a - _BESIDE_S <= quiet[1] and quiet[0] <= b + _BESIDE_S for a, b in self.laughs
        ):
            return Pause.PLANNED
        mark = before.text.rstrip(CLOSERS)[-1:]
        if (mark and mark in _PLANNED_MARKS) or before.text.endswith("..."):
            return Pause.PLANNED
        turn = bool(before.speaker and after.speaker and before.speaker != after.speaker)
        return Pause.BETWEEN if turn or ends_sentence(before.text) else Pause.INSIDE

    def _quiet_between(self, low_s: float, high_s: float) -> list[tuple[float, float]]:
        """The stretches of quiet that reach into a time, whole."""
        found = []
        for run in self.runs[bisect_left(self.run_ends, low_s) :]:
            if run[0] >= high_s:
                break
            found.append(run)
        return found


def _free_s(quiet: tuple[float, float]) -> float:
    """How much of the quiet beside something that goes may stay: not where the crossfade would let it be
    heard."""
    length_s = quiet[1] - quiet[0]
    return length_s - min(_CLEAR_S, length_s / 2)


def _middle(one: _Spoken) -> float:
    return (one.start_s + one.end_s) / 2


def _touch(cut: TimeRange, quiet: tuple[float, float]) -> bool:
    return cut.start.seconds < quiet[1] and quiet[0] < cut.end.seconds


def _apart(cuts: Sequence[PlannedCut]) -> list[PlannedCut]:
    """Without overlaps: those that meet are one."""
    apart: list[PlannedCut] = []
    for cut in cuts:
        if apart and cut.range.start < apart[-1].range.end:
            end = max(apart[-1].range.end, cut.range.end)
            apart[-1] = replace(apart[-1], range=TimeRange(apart[-1].range.start, end))
        else:
            apart.append(cut)
    return apart
