"""What can be told of a text before it is spoken: how long it is, in which language, what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.stt.languages import script_language
from viralclip_desktop.engines.tts.base import Line, Voice, rough_length
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.telling_words import language_of
from viralclip_desktop.features.voices.joining import PARAGRAPH_PAUSE_S, SENTENCE_PAUSE_S
from viralclip_desktop.features.voices.script import Paragraph
from viralclip_desktop.features.voices.speaking import spoken_lengths

_FEWEST_WORDS = 6  # fewer tell no language that is written in Latin letters


@dataclass(frozen=True, slots=True)
class Outlook:
    """``characters``: those that are spoken; ``length``: about how long that is; ``language``: its code,
    empty where the text does not tell it."""

    characters: int
    paragraphs: int
    length: Time
    language: str


def outlook_of(script: Sequence[Paragraph]) -> Outlook:
    """What a text is, by its paragraphs, those of ``checked_script``."""
    said = [piece for one in script for piece in one.pieces]
    text = " ".join(said)
    return Outlook(len(text), len(script), _length(script), _language(text))


def unspoken_characters(services: Services, voice: Voice, script: Sequence[Paragraph]) -> int:
    """How many characters of a text a voice has not spoken before: those of a service are paid for. Nobody is
    asked."""
    texts = list(dict.fromkeys(piece for one in script for piece in one.pieces))
    lengths = spoken_lengths(services, voice, texts)
    return sum(len(text) for text, known in zip(texts, lengths, strict=True) if known is None)


def _length(script: Sequence[Paragraph]) -> Time:
    total = 0.0
    for one in script:
        total += sum(rough_length(Line(piece, "", one.speed)).seconds for piece in one.pieces)
        total += (SENTENCE_PAUSE_S * (len(one.pieces) - 1) + PARAGRAPH_PAUSE_S) / one.speed
    last = PARAGRAPH_PAUSE_S / script[-1].speed if script else 0.0
    return Time.from_seconds(total - last)


def _language(text: str) -> str:
    by_script = script_language(text)
    words = [word.strip('.,;:!?…“”"()').casefold() for word in text.split()]
    if by_script or len(words) < _FEWEST_WORDS:
        return by_script
    return language_of("", words)
