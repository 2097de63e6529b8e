"""Readable file names: made by a template, safe on every system, never the name of another file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.file_names import file_text, no_device
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import ExportSettings

LONGEST_NAME = 120
"""Characters with the ending: with a usual folder it stays under the 260 of old Windows programs."""
DEFAULT_TEMPLATE = "{rank} {title} ({aspect})"
FIELDS = ("rank", "title", "aspect", "resolution", "date")
"""What a template may hold in braces."""
LONGEST_BYTES = 200
"""Linux takes 255 bytes a name, ".partial" included; emoji and Thai take 3-4 each."""
_FIELD = re.compile(r"\{(\w*)\}")
_JOINERS = "\u200d\ufe0f\ufe0e"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name is made from. Sound alone has neither shape nor resolution: they are left out."""

    rank: int
    title: str
    aspect: Aspect | None
    resolution: Resolution | None
    day: date


def named_by(clip: Clip, settings: ExportSettings, day: date) -> Named:
    """What the file of an export is named by."""
    if settings.audio_only:
        return Named(clip.rank, clip.title, None, None, day)
    return Named(clip.rank, clip.title, settings.aspect or clip.aspect, settings.resolution, day)


def readable_name(rank: int, title: str, aspect: Aspect, number: int = 1) -> str:
    """``01 Title of the clip (9x16).mp4``; from ``number`` 2 on with the number at its end."""
    named = Named(rank, title, aspect, Resolution.P1080, date.min)
    return templated_name(DEFAULT_TEMPLATE, named, number)


def templated_name(template: str, named: Named, number: int = 1, suffix: str = ".mp4") -> str:
    """A file name by a template; only the title is shortened where it would be too long."""
    ending = suffix if number == 1 else f" {number}{suffix}"
    values = {
        "rank": f"{max(0, named.rank):02d}",
        "aspect": named.aspect.value.replace(":", "x") if named.aspect else "",
        "resolution": named.resolution.value if named.resolution else "",
        "date": named.day.isoformat(),
    }
    template = template.strip() or DEFAULT_TEMPLATE
    for field in ("aspect", "resolution"):
        if not values[field]:
            template = template.replace(f"({{{field}}})", "")
    rest = _safe(_filled(template, values | {"title": ""}))
    room = max(0, LONGEST_NAME - len(rest) - len(ending) - 1)
    room_bytes = max(0, LONGEST_BYTES - len(rest.encode()) - len(ending) - 1)
    title = shortened(_safe(named.title) or "Clip", room, room_bytes)
    whole = _safe(_filled(template, values | {"title": title})) or title
    whole = shortened(whole, LONGEST_NAME - len(ending), LONGEST_BYTES - len(ending))
    return no_device(whole) + ending


def check_template(template: str) -> None:
    """Raise :class:`UsageError` for a field that does not exist."""
    unknown = [field for field in _FIELD.findall(template) if field not in FIELDS]
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise UsageError(
            say("A file name cannot hold {{{unknown}}}.", unknown=unknown[0]),
            say("Use {known}.", known=known),
        )


def _filled(template: str, values: dict[str, str]) -> str:
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), template)


def _safe(title: str) -> str:
    """Only characters that every file system takes; a colon becomes a dash."""
    return file_text(title.replace(":", " -"), instead="")


def shortened(text: str, room: int, room_bytes: int) -> str:
    """Cut at a word where there is one near, never inside a character a reader sees as one."""
    if len(text) <= room and len(text.encode()) <= room_bytes:
        return text
    cut = text[:room].encode()[:room_bytes].decode("utf-8", "ignore")
    while cut and _continues(text[len(cut) : len(cut) + 1], cut[-1]):
        cut = cut[:-1]
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) * 0.6 else cut).rstrip(" .,;-")


def _continues(following: str, last: str) -> bool:
    """Whether a cut between two characters would split what is seen as one."""
    joins = following in _JOINERS or bool(following and unicodedata.combining(following))
    marks = bool(following) and unicodedata.category(following) in ("Mn", "Mc", "Sk")
    return bool(following) and (joins or marks or last == "\u200d")
