"""A word -> runs, each with the one font that can show it, and the exact room the word takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from viralclip_desktop.compose.captions.bidi import direction
from viralclip_desktop.compose.captions.fonts import (
    BUNDLED_FONTS,
    CHINESE,
    EMOJI,
    GENERAL,
    JAPANESE,
    KOREAN,
    SCRIPT_FONTS,
    BundledFont,
    Extent,
    Face,
    bundled_font,
    face_of,
    font_file,
)
from viralclip_desktop.compose.captions.text import clean, clusters, is_emoji, plain_cluster

_UNKNOWN_EM, _UNKNOWN_TOP_EM = 0.6, 0.75  # a character only the system may have: about a wide letter


@dataclass(frozen=True, slots=True)
class FontChain:
    """Which fonts to ask, in order, for a style's text. ``system`` names a font that does not ship with
    the program; it is measured with the general font."""

    primary: BundledFont
    system: str | None
    asian: tuple[BundledFont, ...]

    def name_of(self, font: BundledFont) -> str:
        """The name libass is told for ``font``."""
        return self.system if self.system is not None and font is self.primary else font.name


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a word in one font."""

    text: str
    font: BundledFont
    name: str
    shown: bool
    """False when no bundled font has it and the system is asked."""


@dataclass(frozen=True, slots=True)
class SetWord:
    """A word ready to be placed; lengths in ems of the style's size."""

    runs: tuple[Run, ...]
    advance: float
    top: float
    bottom: float
    lean: float
    """How far right of the word's middle libass sees its middle (see :class:`~.fonts.Extent`)."""

    @property
    def text(self) -> str:
        """The word's letters."""
        return "".join(run.text for run in self.runs)

    @property
    def ascent(self) -> float:
        """Height of libass's line above the baseline."""
        return max(face_of(run.font).ascent * run.font.scale for run in self.runs)

    @property
    def descent(self) -> float:
        """Depth of libass's line below the baseline."""
        return max(face_of(run.font).descent * run.font.scale for run in self.runs)

    @property
    def files(self) -> set[Path]:
        """The bundled font files the word needs."""
        return {face_of(run.font).path for run in self.runs if run.name == run.font.name}


def font_chain(family: str, texts: Iterable[str], files: Iterable[str] = ()) -> FontChain:
    """The fonts for a style's ``family`` and the texts of a whole clip: Han is shown in Japanese or
    Korean shapes where kana or Hangul stand beside it, else in Chinese ones. ``files`` are font files of
    a brand's own, which win over those that ship."""
    named = (
        font for font in _own(files) if family.casefold() in (font.name.casefold(), font.family.casefold())
    )
    known = next(named, None) or bundled_font(family)
    return FontChain(known or GENERAL, None if known else family, _asian_order(texts))


def _asian_order(texts: Iterable[str]) -> tuple[BundledFont, ...]:
    hangul = False
    for character in (character for text in texts for character in text):
        if "\u3040" <= character <= "\u30ff":
            return (JAPANESE, CHINESE, KOREAN)
        hangul = hangul or "\uac00" <= character <= "\ud7a3"
    return (KOREAN, CHINESE, JAPANESE) if hangul else (CHINESE, JAPANESE, KOREAN)


def unknown_letters(texts: Iterable[str], files: Iterable[str] = ()) -> frozenset[str]:
    """The letters of some texts that neither the fonts that ship nor the brand's own ``files`` have."""
    letters = {sign for text in texts for sign in clean(text) if unicodedata.category(sign)[0] in "LM"}
    return _unknown(letters, _own(files))


def asks_system(names: Iterable[str], signs: Iterable[str], files: Iterable[str] = ()) -> bool:
    """Whether text in fonts of some ``names``, with some ``signs``, looks as the fonts of the system have it,
    which may change at any time."""
    own = _own(files)
    known = {name for font in (*own, *BUNDLED_FONTS) for name in (font.name, font.family)}
    if not known.issuperset(names):
        return True
    return bool(_unknown({sign for sign in signs if unicodedata.category(sign)[0] not in "CZ"}, own))


def _own(files: Iterable[str]) -> list[BundledFont]:
    return [font for font in map(font_file, files) if font is not None]


def _unknown(signs: set[str], own: Iterable[BundledFont]) -> frozenset[str]:
    for font in (GENERAL, *own, *BUNDLED_FONTS):
        if not signs:
            break
        signs = {sign for sign in signs if ord(sign) not in face_of(font).characters}
    return frozenset(signs)


