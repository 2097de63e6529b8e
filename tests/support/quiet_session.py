"""Words, a clip, a session and a player for the transcript panel, without a store behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
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
    parts = parts_of("asset", within)
    return Clip(
        "clip", "project", "source", "batch", 1, parts, "Title", 90, (), "", "", asset_id="asset"
    )  # fmt: skip


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
    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.loaded: Any = None
        self.chosen: TimeRange | None = None
        self.clip: Clip | None = None
        self.clips: list[Clip] = []
        self.calls: list[tuple[Any, ...]] = []
        """The verbs that were asked for, with what they were given."""

    @property
    def source_id(self) -> str:
        """The open recording."""
        return "source" if self.loaded is not None else ""

    def do(self, verb: Callable[..., Any], *args: Any, **_options: Any) -> Any:
        """Take an edit down, and answer as the store would."""
        from viralclip_desktop.gui.bridge.edits import Commit

        self.calls.append((verb.__name__, *args))
        if verb.__name__ == "cut_words":
            words = args[1]
            self.show_clip(cut_words(self, range(words[0], words[-1] + 1)))
        elif verb.__name__ == "restore_words" and self.clip is not None:
            self.show_clip(replace(self.clip, parts=parts_of("asset", self.clip.range)))
        commit: Any = Commit()
        commit.settle(3 if verb.__name__ == "find_replace" else None, None)
        return commit

    def edit(self, verb: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """The same for the chosen clip."""
        assert self.clip is not None
        return self.do(verb, self.clip.id, *args, **options)

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
