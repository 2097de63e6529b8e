"""Words and sentences by their places, as several commands take them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, UsageError

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.store.store import Store


def transcript_of(store: Store, source_id: str) -> Transcript:
    """What is said in a recording. Raises :class:`BadInput` before it was transcribed."""
    transcript = store.transcript(store.source(source_id).id)
    if transcript is None:
        raise BadInput(
            "This recording has no transcript yet.", f"Run “viralclip transcribe {source_id}” first."
        )
    return transcript


def existing_words(store: Store, source_id: str, places: Sequence[int]) -> Sequence[int]:
    """The places, when there are words at all of them; otherwise a :class:`UsageError`."""
    return _existing(places, len(transcript_of(store, source_id).words), "word", f"words list {source_id}")


def existing_sentences(store: Store, source_id: str, places: Sequence[int]) -> Sequence[int]:
    """The same for sentences."""
    count = len(transcript_of(store, source_id).sentences)
    return _existing(places, count, "sentence", f"sentences list {source_id}")


def _existing(places: Sequence[int], count: int, noun: str, listing: str) -> Sequence[int]:
    for place in places:
        if not 0 <= place < count:
            hint = f"They are numbered from 0 to {count - 1}; see “viralclip {listing}”."
            raise UsageError(f"There is no {noun} {place}.", hint if count else "There are none.")
    return places
