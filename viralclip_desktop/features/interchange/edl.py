"""A timeline as CMX3600 EDL: one line a cut, read by nearly every editor since 1970.

Written by hand: the OpenTimelineIO adapter names clips by what it calls the reel and knows no start
timecode of 01:00:00:00. An EDL has one frame rate; recordings of several rates are refused, for an editor
would cut them in the wrong places without a word.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from viralclip_desktop.compose.clip_plan import output_rate
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.interchange.media import DROP_FRAME_RATES, Media
from viralclip_desktop.features.interchange.sequence import Piece, Sequence
from viralclip_desktop.features.interchange.text import one_line

_MOST_EVENTS = 999  # three digits
_LONGEST_REEL = 8
_BLACK = "BL"  # the reel that is no recording
_FIRST_HOUR = "01:00:00"  # where programmes begin, so that nothing before it has a negative timecode


def edl_text(sequence: Sequence) -> str:
    """The timeline as an EDL, lines ended as the format wants it.

    Clips are named by their file (that is how editors find it); the title stands in a comment and a
    locator. Raises :class:`BadInput` for recordings of several frame rates and over 999 cuts.
    """
    _check(sequence)
    mode = "DROP FRAME" if sequence.drop_frame else "NON-DROP FRAME"
    lines = [f"TITLE: {sequence.name}", f"FCM: {mode}", ""]
    reels = _reels(sequence)
    for number, piece in enumerate(sequence.pieces, 1):
        lines += _event(sequence, piece, number, reels)
    return "\r\n".join([*lines, ""])


def _check(sequence: Sequence) -> None:
    rates = {_timecode_rate(piece.media, sequence.rate) for piece in sequence.pieces if piece.media}
    if len(rates) > 1:
        named = " and ".join(f"{float(rate):.5g}" for rate in sorted(rates))
        raise BadInput(
            say("An EDL has one frame rate, and these recordings have {named}.", named=named),
            "Write an .otio or .fcpxml file, or one EDL for each recording.",
        )
    if len(sequence.pieces) > _MOST_EVENTS:
        raise BadInput(
            say(
                "An EDL holds {most_events} cuts, and these clips have {pieces}.",
                most_events=_MOST_EVENTS,
                pieces=len(sequence.pieces),
            ),
            "Write an .otio or .fcpxml file, or choose fewer clips.",
        )


def _timecode_rate(media: Media, fallback: Fraction) -> Fraction:
    video = media.info.video
    return fallback if video is None or media.is_still else output_rate(video)


def _event(sequence: Sequence, piece: Piece, number: int, reels: dict[str, str]) -> list[str]:
    rate, media = sequence.rate, piece.media
    reel = _BLACK if media is None else reels[media.asset.id]
    record = _first_frame(sequence) + piece.offset
    codes = [
        *_source_codes(sequence, piece),
        timecode(record, rate, sequence.drop_frame),
        timecode(record + piece.frames, rate, sequence.drop_frame),
    ]
    lines = [f"{number:03d}  {reel:<{_LONGEST_REEL}} {_channels(piece):<5} C        {' '.join(codes)}"]
    if piece.speed != 1:
        lines.append(f"M2   {reel:<{_LONGEST_REEL}} {float(rate * piece.speed):05.1f}{'':16}{codes[0]}")
    if media is not None:
        lines += [f"* FROM CLIP NAME: {one_line(media.file_name)}"]
        lines += [f"* FROM FILE: {one_line(media.asset.path)}"]
    elif piece.card_text:
        lines.append(f"* CARD: {piece.card_text}")
    if piece.first_of_clip:
        lines += [f"* LOC: {codes[2]} GREEN   {piece.title}", f"* COMMENT: {piece.title}"]
    return lines


def _source_codes(sequence: Sequence, piece: Piece) -> list[str]:
    """In and out point in the file; from 0 for black and for a picture."""
    rate, media, drop, begin = sequence.rate, piece.media, sequence.drop_frame, 0
    if media is not None:
        begin = Time.from_frames(piece.source_frame, media.rate).nearest_frame(rate)
        if media.start_code is not None:
            drop = media.start_code.drop_frame
            begin += media.start_code.frame if media.rate == rate else 0
    frames = max(1, round(piece.frames * piece.speed))
    return [timecode(begin, rate, drop), timecode(begin + frames, rate, drop)]


def _first_frame(sequence: Sequence) -> int:
    from opentimelineio import opentime

    code = f"{_FIRST_HOUR}{';' if sequence.drop_frame else ':'}00"
    return int(opentime.from_timecode(code, float(sequence.rate)).to_frames())


def timecode(frame: int, rate: Fraction, drop_frame: bool) -> str:
    """``hh:mm:ss:ff``, with a semicolon before the frames where numbers are dropped; wraps at midnight."""
    from opentimelineio import opentime

    nominal = round(rate)
    drop = drop_frame and rate in DROP_FRAME_RATES
    # At 29.97, the first two numbers of every minute but the tenth are dropped: 108 an hour; at 59.94, four.
    a_day = 24 * 3600 * nominal - (24 * 108 * nominal // 30 if drop else 0)
    at = opentime.RationalTime(frame % a_day, float(rate))
    return str(opentime.to_timecode(at, float(rate), drop))


def _channels(piece: Piece) -> str:
    sound = piece.sound
    if sound is None:
        return "V"
    if not piece.has_picture:
        return "A" if sound.channels == 1 else "AA"
    return "B" if sound.channels == 1 else "AA/V"


def _reels(sequence: Sequence) -> dict[str, str]:
    """A reel name of at most eight capital letters and digits for each file, no two alike, by asset."""
    reels: dict[str, str] = {}
    for media in (piece.media for piece in sequence.pieces):
        if media is not None and media.asset.id not in reels:
            reels[media.asset.id] = _free_reel(_plain(media.file_name), set(reels.values()))
    return reels


def _plain(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    text = unicodedata.normalize("NFKD", stem).upper()
    return re.sub(r"[^A-Z0-9]", "", text)[:_LONGEST_REEL]


def _free_reel(wanted: str, taken: set[str]) -> str:
    # Reels called so are no recordings in this format: black, colour bars, an unknown one.
    reserved = {"", _BLACK, "BLACK", "BARS", "AX"}
    number, name = 1, wanted
    while name in taken or name in reserved:
        number += 1
        name = f"{(wanted or 'REEL')[: _LONGEST_REEL - len(str(number))]}{number}"
    return name
