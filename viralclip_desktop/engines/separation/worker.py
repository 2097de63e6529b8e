"""What a worker process runs to separate: one file of samples in, its two parts out. Noise reduction is
separation, too: what is said from the noise around it.

All files are bare interleaved stereo samples: 32-bit floats in, 16-bit numbers out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from viralclip_desktop.engines.registry import DENOISING, SEPARATION
from viralclip_desktop.engines.separation.leftover import Leftover

if TYPE_CHECKING:
    from viralclip_desktop.engines.provider import ProviderKind, ProviderSetup
    from viralclip_desktop.engines.separation.base import Parted, Samples, Separator

TARGET = "viralclip_desktop.engines.separation.worker:run"
STAGE: Final = "separating"
_BLOCK: Final = 1 << 17  # samples read at once: three seconds
_BYTES: Final = 4  # of a stereo sample that goes out


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to separate. Of the ``sound`` only ``count`` samples from ``first`` on go out: what lies around
    them is there to be heard with them. ``background`` and ``voice`` (None: it is not wanted) are written
    from sample ``at`` on; what else is in them stays. ``kept``: the share of the background that is still
    heard beside the voice."""

    sound: Path
    rate_hz: int
    first: int
    count: int
    background: Path | None = None
    voice: Path | None = None
    at: int = 0
    kept: float = 0.0


KINDS: Final[Mapping[str, ProviderKind[Any, Separator]]] = {
    kind.name: kind for kind in (SEPARATION, DENOISING)
}


def request(
    kind: ProviderKind[Any, Separator], separator: str, setup: ProviderSetup, wanted: Wanted
) -> dict[str, Any]:
    """The request for :func:`run`, as JSON."""
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(wanted).items()}
    return {"kind": kind.name, "separator": separator, "setup": setup.as_json(), "wanted": plain}


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Separate; a cancel is the end of the process. Returns the ``samples`` that were written and
    ``voice_left_db`` and ``voice_db`` (see :class:`Leftover`). Raises EnvironmentLacks, OSError."""
    import numpy as np

    kind = KINDS[data["kind"]]
    separator = kind.make(data["separator"], kind.setup.from_json(data["setup"]))
    wanted = _wanted(data["wanted"])
    sound = (
        np.memmap(wanted.sound, "<f4", mode="r").reshape(-1, 2) if wanted.count else np.zeros((0, 2), "<f4")
    )
    leftover, written = Leftover(), 0
    with _Out(wanted.background, wanted.at) as background, _Out(wanted.voice, wanted.at) as voice:
        for parted in _within(separator.separate(_blocks(sound), wanted.rate_hz), wanted):
            leftover.add(parted)
            background.write(parted.background)
            voice.write(parted.voice + wanted.kept * parted.background)
            written += len(parted.background)
            emit({"type": "progress", "stage": STAGE, "fraction": written / wanted.count})
    return {"samples": written, "voice_left_db": leftover.db, "voice_db": leftover.voice_db}


def _wanted(data: dict[str, Any]) -> Wanted:
    outs = {name: Path(data[name]) if data[name] else None for name in ("background", "voice")}
    return Wanted(**{**data, **outs, "sound": Path(data["sound"])})


def _blocks(sound: Samples) -> Iterator[Samples]:
    for at in range(0, len(sound), _BLOCK):
        yield sound[at : at + _BLOCK]


def _within(blocks: Iterator[Parted], wanted: Wanted) -> Iterator[Parted]:
    """What of the blocks is wanted."""
    from viralclip_desktop.engines.separation.base import Parted

    at = 0
    for block in blocks:
        first, last = max(0, wanted.first - at), wanted.first + wanted.count - at
        if first < len(block.voice) and last > 0:
            yield Parted(block.background[first:last], block.voice[first:last])
        at += len(block.voice)


class _Out:
    """A file of 16-bit samples, or nothing."""

    def __init__(self, path: Path | None, at: int) -> None:
        self._file: IO[bytes] | None = None
        if path is not None:
            path.touch()
            self._file = path.open("r+b")
            self._file.seek(_BYTES * at)

    def __enter__(self) -> _Out:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, samples: Samples) -> None:
        """Append."""
        import numpy as np

        if self._file is not None:
            self._file.write((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
