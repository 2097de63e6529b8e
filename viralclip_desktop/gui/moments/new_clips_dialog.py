"""What to look for in a recording: length, number, topic, language and engine, and what becomes of the clips
that are there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QSpinBox, QWidget

from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.workflows.main_job import hears_anew
from viralclip_desktop.gui.common.choices import engine_choices
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.form_row import CONTROL_PX, Row
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.wheel import scroll_past

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.gui.bridge.context import Context

_WIDTH_PX, _MOST_CLIPS = 640, 100
_SHORTEST_S, _LONGEST_S = 1, 1800


@dataclass(frozen=True)
class Wish:
    """What was asked for; ``instead``: in place of clips that a search found and the user has not touched."""

    options: MainJobOptions
    instead: bool = False


@dataclass(frozen=True)
class Subject:
    """The recording that is to be searched, and what it was searched with before."""

    title: str
    options: MainJobOptions
    transcript: Transcript | None = None
    clips: int = 0


class NewClipsDialog(QDialog):
    """``asked`` carries a :class:`Wish`."""

    asked = Signal(object)

    def __init__(self, context: Context, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        self._subject = subject
        self.setWindowTitle(tr("New clips"))
        self.setModal(True)
        self.shortest, self.longest = self._seconds(tr("Shortest clip")), self._seconds(tr("Longest clip"))
        self.count = QSpinBox()
        self.about = QLineEdit(subject.options.about)
        self.language = DropDown(tr("Spoken language"), _languages(subject.transcript))
        self.engine = DropDown(tr("Speech engine"), [(None, _engine_words(subject.transcript))])
        there = [(False, tr("Keep them")), (True, tr("Replace them"))]
        self.instead = SegmentedControl(tr("Clips that are there"), there)
        self.go, self.cancel = Button(tr("Find clips"), "primary", "sparkle"), Button(tr("Cancel"))
        self._build()
        self._fill()
        self._connect()
        services = context.services
        self._looking = context.tasks.run(lambda: engine_choices(services), self._show_engines)

    def done(self, result: int) -> None:
        """However it ends, nobody waits for the engines any more."""
        self._looking.forget()
        super().done(result)

    @property
    def wish(self) -> Wish:
        """What the fields say."""
        chosen: dict[str, Any] = {"language": self.language.value, "stt": self.engine.value}
        options = replace(
            self._subject.options,
            count=self.count.value(),
            fill=True,
            min_length_s=float(self.shortest.value()),
            max_length_s=float(self.longest.value()),
            about=self.about.text().strip(),
            **chosen,
        )
        return Wish(options, bool(self._subject.clips and self.instead.value))

    def _build(self) -> None:
        to = label(tr("to"), "quiet")
        length = QWidget()
        length.setLayout(row(None, self.shortest, to, self.longest))
        for field, name in ((self.count, tr("Number of clips")), (self.about, tr("What they are about"))):
            field.setAccessibleName(name)
        self.about.setPlaceholderText(tr("Anything good"))
        stay = tr("What you edited, kept, dropped or exported stays in any case.")
        self.again_row = Row(tr("Speech engine"), self._listening_words(), self.engine)
        self.there_row = Row(tr("Clips that are there"), stay, _right(self.instead))
        self.there_row.setVisible(bool(self._subject.clips))
        rows = (
            Row(tr("Length"), "", length),
            Row(tr("Number of clips"), tr("Weaker ones are marked as fair."), _right(self.count)),
            Row(tr("What they are about"), tr("Such as “money” or “the funniest exchanges”."), self.about),
            Row(tr("Spoken language"), "", self.language),
            self.again_row,
            self.there_row,
        )
        head = column(label(tr("New clips"), "page"), ElidedLabel(self._subject.title, "quiet"), gap=2)
        buttons = row(None, self.cancel, self.go)
        layout = column(head, 4, *rows, 8, buttons, gap=4, margins=(24, 20, 24, 20))
        self.setLayout(layout)
        self.setFixedSize(_WIDTH_PX, layout.heightForWidth(_WIDTH_PX))

    def _fill(self) -> None:
        before = self._subject.options
        self.count.setRange(1, _MOST_CLIPS)
        self.count.setValue(before.count)
        self.shortest.setValue(round(before.min_length_s))
        self.longest.setValue(round(before.max_length_s))
        self.language.show_value(before.language if self._subject.transcript is None else None)
        self.engine.show_value(before.stt if self._subject.transcript is None else None)
        self.instead.show_value(False)
        for field in (self.count, self.shortest, self.longest):
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.setFixedWidth((CONTROL_PX - 80) // 2)
            scroll_past(field)

    def _connect(self) -> None:
        # one end pushes the other: there is never an impossible range
        self.shortest.valueChanged.connect(lambda low: self.longest.setValue(max(low, self.longest.value())))
        self.longest.valueChanged.connect(
            lambda high: self.shortest.setValue(min(high, self.shortest.value()))
        )
        for choice in (self.engine, self.language):
            choice.chosen.connect(lambda _value: self.again_row.say(self._listening_words()))
        on_click(self.go, self._ask)
        on_click(self.cancel, self.reject)

    def _listening_words(self) -> str:
        """What the chosen engine will do with words that are there."""
        transcript = self._subject.transcript
        if transcript is None:
            return ""
        if self.engine.value is not None and not hears_anew(transcript, self.wish.options):
            return tr("It has listened to this recording already: its words are searched.")
        return tr("Another one listens once more; corrections of words are lost.")

    def _ask(self) -> None:
        self.asked.emit(self.wish)
        self.accept()

    def _show_engines(self, found: list[tuple[object, str]]) -> None:
        others = [(value, words) for value, words in found if value != "auto"]
        self.engine.show_choices([self.engine.choices[0], *others])

    @staticmethod
    def _seconds(name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(_SHORTEST_S, _LONGEST_S)
        made.setSuffix(f" {tr('s')}")
        made.setAccessibleName(name)
        made.setKeyboardTracking(False)
        return made


def _languages(transcript: Transcript | None) -> list[tuple[object, str]]:
    """What was heard stays unless another language is chosen."""
    first = tr("Detect it") if transcript is None else tr_message(language_name(transcript.language))
    spoken = "" if transcript is None else transcript.language
    others = sorted((tr_message(language_name(code)), code) for code in LANGUAGE_NAMES if code != spoken)
    return [(None, first), *((code, name) for name, code in others)]


def _engine_words(transcript: Transcript | None) -> str:
    return tr("The best that is ready") if transcript is None else tr("Keep the words as they are")


def _right(control: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(None, control))
    return holder
