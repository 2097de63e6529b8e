"""Transcripts from plain text: one sentence a line, an empty line for a long pause, ``A:`` for a speaker.

Word times follow the length of the words, the way people speak; nothing is random.
"""

from __future__ import annotations

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, is_unspaced

SENTENCE_GAP_S = 0.40
PARAGRAPH_GAP_S = 1.30


def spoken(text: str, language: str = "en", engine: str = "test", start_s: float = 1.0) -> Transcript:
    """A transcript of ``text`` whose first word starts at ``start_s``."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    now, speaker = start_s, ""
    for line in text.strip().splitlines():
        if not line.strip():
            now += PARAGRAPH_GAP_S - SENTENCE_GAP_S
            continue
        named = line[1:3] == ": "
        speaker = line[0] if named else speaker
        first = len(words)
        for token in tokens(line[3:] if named else line):
            length = word_length_s(token)
            words.append(Word(token, Time.from_seconds(now), Time.from_seconds(now + length), 0.9, speaker))
            now += length + 0.03
        sentences.append(Sentence(first, len(words)))
        now += SENTENCE_GAP_S - 0.03
    return Transcript(engine, language, tuple(words), tuple(sentences))


def tokens(line: str) -> list[str]:
    """The words of a line; in scripts without spaces, pairs of characters with their punctuation."""
    found: list[str] = []
    for part in line.split():
        if not any(is_unspaced(character) for character in part):
            found.append(part)
            continue
        last = ""
        for character in part:
            alike = bool(last) and last.isalnum() and is_unspaced(last) == is_unspaced(character)
            fits = alike and (not is_unspaced(character) or len(found[-1]) < 2)
            if last and (not character.isalnum() or fits):
                found[-1] += character
            else:
                found.append(character)
            last = character
    return found


def word_length_s(token: str) -> float:
    """How long a word is heard: about 14 letters, or 6 Han characters, a second."""
    return sum(0.16 if is_unspaced(character) else 0.065 for character in token if character.isalnum()) + 0.05


def end_s(transcript: Transcript, after_s: float = 1.0) -> float:
    """A length for the recording: a little after the last word."""
    return transcript.words[-1].end.seconds + after_s
