"""The form of a song: which sections, how long, how full."""

from __future__ import annotations

from collections.abc import Sequence

from viralclip_desktop.music.song import Section

INTRO, A, B, C, BREAK, OUTRO = "intro", "A", "B", "C", "break", "outro"
_ENERGY = {INTRO: 0.25, BREAK: 0.3, OUTRO: 0.4}
_RISING = {A: (0.5, 0.62, 0.7), B: (0.8, 0.9, 1.0), C: (0.66, 0.74, 0.8)}
_WITH_OUTRO = 20  # bars from which there is room for one
_LONG = 40
_ORDER = (A, B, A, B, C, B)


def sections_of(bars: int, *, loops: bool) -> tuple[Section, ...]:
    """The sections of a song of so many bars. One that loops has no intro and no outro: its last section
    leads back to its first."""
    if bars < 4:
        return (Section(A, 0, bars, 0.7),)
    outro = 0 if loops or bars < _WITH_OUTRO else 4 if bars >= _LONG else 2
    odd = (bars - outro) % 4
    intro = 0 if loops else odd if odd or bars < 12 else 4
    if intro == 1 and bars >= 12:
        intro = 5
    body = _body((bars - outro - intro) // 4)
    spare = bars - outro - intro - sum(length for _, length in body)
    names = [(INTRO, intro)] * bool(intro) + body + [(OUTRO, outro)] * bool(outro)
    if spare:  # a loop of an odd number of bars: the last section turns round once more
        names[-1] = (names[-1][0], names[-1][1] + spare)
    return _placed(names)


def _body(units: int) -> list[tuple[str, int]]:
    """So many times four bars."""
    if units <= 3:
        return [(name, 4) for name in (A, B, A)[: max(1, units)]]
    breaks = units % 2
    eights = units // 2
    if eights >= 6:  # a long one breathes more than once
        eights, breaks = eights - 1, breaks + 2
    names = [_ORDER[index % len(_ORDER)] for index in range(eights)]
    names[-1] = B
    if breaks == 0 and names[-2] == B:
        names[-2] = C
    made = [(name, 8) for name in names]
    for index in range(breaks):  # spread over the song; the last stands before the last section
        place = max(1, round((index + 1) * (len(names) - 1) / breaks)) + index
        made.insert(place, (BREAK, 4))
    return made


def _placed(names: Sequence[tuple[str, int]]) -> tuple[Section, ...]:
    made: list[Section] = []
    heard = dict.fromkeys(_RISING, 0)
    at = 0
    last_full = max((index for index, (name, _) in enumerate(names) if name in _RISING), default=0)
    for index, (name, bars) in enumerate(names):
        energy = _ENERGY.get(name, 0.0)
        if name in _RISING:
            steps = _RISING[name]
            energy = steps[min(heard[name], len(steps) - 1)]
            heard[name] += 1
            if index == last_full and len(names) > 2:
                energy = max(energy, steps[-1])
        made.append(Section(name, at, bars, energy))
        at += bars
    return tuple(made)
