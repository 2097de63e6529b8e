"""The words of a source from a subtitle file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.engines.stt.base import ordered_words
from viralclip_desktop.engines.stt.subtitles import ReadWords, read_subtitles
from viralclip_desktop.features.transcription.sentences import by_marks
from viralclip_desktop.features.transcription.transcribing import put_transcript

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

ENGINE = "subtitles"


def import_subtitles(
    store: Store, source_id: str, path: Path, encoding: str = "", language: str = ""
) -> Transcript:
    """Take the words of a source from an SRT, VTT, ASS or JSON file, and store them. ``language``: in which
    they are, where the file does not say so.

    Words after the recording's end are left out. Raises BadInput when the file cannot be used or none of
    it lies within the recording.
    """
    source = store.source(source_id)
    transcript = transcript_from(path, source.info.duration, encoding)
    transcript = replace(transcript, language=transcript.language or language)
    return put_transcript(store, source, transcript, "Import subtitles")


def transcript_from(path: Path, duration: Time, encoding: str = "") -> Transcript:
    """The transcript a subtitle file makes for a recording of the given length."""
    found = read_subtitles(path, encoding)
    words = ordered_words(list(found.words), ZERO, duration)
    if not words:
        raise BadInput(
            say("{name} does not fit the recording: it begins after the recording's end.", name=path.name)
        )
    return Transcript(ENGINE, found.language, words, _sentences(found, words))


def _sentences(found: ReadWords, words: tuple[Word, ...]) -> tuple[Sentence, ...]:
    """The file's own sentences where it has them, else by the marks."""
    starts = [index for index in found.sentence_starts if index < len(words)]
    if not starts or words != found.words[: len(words)]:
        return by_marks(words)
    return tuple(Sentence(first, last) for first, last in zip(starts, [*starts[1:], len(words)], strict=True))
