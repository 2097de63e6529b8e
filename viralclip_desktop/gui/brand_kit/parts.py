"""Parts of a brand kit that are lists or small forms: colours, fonts, name line, intro and outro."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from viralclip_desktop.domain.brand import LowerThird
from viralclip_desktop.domain.properties.brand import COMES, STAYS
from viralclip_desktop.gui.common.property_controls import property_slider
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.colour_field import ColourField
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.file_field import FONTS, VIDEOS, FileField, file_filter
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.typed import show_stored_text

MOST_COLOURS = 8
_NAMES = ("Main", "Accent")
_FRESH = ("#7C6CFF", "#FFD60A", "#FFFFFF", "#111418", "#36C58A", "#F0616D", "#5CE1FF", "#F28C4B")


class ColourList(QWidget):
    """The colours of a kit. Emits ``changed`` with all of them and the gesture."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[ColourField] = []
        self._lines: list[QWidget] = []
        self.add = Button(tr("Add a colour"), icon="plus")
        self._box = column(gap=6)
        self.setLayout(column(self._box, row(self.add, None), gap=8, margins=(8, 0, 0, 8)))
        on_click(self.add, self._add)

    @property
    def values(self) -> tuple[str, ...]:
        """The colours shown."""
        return tuple(field.value for field in self.fields)

    def show_values(self, values: Sequence[str]) -> None:
        """Show other colours without reporting them."""
        if len(values) != len(self.fields):
            self._rebuild(len(values))
        for field, value in zip(self.fields, values, strict=True):
            field.show_value(value)
        self.add.setVisible(len(values) < MOST_COLOURS)

    def _rebuild(self, count: int) -> None:
        for line in self._lines:
            self._box.removeWidget(line)
            line.deleteLater()
        self.fields, self._lines = [], []
        for number in range(count):
            name = tr(_NAMES[number]) if number < len(_NAMES) else tr("Colour {n}", n=number + 1)
            field = ColourField(name, alpha=False)
            field.moved.connect(
                lambda _value, gesture, at=number: self.changed.emit(self.values, f"{at}-{gesture}")
            )
            self.fields.append(field)
            self._lines.append(setting_row(name, _with_remove(field, name, self._remover(number))))
            self._box.addWidget(self._lines[-1])

    def _remover(self, number: int) -> Callable[[], None]:
        return lambda: self._report([value for at, value in enumerate(self.values) if at != number])

    def _add(self) -> None:
        fresh = next((one for one in _FRESH if one not in self.values), _FRESH[0])
        self._report([*self.values, fresh])

    def _report(self, values: Sequence[str]) -> None:
        self.show_values(values)
        self.changed.emit(tuple(values), "")


