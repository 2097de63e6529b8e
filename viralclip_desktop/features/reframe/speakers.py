"""Who speaks: lips against sound, and LR-ASD's scores where they were made.

For each face and look three things are told: how much its lips move beside the others' (a mouth that moves
three times more is the speaker's), how well the speed of their opening follows the sound (sound comes two to
three looks after the lips), and LR-ASD's score. Their sum is only ever compared between faces. The speaker
over time is then the cheapest row of faces (Viterbi), in which a change costs as much as two thirds of a
second of clear evidence, and "it can't be told" is a face too.

The side of a stereo recording from which a turn comes is a name for the voice, as the transcript's names are:
it counts for the person to whom it clearly belongs over the whole scene. With two people the left side is
taken for the left one's unless mouths say otherwise.

Measured on two talking people of whom the listener's lips move out of step: 97 % of looks right by lips
against sound alone, where plain mouth motion is right in half of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.features.reframe.people import Person, Row

_LEFT, _RIGHT = "left side", "right side"  # as names of voices
NOBODY = -1
"""It can't be told who speaks."""

_FOLLOW_LOOKS, _MOTION_LOOKS, _SCORE_LOOKS = 75, 51, 25  # 3 s, 2 s, 1 s
_LAGS = (2, 3)  # looks from the lips to the sound
_STILL = 0.002  # speed of opening that lips have in a face that says nothing: the mesh's own noise
_CLEARLY_MORE = 2.2  # times: below, more motion says nothing
_FOLLOWS, _MOVES, _SCORED = 2.0, 2.0, 0.35  # what each tells, chosen on films made from two talking people
_MOST = 1.5  # more evidence than this in one look is not surer
_UNSURE = 0.22  # evidence that "it can't be told" has in each look
_CHANGE = 12.0  # in looks of evidence 1
_NEARBY_LOOKS, _PAUSE_DB = 15, 12.0  # a turn changes in the pause nearby
_CLEAR_CHANGE = 0.8  # of all movement is parted by one look: one mouth takes over from the other
_LATER_LOOKS = 3  # without one: a cut that is late is not noticed, one that is early is
_VOICE, _VOICE_SURE, _VOICE_LOOKS = 0.5, 0.3, 50  # what a voice's name tells, if it is heard for two seconds
_SIDES_APART_DB, _SIDE_LOOKS = 4.0, 13  # between two turns; one look alone says little
_LEFT_IS_LEFT = 0.35  # what that tells of a side: enough alone, and less than mouths that say otherwise
_ABOVE_FLOOR_DB = 12.0  # somebody speaks where the sound is this much above the quietest


def who_speaks(
    persons: Sequence[Person],
    levels: Row | None,
    voices: Sequence[str] = (),
    sides: Row | None = None,
) -> NDArray[np.int_]:
    """The number of the person who speaks in each look of a scene, or :data:`NOBODY`. ``levels``: how loud it
    is (dB); None without sound. ``voices``: the name of the voice in each look, empty for none, where the
    transcript tells voices apart. ``sides``: how much louder the right channel is (dB). Where nobody speaks,
    who spoke before counts on."""
    count = len(persons[0].left) if persons else 0
    if len(persons) < 2 or levels is None:
        return np.zeros(count, int) if len(persons) == 1 else np.full(count, NOBODY)
    spoken = voiced(levels)
    ahead = _with_voices(_ahead(persons, levels), voices, spoken)
    if sides is not None:
        expected = {_LEFT: 0, _RIGHT: 1} if len(persons) == 2 else {}
        ahead = _with_voices(ahead, voices_by_side(sides, spoken), spoken, expected)
    rows = np.vstack([*ahead, np.full(count, _UNSURE)])
    rows[:, ~spoken] = 0.0
    path = _on_onsets(_cheapest(rows), persons, levels)
    return np.where(path == len(persons), NOBODY, path)


def voices_by_side(sides: Row, spoken: NDArray[np.bool_]) -> list[str]:
    """The side from which each look's sound comes, as a name; empty where it comes from the middle, and
    everywhere in a recording whose sides don't differ from turn to turn. ``sides``: how much louder the
    right channel is (dB); ``spoken``: where somebody is heard."""
    names = [""] * len(sides)
    if not spoken.any():
        return names
    smooth = _mean(sides, _SIDE_LOOKS)
    low, high = (float(np.percentile(smooth[spoken], share)) for share in (10, 90))
    if high - low < _SIDES_APART_DB:
        return names
    near = (high - low) / 4
    return [_LEFT if one < low + near else _RIGHT if one > high - near else "" for one in smooth.tolist()]


def _with_voices(
    ahead: list[Row],
    voices: Sequence[str],
    spoken: NDArray[np.bool_],
    expected: Mapping[str, int] = MappingProxyType({}),
) -> list[Row]:
    """The evidence with what is known of the voices: one that clearly belongs to a person over all its looks
    speaks for that person where mouths don't tell. ``expected``: whose a voice is taken to be at first."""
    names = sorted({*voices} - {""})
    if len(names) < 2 or len(voices) != len(spoken):
        return ahead
    heard, rows = np.array(voices), np.vstack(ahead)
    for name in names:
        looks = (heard == name) & spoken
        if looks.sum() < _VOICE_LOOKS:
            continue
        means = rows[:, looks].mean(axis=1)
        if name in expected:
            means[expected[name]] += _LEFT_IS_LEFT
        best = int(means.argmax())
        if means[best] > _VOICE_SURE:
            for number in range(len(rows)):
                rows[number, looks] += _VOICE if number == best else -_VOICE
    return list(rows)


