"""Colour: whatever a source carries becomes BT.709, limited range, 8 bit, and is tagged so."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.domain.media import VideoStream

_WIDE_PRIMARIES = frozenset({"bt2020", "smpte431", "smpte432", "smpte428"})
_SD_HEIGHT_PX = 576  # PAL's height: the customary line between BT.601 and BT.709 where a file doesn't say
_SD_WIDTH_PX = 1024
_SDR_WHITE_NITS = 203  # reference white of HDR pictures, ITU-R BT.2408
_UNTOUCHED = 0.5  # share of reference white below which light is left alone
_PEAK = round(1000 / _SDR_WHITE_NITS, 3)  # brightest light kept apart: HLG ends at 1000 nits, PQ mostly too
_RGB_FORMATS = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "pal8", "x2rgb", "x2bgr")
_UNTAGGED = frozenset({"", "unknown", "unspecified", "reserved", "none", "2", "0"})

# BT.709 as every player expects it of an untagged HD file, and as we tag it.
TAGS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "range": "tv"}


def is_tagged(value: str) -> bool:
    """Whether a colour property names something."""
    return value.lower() not in _UNTAGGED


def is_rgb(video: VideoStream) -> bool:
    """Whether the picture is stored as red, green and blue."""
    return video.pixel_format.startswith(_RGB_FORMATS)


def assumed_matrix(video: VideoStream) -> str | None:
    """The matrix to assume for a picture that names none: BT.601 for standard definition, BT.709 above."""
    if is_rgb(video) or is_tagged(video.color_matrix):
        return None
    small = min(video.size.width, video.size.height) <= _SD_HEIGHT_PX
    return "smpte170m" if small and max(video.size.width, video.size.height) <= _SD_WIDTH_PX else "bt709"


def matrix_of(video: VideoStream) -> str:
    """The matrix of a picture, as far as it is known or assumed; ``gbr`` for RGB."""
    return "gbr" if is_rgb(video) else assumed_matrix(video) or video.color_matrix.lower()


def needs_mapping(video: VideoStream) -> bool:
    """Whether more than the matrix has to change: high dynamic range, or far wider primaries."""
    return video.hdr or video.color_primaries.lower() in _WIDE_PRIMARIES


def mapped(stream: Any, video: VideoStream) -> Any:
    """Bring a high dynamic range or wide gamut picture to BT.709.

    Light is made linear with reference white at 1.0, primaries are converted there, and highlights are
    rolled off with the Mobius curve, which leaves everything below half of white as it is, faces with it
    (Hable's curve darkens those too). Reference white itself comes out at 226 of 255, and 1000 nits at 255.
    """
    tags = _assumed_tags(video)
    if tags:
        stream = stream.filter("setparams", **tags)
    stream = stream.filter("zscale", transfer="linear", npl=_SDR_WHITE_NITS).filter("format", "gbrpf32le")
    stream = stream.filter("zscale", primaries="bt709")
    if video.hdr:
        stream = stream.filter("tonemap", tonemap="mobius", param=_UNTOUCHED, desat=0, peak=_PEAK)
    out = {"transfer": "bt709", "matrix": "bt709", "range": "tv", "dither": "ordered"}
    return stream.filter("zscale", **out).filter("format", "yuv420p")


def _assumed_tags(video: VideoStream) -> dict[str, str]:
    """What zscale insists on and a file may lack."""
    wanted = {
        "color_primaries": (video.color_primaries, "bt2020"),
        "colorspace": (video.color_matrix, "bt2020nc"),
        "color_trc": (video.color_transfer, "bt709"),
    }
    return {key: default for key, (value, default) in wanted.items() if not is_tagged(value)}
