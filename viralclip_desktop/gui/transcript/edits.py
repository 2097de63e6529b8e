"""The transcript panel's edits, sent off in their order. Tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from viralclip_desktop.core.time import TimeRange

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.transcript.search import Query


class Editing(Protocol):
    """The part of ``features.editing`` that works on words. Each call is one entry in the history."""

    def correct_words(self, source_id: str, texts: Mapping[int, str]) -> Any:
        """Spell words anew."""

    def replace_words(self, source_id: str, first: int, last: int, texts: Sequence[str]) -> Any:
        """Put other words in the place of some; none take them out of the transcript, not of the sound."""

    def split_sentence(self, source_id: str, word_index: int) -> Any:
        """Let a new sentence begin at a word."""

    def merge_sentence(self, source_id: str, sentence_index: int) -> Any:
        """Make a sentence and the next one into one."""

    def find_replace(
        self, source_id: str, find: str, replace: str, *, whole_words: bool, match_case: bool
    ) -> int:
        """Replace text everywhere; how often it was."""

    def assign_speaker(self, source_id: str, sentences: Sequence[int], name: str) -> Any:
        """Say who speaks some sentences."""


class TextEdits:
    """Sends edits to the desk off the GUI thread; the views hear of them from the store."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        self._session, self._context = session, context

    def cut(self, words: Sequence[int]) -> None:
        """Take words out of the selected clip."""
        self._session.edit(lambda editing, clip, _key: editing.cut_words(clip.id, words))

    def restore(self, words: Sequence[int]) -> None:
        """Bring words back into the selected clip."""
        self._session.edit(lambda editing, clip, _key: editing.restore_words(clip.id, words))

    def trim(self, within: TimeRange) -> None:
        """Let the selected clip begin and end elsewhere (source time)."""
        self._session.edit(lambda editing, clip, _key: editing.trim_clip(clip.id, within.start, within.end))

    def correct(self, source_id: str, texts: Mapping[int, str]) -> None:
        """Spell words anew; their times stay."""
        self._submit(lambda editing: editing.correct_words(source_id, texts))

    def replace(self, source_id: str, words: range, texts: Sequence[str]) -> None:
        """Put other words, any number of them, in the place of some."""
        self._submit(lambda editing: editing.replace_words(source_id, words.start, words.stop, texts))

    def split(self, source_id: str, word: int) -> None:
        """Let a new cue begin at a word."""
        self._submit(lambda editing: editing.split_sentence(source_id, word))

    def merge(self, source_id: str, row: int) -> None:
        """Join a cue with the one before it."""
        self._submit(lambda editing: editing.merge_sentence(source_id, row - 1))

    def replace_all(self, source_id: str, query: Query, by: str, done: Callable[[int], None]) -> None:
        """Replace text everywhere; ``done`` gets how often."""
        self._submit(
            lambda editing: editing.find_replace(
                source_id, query.text, by, whole_words=query.whole_words, match_case=query.match_case
            ),
            done,
        )

    def assign(self, source_id: str, rows: Sequence[int], name: str) -> None:
        """Say who speaks some cues; an empty name takes the name away."""
        self._submit(lambda editing: editing.assign_speaker(source_id, rows, name))

    def _submit(self, work: Callable[[Editing], Any], done: Callable[[Any], None] | None = None) -> None:
        desk: Any = self._context.desk
        self._session.edited.emit()
        self._context.edits.submit(lambda: work(desk.editing), done=done)
