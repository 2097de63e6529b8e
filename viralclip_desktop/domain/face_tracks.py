"""Faces followed from look to look: a track is one face between two cuts of the picture.

Each face of a look is given to the track it lies nearest to, the nearest pairs first; what is further away
than a head's size, or another size altogether, begins a track of its own. Between two looks a face moves
evenly.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from viralclip_desktop.domain.faces import Face

_NEAR = 0.8  # of a face's height: people move by less from one look to the next
_ALIKE = 2.5  # how much larger or smaller its area may have become
_LOST_AFTER = 20  # looks of the grid (0.8 s at 25): a hand before the face, a turned head


@dataclass(slots=True)
class FaceTrack:
    """One face over time, by the number of the look."""

    faces: dict[int, Face] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first look that shows it."""
        return min(self.faces)

    @property
    def last(self) -> int:
        """The last look that shows it."""
        return max(self.faces)


def face_tracks(
    seen: Mapping[int, Sequence[Face]], cuts: Collection[int], aspect: float, reach: int = 0
) -> list[FaceTrack]:
    """The tracks of the faces seen in some looks (by number), in the order in which they begin.

    ``cuts`` are the looks that begin a new picture; ``aspect`` is the picture's width over its height.
    Gaps are filled; a track that begins or ends within ``reach`` looks of a cut is held until there.
    """
    cut_list = sorted(cuts)
    tracks: list[FaceTrack] = []
    open_tracks: list[FaceTrack] = []
    before = None
    for look in sorted(seen):
        if before is not None and any(before < cut <= look for cut in cut_list):
            open_tracks = []
        before = look
        open_tracks = [track for track in open_tracks if look - track.last <= _LOST_AFTER]
        for track, face in _matched(open_tracks, seen[look], aspect):
            if track is None:
                track = FaceTrack()  # noqa: PLW2901 - a face that nobody has followed so far
                tracks.append(track)
                open_tracks.append(track)
            track.faces[look] = face
    for track in tracks:
        _filled(track)
        _held(track, cut_list, reach, min(seen, default=0), max(seen, default=0))
    return tracks


def _matched(
    tracks: Sequence[FaceTrack], faces: Sequence[Face], aspect: float
) -> list[tuple[FaceTrack | None, Face]]:
    pairs = sorted(
        (distance, t, f)
        for t, track in enumerate(tracks)
        for f, face in enumerate(faces)
        if (distance := apart(track.faces[track.last], face, aspect)) is not None
    )
    found: dict[int, FaceTrack] = {}
    taken: set[int] = set()
    for _, t, f in pairs:
        if t not in taken and f not in found:
            found[f] = tracks[t]
            taken.add(t)
    return [(found.get(f), face) for f, face in enumerate(faces)]


def apart(one: Face, other: Face, aspect: float) -> float | None:
    """How far two faces are apart, in heights of the first; None if they can't be the same. ``aspect``: the
    picture's width over its height."""
    height = max(1e-6, one.bottom - one.top)
    across = (one.left + one.right - other.left - other.right) / 2 * aspect / height
    down = (one.top + one.bottom - other.top - other.bottom) / 2 / height
    far = (across * across + down * down) ** 0.5
    alike = one.area <= _ALIKE * other.area and other.area <= _ALIKE * one.area
    return far if alike and far <= _NEAR else None


def _filled(track: FaceTrack) -> None:
    for one, other in pairwise(sorted(track.faces)):
        for look in range(one + 1, other):
            track.faces[look] = mixed(track.faces[one], track.faces[other], (look - one) / (other - one))


def _held(track: FaceTrack, cuts: Sequence[int], reach: int, begin: int, end: int) -> None:
    first, last = track.first, track.last
    starts = [cut for cut in (begin, *cuts) if cut <= first]
    stops = [cut for cut in (*cuts, end + 1) if cut > last]
    if starts and first - starts[-1] <= reach:
        for look in range(starts[-1], first):
            track.faces[look] = track.faces[first]
    if stops and stops[0] - last - 1 <= reach:
        for look in range(last + 1, stops[0]):
            track.faces[look] = track.faces[last]


def mixed(one: Face, other: Face, share: float) -> Face:
    """A face between two others: ``share`` 0 is the first, 1 the second."""

    def between(a: float, b: float) -> float:
        return a + (b - a) * share

    return Face(
        between(one.left, other.left),
        between(one.top, other.top),
        between(one.right, other.right),
        between(one.bottom, other.bottom),
        between(one.score, other.score),
    )
