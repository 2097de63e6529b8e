"""A timeline as Final Cut Pro XML 1.9: read by Final Cut Pro (10.4.9 on) and DaVinci Resolve (17 on).

Written by hand after Apple's DTD: the OpenTimelineIO adapter writes 1.8, rounds 29.97 to 29, and wants
ffprobe. Times are exact fractions of a second. The frame is the clip's own shape, with the crop where the
program has it.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

from viralclip_desktop.core.geometry import Size, cover_crop
from viralclip_desktop.core.time import TICKS_PER_SECOND
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import AudioStream, VideoStream
from viralclip_desktop.features.interchange.media import DROP_FRAME_RATES, Media
from viralclip_desktop.features.interchange.sequence import Piece, Sequence
from viralclip_desktop.features.interchange.text import one_line

VERSION = "1.9"
"""The oldest one whose media references are written as they are today; newer programs read it."""
_SDR = "1-1-1 (Rec. 709)"
_HDR = {"smpte2084": "9-16-9 (Rec. 2020 PQ)", "arib-std-b67": "9-18-9 (Rec. 2020 HLG)"}
_CONFORMED = {
    Fraction(24000, 1001): "23.98", Fraction(24): "24", Fraction(25): "25", Fraction(30000, 1001): "29.97",
    Fraction(30): "30", Fraction(48): "48", Fraction(50): "50", Fraction(60000, 1001): "59.94",
    Fraction(60): "60",
}  # fmt: skip


def fcpxml_text(sequence: Sequence) -> str:
    """The timeline as an XML document."""
    root = ET.Element("fcpxml", version=VERSION)
    resources = _Resources(ET.SubElement(root, "resources"))
    frame = resources.format(sequence.size, sequence.rate, Fraction(1), _SDR)
    event = ET.SubElement(root, "event", name="ViralClip")
    project = ET.SubElement(event, "project", name=sequence.name)
    ET.SubElement(
        ET.SubElement(
            project,
            "sequence",
            format=frame,
            duration=frames_time(sequence.frames, sequence.rate),
            tcStart="0s",
            tcFormat="DF" if sequence.drop_frame else "NDF",
            audioLayout="stereo",
            audioRate="48k",
        ),
        "spine",
    ).extend(_item(sequence, piece, resources) for piece in sequence.pieces)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n\n{body}\n'


def frames_time(frames: int, rate: Fraction) -> str:
    """So many frames as a fraction of a second on the rate's own grid: ``3003/30000s``, ``5s``."""
    return seconds_time(frames / rate, rate.numerator)


def seconds_time(seconds: Fraction, grid: int = 1) -> str:
    """An exact number of seconds, over ``grid`` where that divides it, else in lowest terms."""
    if seconds.denominator == 1:
        return f"{seconds.numerator}s"
    if grid % seconds.denominator == 0:
        return f"{seconds.numerator * (grid // seconds.denominator)}/{grid}s"
    return f"{seconds.numerator}/{seconds.denominator}s"


class _Resources:
    """The formats and recordings of a document, each declared once."""

    def __init__(self, element: ET.Element) -> None:
        self._element = element
        self._ids: dict[object, str] = {}

    def format(self, size: Size, rate: Fraction, pixel_aspect: Fraction, colour: str) -> str:
        """The id of a picture format."""
        key = (size, rate, pixel_aspect, colour)
        if key not in self._ids:
            self._ids[key] = f"r{len(self._ids) + 1}"
            values = {"id": self._ids[key], "frameDuration": frames_time(1, rate)}
            values |= {"width": str(size.width), "height": str(size.height)}
            if pixel_aspect != 1:
                values |= {"paspH": str(pixel_aspect.numerator), "paspV": str(pixel_aspect.denominator)}
            ET.SubElement(self._element, "format", values | {"colorSpace": colour})
        return self._ids[key]

    def asset(self, media: Media) -> str:
        """The id of a file."""
        key = media.asset.id
        if key not in self._ids:
            values = self._asset_values(media)
            self._ids[key] = f"r{len(self._ids) + 1}"
            asset = ET.SubElement(self._element, "asset", {"id": self._ids[key]} | values)
            ET.SubElement(asset, "media-rep", kind="original-media", src=media.url)
        return self._ids[key]

    def _asset_values(self, media: Media) -> dict[str, str]:
        info = media.info
        length = Fraction(info.duration.ticks, TICKS_PER_SECOND)
        counted = info.video is not None and not media.is_still
        values = {
            "name": one_line(media.file_name),
            "start": frames_time(media.first_frame, media.rate),
            "duration": frames_time(media.frames, media.rate) if counted else seconds_time(length),
        }
        if info.video is not None:
            values |= {"hasVideo": "1", "videoSources": "1", "format": self._picture(info.video, media.rate)}
        if info.audio:
            values |= {"hasAudio": "1", "audioSources": str(len(info.audio))}
            values |= {"audioChannels": str(sum(track.channels for track in info.audio))}
            values |= {"audioRate": str(info.audio[0].rate_hz)}
        return values

    def _picture(self, video: VideoStream, rate: Fraction) -> str:
        colour = _HDR.get(video.color_transfer, _SDR)
        if video.pixel_aspect == 1:
            return self.format(video.size, rate, Fraction(1), colour)
        coded, aspect = video.coded_size, video.pixel_aspect
        if video.rotation_deg % 180:
            coded, aspect = Size(coded.height, coded.width), 1 / aspect
        return self.format(coded, rate, aspect, colour)


