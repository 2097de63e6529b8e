"""The emoji of a clip: each with its moment, another one to choose in its place, and a way to take it off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from viralclip_desktop.core.time import format_clock
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, PictureLayer
from viralclip_desktop.features.finish.emoji import emoji_names, emoji_picture, emoji_said
from viralclip_desktop.gui.language import language
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.search_drop_down import ChoiceList, SearchDropDown

_PX = 24
_TIME_PX = 68


class EmojiChoice(SearchDropDown):
    """All emoji, with their pictures in the list."""

    def __init__(self, name: str) -> None:
        named: list[tuple[object, str]] = [(one, emoji_said(one, _code())) for one in emoji_names()]
        super().__init__(tr("Emoji"), sorted(named, key=_words))
        self.show_value(name)

    def open_list(self) -> ChoiceList:
        """The list, a picture before each name."""
        popup = super().open_list()
        popup.items.setIconSize(QSize(_PX, _PX))
        for number in range(popup.items.count()):
            item = popup.items.item(number)
            item.setIcon(QIcon(str(emoji_picture(item.data(Qt.ItemDataRole.UserRole)))))
        return popup


def _words(choice: tuple[object, str]) -> str:
    return choice[1].casefold()


def _code() -> str:
    chosen = language()
    return "en" if chosen is None else chosen.code


class EmojiRow(QWidget):
    """One emoji on the clip."""

    def __init__(self, layer: PictureLayer, name: str) -> None:
        super().__init__()
        when = format_clock(layer.range.start)
        self.go = Button(when, "link")
        self.go.setFixedWidth(_TIME_PX)
        self.go.setToolTip(tr("Go to its start"))
        self.choice = EmojiChoice(name)
        self.remove = IconButton("trash", tr("Remove {name}", name=emoji_said(name, _code())))
        picture = QLabel()
        picture.setPixmap(_pixmap(emoji_picture(name), self.devicePixelRatioF()))
        line = row(self.go, picture, gap=8)
        line.addWidget(self.choice, 1)
        line.addWidget(self.remove)
        self.setLayout(line)


def _pixmap(path: Path, scale: float) -> QPixmap:
    whole, smooth = QPixmap(str(path)), Qt.TransformationMode.SmoothTransformation
    made = whole.scaled(QSize(_PX, _PX) * scale, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    made.setDevicePixelRatio(scale)
    return made


class EmojiForm(QWidget):
    """Emits ``changed`` with a layer and the name of another emoji, ``removed`` with a layer's id, ``found``
    with the moment to go to."""

    changed = Signal(object, str)
    removed = Signal(str)
    found = Signal(object)

    def __init__(self, session: ClipSession) -> None:
        super().__init__()
        self._session = session
        self.rows: dict[str, EmojiRow] = {}
        self._shown: tuple[PictureLayer, ...] = ()
        self._inside = column(gap=6)
        self.setLayout(self._inside)

    def show_clip(self, clip: Clip | None) -> None:
        """The clip as it is stored."""
        layers = () if clip is None else clip.layers
        wanted = tuple(
            one for one in layers if isinstance(one, PictureLayer) and one.element is Element.EMOJI
        )
        if wanted != self._shown:
            self._shown = wanted
            self._make_rows(sorted(wanted, key=lambda one: one.range.start))
        self.setVisible(bool(wanted))

    def _make_rows(self, layers: list[PictureLayer]) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows = {layer.id: self._row(layer) for layer in layers}
        for made in self.rows.values():
            self._inside.addWidget(made)

    def _row(self, layer: PictureLayer) -> EmojiRow:
        made = EmojiRow(layer, Path(self._session.file_of(layer.asset_id)).stem)
        made.choice.chosen.connect(lambda name: self.changed.emit(layer, name))
        on_click(made.remove, lambda: self.removed.emit(layer.id))
        on_click(made.go, lambda: self.found.emit(layer.range.start))
        return made
