"""The lines of a language: the original, its translation to be changed where it stands, and how it fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.translation import Translation, in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.captions import LineField, line_fields
from viralclip_desktop.features.editing import import_translation, put_translation, write_line
from viralclip_desktop.features.workflows.shorter import take_wording
from viralclip_desktop.gui.common.line_list import LineList
from viralclip_desktop.gui.common.translating import Translating
from viralclip_desktop.gui.dubbing.fits import badge, is_too_long, note, summary
from viralclip_desktop.gui.dubbing.forecaster import Forecaster
from viralclip_desktop.gui.dubbing.shorter import ShorterWording
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.file_field import file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.voices import OfferedVoice
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

_BESIDE_FROM_PX = 300  # two columns of which each has a few words in a row
_INTO_THE_LINE_S = 0.2
_SUBTITLES = "srt vtt ass ssa json"


class LineTable(QWidget):
    """One language at a time, of those that are dubbed into."""

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._clip: Clip | None = None
        self._code = ""
        self._there: Translation | None = None
        self._fields: list[LineField] = []
        self._translations: Sequence[Translation] = ()
        self._voices: Mapping[str, OfferedVoice | None] = {}
        self._asked: object = None
        self._slow = False
        self.forecaster = Forecaster(context, self)
        self.run = Translating(context, self, shown=False)
        self._build()
        self._connect()

    @property
    def language(self) -> str:
        """The code of the language whose lines are shown; empty for none."""
        return self._code

    @property
    def first_text(self) -> str:
        """What is said first in the language that is shown."""
        return next((field.text for field in self._fields if field.text), "")

    def show_clip(
        self,
        clip: Clip | None,
        translations: Sequence[Translation],
        voices: Mapping[str, OfferedVoice | None],
        *,
        slow: bool,
    ) -> None:
        """The lines of a clip; ``voices``: of each language that is dubbed into, its voice once it is known;
        ``slow``: whether the clip may play slower for what does not fit."""
        self._slow = slow
        self._clip, self._translations, self._voices = clip, translations, voices
        self.run.follow(clip.id if clip is not None else "")
        codes = list(voices)
        self._code = self._code if self._code in codes else next(iter(codes), "")
        self.choice.show_choices([(code, tr_message(language_name(code))) for code in codes])
        self.choice.show_value(self._code)
        self.choice.setVisible(len(codes) > 1)
        self.setVisible(bool(codes))
        self._refresh()

    def show_language(self, code: object) -> None:
        """The lines of another language."""
        self._code = str(code)
        self.choice.show_value(self._code)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """How lines fit is worked out only for who looks."""
        super().showEvent(event)
        self._refresh()

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.choice = DropDown(tr("Lines in"))
        self.told = label("", "note", wrap=True)
        self.lines = LineList(tr("Lines of the dub"), _BESIDE_FROM_PX)
        self.missing = Button("", "link")
        self.shorter = ShorterWording(self._context)
        self.none = label("", "quiet", wrap=True)
        self.by_engine = Button(tr("Translate"), icon="translate")
        self.by_hand = Button(tr("Write it yourself"), icon="pencil-simple")
        self.from_file = Button(tr("Add from a subtitle file"), icon="file-plus")
        self._ways = QWidget()
        self._ways.setLayout(column(self.none, self.by_engine, self.by_hand, self.from_file, gap=8))
        title = label(tr("Lines"), "section")
        title.setMinimumHeight(tokens.CONTROL_HEIGHT)  # beside a choice or without one
        heading = row(title, None, self.choice, gap=8)
        self.setLayout(
            column(
                *(heading, self.told, self.lines, self.shorter),
                *(row(self.missing, None), self.run, self._ways),
                gap=8,
            )
        )

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_language)
        self.lines.lines.written.connect(self._write)
        self.lines.reached.connect(self._show_line)
        self.lines.selectionModel().currentChanged.connect(lambda *_: self._show_long())
        self.shorter.taken.connect(lambda found: self._session.do(take_wording, found))
        self.forecaster.changed.connect(self._show_fits)
        self.run.moved.connect(self._refresh)
        on_click(self.missing, self._translate)
        on_click(self.by_engine, self._translate)
        on_click(self.by_hand, self._begin_to_write)
        on_click(self.from_file, self._ask_file)

    def _refresh(self) -> None:
        """Everything that follows from the clip, the language and its translation."""
        clip, loaded = self._clip, self._session.loaded
        self._there = in_language(self._translations, self._code)
        self._fields = []
        if clip is not None and loaded is not None and self._there is not None:
            self._fields = line_fields(self._there, loaded.transcript, clip)
        written = any(field.text for field in self._fields)
        running = self.run.language == self._code
        self.lines.setVisible(bool(self._fields))
        self._ways.setVisible(not self._fields and not running)
        self.none.setText(self._no_lines())
        self.by_engine.setVisible(self.run.possible)
        left = sum(1 for field in self._fields if field.said and not field.text)
        self.missing.setText(plural(left, "Translate {n} line", "Translate {n} lines"))
        self.missing.setVisible(bool(self._fields) and bool(left) and self.run.possible and not running)
        self._ask_for_fits(worth=written)
        self._show_fits()

    def _no_lines(self) -> str:
        name = tr_message(language_name(self._code))
        if self.run.possible:
            made = tr("There is no {language} translation yet.", language=name)
            return f"{made} " + tr("It is made when you dub; translate now to read it before.")
        return tr("There is no {language} translation yet, and the dub needs one.", language=name)

    def _ask_for_fits(self, *, worth: bool) -> None:
        """Once for every state of what decides it, while somebody looks."""
        clip, loaded, offer = self._clip, self._session.loaded, self._voices.get(self._code)
        if not worth or clip is None or loaded is None or offer is None:
            self._asked = None
            self.forecaster.rest()
            return
        state = (clip.id, clip.parts, self._code, offer.voice.id, self._there, loaded.transcript, self._slow)
        if state != self._asked and self.isVisible():
            self._asked = state
            self.forecaster.ask(clip.id, self._code, offer.voice.id, slow=self._slow)

    def _show_fits(self) -> None:
        fields, forecaster = self._fields, self.forecaster
        self.lines.show_fields(
            fields,
            [note(forecaster, field) for field in fields],
            [badge(forecaster, field) for field in fields],
        )
        self.told.setText(self._summary())
        self.told.setVisible(bool(self.told.text()))
        self._show_long()

    def _show_long(self) -> None:
        """The line that stands out for a shorter wording: the one that is gone to, else the first that is too
        long."""
        clip, offer = self._clip, self._voices.get(self._code)
        long = [field for field in self._fields if is_too_long(self.forecaster, field)]
        current = self.lines.field_at(self.lines.currentIndex())
        if clip is not None and offer is not None:
            chosen = current if current in long else next(iter(long), None)
            self.shorter.show_line(clip.id, self._code, offer.voice.id, chosen)
        else:
            self.shorter.show_line("", "", "", None)

    def _summary(self) -> str:
        told = summary(self.forecaster, self._fields)
        if not any(one.estimated for one in self.forecaster.lines.values()):
            return told
        reckoned = tr("How long a line will be, this voice tells only once it has spoken it.")
        reckoned += " " + tr("Until then it is estimated.")
        long = any(is_too_long(self.forecaster, field) for field in self._fields)
        return f"{told} {reckoned}" if long else reckoned

    def look_again(self) -> None:
        """What was only reckoned may be known by now."""
        self._asked = None
        self._refresh()

    def _show_line(self, field: LineField) -> None:
        """The preview goes to the line that is written."""
        self._player.seek(field.at + min(Time.from_seconds(_INTO_THE_LINE_S), field.range.duration))

    # --- edits -------------------------------------------------------------------------------------------

    def _write(self, field: LineField, text: str) -> None:
        if self._there is not None:
            self._session.do(write_line, self._there.id, field.range, text)

    def _translate(self) -> None:
        if self._clip is not None:
            self.run.translate(self._code)

    def _begin_to_write(self) -> None:
        if self._clip is not None:
            self._session.do(put_translation, self._clip.source_id, self._code)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            tr("Add from a subtitle file"),
            QDir.homePath(),
            file_filter(tr("Subtitles"), _SUBTITLES),
        )
        if path:
            self.add_file(Path(path))

    def add_file(self, path: Path) -> None:
        """Take the language's translation from a file."""
        if self._clip is not None:
            self._session.do(import_translation, self._clip.source_id, path, self._code)
