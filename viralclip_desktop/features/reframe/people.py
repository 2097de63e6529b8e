"""The people of a stretch of a recording: their tracks as rows of numbers, one for each look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.domain.face_tracks import FaceTrack, apart, face_tracks
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.sight import Look

Row = NDArray[np.float64]

_STEADY_LOOKS = 13  # half a second: faster movements of a box are the finder's, not the head's
_LEAST_SHARE = 0.3  # of the largest face's height: smaller ones are people in the background, or pictures
_LEAST_SEEN = 0.25  # of the scene, or a second: shorter ones are passers-by and errors
_LEAST_LOOKS = 25


@dataclass(frozen=True)
class Person:
    """One face in a scene. Rows have a value for each look; NaN where it is not to be seen or not known."""

    left: Row
    top: Row
    right: Row
    bottom: Row
    lips: Row
    speaks: Row

    @property
    def seen(self) -> NDArray[np.bool_]:
        """In which looks it is there."""
        return ~np.isnan(self.left)

    @property
    def x(self) -> Row:
        """The middle of the face, share of the picture's width."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> Row:
        """Of the face, share of the picture's."""
        return self.bottom - self.top

    def part(self, begin: int, end: int) -> Person:
        """The same face in some of the looks."""
        return Person(*(getattr(self, name)[begin:end] for name in self.__dataclass_fields__))

    def box(self, begin: int, end: int) -> Face | None:
        """Where it is in the middle of some looks (medians); None where it is not to be seen."""
        inside = self.seen[begin:end]
        if not inside.any():
            return None
        edges = (self.left, self.top, self.right, self.bottom)
        return Face(*(float(np.nanmedian(row[begin:end])) for row in edges))


def people(looks: Sequence[Look], aspect: float) -> list[Person]:
    """Who is to be seen in a scene (looks without a cut between them), from the left to the right; without
    those that are far smaller than the largest one or soon gone. ``aspect``: the picture's width over
    height."""
    seen = {number: [face.face for face in look.faces] for number, look in enumerate(looks)}
    tracks = face_tracks(seen, (), aspect, reach=_LEAST_LOOKS)
    everyone = [_person(faces, looks) for faces in _come_back(tracks, aspect)]
    least = min(_LEAST_LOOKS, _LEAST_SEEN * len(looks))
    stay = [one for one in everyone if one.seen.sum() >= least]
    largest = max((float(np.nanmedian(one.height)) for one in stay), default=0.0)
    kept = [one for one in stay if float(np.nanmedian(one.height)) >= _LEAST_SHARE * largest]
    return sorted(kept, key=lambda one: float(np.nanmedian(one.x)))


def _come_back(tracks: Sequence[FaceTrack], aspect: float) -> list[dict[int, Face]]:
    """The faces of each person: who is gone for a while, and then in the same place again, is the same."""
    everyone: list[dict[int, Face]] = []
    for track in sorted(tracks, key=lambda track: track.first):
        gone = [faces for faces in everyone if max(faces) < track.first]
        far = [(apart(faces[max(faces)], track.faces[track.first], aspect), faces) for faces in gone]
        near = [(distance, faces) for distance, faces in far if distance is not None]
        if near:
            min(near, key=lambda one: one[0])[1].update(track.faces)
        else:
            everyone.append(dict(track.faces))
    return everyone


def _person(faces: dict[int, Face], looks: Sequence[Look]) -> Person:
    rows = np.full((6, len(looks)), np.nan)
    for number, face in faces.items():
        rows[:4, number] = face.left, face.top, face.right, face.bottom
        for seen in looks[number].faces:
            if seen.face == face:
                rows[4, number] = np.nan if seen.lips is None else seen.lips
                rows[5, number] = np.nan if seen.speaks is None else seen.speaks
    for row in rows[:4]:
        _steady(row)
    return Person(*rows)


def _steady(row: Row) -> None:
    inside = np.flatnonzero(~np.isnan(row))
    half = _STEADY_LOOKS // 2
    padded = np.pad(row[inside], half, mode="edge")
    row[inside] = np.median(np.lib.stride_tricks.sliding_window_view(padded, _STEADY_LOOKS), axis=-1)
