"""The sounds of the library with what narrows them: search, kinds, folder, tags."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QWidget

from viralclip_desktop.domain.library import LibraryKind
from viralclip_desktop.gui.common.hearing import Hearing
from viralclip_desktop.gui.studio.sound_model import (
    Narrowing,
    Sound,
    SoundModel,
    SoundRole,
    folders_of,
    read_sounds,
    tags_of,
)
from viralclip_desktop.gui.studio.sound_row import SoundDelegate, play_box
from viralclip_desktop.gui.studio.waves import Waves
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.multi_drop_down import MultiDropDown
from viralclip_desktop.gui.widgets.own_keys import asks_for
from viralclip_desktop.gui.widgets.search_field import SearchField
from viralclip_desktop.gui.widgets.toggles import Toggles

if TYPE_CHECKING:
    from viralclip_desktop.domain.changes import Changes
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.workspace import Workspace

_DROP_DOWN_PX = 160
_AFTER_TYPING_MS, _AFTER_CHANGE_MS = 120, 150
_CONTENT = {"audio_item", "music_item", "asset"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SoundView(QListView):
    """The rows. ``opened``: Enter or a double click; ``hear_asked``: the button of a row, and Space where
    that plays nothing else. ``remove_asked``: Delete. They carry a :class:`Sound`."""

    opened = Signal(object)
    hear_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self, *, space_hears: bool) -> None:
        super().__init__()
        self._keys = (Qt.Key.Key_Space, *_ENTER, Qt.Key.Key_Delete) if space_hears else _ENTER
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Sounds"))

    def event(self, event: QEvent) -> bool:
        """Its keys are its own while it has the focus."""
        if asks_for(event, self._keys):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hear, open, remove."""
        signals = {Qt.Key.Key_Space: self.hear_asked, Qt.Key.Key_Delete: self.remove_asked}
        signals |= dict.fromkeys(_ENTER, self.opened)
        sound, key = self._sound_at(self.currentIndex()), Qt.Key(event.key())
        if key in self._keys and sound is not None:
            signals[key].emit(sound)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The button of a row hears its sound; anywhere else the row is chosen."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        sound = self._sound_at(index)
        if sound is not None and play_box(self.visualRect(index)).contains(at):
            self.hear_asked.emit(sound)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the button it is two clicks."""
        index = self.indexAt(event.position().toPoint())
        sound = self._sound_at(index)
        if sound is None:
            return
        if play_box(self.visualRect(index)).contains(event.position().toPoint()):
            self.hear_asked.emit(sound)
        else:
            self.opened.emit(sound)

    def _sound_at(self, index: QModelIndex) -> Sound | None:
        found: Sound | None = index.data(SoundRole) if index.isValid() else None
        return found


class SoundList(QWidget):
    """``chosen`` carries the :class:`Sound` that is selected, or None; ``import_asked`` comes from an empty
    library. ``compact``: for a narrow panel of the editor, where Space plays the clip."""

    chosen = Signal(object)
    import_asked = Signal()

    def __init__(self, work: Workspace, *, compact: bool = False) -> None:
        super().__init__()
        self._context: Context = work.context
        self.hearing = Hearing(work.context, work.player, self)
        self.model = SoundModel(self)
        self.waves = Waves(work.context, self)
        self.view = SoundView(space_hears=not compact)
        self.search = SearchField(tr("Search sounds"))
        self.kinds = Toggles(tr("Kind of sound"), _kind_choices())
        self.folder = DropDown(tr("Folder"))
        self.tags = MultiDropDown(tr("Tags"), none=tr("All tags"))
        self.count = label("", "note")
        self._chosen_id, self._chosen_row, self._wanted_id = "", 0, ""
        self._compact, self._heard = compact, ""
        self._stack = QStackedWidget()
        self._build()
        self._typing = self._timer(_AFTER_TYPING_MS, self._narrow)
        self._changing = self._timer(_AFTER_CHANGE_MS, self.reload)
        self._connect()
        self.reload()

    @property
    def current(self) -> Sound | None:
        """The sound that is selected."""
        row_number = self.model.row_of(self._chosen_id)
        return self.model.shown[row_number] if row_number >= 0 else None

    def reload(self) -> None:
        """Read the library anew."""
        services = self._context.services
        self._context.tasks.run(lambda: read_sounds(services), self._show)

    def choose(self, sound_id: str) -> None:
        """Select a sound and bring it into sight, as soon as it is listed; what hides it is taken off."""
        if all(sound.id != sound_id for sound in self.model.sounds):
            self._wanted_id = sound_id
            return
        if self.model.row_of(sound_id) < 0:
            self.show_all()
        self._wanted_id = ""
        self._select(self.model.row_of(sound_id))

    def show_all(self) -> None:
        """Narrow nothing."""
        self.search.clear()
        self.kinds.show_values(())
        self.folder.show_value(None)
        self.tags.show_values(())
        self._narrow()

    def hear(self, sound: Sound) -> None:
        """Hear a sound, or no more of it."""
        asset = sound.entry.asset
        self.hearing.toggle(sound.id, Path(asset.path), asset.duration)

    def rest(self, part: QWidget) -> None:
        """Give the keys to a part, unless the library is empty or is being read."""
        if part.isVisible():
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who goes elsewhere hears nothing from here."""
        super().hideEvent(event)
        self.hearing.stop()

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(SoundDelegate(self.waves, self.hearing, self.view, compact=self._compact))
        empty = tr("No sounds yet. Bring music, effects or recordings of your own.")
        nothing = tr("No sound fits what is looked for.")
        self._stack.addWidget(self.view)
        self._stack.addWidget(EmptyState("music-notes", empty, tr("Add sounds"), self.import_asked.emit))
        self._stack.addWidget(EmptyState("magnifying-glass", nothing, tr("Show all"), self.show_all))
        if not self._compact:
            for drop_down in (self.folder, self.tags):
                drop_down.setFixedWidth(_DROP_DOWN_PX)
        choices = row(self.folder, self.tags)
        narrowing = column(self.kinds, choices) if self._compact else row(self.kinds, None, choices)
        self._narrowing = QWidget()
        self._narrowing.setLayout(column(self.search, narrowing))
        layout = column(self._narrowing, self._stack, self.count)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._show_choices()

    def _timer(self, after_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.entered_results.connect(self._enter)
        self.kinds.chosen.connect(lambda _kinds: self._narrow())
        self.folder.chosen.connect(lambda _folder: self._narrow())
        self.tags.chosen.connect(lambda _tags: self._narrow())
        self.view.hear_asked.connect(self.hear)
        selection = self.view.selectionModel()
        selection.currentChanged.connect(self._row_chosen)
        self.hearing.moved.connect(self._show_heard)
        self.waves.arrived.connect(self._repaint)
        self._context.events.changed.connect(self._take)

    def _take(self, changes: Changes) -> None:
        anything = not changes.items  # another process wrote, or a backup was put in place
        if anything or any(item.kind in _CONTENT for item in changes.items):
            self._changing.start()

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, sounds: list[Sound]) -> None:
        self.model.sounds = sounds
        self._show_choices()
        self._narrow()
        if self._wanted_id:
            self.choose(self._wanted_id)

    def _show_choices(self) -> None:
        sounds = self.model.sounds
        folders: list[tuple[object, str]] = [(None, tr("All folders"))]
        folders += [(folder, folder) for folder in folders_of(sounds)]
        if self.folder.value not in [value for value, _words in folders]:
            self.folder.show_value(None)
        self.folder.show_choices(folders)
        self.tags.show_choices([(tag, tag) for tag in tags_of(sounds)])
        self._narrowing.setVisible(bool(sounds))
        self.folder.setVisible(len(folders) > 1)
        self.tags.setVisible(bool(self.tags.choices))

    def _narrow(self) -> None:
        folder = self.folder.value
        others = self.model.narrow(
            Narrowing(
                kinds=tuple(LibraryKind(str(kind)) for kind in self.kinds.values),
                folder=None if folder is None else str(folder),
                tags=tuple(str(tag) for tag in self.tags.values),
                words=self.search.text(),
            )
        )
        shown = len(self.model.shown)
        self.count.setText(plural(shown, "{n} sound", "{n} sounds"))
        self.count.setVisible(shown > 0 and not self._compact)
        self._stack.setCurrentIndex(0 if shown else 2 if self.model.sounds else 1)
        row_number = self.model.row_of(self._chosen_id)
        self._select(row_number if row_number >= 0 else min(self._chosen_row, shown - 1), scroll=others)

    def _select(self, row_number: int, *, scroll: bool = True) -> None:
        index = self.model.index(row_number) if row_number >= 0 else QModelIndex()
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(index, how)
        if index.isValid() and scroll:
            self.view.scrollTo(index)
        self._row_chosen(index, index)

    def _row_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        sound: Sound | None = index.data(SoundRole) if index.isValid() else None
        if sound is not None or not self.model.shown:
            self._chosen_id = sound.id if sound is not None else ""
            self._chosen_row = max(0, index.row())
            self.chosen.emit(sound)

    def _show_heard(self) -> None:
        """While a sound is heard only its own row is painted anew."""
        before, self._heard = self._heard, self.hearing.heard
        for sound_id in {before, self._heard} - {""}:
            self._repaint(sound_id)

    def _repaint(self, sound_id: str) -> None:
        self.view.update(self.model.index(self.model.row_of(sound_id)))

    def _enter(self) -> None:
        if self.model.shown:
            self.view.setFocus()


def _kind_choices() -> list[tuple[object, str]]:
    return [
        (LibraryKind.VOICE, tr("Voice-over")),
        (LibraryKind.MUSIC, tr("Music")),
        (LibraryKind.EFFECT, tr("Effects")),
        (LibraryKind.IMPORT, tr("Others")),
    ]
