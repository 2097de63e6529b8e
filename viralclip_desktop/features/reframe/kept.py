"""What was seen of a recording, in the cache: one file for every five seconds, each whole or not there.

The folder is named by the recording's content, so that a copy of it, or the same one in another project, is
not looked at again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from viralclip_desktop.compose.clip_plan import output_rate
from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.sight import Look, sight_rate
from viralclip_desktop.engines.vision.watching import look_from_json, look_to_json

STRETCH_S = 5
"""In one file: what is seen needlessly around a clip, and what a crash can cost."""
_VERSION = 2  # of what is looked at and how; another one is looked at anew


def grid_rate(info: MediaInfo) -> Fraction:
    """Looks a second at a recording."""
    return sight_rate(output_rate(info.video))


@dataclass(frozen=True, slots=True)
class KeptSight:
    """The files of one recording."""

    folder: Path
    rate: Fraction
    length: int
    """How many looks the whole recording has."""

    @classmethod
    def of(cls, paths: DataPaths, fingerprint: str, info: MediaInfo) -> KeptSight:
        """Those of a recording by its fingerprint."""
        rate = grid_rate(info)
        length = max(1, (info.duration - Time(1)).frames(rate) + 1)
        return cls(paths.cache / "sight" / f"{fingerprint}-{_VERSION}", rate, length)

    def first_look(self, at: Time) -> int:
        """The look that shows what is to be seen at a source time."""
        return min(max(0, at.frames(self.rate)), self.length - 1)

    def stretches(self, within: TimeRange) -> range:
        """The numbers of the files that tell of a range of source time."""
        last = max(within.start, within.end - Time(1))
        return range(self._stretch(self.first_look(within.start)), self._stretch(self.first_look(last)) + 1)

    def looks_of(self, stretch: int) -> range:
        """The numbers of the looks in a file."""
        first, last = (math.ceil(STRETCH_S * number * self.rate) for number in (stretch, stretch + 1))
        return range(first, min(last, self.length))

    def _stretch(self, look: int) -> int:
        return math.floor(look / self.rate / STRETCH_S)

    def read(self, stretch: int) -> tuple[Look, ...] | None:
        """What a file tells; None if it is not there or damaged."""
        file = self._file(stretch)
        try:
            looks = _read(file, file.stat().st_mtime_ns)
        except (OSError, *JSON_FAULTS):
            return None
        return looks if len(looks) == len(self.looks_of(stretch)) else None

    def write(self, stretch: int, looks: Sequence[Look]) -> None:
        """Keep a stretch. Raises EnvironmentLacks where it cannot be written."""
        file = self._file(stretch)
        partial = file.with_name(new_id(file.stem))  # the window and a command may write the same at once
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps([look_to_json(look) for look in looks]), encoding="utf-8")
            partial.replace(file)
        except OSError as error:
            hint = "Check that the data folder can be written to and has room."
            raise EnvironmentLacks(
                say("What was seen cannot be kept in {folder}.", folder=file.parent), hint, str(error)
            ) from error

    def _file(self, stretch: int) -> Path:
        return self.folder / f"{stretch:06}.json"


@lru_cache(maxsize=256)
def _read(file: Path, _changed_ns: int) -> tuple[Look, ...]:
    return tuple(map(look_from_json, read_json(file.read_text(encoding="utf-8"))))
