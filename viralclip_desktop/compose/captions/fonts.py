"""The fonts that ship with the program, and exact measuring with them.

libass sizes a font so that the ascent plus the descent of its Windows metrics (OS/2 ``usWinAscent`` and
``usWinDescent``) is the asked size, as GDI does (libass ``ass_font.c``, ``set_font_metrics``). Captions are
sized by the em instead, which makes fonts comparable, so each face converts between the two.
"""

from __future__ import annotations

import logging
import stat
import struct
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from viralclip_desktop.core.resources import resource

_log = logging.getLogger(__name__)
_FIRST_PICTURE = 0xF0000
"""The bundled emoji font has every glyph a second time as this private character plus its number."""


@dataclass(frozen=True, slots=True)
class BundledFont:
    """A font file in ``resources/fonts``, or a brand's own anywhere (:func:`font_file`). ``name`` is its
    full name, by which libass finds it."""

    name: str
    file: str
    """Its name in that folder, or an absolute path."""
    family: str
    scale: float = 1.0
    """Optical size beside Latin text at the same em (chosen by eye on rendered captions)."""


DISPLAY_FONTS = (
    BundledFont("Montserrat ExtraBold", "Montserrat-ExtraBold.ttf", "Montserrat"),
    BundledFont("Montserrat Bold", "Montserrat-Bold.ttf", "Montserrat"),
    BundledFont("Poppins Bold", "Poppins-Bold.ttf", "Poppins"),
    BundledFont("Poppins SemiBold", "Poppins-SemiBold.ttf", "Poppins"),
    BundledFont("Anton Regular", "Anton-Regular.ttf", "Anton"),
    BundledFont("Courier Prime Bold", "CourierPrime-Bold.ttf", "Courier Prime"),
)
"""Fonts a style may name. The first of a family is the one meant by the family's name alone."""

GENERAL = BundledFont("Noto Sans Bold", "NotoSans-Bold.ttf", "Noto Sans")
"""Latin, Greek, Cyrillic and Devanagari that a display font lacks; also measures fonts of the system."""

SCRIPT_FONTS = (
    GENERAL,
    BundledFont("Noto Sans Arabic Bold", "NotoSansArabic-Bold.ttf", "Noto Sans Arabic", 1.08),
    BundledFont("Noto Sans Hebrew Bold", "NotoSansHebrew-Bold.ttf", "Noto Sans Hebrew"),
    BundledFont("Noto Sans Thai Bold", "NotoSansThai-Bold.ttf", "Noto Sans Thai", 1.05),
)
CHINESE = BundledFont("Noto Sans SC Bold", "NotoSansSC-Bold.ttf", "Noto Sans SC", 0.94)
JAPANESE = BundledFont("Noto Sans JP Bold", "NotoSansJP-Bold.ttf", "Noto Sans JP", 0.94)
KOREAN = BundledFont("Noto Sans KR Bold", "NotoSansKR-Bold.ttf", "Noto Sans KR", 0.94)
EMOJI = BundledFont("Noto Emoji Bold", "NotoEmoji-Bold.ttf", "Noto Emoji", 0.82)

BUNDLED_FONTS = (*DISPLAY_FONTS, *SCRIPT_FONTS, CHINESE, JAPANESE, KOREAN, EMOJI)


def bundled_font(name: str) -> BundledFont | None:
    """The font of that full name, file stem or family; None when it does not ship with the program."""
    wanted = name.casefold()
    for font in BUNDLED_FONTS:
        if wanted in (font.name.casefold(), Path(font.file).stem.casefold()):
            return font
    return next((font for font in BUNDLED_FONTS if font.family.casefold() == wanted), None)


def font_file(path: str) -> BundledFont | None:
    """A font of the user's own; None when the file is gone or is no font that can be measured.

    libass knows fonts with PostScript outlines by their PostScript name, all others by their full name
    (``ass_fontselect.c``, ``matches_font``).
    """
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):  # a pipe may never end
        return None
    return _read_font(str(Path(path).absolute()), found.st_mtime_ns)