class FontList(QWidget):
    """The font files of a kit. Emits ``changed`` with all paths, ``refused`` with one that is no font."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.paths: tuple[str, ...] = ()
        self._lines: list[QWidget] = []
        self.add = Button(tr("Add a font file"), icon="plus")
        self._box = column(gap=4)
        self.setLayout(column(self._box, row(self.add, None), gap=8, margins=(8, 0, 0, 8)))
        on_click(self.add, self._ask)

    def show_paths(self, paths: Sequence[str]) -> None:
        """Show other fonts without reporting them."""
        if tuple(paths) == self.paths:
            return
        self.paths = tuple(paths)
        for line in self._lines:
            self._box.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(path) for path in paths]
        for line in self._lines:
            self._box.addWidget(line)

    def take(self, path: str) -> None:
        """Add a file, if captions can use it."""
        from viralclip_desktop.compose.captions.fonts import font_file

        if font_file(path) is None:
            self.refused.emit(path)
        elif path not in self.paths:
            self._report((*self.paths, path))

    def _line(self, path: str) -> QWidget:
        from viralclip_desktop.compose.captions.fonts import font_file

        font = font_file(path)
        missing = tr("{name} is missing", name=Path(path).name)
        words = ElidedLabel(font.name if font else missing, "" if font else "bad")
        words.setToolTip(plain(path))
        remove = self._report_without(path)
        return _with_remove(words, Path(path).name, remove)

    def _report_without(self, path: str) -> Callable[[], None]:
        return lambda: self._report(tuple(other for other in self.paths if other != path))

    def _report(self, paths: tuple[str, ...]) -> None:
        self.show_paths(paths)
        self.changed.emit(paths)

    def _ask(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self, tr("Add a font file"), QDir.homePath(), file_filter(tr("Fonts"), FONTS)
        )
        for path in paths:
            self.take(path)


class NameLine(QWidget):
    """The lower third: a name for a while at the start of a clip. Emits ``changed`` with a
    :class:`LowerThird` (or None) and the gesture."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: LowerThird | None = None
        self._last = LowerThird("")
        self.switch = Switch(tr("Name line"))
        self.title, self.subtitle = _field(tr("Name")), _field(tr("Below it"))
        self.start = property_slider(COMES, LowerThird("").start_s)
        self.length = property_slider(STAYS, LowerThird("").duration_s)
        self._rest = QWidget()
        self._rest.setLayout(
            column(
                setting_row(tr("Name"), self.title),
                setting_row(tr("Below it"), self.subtitle),
                setting_row(tr(COMES.label), self.start),
                setting_row(tr(STAYS.label), self.length),
                gap=6,
            )
        )
        on = setting_row(tr("Show a name"), self.switch, wide=False)
        self.setLayout(column(on, self._rest, gap=6, margins=(8, 0, 0, 8)))
        self.switch.clicked.connect(lambda on: self._report(self._last if on else None, ""))
        self.title.editingFinished.connect(self._typed)
        self.subtitle.editingFinished.connect(self._typed)
        self.start.scaled.connect(lambda value, gesture: self._set(f"start-{gesture}", start_s=value))
        self.length.scaled.connect(lambda value, gesture: self._set(f"length-{gesture}", duration_s=value))
        self.show_value(None)

    def show_value(self, value: LowerThird | None) -> None:
        """Show a name line without reporting it."""
        self._shown = value
        self._last = value or self._last
        self.switch.setChecked(value is not None)
        self._rest.setVisible(value is not None)
        for field, text in ((self.title, self._last.title), (self.subtitle, self._last.subtitle)):
            show_stored_text(field, text)
        self.start.show_number(self._last.start_s)
        self.length.show_number(self._last.duration_s)

    def _typed(self) -> None:
        for field in (self.title, self.subtitle):
            field.setModified(False)
        self._set("", title=self.title.text().strip(), subtitle=self.subtitle.text().strip())

    def _set(self, gesture: str, **values: object) -> None:
        if self._shown is not None:
            changed = replace(self._shown, **values)  # type: ignore[arg-type]
            if changed != self._shown:
                self._report(changed, gesture)

    def _report(self, value: LowerThird | None, gesture: str) -> None:
        self.show_value(value)
        self.changed.emit(value, gesture)


class IntroOutro(QWidget):
    """Intro and outro. Emits ``changed`` with the name of the field and a path."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        words = tr("Videos")
        self.intro, self.outro = FileField(tr("Intro"), words, VIDEOS), FileField(tr("Outro"), words, VIDEOS)
        rows = (setting_row(tr("Intro"), self.intro), setting_row(tr("Outro"), self.outro))
        self.setLayout(column(*rows, gap=6, margins=(8, 0, 0, 8)))
        self.intro.chosen.connect(lambda path: self.changed.emit("intro", path))
        self.outro.chosen.connect(lambda path: self.changed.emit("outro", path))

    def show_paths(self, intro: str, outro: str) -> None:
        """Show other files without reporting them."""
        self.intro.show_path(intro)
        self.outro.show_path(outro)


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def _with_remove(part: QWidget, name: str, remove: Callable[[], None]) -> QWidget:
    gone = IconButton("x", tr("Remove: {name}", name=name))
    gone.setProperty("size", "small")
    on_click(gone, remove)
    layout = row(gap=6)
    layout.addWidget(part, 1)
    layout.addWidget(gone)
    made = QWidget()
    made.setLayout(layout)
    return made
