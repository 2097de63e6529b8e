"""One control for one declared setting: all alike for the form, whatever they look like."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSpinBox, QWidget

from viralclip_desktop.gui.common.choices import DYNAMIC, Choices
from viralclip_desktop.gui.language import SYSTEM
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl, Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.scaled_slider import DecimalField
from viralclip_desktop.gui.widgets.wheel import scroll_past
from viralclip_desktop.settings.declaration import Choice, Setting

_MOST_SEGMENTS = 4  # beyond that a list reads better
_SEGMENT_LETTERS = 40  # of all choices together: more does not fit beside the label
_DECIMALS = 4  # prices of a minute of speech or a thousand letters have three
_NO_USUAL_FOLDER = frozenset({"watch_folder"})
_PADDING_LETTERS = 3  # about as wide as the room around the words of a choice


class Field(QWidget):
    """``changed`` carries the value the user gave; ``show_value`` shows one without reporting it."""

    changed = Signal(object)

    def show_value(self, value: object) -> None:
        """Show a value."""
        raise NotImplementedError

    def show_choices(self, choices: Choices) -> None:
        """What can be chosen, once that is known."""


class SwitchField(Field):
    """On or off."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.switch = Switch(tr(setting.label))
        self.setLayout(row(None, self.switch))
        self.switch.clicked.connect(lambda on: self.changed.emit(bool(on)))

    def show_value(self, value: object) -> None:
        """Show on or off."""
        self.switch.setChecked(bool(value))


class SegmentField(Field):
    """A few choices side by side."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        pairs = [(choice.value, choice_words(setting, choice)) for choice in setting.choices]
        self.control = SegmentedControl(tr(setting.label), pairs)
        self.setLayout(row(None, self.control))
        self.control.chosen.connect(self.changed)

    def show_value(self, value: object) -> None:
        """Show a choice."""
        self.control.show_value(str(value))


class ListField(Field):
    """Many choices, or such as have to be looked up first."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        pairs: Choices = [(choice.value, choice_words(setting, choice)) for choice in setting.choices]
        if not pairs and setting.default == "none":  # until what there is was looked up
            pairs = [("none", tr("None"))]
        self.control = DropDown(tr(setting.label), pairs)
        self.setLayout(row(self.control))
        self.control.chosen.connect(self.changed)

    def show_value(self, value: object) -> None:
        """Show a choice."""
        self.control.show_value(value)

    def show_choices(self, choices: Choices) -> None:
        """What was found on this computer."""
        self.control.show_choices(choices)


class NumberField(Field):
    """A number within its bounds, whole where its default is; seconds say so."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        low, high = int(setting.low or 0), int(setting.high or 9999)
        whole = float(setting.default).is_integer()
        self._scale = 1 if whole else 10**_DECIMALS
        self.box = QSpinBox() if whole else DecimalField(self._scale, _DECIMALS)
        self.box.setRange(low * self._scale, high * self._scale)
        scroll_past(self.box)
        self.box.setKeyboardTracking(False)
        unit = tr("s") if setting.unit == "s" else setting.unit
        self.box.setSuffix(f" {unit}" if unit else "")
        self.box.setFixedWidth(96)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setAccessibleName(tr(setting.label))
        self.setLayout(row(None, self.box))
        self.box.valueChanged.connect(
            lambda steps: self.changed.emit(steps if whole else steps / self._scale)
        )

    def show_value(self, value: object) -> None:
        """Show a number."""
        self.box.blockSignals(True)
        self.box.setValue(round(float(str(value)) * self._scale))
        self.box.blockSignals(False)


class TextField(Field):
    """Words or an address; reported when the field is left or Enter is pressed."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._shown = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(tr(setting.label))
        self.setLayout(row(self.line))
        self.line.editingFinished.connect(self._done)

    def show_value(self, value: object) -> None:
        """Show a text."""
        self._shown = str(value)
        self.line.setText(self._shown)

    def _done(self) -> None:
        if self.line.text() != self._shown:
            self._shown = self.line.text()
            self.changed.emit(self._shown)


class FolderField(Field):
    """A folder the user chose, or the usual one, by its whole path where that is known."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._folder, self._usual, self._title = "", "", tr(setting.label)
        self._none = tr("No folder") if setting.key in _NO_USUAL_FOLDER else tr("The usual folder")
        self._name = ElidedLabel("", "quiet", elide=Qt.TextElideMode.ElideMiddle)
        choose = IconButton("folder-open", tr("Choose a folder: {name}", name=self._title))
        self._own = IconButton("x", tr("Use the usual folder: {name}", name=self._title))
        layout = row(gap=4)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._own)
        layout.addWidget(choose)
        self.setLayout(layout)
        on_click(choose, self._choose)
        on_click(self._own, lambda: self.use(""))

    def show_value(self, value: object) -> None:
        """Show a folder; empty for the usual one."""
        self._folder = str(value)
        self._name.setText(self._folder or self._usual or self._none)
        self._own.setVisible(bool(self._folder))

    @property
    def shown(self) -> str:
        """The words that stand for the folder."""
        return self._name.text()

    def show_usual(self, folder: Path | None) -> None:
        """Where things go while no folder is chosen."""
        self._usual = str(folder or "")
        self.show_value(self._folder)

    def use(self, folder: str) -> None:
        """Take a folder."""
        self.show_value(folder)
        self.changed.emit(folder)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._title, self._folder or str(Path.home()))
        if folder:
            self.use(folder)


def choice_words(setting: Setting, choice: Choice) -> str:
    """What a choice is called; a language goes by its own name in every language."""
    named = setting.key == "language" and choice.value != SYSTEM
    return choice.label if named else tr(choice.label)


def field_for(setting: Setting) -> Field:
    """The control that fits a setting."""
    if setting.key in DYNAMIC:
        return ListField(setting)
    if setting.is_folder:
        return FolderField(setting)
    if setting.type is bool:
        return SwitchField(setting)
    if setting.choices:
        letters = sum(len(choice_words(setting, choice)) + _PADDING_LETTERS for choice in setting.choices)
        few = len(setting.choices) <= _MOST_SEGMENTS and letters <= _SEGMENT_LETTERS
        return SegmentField(setting) if few else ListField(setting)
    return NumberField(setting) if setting.type in (int, float) else TextField(setting)
