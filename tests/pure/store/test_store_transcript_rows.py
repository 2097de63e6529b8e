"""Transcripts as rows: what is the same in another one is taken over, and the result is the same."""

from dataclasses import replace

import pytest
from support.spoken import spoken

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.store.transcripts import StoredTranscript, decode, encode

TEXT = "One two three.\nFour five.\nSix seven eight nine.\nTen."


def undecoded(transcript: Transcript) -> StoredTranscript:
    """Its rows, as they come from the disk."""
    return replace(encode(transcript), decoded=None)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("Four five.", "Four fives."),
        TEXT.replace("Four five.", "Four and then five."),
        TEXT.replace("Four five.\n", ""),
        TEXT.replace("Ten.", "Ten.\nEleven twelve."),
        "Zero.\n" + TEXT,
        "Something else altogether.",
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_change_is_read_as_the_whole_would_be(text: str, *, backwards: bool) -> None:
    texts = (text, TEXT) if backwards else (TEXT, text)
    known, stored = encode(spoken(texts[0])), undecoded(spoken(texts[1]))
    assert decode(stored, known) == decode(stored)


def test_words_that_stay_are_the_same_objects() -> None:
    old = spoken(TEXT)
    new = decode(undecoded(spoken(TEXT.replace("Ten.", "Eleven."))), encode(old))
    assert all(one is other for one, other in zip(old.words[:-1], new.words[:-1], strict=True))
