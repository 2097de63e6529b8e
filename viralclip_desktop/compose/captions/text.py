"""Words as typed -> clusters that can be shown: cleaning, case, punctuation, emoji sequences.

libass shows no colour emoji and does not join emoji sequences: ``shaping`` has one picture for each that
the emoji font knows, and others become their first emoji.
"""

from __future__ import annotations

import unicodedata

from viralclip_desktop.domain.captions import CaptionStyle, TextCase

ZWJ = "\u200d"
ZWNJ = "\u200c"
_EMOJI_STYLE = "\ufe0f"
_KEYCAP = "\u20e3"
_QUIET = ".,;:…،؛。、，；：।"
"""Punctuation that goes when a style drops it; ? and ! carry the tone and stay."""
_CLOSING = set(".,!?;:…%»”’)]}،؛؟。，！？、；：）」』】।॥")

# Characters of the basic plane that are emoji without being asked (Unicode emoji-data.txt,
# Emoji_Presentation=Yes); beyond it, whole blocks are taken.
_BASIC_EMOJI = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)


def clean(text: str) -> str:
    """One line of printable text: control characters and line breaks become spaces, marks without a
    picture go, except the two that shape letters (ZWJ, ZWNJ) and those inside emoji."""
    shown = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            shown.append(" ")
        elif kind == "Cs" or (
            kind == "Cf" and character not in (ZWJ, ZWNJ) and not is_arabic_sign(character)
        ):
            continue
        else:
            shown.append(character)
    return " ".join("".join(shown).split())


def is_arabic_sign(character: str) -> bool:
    """Whether a format character has a picture all the same (Arabic number and verse signs)."""
    return "\u0600" <= character <= "\u0605" or character in "\u06dd\u070f\u08e2"


def styled(text: str, style: CaptionStyle) -> str:
    """A cleaned word in the style's letters, without the emoji and the quiet punctuation that the style
    drops; empty when nothing is left."""
    if not style.emoji:
        text = "".join(cluster for cluster in clusters(text) if not is_emoji(cluster)).strip()
    if not style.keep_punctuation:
        text = _without_quiet_ends(text)
    if style.case is TextCase.UPPER:
        return text.upper()
    return text.lower() if style.case is TextCase.LOWER else text


def _without_quiet_ends(text: str) -> str:
    """The word without its last quiet punctuation; kept whole when nothing else is in it."""
    kept = text.rstrip(_QUIET)
    if kept.endswith(('"', "”", "»", "’")) and kept[:-1].rstrip(_QUIET) != kept[:-1]:
        kept = kept[:-1].rstrip(_QUIET) + kept[-1]
    return kept or text


def is_closing(text: str) -> bool:
    """Whether a word is nothing but punctuation that belongs to the word before it."""
    return bool(text) and all(character in _CLOSING for character in text)


def is_emoji(cluster: str) -> bool:
    """Whether a cluster is shown as an emoji by itself."""
    code = ord(cluster[0])
    return (
        0x1F000 <= code <= 0x1FAFF
        or cluster[0] in _BASIC_EMOJI
        or (_EMOJI_STYLE in cluster and code > 0xFF)
        or _KEYCAP in cluster
    )


def clusters(text: str) -> list[str]:
    """The text cut into what a reader sees as single characters (a simple UAX #29), emoji sequences
    marked by the emoji style they were typed with."""
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _continues(cluster: str, character: str) -> bool:
    """Whether ``character`` belongs to the cluster before it."""
    code = ord(character)
    if unicodedata.category(character).startswith("M") or character in (ZWJ, ZWNJ):
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    if cluster[-1] == ZWJ:
        return is_emoji(cluster) or unicodedata.category(character) == "So"
    return _is_flag_letter(character) and len(cluster) == 1 and _is_flag_letter(cluster)


def _is_flag_letter(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def plain_cluster(cluster: str) -> str:
    """A cluster as libass can show it where no font has it whole: sequences of emoji become their first one,
    without skin tone, keycap or style marks; letters stay as they are."""
    bare = "".join(c for c in cluster if c != _KEYCAP and not _is_variant_mark(c))
    if len(bare) > 1 and (is_emoji(cluster) or unicodedata.category(bare[0]) == "So"):
        return bare[:2] if _is_flag_letter(bare[0]) and _is_flag_letter(bare[1]) else bare[0]
    return bare


def _is_variant_mark(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
