"""What is inside a recording, read through PyAV."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.media import AudioStream, MediaInfo, VideoStream
from viralclip_desktop.media import bad_input
from viralclip_desktop.media.frame_times import FrameTimes, measure, snapped_rate
from viralclip_desktop.media.run import PROTOCOLS, input_url

if TYPE_CHECKING:
    from av.container import InputContainer

_ATTACHED_PICTURE = 0x400  # AV_DISPOSITION_ATTACHED_PIC: a cover, not a film
_DEFAULT = 0x1  # AV_DISPOSITION_DEFAULT
_NOT_RECORDINGS = {"tty", "txt", "bin", "lavfi", "concat", "hls", "dash", "imf", "sdp", "webm_dash_manifest"}
"""Demuxers that make a film of any text, and lists that only point to media elsewhere."""
_NO_LENGTH = {"aac", "ac3", "eac3", "dts", "loas", "amr", "h264", "hevc", "mpegvideo", "m4v", "mjpeg"}
"""Bare streams without time stamps: ffmpeg guesses their length from the bit rate, so we count."""
_PICTURES_LOOKED_AT = 300
_PACKETS_LOOKED_AT = 3000  # about 30 s of picture and sound
_USUAL_AHEAD_S = 0.5  # muxers keep tracks closer together, and a jump for sound begins that much early
_TAIL_S = 5  # how much of the end is read to see whether the data reach it
_SHORT_S = Fraction(1)  # a claim may be off by a packet of each track, never by so much
_HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}  # PQ and HLG

# ffmpeg's names of the numbers of ITU-T H.273, as its filters take them.
_TRANSFERS = {1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear",
              11: "iec61966-2-4", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12", 16: "smpte2084",
              17: "smpte428", 18: "arib-std-b67"}  # fmt: skip
_PRIMARIES = {1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film", 9: "bt2020",
              10: "smpte428", 11: "smpte431", 12: "smpte432", 22: "jedec-p22"}  # fmt: skip
_MATRICES = {0: "gbr", 1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "ycgco",
             9: "bt2020nc", 10: "bt2020c", 14: "ictcp"}  # fmt: skip
_RANGES = {1: "tv", 2: "pc"}


def probe(path: Path) -> MediaInfo:
    """Look into a recording: container, length, picture and sound tracks, and that they can be decoded.

    Covers and other attached pictures are not picture tracks. Reads the start of the file only, except for
    bare streams whose length has to be counted. Raises :class:`BadInput` with one sentence of what is
    wrong: missing, a folder, empty, not media, incomplete, protected, an unknown codec, a still image.
    """
    import av

    bad_input.check_readable(path)
    options = {"protocol_whitelist": PROTOCOLS}
    try:
        with av.open(input_url(path), options=options, metadata_errors="replace") as container:
            return _read(container, path)
    except (av.FFmpegError, OSError, ValueError, OverflowError) as error:
        raise bad_input.unreadable(path, str(error)) from error


def _read(container: InputContainer, path: Path) -> MediaInfo:
    bad_input.check_whole(path)
    check_is_media(container, path)
    look = _Look(_picture_track(container), list(container.streams.audio))
    _check_tracks(container, look, path)
    look.over(container)
    _check_decoded(look, path)
    video = None if look.video is None else _video_stream(look)
    claimed = _duration(container, look)
    real = _real_length(container, look, claimed)
    return MediaInfo(
        container=container.format.name,
        duration=real,
        start_offset=_start(container),
        video=video,
        audio=tuple(_audio_stream(track) for track in look.audio),
        size_bytes=path.stat().st_size,
        sound_ahead_s=look.sound_ahead_s(container.format.name),
        declared_s=claimed.seconds if real < claimed else None,
    )


def check_is_media(container: InputContainer, path: Path) -> None:
    """Raise :class:`BadInput` for a text or a list, which ffmpeg takes for a film whatever its name."""
    if container.format.name.split(",")[0] in _NOT_RECORDINGS:
        raise bad_input.unreadable(path, f"opened as {container.format.name}")


def _picture_track(container: InputContainer) -> Any | None:
    """The film: the default picture track, else the first; never a cover."""
    films = [track for track in container.streams.video if not track.disposition & _ATTACHED_PICTURE]
    return next((track for track in films if track.disposition & _DEFAULT), films[0] if films else None)


def _check_tracks(container: InputContainer, look: _Look, path: Path) -> None:
    name = container.format.name
    if look.video is not None and (name == "image2" or name.endswith("_pipe")):
        raise bad_input.still_image(path)
    if look.video is not None and look.video.codec_context is None:
        raise bad_input.no_decoder(path, "picture")
    unknown = [track for track in look.audio if track.codec_context is None]
    look.audio = [track for track in look.audio if track.codec_context is not None]
    if unknown and not look.audio:
        raise bad_input.no_decoder(path, "sound")
    if look.video is None and not look.audio:
        raise bad_input.nothing_in_it(path)


def _check_decoded(look: _Look, path: Path) -> None:
    if look.video is not None and look.frame is None:
        raise bad_input.not_decodable(path, "picture", look.trouble)
    if look.video is None and not look.heard:
        raise bad_input.not_decodable(path, "sound", look.trouble)
    if look.at_end and len(look.stamps) == 1 and not look.audio:
        raise bad_input.still_image(path)


@dataclass
class _Look:
    """What the first packets of a recording showed."""

    video: Any | None
    audio: list[Any]
    frame: Any | None = None
    """The first picture that could be decoded."""
    heard: set[int] = field(default_factory=set)
    """Indexes of the sound tracks that could be decoded."""
    stamps: list[int] = field(default_factory=list)
    key_stamps: list[int] = field(default_factory=list)
    end: Fraction = Fraction(0)
    """Where the last of the packets seen ends, in the container's own seconds."""
    at_end: bool = False
    _ahead: Fraction = Fraction(0)
    _heard_to: Fraction | None = None
    trouble: str = ""

    def over(self, container: InputContainer) -> None:
        """Read packets until enough is known. Damage in single packets is no reason to give up."""
        import av

        tracks = [track for track in (self.video, *self.audio) if track is not None]
        packets = container.demux(tracks)
        for _ in range(_PACKETS_LOOKED_AT):
            try:
                packet = next(packets, None)
                if packet is None:
                    self.at_end = True
                    return
                self._take(packet)
            except av.FFmpegError as error:
                self.trouble = str(error)
            if self._enough():
                return

    def _enough(self) -> bool:
        seen = self.video is None or (self.frame is not None and len(self.stamps) >= _PICTURES_LOOKED_AT)
        return seen and len(self.heard) == len(self.audio)

    def _place(self, packet: Any) -> None:
        """Where a packet lies, in time and beside the other tracks."""
        at = Fraction(packet.pts * packet.time_base)
        self.end = max(self.end, at + Fraction((packet.duration or 0) * packet.time_base))
        if self.video is None or packet.stream.index != self.video.index:
            self._heard_to = at if self._heard_to is None else max(self._heard_to, at)
        elif packet.is_keyframe and self._heard_to is not None:
            self._ahead = max(self._ahead, self._heard_to - at)

    def sound_ahead_s(self, container: str) -> float:
        """See :class:`MediaInfo`; 0 where every track has an index of its own to jump by."""
        own_index = container.startswith("mov") or self._ahead < _USUAL_AHEAD_S
        return 0.0 if own_index else float(self._ahead)

    def _take(self, packet: Any) -> None:
        if packet.pts is not None:
            self._place(packet)
        if self.video is not None and packet.stream.index == self.video.index:
            if packet.pts is not None:
                self.stamps.append(packet.pts)
                if packet.is_keyframe:
                    self.key_stamps.append(packet.pts)
            if self.frame is None:
                self.frame = next(iter(packet.decode()), None)
        elif packet.stream.index not in self.heard and packet.decode():
            self.heard.add(packet.stream.index)

    def frame_times(self) -> FrameTimes:
        assert self.video is not None
        return measure(self.stamps, self.video.time_base, self.at_end)

    def keyframe_gap_s(self) -> float | None:
        """The longest distance between keyframes seen, the distance to the last picture seen included."""
        if self.video is None or len(self.stamps) < 2 or not self.key_stamps:
            return None
        marks = [*sorted(self.key_stamps), max(self.stamps)]
        longest = max(after - before for before, after in pairwise(marks))
        return float(longest * self.video.time_base)


