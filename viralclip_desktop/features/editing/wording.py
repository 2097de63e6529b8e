"""What the transcript of a recording says, and when. Only the sentences that change are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits import find_replace as finding
from viralclip_desktop.domain.edits import transcripts
from viralclip_desktop.domain.edits.find_replace import Match
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.store.store import Store


class Wording:
    """Edits of transcripts. A recording without one raises :class:`BadInput`, a word or sentence that
    does not exist IndexError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def correct_word(self, source_id: str, index: int, text: str, merge_key: str | None = None) -> Transcript:
        """Write a word otherwise; several words share out its time, an empty text changes nothing."""
        return self._edit(
            source_id, "Correct word", lambda old: transcripts.correct_word(old, index, text), merge_key
        )

    def correct_words(
        self, source_id: str, texts: Mapping[int, str], merge_key: str | None = None
    ) -> Transcript:
        """The same for several words, named by their places before the edit."""
        return self._edit(
            source_id, "Correct words", lambda old: transcripts.correct_words(old, texts), merge_key
        )

    def replace_words(self, source_id: str, first: int, last: int, texts: Sequence[str]) -> Transcript:
        """Put other words in the place of ``first`` up to but not including ``last``: as many keep their
        times, fewer or more share out the whole time, none take them out of the transcript."""
        if not texts:
            return self.drop_words(source_id, range(first, last))
        return self._edit(
            source_id, "Replace words", lambda old: transcripts.replace_words(old, first, last, texts)
        )

    def drop_words(self, source_id: str, indexes: Iterable[int]) -> Transcript:
        """Take words out of the transcript; the sound stays (to cut it, see ``cut_words``)."""
        wanted = tuple(indexes)
        return self._edit(source_id, "Remove words", lambda old: transcripts.drop_words(old, wanted))

    def retime_word(
        self, source_id: str, index: int, start: Time, end: Time, merge_key: str | None = None
    ) -> Transcript:
        """Give a word other times, held between its neighbours and inside the recording."""
        latest = self._store.source(source_id).info.duration
        return self._edit(
            source_id,
            "Retime word",
            lambda old: transcripts.retime_word(old, index, start, min(end, latest)),
            merge_key,
        )

    def nudge_words(
        self, source_id: str, first: int, last: int, by: Time, merge_key: str | None = None
    ) -> Transcript:
        """Move words ``first`` up to but not including ``last`` earlier or later, as their neighbours allow.

        ``by`` counts from where they are now, also during a drag.
        """
        return self._edit(
            source_id, "Nudge captions", lambda old: transcripts.nudge_words(old, first, last, by), merge_key
        )

    def split_sentence(self, source_id: str, word_index: int) -> Transcript:
        """Begin a new sentence with a word."""
        return self._edit(
            source_id, "Split sentence", lambda old: transcripts.split_sentence(old, word_index)
        )

    def merge_sentence(self, source_id: str, sentence_index: int) -> Transcript:
        """Join a sentence with the one after it."""
        return self._edit(
            source_id, "Merge sentences", lambda old: transcripts.merge_sentence(old, sentence_index)
        )

    def assign_speaker(self, source_id: str, sentence_indexes: Iterable[int], name: str) -> Transcript:
        """Say who speaks some sentences; an empty name is nobody's."""
        wanted = tuple(sentence_indexes)
        return self._edit(
            source_id, "Assign speaker", lambda old: transcripts.assign_speaker(old, wanted, name)
        )

    def find(
        self, source_id: str, text: str, *, whole_words: bool = False, match_case: bool = False
    ) -> list[Match]:
        """Where a text is said; see :func:`find_replace`. Changes nothing."""
        transcript = self._transcript(self._store.transcript(source_id))
        return finding.find(transcript, text, whole_words=whole_words, match_case=match_case)

    def find_replace(
        self, source_id: str, find: str, replace: str, *, whole_words: bool = False, match_case: bool = False
    ) -> int:
        """Replace a text everywhere in a transcript, also across words; how often it was found."""
        count = 0

        def change(old: Transcript) -> Transcript:
            nonlocal count
            new, count = finding.find_replace(
                old, find, replace, whole_words=whole_words, match_case=match_case
            )
            return new

        self._edit(source_id, "Find and replace", change)
        return count

    def _edit(
        self,
        source_id: str,
        label: str,
        change: Callable[[Transcript], Transcript],
        merge_key: str | None = None,
    ) -> Transcript:
        project_id = self._store.source(source_id).project_id
        with self._store.transaction(label, project_id, merge_key=merge_key) as tx:
            before = self._transcript(tx.transcript(source_id))
            after = change(before)
            if after is not before:
                tx.put_transcript(source_id, after)
        return after

    @staticmethod
    def _transcript(transcript: Transcript | None) -> Transcript:
        if transcript is None:
            raise BadInput("This recording has no transcript.", "Transcribe it first.")
        return transcript
