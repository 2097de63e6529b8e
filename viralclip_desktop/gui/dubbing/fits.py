"""How a line fits, in a word and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from viralclip_desktop.compose.dub_timing import FAST, Fit
from viralclip_desktop.features.captions import LineField
from viralclip_desktop.features.workflows.dub_forecast import LineForecast
from viralclip_desktop.gui.common.line_painter import Badge
from viralclip_desktop.gui.dubbing.forecaster import Forecaster
from viralclip_desktop.gui.text import decimal, plural, tr

_LEAST_S = 0.1  # what overruns by less is said to do so by this


def of_line(forecaster: Forecaster, field: LineField) -> LineForecast | None:
    """What is known of a line as it is written now."""
    found = forecaster.lines.get(field.range)
    return found if found is not None and found.text == field.text else None


def badge(forecaster: Forecaster, field: LineField) -> Badge | None:
    """``Fits``, ``Tight``, ``0.8 s too long``, or that it is being worked out; None where there is nothing to
    tell."""
    known = of_line(forecaster, field)
    if not field.text:
        return None
    if known is None:
        return Badge(tr("Checking…"), "quiet") if forecaster.checking else None
    fit = known.placed.fit
    if known.estimated:
        return _estimate(known)
    if fit is Fit.TOO_LONG:
        return Badge(tr("{seconds} s too long", seconds=_over(known)), "bad")
    return Badge(tr("Fits"), "good") if fit is Fit.FITS else Badge(tr("Tight"), "caution")


def _estimate(known: LineForecast) -> Badge:
    """``About 0.8 s too long``, ``Likely fits``, ``Likely tight``: nobody has spoken it yet."""
    fit = known.placed.fit
    if fit is Fit.TOO_LONG:
        return Badge(tr("About {seconds} s too long", seconds=_over(known)), "caution")
    return Badge(tr("Likely fits") if fit is Fit.FITS else tr("Likely tight"), "quiet")


def is_too_long(forecaster: Forecaster, field: LineField) -> bool:
    """Whether a line does not fit, as far as is known."""
    known = of_line(forecaster, field)
    return known is not None and bool(field.text) and known.placed.fit is Fit.TOO_LONG


def note(forecaster: Forecaster, field: LineField) -> str:
    """What to do about a line that does not fit, or why it is tight."""
    known = of_line(forecaster, field)
    if known is None or known.placed.fit is Fit.FITS:
        return ""
    if known.placed.fit is Fit.TOO_LONG:
        return _too_long(known)
    if known.placed.heard > FAST:
        return tr(
            "It is spoken fast, at {speed} times the voice’s own speed.", speed=decimal(known.placed.heard, 2)
        )
    return tr("It begins a little late, after the line before it.")


def _too_long(known: LineForecast) -> str:
    if known.placed.range.end > known.clip_end:
        return tr("Shorten it: the clip ends before it does.")
    return tr("Shorten it, or what comes after it begins late.")


def summary(forecaster: Forecaster, fields: Sequence[LineField]) -> str:
    """All lines in one sentence."""
    if forecaster.trouble:
        return forecaster.trouble
    written = [field for field in fields if field.text]
    known = [one for field in written if (one := of_line(forecaster, field)) is not None]
    if forecaster.checking and len(known) < len(written):
        return tr("Working out how long the lines will be…")
    long = sum(one.placed.fit is Fit.TOO_LONG for one in known)
    if long:
        return plural(
            long, "{n} of {all} lines is too long.", "{n} of {all} lines are too long.", all=len(fields)
        )
    if len(known) == len(fields) and known:
        return plural(len(fields), "{n} line, and it fits.", "{n} lines, and all of them fit.")
    left = len(fields) - len(written)
    if not left:
        return ""
    return plural(left, "{n} line is not translated yet.", "{n} lines are not translated yet.")


def _over(known: LineForecast) -> str:
    return decimal(max(known.placed.over.seconds, _LEAST_S), 1)