def _video_stream(look: _Look) -> VideoStream:
    track, frame = look.video, look.frame
    assert track is not None
    assert frame is not None
    context = track.codec_context
    coded = Size(frame.width, frame.height)
    aspect = _pixel_aspect(track)
    rotation = -90 * round(frame.rotation / 90) % 360
    fps, variable = _rate(track, look.frame_times())
    transfer = _TRANSFERS.get(int(context.color_trc or 0), "")
    return VideoStream(
        index=track.index,
        codec=context.codec.canonical_name,
        size=_shown_size(coded, aspect, rotation),
        coded_size=coded,
        rotation_deg=rotation,
        pixel_aspect=aspect,
        fps=fps,
        variable_rate=variable,
        pixel_format=frame.format.name,
        bit_depth=max(component.bits for component in frame.format.components),
        hdr=transfer in _HDR_TRANSFERS,
        color_transfer=transfer,
        color_primaries=_PRIMARIES.get(int(context.color_primaries or 0), ""),
        color_matrix=_MATRICES.get(int(context.colorspace), ""),
        color_range=_RANGES.get(int(context.color_range or 0), ""),
        keyframe_gap_s=look.keyframe_gap_s(),
    )


def _pixel_aspect(track: Any) -> Fraction:
    """Width over height of one pixel; nonsense (0, or beyond 1:8) counts as square."""
    aspect = track.sample_aspect_ratio
    if not aspect or not Fraction(1, 8) < aspect < 8:
        return Fraction(1)
    return Fraction(aspect)


