"""The sound of a voice's sample: as numbers to be measured, and as the file that services take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.compose.soundtrack import main_sound, used_channels
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.media import AudioStream, MediaInfo
from viralclip_desktop.media.decode import named
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.run import input_args, run_ffmpeg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_UPLOADS = {
    ".mp3": ("-ar", "44100", "-c:a", "libmp3lame", "-b:a", "192k", "-f", "mp3"),
    ".wav": ("-ar", "22050", "-c:a", "pcm_s16le", "-f", "wav"),  # what local models are trained at
}
UPLOAD_SUFFIXES = tuple(_UPLOADS)
_RATE_HZ = 48_000  # where the file does not say


def sample_info(path: Path) -> MediaInfo:
    """What is in a sample's file. Raises BadInput for one without sound."""
    info = examine(path)
    if not info.audio:
        raise BadInput(say("{name} has no sound.", name=path.name), "Choose another file.")
    return info


def read_sample(path: Path, most_s: float, cancel: CancelToken | None = None) -> tuple[Samples, int]:
    """The first ``most_s`` seconds of a file, mono from -1 to 1, and the rate it was recorded at, in hertz: a
    clipped sample is told by tops that are flat, which another rate would not keep. Raises BadInput, Faults
    and Cancelled."""
    import numpy as np

    info = sample_info(path)
    track, blocks = main_sound(info), bytearray()
    rate = track.rate_hz or _RATE_HZ
    shape = ["-t", f"{most_s:.3f}", "-ac", "1", "-ar", str(rate), "-f", "f32le", "-"]
    try:
        run_ffmpeg([*_opened(path, track), *shape], stdout=blocks.extend, cancel=cancel)
    except BadInput as fault:
        raise named(fault, path) from fault
    return np.frombuffer(blocks, np.float32), rate


def write_upload(path: Path, out: Path, cancel: CancelToken | None = None) -> None:
    """Write a sample's sound as providers take it, by the ending of ``out``: mono, small, without
    the names and places that a file may carry. Raises as :func:`read_sample`."""
    track = main_sound(sample_info(path))
    bare = ["-map_metadata", "-1", "-ac", "1"]
    try:
        run_ffmpeg([*_opened(path, track), *bare, *_UPLOADS[out.suffix], str(out)], cancel=cancel)
    except BadInput as fault:
        raise named(fault, path) from fault


def _opened(path: Path, track: AudioStream) -> list[str]:
    pan = used_channels(track)
    return [*input_args(path), "-map", f"0:{track.index}", *(["-af", f"pan={pan}"] if pan else [])]
