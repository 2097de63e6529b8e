"""What was seen, in a source's cache folder: one file for every ten seconds, each whole or not there.

The pictures looked at lie on a grid of source time, ``k / RATE``; file ``n`` holds those of ``[10 n, 10 n +
10)`` seconds. Each finder has a folder of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import Source
from viralclip_desktop.engines.vision.worker import face_from_json, face_to_json

RATE = Fraction(2)
"""Pictures looked at a second: a talking head moves by less than a tenth of its height in between."""
LOOKS = 20
"""In one file: what a crash or a cancel can cost is ten seconds' work."""
_VERSION = 1  # of what is looked at and how; another one is looked at anew


@dataclass(frozen=True, slots=True)
class KeptFaces:
    """The files of one finder for one source."""

    folder: Path
    source: Source

    @classmethod
    def of(cls, paths: DataPaths, source: Source, finder: str) -> KeptFaces:
        """Those of a finder by its id."""
        return cls(paths.source_cache(source.id) / f"faces-{finder}", source)

    def stretches(self, within: TimeRange) -> range:
        """The numbers of the files that tell of a range of source time, with the look before its start."""
        first = max(0, within.start.frames(RATE)) // LOOKS
        last = min(max(0, within.end.frames(RATE)), self._looks - 1) // LOOKS
        return range(first, last + 1)

    def times(self, stretch: int) -> list[Time]:
        """When the pictures of a file are looked at."""
        return [
            Time.from_frames(look, RATE)
            for look in range(stretch * LOOKS, min((stretch + 1) * LOOKS, self._looks))
        ]

    def read(self, stretch: int) -> tuple[FacesSeen, ...] | None:
        """What a file holds; None if it is not there, damaged, or of another recording or version."""
        try:
            data = read_json(self._file(stretch).read_text(encoding="utf-8"))
            if data["made_of"] != self._made_of:
                return None
            seen = [tuple(map(face_from_json, faces)) for faces in data["faces"]]
            return tuple(FacesSeen(at, faces) for at, faces in zip(self.times(stretch), seen, strict=True))
        except (OSError, *JSON_FAULTS):
            return None

    def write(self, stretch: int, seen: Sequence[FacesSeen]) -> None:
        """Keep what was seen in a stretch. Raises EnvironmentLacks where it cannot be written."""
        faces = [[face_to_json(face) for face in look.faces] for look in seen]
        text = json.dumps({"made_of": self._made_of, "faces": faces})
        file = self._file(stretch)
        partial = file.with_name(new_id(file.stem))  # the window and a command may write the same at once
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(file)
        except OSError as error:
            hint = "Check that the data folder can be written to and has room."
            raise EnvironmentLacks(
                say("The faces found cannot be kept in {parent}.", parent=file.parent), hint, str(error)
            ) from error

    @property
    def _looks(self) -> int:
        """How many pictures the whole source has on the grid."""
        return max(1, (self.source.info.duration - Time(1)).frames(RATE) + 1)

    @property
    def _made_of(self) -> list[str | int]:
        return [_VERSION, self.source.fingerprint]

    def _file(self, stretch: int) -> Path:
        return self.folder / f"{stretch:06}.json"
