"""The second language of a clip's captions: which one, how it looks, and its lines to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits.translations import at
from viralclip_desktop.domain.properties.captions import TRANSLATION_FILL, TRANSLATION_PLACE, TRANSLATION_SIZE
from viralclip_desktop.domain.translation import Translation, in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.captions import LineField, line_fields
from viralclip_desktop.features.editing import (
    correct_line,
    import_translation,
    merge_line,
    put_translation,
    remove_translation,
    show_second_language,
    split_line,
    write_line,
)
from viralclip_desktop.gui.captions.language_dialog import LanguageDialog
from viralclip_desktop.gui.common.line_list import LineList
from viralclip_desktop.gui.common.property_controls import (
    property_choice,
    property_slider,
    show_stored,
    stored,
)
from viralclip_desktop.gui.common.translating import Translating, line_notes
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.colour_field import ColourField
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.core.time import TimeRange
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player
    from viralclip_desktop.store.store import Store

_INTO_THE_LINE_S = 0.4  # the preview goes that far into a line, when both languages have come on

Change = Callable[["Store", str, int], object]
"""A verb on one line of a translation."""


class SecondLanguage(QWidget):
    """A page of the captions panel. ``adjusted`` carries a property of the style, its value, and the gesture
    it belongs to."""

    adjusted = Signal(str, object, str)

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._translations: list[Translation] = []
        self._source_id = ""
        self._reading: Ticket | None = None
        self._write_first = False
        self._build()
        self._connect()

    @property
    def translation(self) -> Translation | None:
        """The one that the clip shows."""
        clip = self._session.clip
        return in_language(self._translations, clip.second_language if clip is not None else "")

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.choice = DropDown(tr("Second language"))
        self.from_file = Button(tr("Add from a subtitle file"), icon="file-plus")
        self.by_hand = Button(tr("Write it yourself"), icon="pencil-simple")
        self.by_engine = Button(tr("Translate"), icon="translate")
        self.missing = Button("", "link")
        self.translating = Translating(self._context, shown=True)
        self.size_slider = property_slider(TRANSLATION_SIZE, 0.62, tr("Size of the second language"))
        self.fill = ColourField(tr("Colour of the second language"), optional=TRANSLATION_FILL.optional)
        self.place = property_choice(TRANSLATION_PLACE, tr("Place of the second language"))
        self.count = label("", "note", wrap=True)
        self.lines = LineList(tr("Lines of the second language"))
        self.remove = Button(tr("Remove"), "link")
        self._details = QWidget()
        self._details.setLayout(
            column(
                setting_row(tr(TRANSLATION_PLACE.label), self.place),
                setting_row(tr(TRANSLATION_SIZE.label), self.size_slider),
                setting_row(tr(TRANSLATION_FILL.label), self.fill),
                self.count,
                self.lines,
                row(self.missing, None, self.remove),
                gap=8,
            )
        )
        self.setLayout(
            column(
                row(label(tr("Second language"), "section")),
                self.choice,
                self._details,
                self.translating,
                self.by_engine,
                self.from_file,
                self.by_hand,
                None,
                gap=12,
                margins=(16, 4, 16, 16),
            )
        )

    def _connect(self) -> None:
        self.choice.chosen.connect(self.choose)
        on_click(self.from_file, self._ask_file)
        on_click(self.by_hand, self._ask_language)
        on_click(self.by_engine, self._ask_target)
        on_click(self.missing, self.translate_missing)
        self.translating.moved.connect(self._refresh)
        on_click(self.remove, self.remove_translation)
        size, fill, place = TRANSLATION_SIZE, TRANSLATION_FILL.field, TRANSLATION_PLACE.field
        self.size_slider.scaled.connect(
            lambda percent, gesture: self.adjusted.emit(
                size.field, stored(size, percent), f"{size.field}-{gesture}"
            )
        )
        self.fill.moved.connect(lambda value, gesture: self.adjusted.emit(fill, value, f"{fill}-{gesture}"))
        self.place.chosen.connect(lambda above: self.adjusted.emit(place, above, ""))
        self.lines.lines.written.connect(self.write)
        self.lines.reached.connect(self._show_line)
        self.lines.customContextMenuRequested.connect(self._show_menu)
        self._context.events.changed.connect(self._take_changes)

    def showEvent(self, event: QShowEvent) -> None:
        """An engine may have been set up since it was last in sight."""
        self.translating.look_for_an_engine()
        super().showEvent(event)

    def show_clip(self, clip: Clip, style: CaptionStyle) -> None:
        """A clip (or another state of it) and its look."""
        show_stored(self.size_slider, TRANSLATION_SIZE, style.translation_size)
        self.fill.show_value(style.translation_fill)
        self.place.show_value(style.translation_above)
        self.translating.follow(clip.id)
        if clip.source_id != self._source_id:
            self._source_id, self._translations = clip.source_id, []
            self._read()
        self._refresh()

    def show_palette(self, colours: Sequence[str]) -> None:
        """The brand's colours."""
        self.fill.palette_colours = tuple(colours)

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.forget()
        store, source_id = self._context.services.store, self._source_id
        self._reading = self._context.tasks.run(
            lambda: store.translations(source_id), self._show_translations
        )

    def _show_translations(self, found: list[Translation]) -> None:
        self._reading = None
        self._translations = found
        self._refresh()

    def _take_changes(self, changes: Any) -> None:
        if self._source_id and (changes.ids("translation") or not changes.items):
            self._read()

    def _refresh(self) -> None:
        """Everything that follows from the clip and the translations."""
        clip, loaded, shown = self._session.clip, self._session.loaded, self.translation
        self.by_engine.setEnabled(not self.translating.running)
        known = [(one.language, tr_message(language_name(one.language))) for one in self._translations]
        self.choice.show_choices([("", tr("None")), *known])
        self.choice.show_value(shown.language if shown is not None else "")
        self.choice.setVisible(bool(known))
        self._details.setVisible(shown is not None)
        if shown is None or clip is None or loaded is None:
            return
        fields = line_fields(shown, loaded.transcript, clip)
        self.lines.show_fields(fields, line_notes(fields, shown.language, self.translating.reasons))
        left = sum(1 for field in fields if field.said and not field.text)
        self.missing.setText(plural(left, "Translate {n} line", "Translate {n} lines"))
        self.missing.setVisible(bool(left) and not self.translating.running)
        self.count.setText(_progress(fields))
        self.remove.setText(tr("Remove {language}", language=tr_message(language_name(shown.language))))
        if self._write_first and fields:
            self._write_first = False
            self.lines.write(next((n for n, field in enumerate(fields) if not field.text), 0))

    def _show_line(self, field: LineField) -> None:
        """The preview goes to the line that is written."""
        self._player.seek(field.at + min(Time.from_seconds(_INTO_THE_LINE_S), field.range.duration))

    # --- edits -------------------------------------------------------------------------------------------

    def choose(self, language: object) -> None:
        """Show a translation, or none, with the clip's captions."""
        self._session.edit(show_second_language, str(language))

    def write(self, field: LineField, text: str) -> None:
        """Keep a line that was written."""
        shown = self.translation
        if shown is not None:
            self._session.do(write_line, shown.id, field.range, text)

    def add_file(self, path: Path) -> None:
        """Take a translation from a file; its language is asked for where nothing tells it."""
        from viralclip_desktop.features.editing.translating import told_language

        clip = self._session.clip
        if clip is None:
            return

        def chosen(language: str) -> None:
            wanted = language or self.language_of(tr("Which language is “{name}” in?", name=path.name))
            if wanted:
                added = self._session.do(import_translation, clip.source_id, path, wanted, [clip.id])
                added.then(self._tell_added)

        self._context.tasks.run(lambda: told_language(path), chosen)

    def write_language(self, language: str) -> None:
        """Write a translation by hand, beginning with the first sentence that has none."""
        self._write_first = True
        if in_language(self._translations, language) is not None:
            self.choose(language)
            self._refresh()
            return
        clip = self._session.clip
        if clip is not None:
            self._session.do(put_translation, clip.source_id, language, (), [clip.id])

    def translate(self, language: str) -> None:
        """Have the clip's lines translated that have no translation yet, and show them."""
        self.translating.translate(language)

    def translate_missing(self) -> None:
        """Have the lines translated that are missing in the language that is shown."""
        if self.translation is not None:
            self.translate(self.translation.language)

    def translate_line(self, field: LineField) -> None:
        """Have one line translated anew."""
        if self.translation is not None:
            self.translating.translate(self.translation.language, field)

    def remove_translation(self) -> None:
        """Delete the translation that is shown; undo brings it back."""
        shown = self.translation
        if shown is None:
            return
        self._session.do(remove_translation, shown.id)
        text = tr("Removed the {language} captions.", language=tr_message(language_name(shown.language)))
        self._context.tell(ToastText(text, action=tr("Undo"), then=self._session.undo))

    def _tell_added(self, added: Translation) -> None:
        language = tr_message(language_name(added.language))
        self._context.tell(ToastText(tr("The {language} captions show beside yours now.", language=language)))

    # --- asking ------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        known = tr("Subtitles")
        path, _ = QFileDialog.getOpenFileName(
            self,
            tr("Add from a subtitle file"),
            str(Path.home()),
            f"{known} (*.srt *.vtt *.ass *.ssa *.json)",
        )
        if path:
            self.add_file(Path(path))

    def _ask_language(self) -> None:
        if language := self.language_of(tr("Which language will you write?")):
            self.write_language(language)

    def _ask_target(self) -> None:
        if language := self.language_of(tr("Which language should it be translated into?")):
            self.translate(language)

    def language_of(self, question: str) -> str:
        """Ask for a language; empty when nobody answers."""
        dialog = LanguageDialog(self, question, tr("Continue"))
        language = dialog.language if dialog.exec() else ""
        dialog.deleteLater()
        return language

    def line_menu(self, field: LineField) -> QMenu:
        """What can be done with a line."""
        menu, shown = QMenu(self), self.translation
        written = shown is not None and field.index is not None

        def add(text: str, change: Change, enabled: bool) -> None:
            action = menu.addAction(text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda: self._change_line(field, change))

        add(tr("Split in two"), split_line, written)
        last = shown is None or field.index == len(shown.lines) - 1
        add(tr("Join with the next"), merge_line, written and not last)
        add(tr("Remove this line"), _remove_line, written)
        if field.said and self.translating.possible:
            again = menu.addAction(tr("Translate this line"))
            again.triggered.connect(lambda: self.translate_line(field))
        return menu

    def _change_line(self, field: LineField, change: Change) -> None:
        shown = self.translation
        if shown is not None:
            self._session.do(_at_line, shown.id, field.range, change)

    def _show_menu(self, where: QPoint) -> None:
        index = self.lines.indexAt(where)
        field = self.lines.field_at(index if index.isValid() else self.lines.currentIndex())
        if field is not None:
            menu = self.line_menu(field)
            menu.exec(self.lines.viewport().mapToGlobal(where))
            menu.deleteLater()


def _at_line(store: Store, translation_id: str, within: TimeRange, change: Change) -> None:
    """Change the line that stands at a stretch of source time, if there is one by then."""
    place = at(store.translation(translation_id), within)
    if place is not None:
        change(store, translation_id, place)


def _remove_line(store: Store, translation_id: str, index: int) -> Translation:
    return correct_line(store, translation_id, index, "")


def _progress(fields: Sequence[LineField]) -> str:
    written = sum(1 for field in fields if field.text)
    if not fields:
        return tr("Nothing is said in this clip.")
    if written == len(fields):
        return plural(written, "{n} line. Click one to change it.", "{n} lines. Click one to change it.")
    return tr("{done} of {all} lines written. Enter goes to the next.", done=written, all=len(fields))
