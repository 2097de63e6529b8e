"""One file with several sound tracks: the picture and the sound of a finished film, and the sounds of others
of the same length beside it, each by its language. Nothing is encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.files import make_folder, partial_of
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.render import put_in_place
from viralclip_desktop.media.run import input_args, input_url, one_argument, run_ffmpeg

_APART_S: Final = 0.05  # so much tracks may differ in length: about two blocks of AAC


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """The first sound of a file, as a track of another one. ``language``: its code by ISO 639-2 (T)."""

    path: Path
    language: str
    title: str


def join_tracks(tracks: Sequence[SoundTrack], out: Path, title: str, cancel: CancelToken) -> None:
    """Write ``out``: the picture of the first track's file where that has one, and all tracks in their order,
    of which the first is the one that players choose by themselves. Raises EnvironmentLacks for a full or
    unwritable target, Fault where what came of it is not whole, Cancelled, and what :func:`run_ffmpeg`
    raises; nothing is left behind then."""
    cancel.raise_if_cancelled()
    partial = partial_of(out)
    try:
        make_folder(out.parent)
        partial.drop()
        run_ffmpeg([*_args(tracks, title), f"file:{partial.path}"], cancel=cancel)
        _check(partial.path, len(tracks))
        put_in_place(partial, None)
    except OSError as error:
        raise disk_fault(error, out) from error
    finally:
        partial.drop()


def _args(tracks: Sequence[SoundTrack], title: str) -> list[str]:
    inputs = [part for track in tracks for part in input_args(track.path)]
    maps = ["-map", "0:v:0?", *(part for number in range(len(tracks)) for part in ("-map", f"{number}:a:0"))]
    copy = ["-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"]
    named = ["-metadata", f"title={one_argument(title)}"] if title else []
    for number, track in enumerate(tracks):
        words = one_argument(track.title)
        told = (f"language={track.language}", f"title={words}", f"handler_name={words}")
        named += [part for one in told for part in (f"-metadata:s:a:{number}", one)]
        named += [f"-disposition:a:{number}", "0" if number else "default"]
    return [*inputs, *maps, *copy, *named, "-movflags", "+faststart", "-f", "mp4"]


def _check(path: Path, count: int) -> None:
    """Raises Fault unless all tracks are there and equally long."""
    import av

    with av.open(input_url(path)) as container:
        lengths = [float((one.duration or 0) * (one.time_base or 0)) for one in container.streams.audio]
    if len(lengths) != count or max(lengths) - min(lengths) > _APART_S:
        told = ", ".join(f"{length:.3f}" for length in lengths)
        raise Fault(
            "The film with all languages did not become whole.",
            "Dub it again.",
            say("{count} tracks were wanted; there are: {told}", count=count, told=told),
        )