def _shown_size(coded: Size, pixel_aspect: Fraction, rotation_deg: int) -> Size:
    """What a viewer sees. The side that grows is stretched, so that no picture line is lost."""
    if pixel_aspect >= 1:
        shown = Size(round(coded.width * pixel_aspect), coded.height)
    else:
        shown = Size(coded.width, round(coded.height / pixel_aspect))
    return Size(shown.height, shown.width) if rotation_deg % 180 else shown


def _rate(track: Any, times: FrameTimes) -> tuple[Fraction, bool]:
    """Average pictures a second and whether they come unevenly.

    The container's average rate counts the whole recording: where it differs from the rate measured at
    the start by more than 1 %, the rate changes later on.
    """
    declared = track.average_rate or track.guessed_rate
    if not declared:
        return times.fps or Fraction(25), times.variable
    average = snapped_rate(Fraction(declared))
    if times.fps is None or times.variable:
        return average, times.variable
    differs = abs(average - times.fps) > times.fps / 100
    counted = bool(track.frames)  # else the "average" itself was only estimated from the start
    return (average, True) if differs and counted else (times.fps, False)


def _audio_stream(track: Any) -> AudioStream:
    context = track.codec_context
    language = track.metadata.get("language", "")
    return AudioStream(
        index=track.index,
        codec=context.codec.canonical_name,
        channels=context.channels,
        layout=context.layout.name,
        rate_hz=context.sample_rate,
        language="" if language == "und" else language,
        title=track.metadata.get("title", ""),
        default=bool(track.disposition & _DEFAULT),
    )


def _start(container: InputContainer) -> Time:
    """The time stamp that the recording's own start carries."""
    return ZERO if container.start_time is None else Time.from_seconds(Fraction(container.start_time, 10**6))


def _duration(container: InputContainer, look: _Look) -> Time:
    if container.duration and container.format.name not in _NO_LENGTH:
        return Time.from_seconds(Fraction(container.duration, 10**6))
    tracks = [track for track in (look.video, *look.audio) if track is not None]
    lengths = [track.duration * track.time_base for track in tracks if track.duration]
    if lengths and container.format.name not in _NO_LENGTH:
        return Time.from_seconds(max(lengths))
    return _counted(container, tracks)


def _real_length(container: InputContainer, look: _Look, claimed: Time) -> Time:
    """The length that is there: a recording that broke off, or came over only in part, still claims what it
    was to become. Reads the last seconds, and all packets where these are not found.

    A picture that stands for long claims no packets: only what ends well before its longest step counts.
    """
    if container.format.name in _NO_LENGTH or claimed <= ZERO:
        return claimed
    end = look.end if look.at_end else _tail_end(container, look, claimed)
    found = Time.from_seconds(max(Fraction(0), end - Fraction(container.start_time or 0, 10**6)))
    steps = sorted(set(look.stamps))
    step = max((after - before for before, after in pairwise(steps)), default=0)
    longest = step * look.video.time_base if look.video is not None and not look.audio else 0
    missing = claimed - found
    return found if missing.seconds > max(_SHORT_S, longest) and found > ZERO else claimed


def _tail_end(container: InputContainer, look: _Look, claimed: Time) -> Fraction:
    """Where the last packets end, in the container's own seconds."""
    import av

    tracks = [track for track in (look.video, *look.audio) if track is not None]
    begin = (container.start_time or 0) + round((claimed.seconds - _TAIL_S) * 10**6)
    end = Fraction(0)
    for start in (max(begin, container.start_time or 0), container.start_time or 0):
        try:
            container.seek(start)
            for packet in container.demux(tracks):
                if packet.pts is not None:
                    end = max(end, Fraction((packet.pts + (packet.duration or 0)) * packet.time_base))
        except (av.FFmpegError, OSError):  # no way to jump there, or the data break off
            pass
        if end * 10**6 >= begin:
            break
    return end


def _counted(container: InputContainer, tracks: list[Any]) -> Time:
    """The length by reading every packet: bare streams, and recordings that were never closed."""
    container.seek(0)
    start, end, sums = Fraction(0), Fraction(0), dict.fromkeys((track.index for track in tracks), Fraction(0))
    for packet in container.demux(tracks):
        length = Fraction(packet.duration or 0) * packet.time_base
        sums[packet.stream.index] += length
        if packet.pts is not None:
            end = max(end, packet.pts * packet.time_base + length)
    if container.start_time is not None:
        start = Fraction(container.start_time, 10**6)
    return Time.from_seconds(max(end - start, *sums.values()))