def voiced(levels: Row) -> NDArray[np.bool_]:
    """In which looks something is to be heard above the floor."""
    floor = max(-65.0, float(np.percentile(levels, 5)))
    ceiling = float(np.percentile(levels, 95))
    return levels > min(floor + _ABOVE_FLOOR_DB, ceiling - 2 * _ABOVE_FLOOR_DB + 6.0)


def _on_onsets(path: NDArray[np.int_], persons: Sequence[Person], levels: Row) -> NDArray[np.int_]:
    """The same row with its changes where they happen, which windows of seconds can't see to the look: where
    the one mouth comes to rest and the other one begins, or else where the voice sets in after a pause
    nearby."""
    moved = path.copy()
    for look in np.flatnonzero(np.diff(path)) + 1:
        old, new = int(path[look - 1]), int(path[look])
        at = None
        if len(persons) not in (old, new):
            at = _where_mouths_change(_speed(persons[old]), _speed(persons[new]), int(look))
        at = at if at is not None else _after_a_pause(levels, int(look))
        moved[min(at, look) : max(at, look)] = new if at < look else old
    return moved


def _where_mouths_change(old: Row, new: Row, look: int) -> int | None:
    """The look that best parts what moves before it from what moves after it; None if both go on moving."""
    first, last = max(0, look - _NEARBY_LOOKS), min(len(old), look + _NEARBY_LOOKS)
    more = (old - new)[first:last]
    before = np.concatenate([[0.0], np.cumsum(more)])
    gain = 2 * before - before[-1]
    best = int(gain.argmax())
    return first + best if gain[best] > _CLEAR_CHANGE * np.abs(more).sum() else None


def _after_a_pause(levels: Row, look: int) -> int:
    first, last = max(0, look - _NEARBY_LOOKS // 2), min(len(levels), look + _NEARBY_LOOKS)
    near = _mean(levels, 3)[first:last]
    middle = float(np.median(near))
    if near.min() > middle - _PAUSE_DB:
        return min(len(levels) - 1, look + _LATER_LOOKS)
    onset = first + int(near.argmin())
    while onset < last - 1 and levels[onset] < (near.min() + middle) / 2:
        onset += 1
    return onset


def _ahead(persons: Sequence[Person], levels: Row) -> list[Row]:
    """By how much each person's evidence is above the best of the others', in each look."""
    loud = np.power(10.0, levels / 20)
    evidence = np.vstack([_evidence(person, loud) for person in persons])
    speeds = np.vstack([_mean(_speed(person), _MOTION_LOOKS) for person in persons]) + _STILL
    ahead = []
    for number in range(len(persons)):
        others = np.delete(np.arange(len(persons)), number)
        more = np.log(speeds[number] / speeds[others].max(axis=0))
        clearly = np.sign(more) * np.maximum(0.0, np.abs(more) - np.log(_CLEARLY_MORE))
        lead = evidence[number] - evidence[others].max(axis=0) + _MOVES * clearly
        ahead.append(np.where(persons[number].seen, np.clip(lead, -_MOST, _MOST), -_MOST))
    return ahead


def _evidence(person: Person, loud: Row) -> Row:
    follows = _follows(_speed(person), loud)
    scored = _mean(np.nan_to_num(person.speaks), _SCORE_LOOKS)
    return np.where(person.seen, _FOLLOWS * follows + _SCORED * scored, -10.0)


def _speed(person: Person) -> Row:
    lips = person.lips
    if len(lips) < 2:
        return np.zeros(len(lips))
    return np.abs(np.nan_to_num(np.gradient(lips)))


def _follows(speed: Row, loud: Row) -> Row:
    """How well the speed of the lips follows the sound around each look: a correlation, -1..1."""
    later = [np.append(loud[lag:], np.full(min(lag, len(loud)), loud[-1])) for lag in _LAGS]
    sound = np.mean(later, axis=0)
    means = [_mean(row, _FOLLOW_LOOKS) for row in (speed, sound, speed * sound, speed**2, sound**2)]
    together = means[2] - means[0] * means[1]
    spread = np.sqrt(np.maximum(0, means[3] - means[0] ** 2) * np.maximum(0, means[4] - means[1] ** 2))
    return np.where(spread > 1e-9, together / np.maximum(spread, 1e-9), 0.0)


def _mean(row: Row, looks: int) -> Row:
    """The mean around each look; near the ends of what is there."""
    half = looks // 2
    sums = np.concatenate([[0.0], np.cumsum(row)])
    at = np.arange(len(row))
    first, last = np.maximum(0, at - half), np.minimum(len(row), at + half + 1)
    return np.asarray((sums[last] - sums[first]) / (last - first))


def _cheapest(gains: Row) -> NDArray[np.int_]:
    """The row of states (one for each look) with the largest sum of gains, each change paid for."""
    states, count = gains.shape
    totals, came_from = gains[:, 0].copy(), np.zeros((count, states), int)
    for look in range(1, count):
        best = int(totals.argmax())
        moved = totals[best] - _CHANGE
        came_from[look] = np.where(totals >= moved, np.arange(states), best)
        totals = np.maximum(totals, moved) + gains[:, look]
    path = np.empty(count, int)
    path[-1] = int(totals.argmax())
    for look in range(count - 1, 0, -1):
        path[look - 1] = came_from[look, path[look]]
    return path
