"""What is inside a file that is laid over a clip: films, sounds, and still pictures."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.media import MediaInfo, VideoStream
from viralclip_desktop.media import bad_input
from viralclip_desktop.media.probe import check_is_media, probe
from viralclip_desktop.media.run import PROTOCOLS, input_url

if TYPE_CHECKING:
    from av.container import InputContainer

_STILL_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic"})
_DRAWING_SUFFIXES = frozenset({".svg", ".svgz", ".eps", ".ai", ".pdf"})
_REMEMBERED = 500


def examine(path: Path) -> MediaInfo:
    """Look into a file for a layer, a logo or an intro; a still picture has a duration of 0.

    Remembered until the file changes. Raises :class:`BadInput` naming the file: missing, or neither picture
    nor sound.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise BadInput(
            say("A file of this clip is not where it was: {path}", path=path),
            "Put the file back, or take it off the clip or its brand kit.",
        ) from error
    return _examined(path, found.st_mtime_ns, found.st_size)


@lru_cache(_REMEMBERED)
def _examined(path: Path, _changed_ns: int, size_bytes: int) -> MediaInfo:
    if path.suffix.lower() in _STILL_SUFFIXES:
        return _still(path, size_bytes)
    if path.suffix.lower() in _DRAWING_SUFFIXES:
        hint = "Save it as PNG and choose that."
        raise BadInput(say("{name} is a drawing, which clips cannot show.", name=path.name), hint)
    return probe(path)


def _still(path: Path, size_bytes: int) -> MediaInfo:
    import av

    bad_input.check_readable(path)
    try:
        with av.open(input_url(path), options={"protocol_whitelist": PROTOCOLS}) as container:
            check_is_media(container, path)
            video = _picture(container)
            return MediaInfo(container.format.name, ZERO, ZERO, video, (), size_bytes)
    except (av.FFmpegError, OSError, ValueError, IndexError, StopIteration) as error:
        message = say("{name} is damaged or not a picture.", name=path.name)
        raise BadInput(message, "Try to open it in another program.", str(error)) from error


def _picture(container: InputContainer) -> VideoStream:
    track = container.streams.video[0]
    frame = next(container.decode(track))
    turned = round(frame.rotation / 90) % 2 == 1
    size = Size(frame.height, frame.width) if turned else Size(frame.width, frame.height)
    return VideoStream(
        index=track.index,
        codec=track.codec_context.codec.canonical_name,
        size=size,
        coded_size=Size(frame.width, frame.height),
        rotation_deg=-90 * round(frame.rotation / 90) % 360,
        pixel_aspect=Fraction(1),
        fps=Fraction(25),
        variable_rate=False,
        pixel_format=frame.format.name,
        bit_depth=8,
        hdr=False,
        color_matrix="smpte170m" if track.codec_context.name == "mjpeg" else "",
    )
