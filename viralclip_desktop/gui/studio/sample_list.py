"""The recordings that a voice is to be copied from: chosen or dropped, and measured apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.cloning import SampleQuality, Verdict
from viralclip_desktop.features.workflows.studio_clone import Measured, measure
from viralclip_desktop.gui.common.hearing import Hearing
from viralclip_desktop.gui.studio.wave_view import WaveView
from viralclip_desktop.gui.text import duration, tr, tr_message
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.file_field import SOUNDS, VIDEOS, file_filter
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace

_WAVE_PX = 28


class SampleRow(QFrame):
    """One sample: whether it is good enough, why not, and its wave."""

    play_asked = Signal()
    drop_asked = Signal()
    _LOOKS: ClassVar = {
        Verdict.OK: ("check-circle", "good", "note"),
        Verdict.WARN: ("warning", "caution", "caution"),
        Verdict.REFUSE: ("x-circle", "bad", "bad"),
    }

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.measured: Measured | None = None
        self.setProperty("role", "card")
        self._icon = IconLabel("hourglass", 20, "quiet")
        self._name, self.told = ElidedLabel(path.name, "strong"), label("", "note", wrap=True)
        self.wave = WaveView(tr("Waveform of {name}", name=path.name), "track_voice", _WAVE_PX)
        self.play = IconButton("play", tr("Play"))
        self.drop = IconButton("x", tr("Remove {name}", name=path.name))
        head = row(self._icon, gap=8)
        head.addLayout(column(self._name, self.told, gap=0), 1)
        head.addWidget(self.play, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(head, self.wave, gap=6, margins=(12, 8, 8, 10)))
        on_click(self.play, self.play_asked.emit)
        on_click(self.drop, self.drop_asked.emit)
        self._tell(tr("Being checked…"), "note")
        self.wave.hide()

    def show_measured(self, measured: Measured) -> None:
        """What was found of it."""
        self.measured = measured
        quality = measured.quality
        verdict = quality.verdict if quality is not None else Verdict.REFUSE
        icon, colour, role = self._LOOKS[verdict]
        self._icon.show_icon(icon, colour)
        self._tell(_words(measured, quality), role)
        if quality is not None:
            self.wave.show_sound(measured.wave, quality.duration_s)
        self.wave.setVisible(quality is not None)
        self.play.setVisible(quality is not None)

    @property
    def length_s(self) -> float:
        """How long it is; 0 while that is not known."""
        return self.measured.quality.duration_s if self.measured and self.measured.quality else 0.0

    def show_heard(self, heard: bool, share: float) -> None:
        """Whether it is heard, and how much of it was."""
        self.play.set_icon("stop" if heard else "play")
        self.play.set_name(tr("Stop") if heard else tr("Play"))
        self.wave.show_place(share * self.length_s if heard else 0.0)

    def _tell(self, words: str, role: str) -> None:
        self.told.setText(words)
        self.told.setProperty("role", role)
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)
        self.setAccessibleName(f"{self.path.name}: {words}")


def _words(measured: Measured, quality: SampleQuality | None) -> str:
    """``24 s · good``, or what is wrong with it."""
    if quality is None:
        return f"{tr_message(measured.trouble)} {tr_message(measured.hint)}".strip()
    length = duration(Time.from_seconds(round(quality.duration_s)))
    if quality.verdict is Verdict.OK:
        return tr("{length}, good", length=length)
    reasons = " ".join(tr_message(reason) for reason in quality.reasons)
    if quality.verdict is Verdict.WARN:
        return tr("{length}, usable. {reasons}", length=length, reasons=reasons)
    return tr("Not good enough. {reasons}", reasons=reasons)


class SampleList(QFrame):
    """``changed`` tells that samples came, went, or were measured. Takes files that are dropped on it."""

    changed = Signal()
    _arrived = Signal(object)

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work, self._lit = work, False
        self.rows: dict[Path, SampleRow] = {}
        self._measuring: dict[tuple[Path, ...], CancelToken] = {}
        self.hearing = Hearing(work.context, work.player, self)
        self.setAcceptDrops(True)
        self.choose = Button(tr("Choose recordings"), "", "folder-open")
        words = label(tr("Drop three to five recordings of the voice here."), "quiet", wrap=True)
        head = row(IconLabel("microphone", 20, "accent"), gap=12, margins=(4, 4, 4, 4))
        head.addWidget(words, 1)
        head.addWidget(self.choose)
        self._list = column(head, gap=8, margins=(12, 12, 12, 12))
        self.setLayout(self._list)
        self.setAccessibleName(tr("Recordings of the voice"))
        on_click(self.choose, self._ask)
        self.hearing.moved.connect(self._show_heard)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The samples, in the order in which they came."""
        return tuple(self.rows)

    @property
    def measured(self) -> list[Measured | None]:
        """What was found of each; None for one that is being measured."""
        return [one.measured for one in self.rows.values()]

    def add(self, paths: Iterable[Path]) -> None:
        """Take files and have them measured."""
        new = [path for path in dict.fromkeys(paths) if path not in self.rows]
        for path in new:
            made = self.rows[path] = SampleRow(path)
            made.play_asked.connect(lambda path=path: self._play(path))
            made.wave.sought.connect(partial(self._play_from, path))
            made.drop_asked.connect(lambda path=path: self.drop(path))
            self._list.addWidget(made)
        if new:
            self._measure(new)
            self.changed.emit()

    def drop(self, path: Path) -> None:
        """Do without a sample; its file stays."""
        gone = self.rows.pop(path, None)
        if gone is not None:
            if self.hearing.heard == str(path):
                self.hearing.stop()
            self._list.removeWidget(gone)
            gone.deleteLater()
            for paths, cancel in list(self._measuring.items()):
                if not any(one in self.rows for one in paths):
                    cancel.cancel()
            self.changed.emit()

    def clear(self) -> None:
        """Do without all of them."""
        for path in self.paths:
            self.drop(path)

    def _measure(self, paths: Sequence[Path]) -> None:
        cancel, arrived, wanted = CancelToken(), self._arrived.emit, tuple(paths)
        self._measuring[wanted] = cancel

        def done(_: object) -> None:
            self._measuring.pop(wanted, None)

        def failed(error: Exception) -> None:
            self._measuring.pop(wanted, None)
            for path in paths:
                if path in self.rows and self.rows[path].measured is None:
                    self.drop(path)
            self._work.context.trouble(error)

        self._work.context.tasks.run(lambda: measure(paths, arrived, cancel), done, failed, cancel)

    def _take(self, measured: Measured) -> None:
        if measured.path in self.rows:
            self.rows[measured.path].show_measured(measured)
            self.changed.emit()

    def _play(self, path: Path) -> None:
        self.hearing.toggle(str(path), path, Time.from_seconds(self.rows[path].length_s))

    def _play_from(self, path: Path, at_s: float) -> None:
        length = Time.from_seconds(self.rows[path].length_s)
        self.hearing.hear(str(path), path, length, Time.from_seconds(at_s))

    def _show_heard(self) -> None:
        for path, one in self.rows.items():
            one.show_heard(str(path) == self.hearing.heard, self.hearing.share)

    def _ask(self) -> None:
        memory = self._work.memory
        kinds = file_filter(tr("Sounds and videos"), f"{SOUNDS} {VIDEOS}")
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Choose recordings"), memory.last_folder, kinds)
        if chosen:
            memory.last_folder = str(Path(chosen[0]).parent)
            self.add(map(Path, chosen))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files would be taken."""
        if _files(event):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Carried on."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._light(False)
        event.acceptProposedAction()
        self.add(_files(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed border, lit while files hover over it."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.colour("accent" if self._lit else "faint"), 2 if self._lit else 1)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, tokens.RADIUS_CARD, tokens.RADIUS_CARD)

    def _light(self, lit: bool) -> None:
        self._lit = lit
        self.update()


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