def _item(sequence: Sequence, piece: Piece, resources: _Resources) -> ET.Element:
    if piece.media is None:
        return _gap(sequence, piece)
    if piece.media.is_still:
        return _still(sequence, piece, piece.media, resources)
    return _asset_clip(sequence, piece, piece.media, resources)


def _placed(sequence: Sequence, piece: Piece) -> dict[str, str]:
    return {
        "offset": frames_time(piece.offset, sequence.rate),
        "duration": frames_time(piece.frames, sequence.rate),
    }


def _gap(sequence: Sequence, piece: Piece) -> ET.Element:
    """A card: black on the timeline, with what it says as its name (a title would need a template of
    somebody's installation)."""
    name = piece.card_text or piece.title
    gap = ET.Element("gap", _placed(sequence, piece) | {"name": name, "start": "0s"})
    if piece.note:
        ET.SubElement(gap, "note").text = piece.note
    return gap


def _still(sequence: Sequence, piece: Piece, media: Media, resources: _Resources) -> ET.Element:
    values = _placed(sequence, piece) | {"ref": resources.asset(media), "name": piece.title, "start": "0s"}
    element = ET.Element("video", values)
    if media.info.video is not None:
        _conform(element, sequence, piece, media.info.video)
    return element


def _asset_clip(sequence: Sequence, piece: Piece, media: Media, resources: _Resources) -> ET.Element:
    video = media.info.video
    start = (media.first_frame + piece.source_frame) / media.rate
    if video is None:  # sound needs no frame to begin on
        start = Fraction(piece.source_start.ticks, TICKS_PER_SECOND)
    start /= piece.speed  # with another speed it counts on the retimed file, as the time map has it
    drop = media.start_code.drop_frame if media.start_code else media.rate in DROP_FRAME_RATES
    element = ET.Element(
        "asset-clip",
        ref=resources.asset(media),
        name=piece.title,
        offset=frames_time(piece.offset, sequence.rate),
        start=seconds_time(start, media.rate.numerator),
        duration=frames_time(piece.frames, sequence.rate),
        tcFormat="DF" if drop else "NDF",
    )
    if piece.sound is not None:
        element.set("audioRole", "dialogue")
    if piece.note:
        ET.SubElement(element, "note").text = piece.note
    if video is not None:
        _conform_rate(element, sequence, media)
    if piece.speed != 1:
        element.append(_time_map(piece, media))
    if video is not None:
        _conform(element, sequence, piece, video)
    for track in _tracks_to_choose_from(piece):
        element.append(track)
    return element


def _time_map(piece: Piece, media: Media) -> ET.Element:
    """The whole file at another speed: which of its moments is seen when."""
    first, length = media.first_frame / media.rate, media.frames / media.rate
    time_map = ET.Element("timeMap")
    for at in (first, first + length):
        ET.SubElement(
            time_map, "timept", time=seconds_time(at / piece.speed), value=seconds_time(at), interp="linear"
        )
    return time_map


def _conform_rate(element: ET.Element, sequence: Sequence, media: Media) -> None:
    """The picture keeps its real time at the timeline's rate."""
    if media.rate != sequence.rate and media.rate in _CONFORMED:
        ET.SubElement(element, "conform-rate", scaleEnabled="0", srcFrameRate=_CONFORMED[media.rate])


def _conform(element: ET.Element, sequence: Sequence, piece: Piece, video: VideoStream) -> None:
    """How the picture is brought to the timeline's shape."""
    fills = piece.clip.framing is Framing.CROP
    ET.SubElement(element, "adjust-conform", type="fill" if fills else "fit")
    position = crop_position(video.size, sequence.size, piece.clip.centre_x) if fills else 0.0
    if position:
        ET.SubElement(element, "adjust-transform", position=f"{position:.6g} 0")


def crop_position(source: Size, frame: Size, centre_x: float) -> float:
    """How far to the right a picture that fills the frame is moved, so that the part the program shows is
    seen: in hundredths of the frame's height, as ``adjust-transform`` counts."""
    crop = cover_crop(source, frame.ratio, centre_x)
    centred = cover_crop(source, frame.ratio)
    return 100 * (centred.x - crop.x) / crop.height


def _tracks_to_choose_from(piece: Piece) -> list[ET.Element]:
    """Of several sound tracks, the chosen one switched on; channels are counted through all tracks."""
    tracks = () if piece.media is None else piece.media.info.audio
    if len(tracks) < 2:
        return []
    elements, channel = [], 1
    for track in tracks:
        elements.append(_track(track, channel, on=track is piece.sound))
        channel += track.channels
    return elements


def _track(track: AudioStream, first_channel: int, *, on: bool) -> ET.Element:
    channels = ", ".join(str(first_channel + number) for number in range(track.channels))
    values = {"srcCh": channels, "role": "dialogue"}
    return ET.Element("audio-channel-source", values if on else values | {"enabled": "0"})
