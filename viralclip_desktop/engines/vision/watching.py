"""What a worker process runs to watch a stretch of a recording: cuts, faces, and mouths where there are
several.

The pictures lie in one file, one after the other, as RGB bytes from the top left. Every third one is
searched for faces, and the first one after each change of the picture; every twelfth is searched thoroughly.
Between them faces are followed (:mod:`domain.face_tracks`). Mouths are measured only where two faces or more
are in one picture: a face alone needs nobody to tell who speaks.

Each look is a message (:func:`look_to_json`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.face_tracks import FaceTrack, face_tracks
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.sight import GRID_COLUMNS, GRID_EVERY, GRID_ROWS, Look, SightFace, cuts

TARGET = "viralclip_desktop.engines.vision.watching:run"
_SEARCH_EVERY, _THOROUGHLY_EVERY = 3, 12
_THREADS = 2
_SOUND_RATE_HZ = 16_000
_GREY = (0.299, 0.587, 0.114)  # how bright red, green and blue are (ITU-R BT.601)
_QUIETEST = 1e-10  # of full scale's power: -100 dB
_CLOSE = 0.3  # of the picture's height: larger faces may be too large for the full-range network
_MEDIAN_LOOKS = 13  # a face's place is steadied over half a second
_CLEARLY_MORE, _MOUTH_NOISE, _MOUTH_LOOKS = 4.0, 0.003, 51
_AROUND_LOOKS, _LEAST_RUN_LOOKS = 25, 13
_LEAST_PX = 24.0  # smaller mouths tell nothing
_WHOLE_SIDE, _WHOLE_RAISED = (
    1.25,
    0.2,
)  # the crop with all of a face: its side, and up by how much of half a box
_LOWER_SIDE, _LOWER_DOWN = (
    1.4,
    0.4,
)  # the published crop, in halves of the box: what 40 % of margin leaves of it


def request(
    models: Path,
    pictures: Path,
    size: Size,
    *,
    rate: Fraction,
    lead: int,
    sound: Path | None,
    sound_start: Time,
    sides_db: Sequence[float] = (),
) -> dict[str, Any]:
    """The request for :func:`run`, as JSON. ``size`` is that of each picture, ``rate`` how many there are a
    second; the first ``lead`` ones are only there to compare the next one to. ``sound`` is a 16 kHz mono wav
    in source time, and the first picture is at ``sound_start``. ``sides_db``: how much louder the right
    channel is during each picture; empty for sound that isn't stereo."""
    return {
        "models": str(models),
        "pictures": str(pictures),
        "width": size.width,
        "height": size.height,
        "rate": float(rate),
        "lead": lead,
        "sound": str(sound) if sound is not None else None,
        "sound_start_s": sound_start.seconds,
        "sides_db": list(sides_db),
    }


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Watch the pictures and tell of each. A cancel is the end of the process."""
    for library in ("OPENBLAS", "OMP", "MKL"):  # matrices this small are slower in several threads
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    import numpy as np

    path = Path(data["pictures"])
    shape = (-1, data["height"], data["width"], 3)
    empty = path.stat().st_size == 0  # which cannot be mapped into memory
    pictures = (
        np.empty((0, *shape[1:]), np.uint8) if empty else np.memmap(path, np.uint8, mode="r").reshape(shape)
    )
    watch = _Watch(pictures, data, emit)
    looks = watch.looks()[data["lead"] :]
    for look in looks:
        emit({"look": look_to_json(look)})
    return {"looks": len(looks)}


def look_to_json(look: Look) -> list[Any]:
    """``[change, level, [face, ...], grid, side]``, a face as ``[left, top, right, bottom, score, lips,
    speaks]``; places to a ten-thousandth of the picture."""
    faces = []
    for seen in look.faces:
        face = seen.face
        edges = [round(value, 4) for value in (face.left, face.top, face.right, face.bottom)]
        mouth = [None if value is None else round(value, 3) for value in (seen.lips, seen.speaks)]
        faces.append([*edges, round(face.score, 2), *mouth])
    level = None if look.level_db is None else round(look.level_db, 1)
    return [round(look.change, 1), level, faces, list(look.grid), round(look.side_db, 1)]


def look_from_json(item: Sequence[Any]) -> Look:
    """The other side of :func:`look_to_json`. Raises TypeError or ValueError for anything else."""
    change, level, faces, grid, side = item
    found = []
    for left, top, right, bottom, score, lips, speaks in faces:
        face = Face(float(left), float(top), float(right), float(bottom), float(score))
        found.append(SightFace(face, _maybe(lips), _maybe(speaks)))
    return Look(float(change), tuple(found), _maybe(level), tuple(map(int, grid)), float(side))


def _maybe(value: Any) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class _Watch:
    """One run over a file of pictures."""

    pictures: Any
    data: Mapping[str, Any]
    emit: Callable[[dict[str, Any]], None]

    def looks(self) -> list[Look]:
        """Every look, in order."""
        changes = _changes(self.pictures)
        with ThreadPoolExecutor(_THREADS) as threads:
            tracks = self._tracks(changes, threads)
            talking = [track for track in tracks if self._has_company(track, tracks)]
            lips = self._lips(talking, threads)
            scores = self._scores(_unclear(talking, lips), threads)
        found: list[list[SightFace]] = [[] for _ in self.pictures]
        for track in tracks:
            for look, face in track.faces.items():
                key = (id(track), look)
                found[look].append(SightFace(face, lips.get(key), scores.get(key)))
        levels = self._levels()
        lead = self.data["lead"]
        grids = [
            self._grid(look) if (look - lead) % GRID_EVERY == 0 else () for look in range(len(self.pictures))
        ]
        sides = self.data["sides_db"] or [0.0] * len(self.pictures)
        return [
            Look(change, tuple(faces), level, grid, side)
            for change, faces, level, grid, side in zip(changes, found, levels, grids, sides, strict=True)
        ]

    def _tracks(self, changes: Sequence[float], threads: ThreadPoolExecutor) -> list[FaceTrack]:
        from viralclip_desktop.engines.vision.base import VisionSetup
        from viralclip_desktop.engines.vision.blazeface import BlazeFaceFinder

        finder = BlazeFaceFinder(VisionSetup(Path(self.data["models"])))
        count, after = len(self.pictures), cuts(changes)
        thorough = {
            *range(0, count, _THOROUGHLY_EVERY),
            *after,
            *(n - 1 for n in after if n),
            *([count - 1] * (count > 0)),
        }
        seen = dict(zip(sorted(thorough), threads.map(finder.find, self._at(sorted(thorough))), strict=True))
        self._tell(0.35)
        close = any(face.bottom - face.top > _CLOSE for faces in seen.values() for face in faces)
        rest = sorted({*range(0, count, _SEARCH_EVERY)} - thorough)
        glances = threads.map(lambda picture: finder.glance(picture, close=close), self._at(rest))
        seen |= dict(zip(rest, glances, strict=True))
        self._tell(0.6)
        return face_tracks(seen, after, self.data["width"] / self.data["height"], reach=_THOROUGHLY_EVERY)

    def _at(self, looks: Sequence[int]) -> list[Any]:
        return [self.pictures[look] for look in looks]

    def _has_company(self, track: FaceTrack, tracks: Sequence[FaceTrack]) -> bool:
        """Whether another face is to be seen at the same time, and its own is large enough to be read."""
        tall = max(face.bottom - face.top for face in track.faces.values()) * self.data["height"]
        others = (other for other in tracks if other is not track)
        return tall >= _LEAST_PX and any(other.faces.keys() & track.faces.keys() for other in others)

    def _lips(
        self, tracks: Sequence[FaceTrack], threads: ThreadPoolExecutor
    ) -> dict[tuple[int, int], float | None]:
        from viralclip_desktop.engines.vision.mesh import FaceMesh

        mesh, boxes = FaceMesh(), {id(track): _steadied(track) for track in tracks}
        todo = [(id(track), look) for track in tracks for look in sorted(track.faces)]
        opened = threads.map(lambda key: mesh.lips(self.pictures[key[1]], boxes[key[0]][key[1]]), todo)
        lips = dict(zip(todo, opened, strict=True))
        self._tell(0.8)
        return lips

    def _scores(
        self, runs: Sequence[tuple[FaceTrack, list[int]]], threads: ThreadPoolExecutor
    ) -> dict[tuple[int, int], float]:
        """LR-ASD's, where it is installed and there is sound."""
        from viralclip_desktop.engines.vision.lr_asd import LrAsd, mfcc

        networks = LrAsd(Path(self.data["models"]))
        if not runs or self.data["sound"] is None or networks.ready() is not None:
            return {}
        loaded, sound = networks.loaded(), mfcc(self._samples(), self.data["rate"])

        def score(run: tuple[FaceTrack, list[int]]) -> dict[tuple[int, int], float]:
            import numpy as np

            track, looks = run
            boxes = _steadied(track)
            crops = [_crops(self.pictures[look], boxes[look]) for look in looks]
            both = [loaded.scores(np.stack(row), sound[4 * looks[0] :]) for row in zip(*crops, strict=True)]
            mean = np.mean(both, axis=0).tolist()
            return {(id(track), look): value for look, value in zip(looks, mean, strict=True)}

        return {key: value for part in threads.map(score, runs) for key, value in part.items()}

    def _samples(self) -> Any:
        import wave

        import numpy as np

        with wave.open(self.data["sound"], "rb") as file:
            start = min(file.getnframes(), max(0, round(self.data["sound_start_s"] * file.getframerate())))
            file.setpos(start)
            seconds = len(self.pictures) / self.data["rate"] + 1
            return np.frombuffer(file.readframes(round(seconds * file.getframerate())), "<i2")

    def _levels(self) -> list[float | None]:
        """How loud it is during each look."""
        import numpy as np

        count = len(self.pictures)
        if self.data["sound"] is None:
            return [None] * count
        samples = self._samples().astype(np.float64) / 32768
        edges = np.round(np.arange(count + 1) * _SOUND_RATE_HZ / self.data["rate"]).astype(int)
        sums = np.concatenate([[0.0], np.cumsum(samples**2)])[np.minimum(edges, len(samples))]
        power = np.maximum(np.diff(sums) / np.diff(edges), _QUIETEST)
        return [float(level) for level in 10 * np.log10(power)]

    def _grid(self, look: int) -> tuple[int, ...]:
        import numpy as np

        now = _grey(self.pictures[look])
        before = _grey(self.pictures[max(0, look - GRID_EVERY)])
        across = np.abs(np.diff(now, axis=1, append=now[:, -1:]))
        down = np.abs(np.diff(now, axis=0, append=now[-1:]))
        return tuple(round(value) for value in (*_parts(np.abs(now - before)), *_parts(across + down)))

    def _tell(self, share: float) -> None:
        self.emit({"type": "progress", "stage": "sight", "fraction": share})


