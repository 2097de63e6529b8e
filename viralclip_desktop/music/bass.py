"""Bass lines over chords, locked to the kick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from viralclip_desktop.music.drums import kick_steps, level_of
from viralclip_desktop.music.song import BEATS, Note, Section
from viralclip_desktop.music.theory import Chord, Key, nearest, on_scale

_STEP = BEATS / 16
_ALWAYS = ("folk", "pulse")  # styles that soft sections have too; the others play long tones there
_SHORT = {"funk": 1.6, "octaves": 1.8, "pulse": 1.4}  # in steps

_Tones = Iterator[tuple[int, float, int, int]]
"""Step, length in steps, pitch, velocity."""


class Bassist:
    """A player with a style; ``centre``: the pitch around which roots lie."""

    def __init__(self, style: str, groove: str, key: Key, centre: int, rng: Random) -> None:
        self._style, self._groove, self._key, self._centre, self._rng = style, groove, key, centre, rng

    def section(self, section: Section, chords: Sequence[Chord]) -> Iterator[Note]:
        """A section over its chords, two a bar."""
        level = max(0, level_of(section.energy))
        for bar in range(section.bars):
            here = chords[2 * bar : 2 * bar + 2]
            following = chords[2 * bar + 2] if 2 * bar + 2 < len(chords) else chords[0]
            roots = [nearest(chord.bass, self._centre) for chord in here]
            to = nearest(following.bass, roots[1])
            at = (section.start_bar + bar) * BEATS
            for step, length, pitch, velocity in self._bar(level, here, (*roots, to), turn=bar % 2 == 1):
                yield Note(at + step * _STEP, length * _STEP * 0.96, pitch, velocity)

    def _bar(self, level: int, chords: Sequence[Chord], roots: Sequence[int], *, turn: bool) -> _Tones:
        """``roots``: of the two chords, and of the one that follows."""
        if self._style == "long" or (level == 0 and self._style not in _ALWAYS):
            same = chords[0] == chords[1]
            return iter([(0, 16, roots[0], 84)] if same else [(0, 8, roots[0], 84), (8, 8, roots[1], 82)])
        if self._style == "folk":
            return self._folk(level, chords, roots)
        return self._steady(level, roots, leads=turn and self._style != "pulse")

    def _folk(self, level: int, chords: Sequence[Chord], roots: Sequence[int]) -> _Tones:
        for half, root in enumerate(roots[:2]):
            fifth = root - 5 if (root - 5) % 12 in chords[half].tones else root
            yield 8 * half, 4, root, 88
            yield 8 * half + 4, 3, fifth if level and half else root, 72

    def _steady(self, level: int, roots: Sequence[int], *, leads: bool) -> _Tones:
        """On the steps of the kick, or on all eighths; a bar that ``leads`` goes to the next root."""
        steps = self._steps(level)
        for index, step in enumerate(steps):
            end = steps[index + 1] if index + 1 < len(steps) else 16
            pitch, strong = roots[step // 8], step % 4 == 0
            if self._style == "octaves" and not strong:
                pitch += 12
            if self._style == "funk" and not strong:
                pitch += self._rng.choice((0, 12, 12))
            if step >= 14 and leads:
                pitch = self._approach(pitch, roots[2])
            length = min(end - step, _SHORT.get(self._style, 8.0))
            yield step, length, pitch, (96 if strong else 80) + self._rng.randint(-4, 4)

    def _steps(self, level: int) -> tuple[int, ...]:
        if self._style in ("eighths", "octaves", "pulse"):
            return tuple(range(0, 16, 2))
        steps = set(kick_steps(self._groove, level)) | {0, 8}
        if self._style == "funk":
            steps |= {3, 6, 11, 14} if level > 1 else {6, 14}
        elif level > 1:
            steps |= {14}
        return tuple(sorted(steps))

    def _approach(self, pitch: int, to: int) -> int:
        """A step of the scale beside where the line goes, from the side it comes from."""
        return on_scale(to, self._key, -1 if pitch <= to else 1)