@lru_cache(maxsize=16384)
def set_word(text: str, chain: FontChain, spacing_em: float = 0.0) -> SetWord:
    """A cleaned word, cut into runs and measured. ``spacing_em`` is added after each character."""
    runs = _runs(text, chain)
    extents = [_measure(run, spacing_em) for run in runs]
    advance = sum(extent.advance for extent in extents)
    return SetWord(
        runs,
        advance,
        max((extent.top for extent in extents), default=0.0),
        max((extent.bottom for extent in extents), default=0.0),
        _lean(extents if direction(text) != "R" else extents[::-1], advance),
    )


def _lean(extents: list[Extent], advance: float) -> float:
    """The middle libass sees against the true one, for runs from left to right."""
    pen, left, right = 0.0, advance, 0.0
    for extent in extents:
        left, right = min(left, pen + extent.left), max(right, pen + extent.right)
        pen += extent.advance
    return (left + right - advance) / 2


def _measure(run: Run, spacing_em: float) -> Extent:
    count = len(clusters(run.text))
    if run.shown:
        extent = face_of(run.font).measure(run.text, ligatures=spacing_em == 0)
    else:
        wide = _UNKNOWN_EM * count
        extent = Extent(wide, _UNKNOWN_TOP_EM, 0.0, 0.0, wide)
    scale, spread = run.font.scale, spacing_em * count
    return Extent(
        extent.advance * scale + spread,
        extent.top * scale,
        extent.bottom * scale,
        extent.left * scale,
        extent.right * scale + spread,
    )


def _runs(text: str, chain: FontChain) -> tuple[Run, ...]:
    """Neighbouring clusters of one font joined. Letters that stand together share a font where one has
    them all, and digits and punctuation follow the letters beside them, so that no word is torn."""
    pieces = [(sign, drawn) for sign in clusters(text) if (drawn := _drawn(sign))]
    whole, bare = [sign for sign, _ in pieces], [plain for _, plain in pieces]
    faces = _letter_faces(whole, bare, chain)
    runs: list[Run] = []
    for index, letters in enumerate(bare):
        face = faces[index] or _neighbour(faces, index, letters) or _face_for(whole[index], letters, chain)
        faces[index] = face
        shown = _has(face, letters)
        if runs and runs[-1].font is face.font and runs[-1].shown == shown:
            runs[-1] = replace(runs[-1], text=runs[-1].text + letters)
        else:
            runs.append(Run(letters, face.font, chain.name_of(face.font), shown))
    return tuple(runs)


def _drawn(cluster: str) -> str:
    """A cluster as libass draws it: a sequence of emoji as one picture where the emoji font has it."""
    plain = plain_cluster(cluster)
    if len(cluster) > 1 and is_emoji(cluster):
        return face_of(EMOJI).joined(cluster) or plain
    return plain


def _letter_faces(whole: list[str], bare: list[str], chain: FontChain) -> list[Face | None]:
    """The face of each letter and emoji; None for what belongs to no script."""
    faces: list[Face | None] = [None] * len(whole)
    kinds = ["common" if _is_common(sign) else "emoji" if is_emoji(sign) else "letter" for sign in whole]
    first = 0
    for kind, members in groupby(kinds):
        last = first + len(list(members))
        if kind != "common":
            together = _face_for(whole[first], "".join(bare[first:last]), chain)
            one = _has(together, "".join(bare[first:last]))
            for index in range(first, last):
                faces[index] = together if one else _face_for(whole[index], bare[index], chain)
        first = last
    return faces


def _neighbour(faces: list[Face | None], index: int, bare: str) -> Face | None:
    """The face of the letters before, else after, a common character, if it has that character."""
    before = next((face for face in reversed(faces[:index]) if face), None)
    after = next((face for face in faces[index + 1 :] if face), None)
    for face in (before, after):
        if face is not None and face.font is not EMOJI and _has(face, bare):
            return face
    return None


def _is_common(cluster: str) -> bool:
    """Whether a cluster belongs to no script of its own (digits, punctuation, spaces, signs)."""
    return unicodedata.category(cluster[0])[0] in "NPZ" and not is_emoji(cluster)


def _face_for(whole: str, bare: str, chain: FontChain) -> Face:
    """The first face that has the cluster; the style's own where none has."""
    order: tuple[BundledFont, ...] = (chain.primary, *SCRIPT_FONTS, *chain.asian, EMOJI)
    if is_emoji(whole):
        order = (EMOJI, *order)
    for font in order:
        face = face_of(font)
        if _has(face, bare):
            return face
    return face_of(chain.primary)


def _has(face: Face, text: str) -> bool:
    return all(ord(character) in face.characters or character in "\u200c\u200d " for character in text)
