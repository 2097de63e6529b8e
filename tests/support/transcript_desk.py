"""Words, a clip, a session and a player for the transcript panel, without a store behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import cuts
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word

_SPOKEN = (
    "So here is the thing nobody tells you about the first year. You will be wrong about almost "
    "everything and that is fine. I lost three thousand dollars in one weekend because I trusted a "
    "spreadsheet. Why does that keep happening to smart people? Because a number on a screen feels "
    "like a fact. And then my neighbour said something I still think about every day. Ask who made "
    "the number before you ask what it says."
)
TALK = _SPOKEN.split()
_WORD_S, _SPOKEN_S, _BREATH_S = 0.4, 0.34, 0.5


def make_words(
    count: int, texts: Sequence[str] = TALK, speakers: Sequence[str] = ("",), language: str = "en"
) -> Transcript:
    """``count`` words over and over the same text; another speaker every seven sentences."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    at, first = 0.2, 0
    for index in range(count):
        text = texts[index % len(texts)]
        speaker = speakers[len(sentences) // 7 % len(speakers)]
        start, end = Time.from_seconds(at), Time.from_seconds(at + _SPOKEN_S)
        words.append(Word(text, start, end, 0.4 if index % 17 == 3 else 0.95, speaker))
        at += _WORD_S
        if text[-1] in ".?。" or index == count - 1:
            sentences.append(Sentence(first, index + 1))
            first, at = index + 1, at + _BREATH_S
    return Transcript("whisper", language, tuple(words), tuple(sentences))


def make_clip(transcript: Transcript, first: int, count: int) -> Clip:
    """A clip of some words."""
    within = TimeRange(transcript.words[first].start, transcript.words[first + count - 1].end)
    return Clip("clip", "source", "batch", 1, within, "Title", 90, (), "", "")


def cut_words(session: QuietSession, words: range) -> Clip:
    """The session's clip with some more words cut out."""
    assert session.clip is not None
    assert session.loaded is not None
    ranges = cuts.word_ranges(session.clip, session.loaded.transcript.words, words)
    return cuts.cut(session.clip, ranges)


class QuietSession(QObject):
    """What the panel reads of a session."""

    opened = Signal(object)
    reread = Signal(object)
    listed = Signal()
    clip_changed = Signal(object)
    selected = Signal(object)
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.loaded: Any = None
        self.clip: Clip | None = None
        self.clips: list[Clip] = []

    def select(self, clip_id: str) -> None:
        """Another clip of the list."""
        self.clip = next(clip for clip in self.clips if clip.id == clip_id)
        self.selected.emit(self.clip)

    def show_words(self, transcript: Transcript | None, clip: Clip | None) -> None:
        """Another recording."""
        self.loaded = SimpleNamespace(transcript=transcript, source=SimpleNamespace(id="source"))
        self.clip = clip
        self.clips = [clip] if clip is not None else []
        self.opened.emit(self.loaded)
        self.selected.emit(clip)

    def show_transcript(self, transcript: Transcript) -> None:
        """The same recording after an edit."""
        self.loaded = SimpleNamespace(transcript=transcript, source=SimpleNamespace(id="source"))
        self.reread.emit(self.loaded)

    def show_clip(self, clip: Clip) -> None:
        """The same clip after an edit."""
        self.clips = [clip if one.id == clip.id else one for one in self.clips]
        self.clip = clip
        self.clip_changed.emit(clip)


class QuietPlayer(QObject):
    """Stands where it is told to."""

    moved = Signal(object)
    playing_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.position, self.playing = ZERO, False

    def seek(self, position: Time) -> None:
        """Go there."""
        self.position = position
        self.moved.emit(position)

    def play(self) -> None:
        """Begin to play."""
        self.playing = True
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop."""
        if self.playing:
            self.playing = False
            self.playing_changed.emit(False)


class NotedEdits:
    """Takes edits down, and answers as the desk would."""

    def __init__(self, session: QuietSession) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._session = session

    def cut(self, words: Sequence[int]) -> None:
        """Cut words."""
        self.calls.append(("cut", list(words)))
        self._session.show_clip(cut_words(self._session, range(words[0], words[-1] + 1)))

    def restore(self, words: Sequence[int]) -> None:
        """Restore words."""
        self.calls.append(("restore", list(words)))
        assert self._session.clip is not None
        self._session.show_clip(replace(self._session.clip, cuts=()))

    def trim(self, within: TimeRange) -> None:
        """Trim the clip."""
        self.calls.append(("trim", within))

    def correct(self, source_id: str, texts: Mapping[int, str]) -> None:
        """Correct words."""
        self.calls.append(("correct", source_id, dict(texts)))

    def replace(self, source_id: str, words: range, texts: Sequence[str]) -> None:
        """Replace one match."""
        self.calls.append(("replace", source_id, words, list(texts)))

    def replace_all(self, source_id: str, query: Any, by: str, done: Callable[[int], None]) -> None:
        """Replace every match."""
        self.calls.append(("replace_all", source_id, query.text, by))
        done(3)

    def split(self, source_id: str, word: int) -> None:
        """Split a sentence."""
        self.calls.append(("split", source_id, word))

    def merge(self, source_id: str, row: int) -> None:
        """Merge a sentence with the one before."""
        self.calls.append(("merge", source_id, row))

    def assign(self, source_id: str, rows: Sequence[int], name: str) -> None:
        """Name a speaker."""
        self.calls.append(("assign", source_id, list(rows), name))
