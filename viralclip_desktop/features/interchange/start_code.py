"""The timecode a file carries for its first frame, as cameras and recorders write it."""

from __future__ import annotations

import re
from pathlib import Path

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.interchange.media import DROP_FRAME_RATES, StartCode, media_rate
from viralclip_desktop.media.run import input_args, run_ffmpeg

_TIMECODE = re.compile(r"\btimecode\s*:\s*(\d\d:\d\d:\d\d)([:;.])(\d\d+)")


def read_start_code(source: Source) -> StartCode | None:
    """The timecode of a recording's first frame; None when it has none, or is not there to be asked.

    Editors find a frame by it, so an in point that leaves it out would miss. Reads the header only
    (about 50 ms).
    """
    path = Path(source.path)
    if source.info.video is None or source.info.video.variable_rate or not path.is_file():
        return None
    look = [*input_args(path), "-map", "0:V:0", "-c", "copy", "-t", "0", "-f", "null", "-"]
    try:
        log = run_ffmpeg(look, loglevel="level+info")
    except Fault:  # a timeline can be made without; the recording's own trouble is told elsewhere
        return None
    return parse_start_code(log, source)


def parse_start_code(log: str, source: Source) -> StartCode | None:
    """The first timecode in a log of ffmpeg, at the rate of the recording; None where there is none, or
    where timecode does not know the rate."""
    from opentimelineio import opentime

    found = _TIMECODE.search(log)
    rate = media_rate(source.info, DROP_FRAME_RATES[0])
    if found is None or not opentime.RationalTime.is_valid_timecode_rate(float(rate)):
        return None
    clock, mark, frame = found.groups()
    drop = mark != ":" and rate in DROP_FRAME_RATES
    code = f"{clock}{';' if drop else ':'}{frame}"
    try:
        value = opentime.from_timecode(code, float(rate)).value
    except ValueError:  # counted at another rate than the picture's
        return None
    return StartCode(round(value), drop)
