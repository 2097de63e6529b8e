"""Whether a cue can be read in the time it is shown, and whether it fits on two lines.

The limits are those of the Netflix Timed Text Style Guides (English template: 42 characters a line, two
lines, 17 characters a second; Chinese 16 and 9, Japanese 13 and 4, Korean 16 and 12), checked against the
words that really play: a cut shortens both the text and the time.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from viralclip_desktop.domain.transcript import needs_space
from viralclip_desktop.gui.transcript.model import TranscriptModel, WordState


@dataclass(frozen=True, slots=True)
class CueLimits:
    """What a viewer can take in."""

    line_characters: int = 42
    lines: int = 2
    characters_a_second: float = 17.0


_LIMITS = {
    "zh": CueLimits(16, 2, 9.0),
    "ja": CueLimits(13, 2, 4.0),
    "ko": CueLimits(16, 2, 12.0),
}


def limits_for(language: str) -> CueLimits:
    """The limits for a language code such as ``en`` or ``zh-Hans``."""
    return _LIMITS.get(language.replace("_", "-").split("-")[0].lower(), CueLimits())


@dataclass(frozen=True, slots=True)
class CueCheck:
    """How a cue measures up."""

    limits: CueLimits
    lines: int
    longest_line: int
    """In characters."""
    characters_a_second: float

    @property
    def too_fast(self) -> bool:
        """Whether it is gone before it can be read."""
        return round(self.characters_a_second, 1) > self.limits.characters_a_second

    @property
    def too_long(self) -> bool:
        """Whether it doesn't fit on its lines."""
        return self.lines > self.limits.lines or self.longest_line > self.limits.line_characters

    @property
    def fine(self) -> bool:
        """Whether there is nothing to say about it."""
        return not (self.too_fast or self.too_long)


def check_cue(model: TranscriptModel, row: int) -> CueCheck:
    """Check one row by the words of it that play; there is nothing to say where none does."""
    playing = [index for index in model.words_of(row) if model.state(index) is WordState.PLAYS]
    limits = limits_for(model.transcript.language)
    if not playing:
        return CueCheck(limits, 0, 0, 0.0)
    texts = [model.word(index).text for index in playing]
    lines = wrap(texts, limits.line_characters)
    time = model.played(range(playing[0], playing[-1] + 1))
    count = sum(lines) + max(0, len(lines) - 1)  # the space at the end of a line is read too
    speed = count / time.seconds if time.ticks > 0 else 0.0
    return CueCheck(limits, len(lines), max(lines, default=0), speed)


def wrap(texts: list[str], limit: int) -> list[int]:
    """The length in characters of each line when words are set in lines of at most ``limit``."""
    lines: list[int] = []
    last = ""
    for text in texts:
        length, gap = characters(text), int(bool(last) and needs_space(last, text))
        if lines and lines[-1] + gap + length <= limit:
            lines[-1] += gap + length
        else:
            lines.append(length)
        last = text
    return lines


def characters(text: str) -> int:
    """Characters as a reader counts them: marks over, under or within another one are none of their own."""
    return sum(unicodedata.category(character) not in {"Mn", "Me", "Cf"} for character in text)
