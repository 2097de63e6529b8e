"""Writing Advanced SubStation Alpha as libass reads it: escaping, colours, times, shapes, events."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from viralclip_desktop.core.geometry import Size

_STYLE_FORMAT = (
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, "
    "MarginL, MarginR, MarginV, Encoding"
)
_EVENT_FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_STYLE, _EVENT = "Style: ", "Dialogue: "
_TAGS, _FONT_TAG = re.compile(r"(?<!\\)\{[^}]*\}"), re.compile(r"\\fn([^\\}]+)")
_CURVE = 0.5523  # how far a cubic curve's handles reach to draw a quarter circle


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on the picture for one stretch of time."""

    layer: int
    start_cs: int
    end_cs: int
    style: str
    tags: str
    """Override tags without their braces."""
    text: str
    """Already escaped text, or a drawing."""

    def line(self) -> str:
        """The event as a line of the file."""
        times = f"{timestamp(self.start_cs)},{timestamp(self.end_cs)}"
        return f"{_EVENT}{self.layer},{times},{self.style},,0,0,0,,{{{self.tags}}}{self.text}"


def escape(text: str) -> str:
    r"""Text that libass shows as typed. It knows ``\{`` and ``\}``; there is no escape for the backslash
    itself, so an invisible word joiner keeps it from meaning something together with what follows."""
    return text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")


def timestamp(time_cs: int) -> str:
    """``h:mm:ss.cc``."""
    seconds, rest = divmod(time_cs, 100)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:02d}"


def number(value: float) -> str:
    """A number with at most two decimals and none that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def colour(value: str) -> str:
    """The colour of ``#RRGGBB`` or ``#RRGGBBAA`` as ASS writes it, without its opacity."""
    return f"&H{value[5:7]}{value[3:5]}{value[1:3]}&".upper()


def alpha(value: str, opacity: float = 1.0) -> str:
    """The transparency of a colour, times ``opacity``, as ASS writes it."""
    opaque = int(value[7:9], 16) if len(value) == 9 else 255
    return f"&H{255 - round(opaque * opacity):02X}&"


def is_dark(ground: str) -> bool:
    """By relative luminance (WCAG 2), against which white or black letters have the better contrast."""
    red, green, blue = (math.pow(int(ground[at : at + 2], 16) / 255, 2.2) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18


def rounded_box(width: float, height: float, radius: float) -> str:
    """A drawing (at ``\\p4``, eighths of a pixel) of a box with round corners, from 0,0."""
    w, h = round(width * 8), round(height * 8)
    r = round(max(0.0, min(radius, width / 2, height / 2)) * 8)
    if r == 0:
        return f"m 0 0 l {w} 0 {w} {h} 0 {h}"
    k = round(r * (1 - _CURVE))
    return (
        f"m {r} 0 l {w - r} 0 b {w - k} 0 {w} {k} {w} {r} l {w} {h - r} "
        f"b {w} {h - k} {w - k} {h} {w - r} {h} l {r} {h} "
        f"b {k} {h} 0 {h - k} 0 {h - r} l 0 {r} b 0 {k} {k} 0 {r} 0"
    )


def rounded_outline(points: Sequence[tuple[float, float]], radius: float) -> str:
    """A drawing (at ``\\p4``) of a closed outline with right angles, its corners rounded, those that turn
    inwards too."""
    commands: list[str] = []
    for before, here, after in zip((points[-1], *points), points, (*points[1:], points[0]), strict=False):
        reach = min(radius, math.dist(before, here) / 2, math.dist(here, after) / 2)
        enter, leave = _towards(here, before, reach), _towards(here, after, reach)
        handles = _towards(here, before, reach * (1 - _CURVE)), _towards(here, after, reach * (1 - _CURVE))
        commands.append(f"{'l' if commands else 'm'} {_eighths(enter)}")
        if reach > 0:
            commands.append("b " + " ".join(map(_eighths, (*handles, leave))))
    return " ".join(commands)


def _towards(start: tuple[float, float], end: tuple[float, float], by: float) -> tuple[float, float]:
    share = by / max(math.dist(start, end), 1e-9)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _eighths(point: tuple[float, float]) -> str:
    return f"{round(point[0] * 8)} {round(point[1] * 8)}"


def document(size: Size, styles: Mapping[str, tuple[str, float, float]], events: Iterable[Event]) -> str:
    """The whole file. ``styles``: name -> (font, libass size in pixels, letter spacing in pixels).

    ``YCbCr Matrix: TV.709`` says that colours are meant for BT.709 video, which is what we make.
    """
    head = [
        "[Script Info]",
        "ScriptType: v4.00+",
        f"PlayResX: {size.width}",
        f"PlayResY: {size.height}",
        "WrapStyle: 2",
        "ScaledBorderAndShadow: yes",
        "Kerning: yes",
        "YCbCr Matrix: TV.709",
        "",
        "[V4+ Styles]",
        _STYLE_FORMAT,
    ]
    looks = [
        f"{_STYLE}{name},{font},{number(points)},&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,"
        f"100,100,{number(spacing)},0,1,0,0,5,0,0,0,-1"
        for name, (font, points, spacing) in styles.items()
    ]
    rows = [event.line() for event in events]
    return "\n".join([*head, *looks, "", "[Events]", _EVENT_FORMAT, *rows, ""])


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on the picture for a while, as the lines of a file tell it."""

    lines: tuple[str, ...]
    """With the head and the styles that are used; none where nothing shows."""
    fonts: frozenset[str]
    signs: frozenset[str]
    """Its characters, those of drawings among them."""


class Script:
    """A whole file, to be looked up by time."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self._head = [line for line in lines if not line.startswith((_STYLE, _EVENT))]
        styles = (line for line in lines if line.startswith(_STYLE))
        self._styles = {line[len(_STYLE) :].split(",", 1)[0]: line for line in styles}
        self._rows = [_row(line) for line in lines if line.startswith(_EVENT)]

    def between(self, start_cs: int, end_cs: int) -> Shown:
        """What shows at any time from ``start_cs`` to ``end_cs``, both counted in."""
        rows = [row for row in self._rows if row.start_cs <= end_cs and start_cs <= row.end_cs]
        if not rows:
            return Shown((), frozenset(), frozenset())
        styles = [self._styles[name] for name in sorted({row.style for row in rows})]
        named = {name for row in rows for name in _FONT_TAG.findall(row.text)}
        return Shown(
            (*self._head, *styles, *(row.line for row in rows)),
            frozenset(named.union(line.split(",", 2)[1] for line in styles)),
            frozenset("".join(_TAGS.sub("", row.text) for row in rows)),
        )


@dataclass(frozen=True, slots=True)
class _Row:
    start_cs: int
    end_cs: int
    style: str
    text: str
    line: str


def _row(line: str) -> _Row:
    fields = line.split(",", 9)
    return _Row(_centiseconds(fields[1]), _centiseconds(fields[2]), fields[3], fields[9], line)


def _centiseconds(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    return (int(hours) * 3600 + int(minutes) * 60) * 100 + int(seconds.replace(".", ""))