@cache
def _read_font(path: str, _changed_ns: int) -> BundledFont | None:
    from fontTools.ttLib import TTFont

    try:
        if _is_web_font(path):
            return None
        with Path(path).open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            if "OS/2" not in font or font["OS/2"].version < 2 or "cmap" not in font:
                return None
            names = font["name"]
            name = names.getDebugName(6 if "CFF " in font else 4)
            family = names.getDebugName(16) or names.getDebugName(1) or name
    except Exception:  # noqa: BLE001 - whatever a damaged font makes its reader raise
        _log.debug("%s is no font that can be drawn with", path, exc_info=True)
        return None
    return BundledFont(name, path, family) if name else None


def _is_web_font(path: str) -> bool:
    """Whether a font is packed as WOFF or WOFF2, which libass does not draw with."""
    with Path(path).open("rb") as file:
        return file.read(4) in (b"wOFF", b"wOF2")


@dataclass(frozen=True, slots=True)
class Extent:
    """Room that shaped text takes, in ems: its advance, and its ink above and below the baseline.

    ``left`` and ``right`` are where libass believes it begins and ends when it centres it, from the left
    end of the advance. It counts a mark's offset in when the mark leads its cluster, as dots in Arabic do
    (libass ``ass_render.c``, ``compute_string_bbox``), so these differ from 0 and ``advance`` there.
    """

    advance: float
    top: float
    bottom: float
    left: float
    right: float


class Face:
    """One bundled font, opened for measuring. Shared by all captions; read-only once made."""

    def __init__(self, font: BundledFont) -> None:
        import uharfbuzz as hb

        self.font = font
        self.path = resource("fonts", font.file)
        self._hb_face: Any = hb.Face(hb.Blob.from_file_path(str(self.path)))
        self._hb_font: Any = hb.Font(self._hb_face)
        self._units = int(self._hb_face.upem)
        os2 = self._hb_face.reference_table("OS/2").data
        ascent, descent = struct.unpack_from(">HH", os2, 74)
        self.ascent: float = ascent / self._units
        """Windows ascent in ems."""
        self.descent: float = descent / self._units
        self.cap_height: float = struct.unpack_from(">h", os2, 88)[0] / self._units

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points this font has."""
        return frozenset(self._hb_face.unicodes)

    @property
    def libass_size(self) -> float:
        """What libass calls size 1 em of this font, in ems."""
        return self.ascent + self.descent

    def joined(self, sequence: str) -> str:
        """The private character of the one picture a sequence of emoji has in the emoji font, which libass
        would draw apart; empty where it has none."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(sequence)
        buffer.guess_segment_properties()
        hb.shape(self._hb_font, buffer)
        glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        seen = [info.codepoint for info, place in glyphs if place.x_advance]
        picture = chr(_FIRST_PICTURE + seen[0]) if len(seen) == 1 and seen[0] else ""
        return picture if picture and ord(picture) in self.characters else ""

    def measure(self, text: str, ligatures: bool = True) -> Extent:
        """The room ``text`` takes, shaped as libass shapes it (it drops ligatures in spaced-out text)."""
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._hb_font, buffer, {"kern": True, "liga": ligatures, "clig": ligatures})
        glyphs = [
            _Glyph(info.cluster, place, self._hb_font.get_glyph_extents(info.codepoint))
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        return _extent(glyphs, self._units)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A shaped glyph: which character it belongs to, and HarfBuzz's position and ink."""

    cluster: int
    place: Any
    ink: Any


def _extent(glyphs: list[_Glyph], units: int) -> Extent:
    """Adds up shaped glyphs, left to right."""
    tops, bottoms, lefts, rights = [0], [0], [], []
    pen = 0
    for _, cluster in groupby(glyphs, key=lambda glyph: glyph.cluster):
        members = list(cluster)
        width = sum(glyph.place.x_advance for glyph in members)
        lefts.append(pen + members[0].place.x_offset)
        rights.append(lefts[-1] + width)
        pen += width
        for glyph in members:
            if glyph.ink is not None:
                tops.append(glyph.ink.y_bearing + glyph.place.y_offset)
                bottoms.append(-(glyph.ink.y_bearing + glyph.ink.height + glyph.place.y_offset))
    edges = (min(lefts, default=0), max(rights, default=0))
    return Extent(pen / units, max(tops) / units, max(bottoms) / units, edges[0] / units, edges[1] / units)


@cache
def face_of(font: BundledFont) -> Face:
    """The opened face of a bundled font, opened once for the life of the program."""
    return Face(font)
