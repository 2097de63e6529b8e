"""One pass over a file's sound gives its wave and its beats; both are kept under the file's content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.soundtrack import main_sound
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import MediaInfo
    from viralclip_desktop.media.beats import Beats
    from viralclip_desktop.media.peaks import Peaks

_PEAKS, _BEATS = "peaks.bin", "beats.json"


@dataclass(frozen=True)
class LayerSound:
    """``length`` is the file's; wave and beats are in its own time."""

    length: Time
    peaks: Peaks
    beats: Beats


def listen(paths: DataPaths, path: Path, cancel: CancelToken) -> LayerSound:
    """Wave and beats of a sound file, found now if they are not kept: about a second for five minutes.

    The same content under another name is not listened to again. Raises :class:`BadInput` for a file that is
    gone or has no sound, :class:`Cancelled`, and the faults of a full disk.
    """
    info = examine(path)
    if not info.audio:
        raise BadInput(say("{name} has no sound.", name=path.name), "Choose another file.")
    folder = paths.cache / "layers" / fingerprint(path)
    try:
        return _kept(folder, info)
    except BadInput:
        _find(path, info, folder, cancel)
        return _kept(folder, info)


def _kept(folder: Path, info: MediaInfo) -> LayerSound:
    from viralclip_desktop.media.beats import load_beats
    from viralclip_desktop.media.peaks import load_peaks

    return LayerSound(info.duration, load_peaks(folder / _PEAKS), load_beats(folder / _BEATS))


def _find(path: Path, info: MediaInfo, folder: Path, cancel: CancelToken) -> None:
    from viralclip_desktop.media.beats import BeatTracker, save_beats
    from viralclip_desktop.media.decode import decode_samples
    from viralclip_desktop.media.peaks import PeaksWriter

    tracker = BeatTracker()
    with PeaksWriter(folder / _PEAKS) as peaks:

        def take(block: bytes) -> None:
            peaks.add(block)
            tracker.add(block)

        track, whole = main_sound(info), TimeRange(ZERO, info.duration)
        decode_samples(path, info, track.index, take, within=whole, cancel=cancel)
        save_beats(tracker.finish(), folder / _BEATS)
        peaks.finish()
