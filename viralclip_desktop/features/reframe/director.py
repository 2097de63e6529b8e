"""The director: from what was seen of a clip to its shots and the path of the crop. Pure.

It works as a vision mixer does: it holds the one who speaks, and cuts to the next one when the word goes
over; a face that moves is followed; two who are not told apart share the frame; what has no face is shown
whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Easing, FrameKey
from viralclip_desktop.domain.crop_path import crop_shares
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.frame_plan import FaceSpot, FramePlan, FrameShot, ShotMode
from viralclip_desktop.features.reframe.crops import Crop, beside, on_camera_picture, on_face, on_faces
from viralclip_desktop.features.reframe.emphasis import Take, emphasised
from viralclip_desktop.features.reframe.path import followed
from viralclip_desktop.features.reframe.people import Row
from viralclip_desktop.features.reframe.scenes import Scene, Seen, Still, scenes, with_only
from viralclip_desktop.features.reframe.wants import SHORTEST_SHOT_S, Kind, Want, wants

LOCKED = "You locked the frame on this person."
STANDS = "Nothing moves here, and the middle fills the frame."
_MIDDLE = Crop(0.5, 0.5, 1.0)
_NEARLY_ALL = 0.8  # of the picture: a crop that keeps this much needs no blurred sides
_KEY_EVERY_S = 0.08  # while a crop moves
_SAME_SPOT = 0.1  # of the picture: a locked person is looked for this near in the next scene


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user decided. ``ratio``: width over height of the clip."""

    ratio: float
    split: bool = False
    lock: FaceSpot | None = None


def direct(seen: Sequence[Seen], wish: Wish) -> FramePlan:
    """The shots of a clip, from what was seen of its parts in the order of play."""
    found = list(scenes(seen))
    shots: list[FrameShot] = []
    takes: list[Take] = []
    for one in found:
        if isinstance(one, Still):
            shots += [*emphasised(takes, wish.ratio), _stands(one)]
            takes = []
        else:
            takes += _takes(one, wish)
    shots += emphasised(takes, wish.ratio)
    watched = [one for one in found if isinstance(one, Scene)]
    return FramePlan(tuple(_long_enough(shots)), tuple(_spots(watched)))


def _stands(still: Still) -> FrameShot:
    return FrameShot(still.range, ShotMode.CROP, STANDS, ((_key(still.range.start, _MIDDLE),),))


def _locked(scene: Scene, lock: FaceSpot) -> int | None:
    """The number of the locked person in a scene: who is where the face was at its moment, or in other
    scenes of the recording near the same place."""
    if scene.asset_id != lock.asset_id:
        return None
    at = Time.from_seconds(lock.at_s).frames(scene.rate) - scene.first
    first, last = (max(0, at - 3), at + 4) if 0 <= at < scene.count else (0, scene.count)
    return _person_at(scene, lock.x, lock.y, first, last)


def _person_at(scene: Scene, x: float, y: float, first: int, last: int) -> int | None:
    """Who is at a place of the picture in some looks."""
    near = []
    for number, person in enumerate(scene.persons):
        box = person.box(first, last)
        if box is not None:
            far = max(abs((box.left + box.right) / 2 - x), abs((box.top + box.bottom) / 2 - y))
            near.append((far, number))
    far, number = min(near, default=(1.0, 0))
    return number if far <= _SAME_SPOT else None


def _takes(one: Scene, wish: Wish) -> Iterator[Take]:
    number = None if wish.lock is None else _locked(one, wish.lock)
    scene = one if number is None else with_only(one, number)
    width, height = crop_shares(scene.size, wish.ratio, 1.0)
    for want in wants(scene, width, split=wish.split, waits=number is not None):
        if number is not None:
            want = replace(want, reason=LOCKED)  # noqa: PLW2901 - the same, for another reason
        shot = _shot(scene, want, wish.ratio, nearly_all=width * height >= _NEARLY_ALL)
        face = _box(scene, want.persons[0], want) if want.kind is Kind.FACE else None
        yield Take(shot, scene, want.begin, want.end, face)


def _shot(scene: Scene, want: Want, ratio: float, *, nearly_all: bool) -> FrameShot:
    within = TimeRange(scene.starts[want.begin], scene.starts[want.end])
    still = _still_panels(scene, want, ratio)
    if want.kind is Kind.FACE:
        return FrameShot(within, ShotMode.CROP, want.reason, (_follow(scene, want, ratio),))
    if not still and not nearly_all:
        return FrameShot(within, ShotMode.FIT, want.reason)
    mode = ShotMode.SPLIT if len(still) == 2 else ShotMode.CROP
    panels = tuple((_key(within.start, crop),) for crop in still or [_MIDDLE])
    return FrameShot(within, mode, want.reason, panels)


def _still_panels(scene: Scene, want: Want, ratio: float) -> list[Crop]:
    boxes = [_box(scene, number, want) for number in want.persons]
    if want.kind is Kind.GROUP:
        return [on_faces(boxes, scene.size, ratio)]
    if want.kind is Kind.SCREEN:
        face = on_camera_picture(boxes[0], scene.size, 2 * ratio)
        return [beside(boxes[0], scene.size, 2 * ratio), face]
    if want.kind is Kind.PAIR:
        one, other = boxes
        return [
            on_face(one, scene.size, 2 * ratio, half=True, away_from=other),
            on_face(other, scene.size, 2 * ratio, half=True, away_from=one),
        ]
    return []