def _changes(pictures: Any) -> list[float]:
    """Mean difference of each picture to the one before, seen small."""
    import numpy as np

    if not len(pictures):
        return []
    step = max(1, pictures.shape[1] // 45)
    small = np.stack([picture[::step, ::step].astype(np.int16) for picture in pictures])
    apart = np.abs(np.diff(small, axis=0)).mean(axis=(1, 2, 3))
    return [0.0, *apart.tolist()]


def _grey(picture: Any) -> Any:
    import numpy as np

    return picture[::2, ::2].astype(np.float32) @ np.array(_GREY, np.float32)


def _parts(values: Any) -> list[float]:
    import numpy as np

    rows = np.array_split(values, GRID_ROWS, axis=0)
    return [float(part.mean()) for row in rows for part in np.array_split(row, GRID_COLUMNS, axis=1)]


def _steadied(track: FaceTrack) -> dict[int, Face]:
    """A track's boxes as their medians over half a second."""
    import numpy as np

    looks = sorted(track.faces)
    boxes = np.array([[f.left, f.top, f.right, f.bottom] for f in (track.faces[look] for look in looks)])
    half = _MEDIAN_LOOKS // 2
    padded = np.pad(boxes, ((half, half), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, _MEDIAN_LOOKS, axis=0)
    return {look: Face(*box) for look, box in zip(looks, np.median(windows, axis=-1).tolist(), strict=True)}


def _unclear(
    tracks: Sequence[FaceTrack], lips: Mapping[tuple[int, int], float | None]
) -> list[tuple[FaceTrack, list[int]]]:
    """Which looks of which tracks need more than their mouths to tell who speaks: where no mouth moves
    several times more than all others, and a second around it. Each run of looks is without a gap."""
    import numpy as np

    if not tracks:
        return []
    first, last = min(track.first for track in tracks), max(track.last for track in tracks)
    speeds = np.vstack([_mouth_speed(track, lips, first, last) for track in tracks])
    ranked = np.sort(speeds, axis=0)
    unclear = ranked[-1] < _CLEARLY_MORE * (ranked[-2] + _MOUTH_NOISE) if len(tracks) > 1 else ranked[0] < 0
    near = np.convolve(unclear, np.ones(2 * _AROUND_LOOKS + 1), mode="same") > 0
    found = []
    for track in tracks:
        looks = [look for look in sorted(track.faces) if near[look - first]]
        edges = [0, *(n for n in range(1, len(looks)) if looks[n] > looks[n - 1] + 1), len(looks)]
        runs = [looks[begin:end] for begin, end in pairwise(edges)]
        found += [(track, run) for run in runs if len(run) >= _LEAST_RUN_LOOKS]
    return found


def _mouth_speed(
    track: FaceTrack, lips: Mapping[tuple[int, int], float | None], first: int, last: int
) -> Any:
    """How fast a track's lips move around each look, from the first one to the last."""
    import numpy as np

    opened = [lips.get((id(track), look)) for look in range(first, last + 1)]
    row = np.array([np.nan if one is None else one for one in opened], float)
    speed = np.abs(np.nan_to_num(np.diff(row, prepend=row[:1])))
    return np.convolve(speed, np.ones(_MOUTH_LOOKS) / _MOUTH_LOOKS, mode="same")


def _crops(picture: Any, face: Face) -> tuple[Any, Any]:
    """A face as LR-ASD was trained on it, and with the whole head; grey."""
    import numpy as np

    from viralclip_desktop.engines.vision.lr_asd import SIDE
    from viralclip_desktop.engines.vision.pixels import square

    height, width = picture.shape[:2]
    half = max((face.right - face.left) * width, (face.bottom - face.top) * height) / 2
    x, y = (face.left + face.right) / 2 * width, (face.top + face.bottom) / 2 * height
    weights = np.array(_GREY, np.float32)
    lower = square(picture, x, y + _LOWER_DOWN * half, _LOWER_SIDE * half, SIDE)
    whole = square(picture, x, y - _WHOLE_RAISED * half, 2 * _WHOLE_SIDE * half, SIDE)
    return np.tensordot(weights, lower, 1), np.tensordot(weights, whole, 1)
