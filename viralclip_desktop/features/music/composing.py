"""A song written, played and put into a file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.files import make_folder, partial_of
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.resources import resource
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.music.composer import Wishes, compose, mood_of

if TYPE_CHECKING:
    from viralclip_desktop.engines.music.mixing import Mix
    from viralclip_desktop.music.song import Song

SHORTEST_S, LONGEST_S = 3.0, 600.0
SLOWEST, FASTEST = 50.0, 200.0
EDITION = 1
"""Of the composer: a newer one writes other songs for the same seed."""
_FONT = "FluidR3Mono_GM.sf3"


@dataclass(frozen=True, slots=True)
class Composed:
    """A finished song and what it takes to make it again. ``tempo``: beats a minute; ``key``: as ``A:min``;
    ``sections``: name, and from when on in seconds; ``stems``: files by name."""

    path: str
    tempo: float
    key: str
    duration_s: float
    seed: int
    preset: str
    mood: str
    loops: bool
    hits_s: tuple[float, ...]
    sections: tuple[tuple[str, float], ...]
    stems: dict[str, str]
    edition: int = EDITION


def check_wishes(wishes: Wishes) -> None:
    """Raise :class:`UsageError` for a length, a tempo or a moment that cannot be."""
    if not SHORTEST_S <= wishes.duration_s <= LONGEST_S:
        raise UsageError(
            say(
                "Music can be {low} to {high} seconds long.",
                low=Number(SHORTEST_S),
                high=Number(LONGEST_S),
            ),
            "For more, make a loop.",
        )
    if wishes.tempo is not None and not SLOWEST <= wishes.tempo <= FASTEST:
        raise UsageError(
            say(
                "A tempo is {low} to {high} beats a minute.",
                low=Number(SLOWEST),
                high=Number(FASTEST),
            )
        )
    late = [at for at in wishes.hits_s if not 0 <= at < wishes.duration_s]
    if late:
        raise UsageError(
            say("An accent at {at} s lies outside the music.", at=Number(late[0])),
            "Accents are from 0 to its length.",
        )


def compose_music(
    wishes: Wishes,
    out: Path,
    *,
    stems: Path | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Composed:
    """Compose a song into a WAV file (48 kHz, 16 bits, stereo, -14 LUFS), and its stems into a folder.

    All files are written beside their places and put there at the end. Raises :class:`UsageError` for wishes
    that cannot be, :class:`Cancelled`, and :class:`EnvironmentLacks` for a full disk.
    """
    check_wishes(wishes)
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    song = compose(wishes)
    if not song.tracks:
        raise UsageError("Nothing is left to play.", "Leave one of the parts in.")
    progress(ProgressEvent("compose", 0.0))
    try:
        with _Written(song, stems) as written:
            mix = _mixed(song, written, progress, cancel)
            files = written.finish(mix, out, cancel)
    except OSError as error:
        raise disk_fault(error, Path(error.filename or out)) from error
    progress(ProgressEvent("compose", 1.0))
    starts = ((section.name, song.time.seconds(section.start_bar * 4)) for section in song.sections)
    return Composed(
        path=str(out),
        tempo=round(song.tempo, 4),
        key=str(song.key),
        duration_s=mix.sound.shape[1] / 48_000,
        seed=wishes.seed,
        preset=song.preset,
        mood=mood_of(wishes),
        loops=wishes.loops,
        hits_s=wishes.hits_s,
        sections=tuple((name, round(at, 4)) for name, at in starts),
        stems={name: str(path) for name, path in files.items()},
    )


def _mixed(song: Song, written: _Written, progress: Progress, cancel: CancelToken) -> Mix:
    from viralclip_desktop.engines.music.mixing import mixed
    from viralclip_desktop.engines.music.soundfont import soundfont

    return mixed(
        song,
        soundfont(resource("music", _FONT)),
        lambda share: progress(ProgressEvent("compose", 0.02 + 0.95 * share)),
        cancel.raise_if_cancelled,
        keep=written.keep if written.wants_stems else None,
    )


class _Written:
    """The files of a song on their way: stems lie in a folder of the system until the last gain is known."""

    def __init__(self, song: Song, stems: Path | None) -> None:
        self._song, self._folder = song, stems
        self._stack = contextlib.ExitStack()
        self._kept: dict[str, list[Path]] = {}

    @property
    def wants_stems(self) -> bool:
        """Whether stems are asked for."""
        return self._folder is not None

    def __enter__(self) -> _Written:
        if self.wants_stems:
            self._scratch = Path(self._stack.enter_context(TemporaryDirectory(prefix="viralclip-stems-")))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def keep(self, index: int, sound: Any) -> None:
        """Put a track aside."""
        import numpy as np

        path = self._scratch / f"{index}.npy"
        np.save(path, sound)
        self._kept.setdefault(self._song.tracks[index].stem, []).append(path)

    def finish(self, mix: Mix, out: Path, cancel: CancelToken) -> dict[str, Path]:
        """Write all files beside their places, then put them there; returns the stems."""
        from viralclip_desktop.engines.music.mixing import write_wav

        partials = []
        stems = {name: self._folder / f"{name}.wav" for name in self._kept} if self._folder else {}
        for name, path in stems.items():
            cancel.raise_if_cancelled()
            partials.append(self._partial(path))
            write_wav(sum(self._loaded(name)) * mix.gain, partials[-1].path)
        partials.append(self._partial(out))
        write_wav(mix.sound, partials[-1].path)
        cancel.raise_if_cancelled()
        for partial in partials:
            partial.finish()
        return stems

    def _loaded(self, name: str) -> Iterator[Any]:
        import numpy as np

        return (np.load(path) for path in self._kept[name])

    def _partial(self, path: Path) -> Any:
        make_folder(path.parent)
        partial = partial_of(path)
        self._stack.callback(partial.drop)
        return partial