def _box(scene: Scene, person: int, want: Want) -> Face:
    one = scene.persons[person]
    box = one.box(want.begin, want.end) or one.box(0, scene.count)
    return box if box is not None else Face(0.4, 0.3, 0.6, 0.6)


def _follow(scene: Scene, want: Want, ratio: float) -> tuple[FrameKey, ...]:
    """The crop on one face: standing, or moving with it."""
    person = scene.persons[want.persons[0]].part(want.begin, want.end)
    crop = on_face(_box(scene, want.persons[0], want), scene.size, ratio)
    start = scene.starts[want.begin]
    if not person.seen.any():
        return (_key(start, crop),)
    width, height = crop.shares(scene.size, ratio)
    rate = scene.looks_a_second
    box = _box(scene, want.persons[0], want)
    beside, below = (width - box.right + box.left) / 2, (height - box.bottom + box.top) / 2
    across = followed(_whole(person.x), width, max(0.0, beside), rate)
    middle = _whole((person.top + person.bottom) / 2)
    down = followed(middle, height, max(0.0, below), rate) + crop.y - float(np.median(middle))
    if np.ptp(across) == 0 and np.ptp(down) == 0:
        return (_key(start, Crop(float(across[0]), crop.y, crop.zoom).held(scene.size, ratio)),)
    times = scene.starts[want.begin : want.end + 1]
    step = max(1, round(_KEY_EVERY_S * rate))
    looks = [*range(0, len(across) - 1, step), len(across) - 1]
    keys = [
        _key(times[look], Crop(across[look], down[look], crop.zoom).held(scene.size, ratio), Easing.LINEAR)
        for look in looks
    ]
    return _thinned(keys)


def _whole(row: Row) -> Row:
    """Without gaps: where a face is not to be seen, it stays on its way between the places where it is."""
    at = np.flatnonzero(~np.isnan(row))
    return np.interp(np.arange(len(row)), at, row[at])


def _key(at: Time, crop: Crop, easing: Easing = Easing.HOLD) -> FrameKey:
    return FrameKey(at, float(crop.x), float(crop.y), float(crop.zoom), easing)


def _thinned(keys: Sequence[FrameKey]) -> tuple[FrameKey, ...]:
    """Without the keys between two that say the same."""
    kept = [
        key
        for number, key in enumerate(keys)
        if number in (0, len(keys) - 1) or not (_same(keys[number - 1], key) and _same(key, keys[number + 1]))
    ]
    return tuple(kept)


def _same(one: FrameKey, other: FrameKey) -> bool:
    return max(abs(one.centre_x - other.centre_x), abs(one.centre_y - other.centre_y)) < 1e-6


def _long_enough(shots: Sequence[FrameShot]) -> list[FrameShot]:
    """One shot for neighbours of one mode and reason between which a cut of the recording or of the clip lies
    too soon: the crop jumps with the picture, and nobody sees a shot of its own."""
    row: list[FrameShot] = []
    for shot in shots:
        if row and _joins(row[-1], shot):
            row[-1] = _joined(row[-1], shot)
        else:
            row.append(shot)
    return row


def _joins(one: FrameShot, other: FrameShot) -> bool:
    if one.mode is not other.mode:
        return False
    if one.panels and other.panels and _stand_alike(one, other):
        return one.reason == other.reason
    short = min(one.range.duration.seconds, other.range.duration.seconds) < SHORTEST_SHOT_S
    return short or (not one.panels and one.reason == other.reason)


def _stand_alike(one: FrameShot, other: FrameShot) -> bool:
    return all(
        abs(a[-1].centre_x - b[0].centre_x) < 0.03
        and abs(a[-1].centre_y - b[0].centre_y) < 0.04
        and abs(a[-1].zoom / b[0].zoom - 1) < 0.05
        and len(a) == len(b) == 1
        for a, b in zip(one.panels, other.panels, strict=True)
    )


def _joined(one: FrameShot, other: FrameShot) -> FrameShot:
    longer = max((one, other), key=lambda shot: shot.range.duration)
    within = TimeRange(one.range.start, other.range.end)
    if one.panels and _stand_alike(one, other):
        panels: tuple[tuple[FrameKey, ...], ...] = tuple(
            (replace(path[0], at=within.start),) for path in longer.panels
        )
    else:
        panels = tuple(
            (*a[:-1], replace(a[-1], easing=Easing.HOLD), *b)
            for a, b in zip(one.panels, other.panels, strict=True)
        )
    return FrameShot(within, one.mode, longer.reason, panels)


def _spots(found: Sequence[Scene]) -> Iterator[FaceSpot]:
    """Each person of the clip where they are first seen; one who stays in place over a cut is named once."""
    known: list[FaceSpot] = []
    for scene in found:
        for person in scene.persons:
            look = int(np.flatnonzero(person.seen)[0])
            box = person.box(look, look + 1)
            if box is None:
                continue
            at_s = Time.from_frames(scene.first + look, scene.rate).seconds
            spot = FaceSpot(scene.asset_id, at_s, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
            if not any(
                spot.asset_id == other.asset_id
                and max(abs(spot.x - other.x), abs(spot.y - other.y)) <= _SAME_SPOT
                for other in known
            ):
                known.append(spot)
    yield from known
