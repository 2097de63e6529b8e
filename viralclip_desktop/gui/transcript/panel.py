"""The transcript panel: the words of the recording beside the picture, and the video edited through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.editing import (
    assign_speaker,
    cut_words,
    merge_sentence,
    restore_words,
    split_sentence,
    trim_clip,
)
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.transcript.find_bar import FindBar
from viralclip_desktop.gui.transcript.finding import Finding
from viralclip_desktop.gui.transcript.following import Following
from viralclip_desktop.gui.transcript.footer import Footer
from viralclip_desktop.gui.transcript.input import TranscriptInput
from viralclip_desktop.gui.transcript.keys import Command, command_of, shortcut_text
from viralclip_desktop.gui.transcript.margin import stretches
from viralclip_desktop.gui.transcript.menus import speaker_menu, words_menu
from viralclip_desktop.gui.transcript.model import TranscriptModel, WordState
from viralclip_desktop.gui.transcript.spelling import Spelling
from viralclip_desktop.gui.transcript.view import TranscriptView
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.layout import column, line, row
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_ANYWHERE = {Command.FIND, Command.REPLACE, Command.NEXT_MATCH, Command.PREVIOUS_MATCH}
_LEAST_WORDS_PX = 72  # three lines: what a small screen leaves
"""Commands whose keys work wherever the focus is in the panel."""


class TranscriptPanel(QWidget):
    """Every word of the open recording. ``do`` carries out a :class:`Command`, ``can`` says whether it
    makes sense now; keys, menus and the window's actions all go through these two."""

    state_changed = Signal()
    """Which commands make sense may be another answer now."""

    def __init__(
        self,
        session: ClipSession,
        context: Context,
        player: Player,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._history = [actions[name] for name in ("undo", "redo") if name in actions]
        self._new_clip = actions.get("new_clip")
        self.view = TranscriptView()
        self.input = TranscriptInput(self.view)
        self.bar = FindBar()
        self.finding = Finding(self.view, self.bar, session, context.tell)
        self.following = Following(self.view, player)
        self.spelling = Spelling(self.view, session)
        self.scope = SegmentedControl(
            tr("Words shown"), [(False, tr("Whole recording")), (True, tr("This clip"))]
        )
        self.search = IconButton("magnifying-glass", tr("Find"), shortcut_text(Command.FIND))
        self.footer = Footer(self.do)
        self.empty = EmptyState("article", "")
        self._pages = QStackedWidget()
        self._only_clip = self._stays = self._was_seen = False
        self._build()
        self._connect()
        self.refresh()

    # --- what is shown -----------------------------------------------------------------------------------

    @property
    def model(self) -> TranscriptModel | None:
        """The words and their states, as shown."""
        return self.view.shown

    def refresh(self) -> None:
        """Show the session's words and clip as they are now."""
        transcript, clip, before = self._transcript, self._session.clip, self.view.shown
        has_words = transcript is not None and bool(transcript.words)
        model: TranscriptModel | None = None
        if before is not None and before.transcript is transcript:
            model = before.seen_from(clip, self._only_clip)
        elif transcript is not None and has_words:
            model = TranscriptModel(transcript, clip, self._only_clip)
        self._show_clips()
        self.view.show_model(model)
        if before is None or model is None or before.transcript is not model.transcript:
            self.finding.show_transcript(transcript if has_words else None)
        self.spelling.words_changed()
        self.following.refresh()
        self._pages.setCurrentIndex(0 if model is not None and model.rows else 1)
        self._say_why_empty(has_words)
        self.scope.button(True).setEnabled(clip is not None)
        self._selection_changed()

    def show_only_clip(self, only: bool) -> None:
        """All words, or only those of the clip."""
        self._only_clip = only
        self.scope.show_value(only)
        self.refresh()
        if not only and self.view.selection.caret is None:
            self._reveal_clip()

    def show_word(self, word: int) -> None:
        """Bring a word into view with the caret on it (a hit of the search over all projects)."""
        if self.model is None or not 0 <= word < len(self.model.transcript.words):
            return
        if word not in self.model.shown_words:
            self.show_only_clip(False)
        self.view.choose(range(word, word + 1), reveal=False)
        self.view.reveal(word, 0.3)

    # --- commands ----------------------------------------------------------------------------------------

    def can(self, command: Command) -> bool:
        """Whether a command makes sense for the chosen words."""
        model, words = self.model, self.view.selection.target
        if model is None:
            return False
        if command in (Command.FIND, Command.REPLACE, Command.SELECT_ALL, Command.LEAVE):
            return True
        if command in (Command.NEXT_MATCH, Command.PREVIOUS_MATCH):
            return bool(self.finding.matches)
        if command is Command.NEXT_WARNING:
            return bool(self._rows_to_check())
        return words is not None and self._can_with(command, model, words)

    def _can_with(self, command: Command, model: TranscriptModel, words: range) -> bool:
        states = {model.state(index) for index in words}
        first = model.row_of(words.start)
        starts_row = words.start == model.sentence(first).first
        answers: dict[Command, Callable[[], bool]] = {
            Command.PLAY: lambda: WordState.PLAYS in states,
            Command.CUT: lambda: WordState.PLAYS in states and model.clip is not None,
            Command.RESTORE: lambda: WordState.CUT in states,
            Command.SEEK: lambda: WordState.PLAYS in states,
            Command.NEW_CLIP: lambda: self.view.selection.words is not None,
            Command.SPLIT: lambda: not starts_row,
            Command.MERGE: lambda: starts_row and first > 0 and self.view.selection.words is None,
            Command.START_HERE: lambda: self._trimmed(model, words, start=True) is not None,
            Command.END_HERE: lambda: self._trimmed(model, words, start=False) is not None,
        }
        return answers.get(command, lambda: True)()

    def do(self, command: Command) -> None:
        """Carry out a command on the chosen words; nothing happens where it makes no sense."""
        if command is Command.BACK:
            command = self._back()
        handlers: dict[Command, Callable[[], object]] = {
            Command.PLAY: self._play,
            Command.SEEK: lambda: self._seek(self._target.start),
            Command.CUT: self._cut,
            Command.RESTORE: self._restore,
            Command.EDIT: lambda: self.spelling.start(self._caret),
            Command.SPLIT: lambda: self._session.do(
                split_sentence, self._session.source_id, self._target.start
            ),
            Command.MERGE: self._merge,
            Command.SPEAKER: lambda: self.ask_speaker(self._rows_chosen()),
            Command.COPY: self._copy,
            Command.SELECT_ALL: self._select_all,
            Command.FIND: lambda: self.finding.open(replace=False),
            Command.REPLACE: lambda: self.finding.open(replace=True),
            Command.NEXT_MATCH: lambda: self.finding.step(1),
            Command.PREVIOUS_MATCH: lambda: self.finding.step(-1),
            Command.NEXT_WARNING: self._next_warning,
            Command.NEW_CLIP: self._make_clip,
            Command.START_HERE: lambda: self._trim(start=True),
            Command.END_HERE: lambda: self._trim(start=False),
            Command.LEAVE: self._leave,
        }
        if self.can(command):
            handlers[command]()
        elif command in (Command.CUT, Command.PLAY, Command.SEEK):
            self._say_outside()

    @property
    def _target(self) -> range:
        return self.view.selection.target or range(0)

    @property
    def _caret(self) -> int:
        return self.view.selection.caret or 0

    def _back(self) -> Command:
        """What Backspace asks for here: bring back what is cut, cut what is selected, or merge."""
        if self.can(Command.RESTORE) and not (self.view.selection.words and self.can(Command.CUT)):
            return Command.RESTORE
        return Command.CUT if self.view.selection.words is not None else Command.MERGE

    def _play(self) -> None:
        if self._player.playing:
            self._player.pause()
        else:
            self.following.play(self._target)

    def _seek(self, word: int) -> None:
        if not self.following.go_to(word):
            self._say_outside(word)

    def _cut(self) -> None:
        model = self.model
        assert model is not None
        self._session.edit(cut_words, model.in_state(self._target, WordState.PLAYS))

    def _restore(self) -> None:
        model = self.model
        assert model is not None
        self._session.edit(restore_words, model.in_state(self._target, WordState.CUT))

    def _make_clip(self) -> None:
        if self._new_clip is not None:
            self._new_clip.trigger()

    def _merge(self) -> None:
        assert self.model is not None
        self._session.do(merge_sentence, self._session.source_id, self.model.row_of(self._caret) - 1)

    def _copy(self) -> None:
        assert self.model is not None
        QGuiApplication.clipboard().setText(self.model.text(self._target))

    def _select_all(self) -> None:
        assert self.model is not None
        self.view.choose(self.model.shown_words, reveal=False)

    def _leave(self) -> None:
        if self.view.selection.words is not None:
            self.view.choose(range(self._caret, self._caret + 1), reveal=False)
        elif not self.bar.isHidden():
            self.bar.close_bar()
        else:
            self.view.clearFocus()

    def _let_go(self) -> None:
        if self.view.selection.words is not None:
            self._leave()
        self.bar.close_bar()

    def _next_warning(self) -> None:
        assert self.model is not None
        rows = self._rows_to_check()
        here = self.model.row_of(self._caret) if self.view.selection.caret is not None else -1
        row = next((row for row in rows if row > here), rows[0])
        self.view.choose(range(self.model.sentence(row).first, self.model.sentence(row).first + 1))

    # --- the clip's ends ---------------------------------------------------------------------------------

    def _trimmed(self, model: TranscriptModel, words: range, start: bool) -> TimeRange | None:
        """The clip's range with its start (or end) at some words; None where that would turn it around."""
        if model.clip is None:
            return None
        before = model.clip.range
        low = model.edge_before(words.start) if start else before.start
        high = before.end if start else model.edge_after(words[-1])
        return TimeRange(low, high) if low < high and (low, high) != (before.start, before.end) else None

    def _trim(self, start: bool) -> None:
        assert self.model is not None
        within = self._trimmed(self.model, self._target, start)
        if within is not None:
            self._reach(within)

    def _reach(self, within: TimeRange) -> None:
        self._session.edit(trim_clip, within.start, within.end)

    def _say_outside(self, word: int | None = None) -> None:
        """The words aren't in the clip: say so, and offer to let the clip reach there."""
        model, words = self.model, self._target if word is None else range(word, word + 1)
        if model is None or model.clip is None or not words:
            return
        if model.state(words.start) is WordState.CUT:
            self._context.tell(ToastText(tr("These words are cut out of the clip already.")))
            return
        within = self._trimmed(model, words, start=model.word(words.start).start < model.clip.range.start)
        extend = (lambda: self._reach(within)) if within is not None else None
        action = tr("Extend the clip") if extend else ""
        self._context.tell(ToastText(tr("These words are not in the clip."), action=action, then=extend))

    # --- speakers ----------------------------------------------------------------------------------------

    def ask_speaker(self, rows: Sequence[int], where: QPoint | None = None) -> None:
        """Ask who says some sentences."""
        menu = self._speakers(rows)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            place = self.view.word_rect(self._caret).bottomLeft()
            menu.popup(where or self.view.viewport().mapToGlobal(place))

    def _speakers(self, rows: Sequence[int]) -> QMenu | None:
        model = self.model
        if model is None or not rows:
            return None
        current = model.speaker_of(rows[0])

        def choose(name: str) -> None:
            self._session.do(assign_speaker, self._session.source_id, list(rows), name)

        def rename() -> None:
            self.spelling.start_speaker(rows[0], model.rows_said_by(current))

        def ask() -> None:
            self.spelling.start_speaker(rows[0], rows)

        return speaker_menu(self, model.speakers, current, choose=choose, ask=ask, rename=rename)

    def _rows_chosen(self) -> list[int]:
        assert self.model is not None
        return [row for row, _words in self.model.by_row(self._target)]

    def _ask_speaker_of_block(self, row: int, where: QPoint) -> None:
        """The name over a row stands for all rows up to the next name."""
        assert self.model is not None
        rows, stop = [row], row + 1
        while stop in self.model.rows and not self.model.starts_speaker(stop):
            rows.append(stop)
            stop += 1
        self.ask_speaker(rows, where)

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def _transcript(self) -> Transcript | None:
        return self._session.loaded.transcript if self._session.loaded else None

    def _rows_to_check(self) -> list[int]:
        """Sentences of the clip that carry a mark: hard to read, or with words (dots) the recogniser was not
        sure of."""
        model = self.model
        if model is None or model.clip is None:
            return []
        return [
            row
            for row, words in model.by_row(model.clip_words)
            if any(map(model.unsure, words)) or not self.view.check(row).fine
        ]

    def _tell_chosen(self) -> None:
        """What is chosen counts elsewhere only while the user sees it here."""
        model, words = self.model, self.view.selection.words
        self._session.chosen = (
            TimeRange(model.edge_before(words.start), model.edge_after(words[-1]))
            if model is not None and words is not None and self.isVisible()
            else None
        )

    def _selection_changed(self) -> None:
        model, words = self.model, self.view.selection.words
        self._tell_chosen()
        self.footer.show_state(model, words, len(self._rows_to_check()), self.can)
        self.state_changed.emit()

    def _say_why_empty(self, has_words: bool) -> None:
        if self._session.loaded is None:
            sentence = tr("The words of a recording appear here.")
        elif not has_words:
            sentence = tr("This recording has no words yet.")
        else:
            sentence = tr("Nothing is said in this clip.")
        self.empty.show_sentence(sentence)

    def _show_menu(self, where: QPoint) -> None:
        if self.model is None or self.view.selection.target is None:
            return
        speakers = self._speakers(self._rows_chosen())
        menu = words_menu(self, self.can, self.do, speakers, self._history)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _build(self) -> None:
        self.scope.show_value(False)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(_LEAST_WORDS_PX)
        head = row(self.scope, self.search, gap=8)
        head.setStretch(0, 1)
        top = column(head, self.bar, gap=8, margins=(12, 12, 8, 8))
        layout = column(top, line(), self._pages, line(), self.footer, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.view.setAccessibleName(tr("Transcript"))
        self.setMinimumWidth(260)

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._show_words)
        session.reread.connect(self._show_words)
        session.selected.connect(lambda _clip: self._clip_selected())
        session.clip_changed.connect(self._clip_changed)
        session.listed.connect(self._show_clips)
        session.let_go.connect(self._let_go)
        self.scope.chosen.connect(lambda only: self.show_only_clip(bool(only)))
        self.view.selection_changed.connect(self._selection_changed)
        self.input.commanded.connect(self.do)
        self.input.sought.connect(self._seek)
        self.input.clicked.connect(self.following.go_to)
        self.input.clip_chosen.connect(self._choose_clip)
        self.input.speaker_asked.connect(self._ask_speaker_of_block)
        self.input.menu_asked.connect(self._show_menu)
        on_click(self.search, lambda: self.do(Command.FIND))

    def _show_words(self, _loaded: Loaded) -> None:
        self.refresh()

    def _show_clips(self) -> None:
        """The bars in the margin."""
        transcript = self._transcript
        clips = stretches(transcript, self._session.clips) if transcript is not None else ()
        if clips != self.view.lights.clips:
            self.view.lights.clips = clips
            self.view.viewport().update()

    def _choose_clip(self, clip_id: str) -> None:
        """Who points at a clip is looking at it: the words stay where they are."""
        self._stays, self.view.follows = True, False
        self._session.select(clip_id)
        self._stays = False

    def _clip_selected(self) -> None:
        self.refresh()
        if not self._stays:
            self._reveal_clip()

    def _reveal_clip(self) -> None:
        model = self.view.shown
        if model is not None and model.clip_words:
            self.view.reveal(model.clip_words.start, 0.2)

    def _clip_changed(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self.refresh()
        else:
            self._show_clips()

    def showEvent(self, event: QShowEvent) -> None:
        """Made for a clip that was chosen before, the panel has its height only now."""
        super().showEvent(event)
        if not self._was_seen and self.view.selection.caret is None:
            self._reveal_clip()
        self._was_seen = True
        self._tell_chosen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, on another page or behind another panel, nothing is chosen."""
        super().hideEvent(event)
        self._tell_chosen()

    def event(self, event: QEvent) -> bool:
        """Finding works wherever the focus is in the panel."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and command_of(event) in _ANYWHERE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no part of the panel took."""
        command = command_of(event)
        if command in _ANYWHERE and command is not None:
            self.do(command)
        else:
            super().keyPressEvent(event)
