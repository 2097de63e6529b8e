"""Framing: a picture of any shape is brought into the clip's shape and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viralclip_desktop.compose import colour
from viralclip_desktop.compose.moving_crop import moving_crop
from viralclip_desktop.compose.plan import CropMove
from viralclip_desktop.core.geometry import Size, cover_crop, even
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import VideoStream

_SCALER = "bicubic"  # sharper than bilinear, without the rings of lanczos around letters
_BACKDROP_PX = 96  # shorter side of the blurred copy: blur at this size costs nothing, and none can tell
_BACKDROP_SIGMA = 5.0
_BACKDROP_LIGHT, _BACKDROP_COLOUR = 0.62, 0.85  # darker and a little greyer than the picture in front


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture is brought into the clip's shape: cropped at a centre or along a path, or fitted in."""

    framing: Framing = Framing.CROP
    centre_x: float = 0.5
    moves: tuple[CropMove, ...] = ()
    """In clip time; empty for a still crop. Of the upper half where there are two."""
    lower: tuple[CropMove, ...] = ()
    """The path of the lower half's crop, for SPLIT."""


def framed(stream: Any, frame: Frame, video: VideoStream, size: Size) -> Any:
    """The source picture as it appears in the clip: ``size`` pixels, square, BT.709, yuv420p."""
    stream = _with_matrix(stream, video)
    if frame.framing is Framing.FIT:
        return fitted(stream, video, size)
    if frame.framing is Framing.SPLIT and frame.moves and frame.lower:
        return _tagged(_halves(stream, frame, video, size))
    return _tagged(_cropped(stream, frame, video, size))


def uncropped(stream: Any, video: VideoStream, size: Size) -> Any:
    """All of the source picture at ``size`` pixels: square, BT.709, yuv420p."""
    return _tagged(scaled(_with_matrix(stream, video), video, size))


def _with_matrix(stream: Any, video: VideoStream) -> Any:
    matrix = colour.assumed_matrix(video)
    if matrix is None or colour.needs_mapping(video):
        return stream
    return stream.filter("setparams", colorspace=matrix)


def _halves(stream: Any, frame: Frame, video: VideoStream, size: Size) -> Any:
    import ffmpeg

    upper, lower = half_sizes(size)
    copies = stream.filter_multi_output("split", 2)
    halves = [
        _moving(copies[0], frame.moves, video, upper),
        _moving(copies[1], frame.lower, video, lower),
    ]
    return ffmpeg.filter(halves, "vstack", inputs=2)


def half_sizes(size: Size) -> tuple[Size, Size]:
    """The upper and the lower half of a frame."""
    upper = even(size.height / 2)
    return Size(size.width, upper), Size(size.width, size.height - upper)


def _cropped(stream: Any, frame: Frame, video: VideoStream, size: Size) -> Any:
    if frame.moves:
        return _moving(stream, frame.moves, video, size)
    return covered(stream, video, size, frame.centre_x)


def covered(stream: Any, video: VideoStream, size: Size, centre_x: float = 0.5) -> Any:
    """The largest part of a picture that fills ``size``."""
    crop = cover_crop(video.size, size.ratio, centre_x)
    if (crop.width, crop.height) != (video.size.width, video.size.height):
        # As shares of what the decoder gives: its pixels may not be square.
        stream = stream.filter(
            "crop",
            w=f"iw*{crop.width}/{video.size.width}",
            h=f"ih*{crop.height}/{video.size.height}",
            x=f"iw*{crop.x}/{video.size.width}",
            y=f"ih*{crop.y}/{video.size.height}",
        )
    return scaled(stream, video, size)


def _moving(stream: Any, moves: tuple[CropMove, ...], video: VideoStream, size: Size) -> Any:
    options: dict[str, Any] = {"flags": _SCALER}
    if not colour.needs_mapping(video):
        options |= {"out_color_matrix": "bt709", "out_range": "tv"}
        if colour.matrix_of(video) != "bt709":
            # While it changes the matrix, the scaler's rounding depends on the size, which a zoom would show.
            stream = stream.filter("scale", out_color_matrix="bt709", out_range="tv")
            stream = stream.filter("format", "yuv420p")
    stream = moving_crop(stream, moves, video, size, options)
    if colour.needs_mapping(video):
        return colour.mapped(stream, video).filter("setsar", sar=1)
    return stream.filter("format", "yuv420p").filter("setsar", sar=1)


def fitted(stream: Any, video: VideoStream, size: Size) -> Any:
    """All of a picture over a blurred copy of itself, ``size`` pixels; tagged."""
    return _tagged(_fitted(stream, video, size))


def _fitted(stream: Any, video: VideoStream, size: Size) -> Any:
    inner = fit_size(video.size, size)
    if inner == size:
        return scaled(stream, video, size)
    copies = stream.filter_multi_output("split")
    picture = scaled(copies[0], video, inner)
    x, y = even((size.width - inner.width) / 2), even((size.height - inner.height) / 2)
    x, y = (x if inner.width < size.width else 0), (y if inner.height < size.height else 0)
    backdrop = _backdrop(copies[1], video, size)
    return backdrop.overlay(picture, x=x, y=y, format="yuv420", eof_action="endall")


def _backdrop(stream: Any, video: VideoStream, size: Size) -> Any:
    """A blurred, darker copy that fills the frame. Made at one fixed size, so that the preview has the
    same blur as the export."""
    short = min(size.width, size.height)
    small = Size(even(size.width * _BACKDROP_PX / short), even(size.height * _BACKDROP_PX / short))
    crop = cover_crop(video.size, size.ratio)
    w, h = f"iw*{crop.width}/{video.size.width}", f"ih*{crop.height}/{video.size.height}"
    stream = scaled(stream.filter("crop", w=w, h=h), video, small, flags="area")
    stream = stream.filter("gblur", sigma=_BACKDROP_SIGMA, steps=2)
    luma = f"16+(val-16)*{_BACKDROP_LIGHT}"
    chroma = f"128+(val-128)*{_BACKDROP_COLOUR}"
    stream = stream.filter("lutyuv", y=luma, u=chroma, v=chroma)
    return stream.filter("scale", w=size.width, h=size.height, flags="bicubic").filter("setsar", sar=1)


def fit_size(source: Size, target: Size) -> Size:
    """The largest even size with the shape of ``source`` inside ``target``; differences of a pixel or two
    are not worth a border."""
    if source.ratio > target.ratio:
        inner = Size(target.width, even(float(target.width / source.ratio)))
    else:
        inner = Size(even(float(target.height * source.ratio)), target.height)
    inner = Size(min(inner.width, target.width), min(inner.height, target.height))
    close = target.width - inner.width <= 2 and target.height - inner.height <= 2
    return target if close else inner


def scaled(stream: Any, video: VideoStream, size: Size, flags: str = _SCALER) -> Any:
    """Any picture at ``size``: square pixels, BT.709, yuv420p."""
    options: dict[str, Any] = {"w": size.width, "h": size.height, "flags": flags}
    if colour.needs_mapping(video):
        # Scaled as it is stored, and mapped at its final, mostly smaller, size.
        return colour.mapped(stream.filter("scale", **options), video).filter("setsar", sar=1)
    options |= {"out_color_matrix": "bt709", "out_range": "tv"}
    return stream.filter("scale", **options).filter("format", "yuv420p").filter("setsar", sar=1)


def _tagged(stream: Any) -> Any:
    return stream.filter("setparams", **colour.TAGS)
