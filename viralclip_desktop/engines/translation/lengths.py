"""How many characters can be said in a time, and how long they take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from viralclip_desktop.core.time import Time

# Characters a second at an easy pace: syllables a second (Pellegrino, Coupe and Marsico 2011 and 2019: 5 to
# 8, the faster the less each says) times how many characters write one in running text, spaces included.
_USUAL: Final = 15.0
_RATES: Final[Mapping[str, float]] = {
    "zh": 5.2, "yue": 5.2, "ja": 7.0, "ko": 7.0, "th": 13.0, "lo": 13.0, "km": 13.0, "my": 13.0, "he": 12.0,
    "ar": 12.5, "vi": 14.0,
}  # fmt: skip
_FASTER: Final = 1.2  # what a dub may be sped up by without being heard as hurried
LEAST: Final = 6
"""Characters that fit anywhere: a "yes"."""


def usual_length(text: str, language: str) -> Time:
    """About how long a text of a language is when it is said at an easy pace."""
    return Time.from_seconds(len(text) / _RATES.get(language, _USUAL))


def most_characters(room: Time, language: str) -> int:
    """About how many characters of a language can be said in ``room`` without hurry."""
    return max(LEAST, round(room.seconds * _RATES.get(language, _USUAL) * _FASTER))
