"""A moment of what plays, in words: in the clip, in its intro or in its outro."""

from __future__ import annotations

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.gui.text import clock_time, tr


def part_name(at: Time, clip: Time) -> str:
    """``Intro`` below 0, ``Outro`` from the clip's duration on, else empty."""
    if at < ZERO:
        return tr("Intro")
    return tr("Outro") if at >= clip else ""


def position_words(at: Time, span: TimeRange, clip: Time) -> str:
    """``0:12.4 / 0:34.0``; in the intro and the outro ``Intro 0:01.2 / 0:03.0``, each by its own clock.

    ``span`` is all that plays, in clip time, ``clip`` the clip's duration.
    """
    name = part_name(at, clip) if span.contains(at) else ""
    if not name:
        return f"{clock_time(at)} / {clock_time(clip)}"
    begin, end = (span.start, ZERO) if at < ZERO else (clip, span.end)
    return f"{name} {clock_time(at - begin)} / {clock_time(end - begin)}"
