"""What a model writes for a clip: title, hook line, post caption, hashtags; checked, and left out where it is
of no use. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from viralclip_desktop.features.moments.titles import LONGEST, columns

_HOOK_COLUMNS, _CAPTION_LETTERS, _HASHTAGS, _TAG_LETTERS = 80, 500, 8, 40
_EDGES = " \t\"'“”„«»*_#"


@dataclass(frozen=True, slots=True)
class Written:
    """Texts for a clip; empty where there is none."""

    title: str = ""
    hook: str = ""
    caption: str = ""
    hashtags: tuple[str, ...] = ()
    """Each with its ``#``."""

    def as_plain(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self) | {"hashtags": list(self.hashtags)}


def written_of(answer: Mapping[str, Any], texts: list[str]) -> list[Written]:
    """What was written for each clip, by the clips' words: a text in another script is another language."""
    found = [Written()] * len(texts)
    for item in answer.get("clips", ()):
        at = item.get("clip", 0) - 1
        if 0 <= at < len(texts):
            found[at] = _checked(item, script_of(texts[at]))
    return found


def _checked(item: Mapping[str, Any], script: str) -> Written:
    def text(name: str) -> str:
        plain = " ".join(str(item.get(name, "")).split()).strip(_EDGES)
        return plain if script_of(plain) in (script, "") else ""

    title, hook, caption = text("title").rstrip("."), text("hook"), text("caption")
    return Written(
        title if columns(title) <= LONGEST + LONGEST // 4 else "",
        hook if columns(hook) <= _HOOK_COLUMNS else "",
        caption if len(caption) <= _CAPTION_LETTERS else "",
        _hashtags(item.get("hashtags", ())),
    )


def _hashtags(given: Any) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for one in given if isinstance(given, list) else ():
        tag = "".join(letter for letter in str(one) if _belongs(letter))
        if tag and not tag.isdigit() and len(tag) <= _TAG_LETTERS:
            found.setdefault(tag.casefold(), f"#{tag}")
    return tuple(found.values())[:_HASHTAGS]


def _belongs(letter: str) -> bool:
    """Letters, their marks, digits and the underscore: what all platforms take in a hashtag."""
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"


def script_of(text: str) -> str:
    """The script of most letters (``LATIN``, ``THAI``, ``CJK``...); empty without any."""
    names = (unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    counts = Counter("CJK" if name in ("HIRAGANA", "KATAKANA") else name for name in names)
    return counts.most_common(1)[0][0] if counts else ""


def plain_title(sentence: str) -> str:
    """A sentence as a title, where nobody wrote a better one: whole, or cut between words."""
    text = " ".join(sentence.split()).strip(_EDGES + ".,;:")
    if columns(text) <= LONGEST:
        return text
    kept = text[: LONGEST - 1]
    while columns(kept) > LONGEST - 1:
        kept = kept[:-1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:") + "…"
