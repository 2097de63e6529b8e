"""The studio's music: what is asked at the left, the last pieces at the right."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from viralclip_desktop.features.workflows.studio_music import COMPOSE, Take, TakeMade, submit_music
from viralclip_desktop.gui.studio.followed_job import FollowedJob
from viralclip_desktop.gui.studio.music_form import MusicForm
from viralclip_desktop.gui.studio.music_takes import MusicTakes
from viralclip_desktop.gui.studio.music_values import HIGHEST_NUMBER, MusicValues, values_of
from viralclip_desktop.gui.studio.two_sides import two_sides, work_bar
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.progress import ProgressLine
from viralclip_desktop.gui.widgets.wheel import scroll_past

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.tabs import StudioPlace


_DRAFT, _OWN = "music", "own"
_SETTLE_MS = 500  # a drag or a word is over before it is written down


class MusicTab(QWidget):
    """Composing, and what comes of it."""

    def __init__(self, work: Workspace, place: StudioPlace) -> None:
        super().__init__()
        self._work, self._place = work, place
        self.form = self._remembered()
        self.takes = MusicTakes(work, place)
        self.job = FollowedJob(work.context, COMPOSE, self)
        self.setLayout(two_sides(self.form, self._made_bar(), self.takes))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._remember)
        self.form.changed.connect(self._settled.start)
        self.takes.values_asked.connect(self._take_over)
        self.job.moved.connect(self._show_work)
        self.job.done.connect(self._made)
        place.changed.connect(self._show_clip)
        work.session.clip_changed.connect(lambda _clip: self._show_clip())
        self._show_clip()
        self._show_work()

    def _made_bar(self) -> QWidget:
        self.compose = Button(tr("Compose"), "primary", "music-notes")
        self.another = Button(tr("Another one"), "", "shuffle")
        self.another.setToolTip(plain(tr("With the same settings, another piece")))
        self.cancel = Button(tr("Cancel"))
        self.number = QSpinBox()
        self.number.setRange(0, HIGHEST_NUMBER)
        self.number.setAccessibleName(tr("Number of the piece"))
        self.number.setToolTip(plain(tr("The same settings and number make the same piece.")))
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(84)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setValue(self.form.values.number)
        scroll_past(self.number)
        self.progress = ProgressLine(tr("Progress of the composing"), 4)
        self.number.valueChanged.connect(self.form.take_number)
        on_click(self.compose, self.start)
        on_click(self.another, self.start_another)
        on_click(self.cancel, self.job.cancel)
        words = label(tr("Number"), "quiet")
        does = row(words, self.number, None, self.cancel, self.another, self.compose, gap=8)
        return work_bar(self.progress, does)

    def start(self) -> None:
        """Compose what the form says."""
        services, wishes = self._work.context.services, self.form.values.wishes(self._clip())
        self.job.start(lambda: submit_music(services, wishes))

    def start_another(self) -> None:
        """Compose with another number."""
        self.number.setValue(secrets.randbelow(HIGHEST_NUMBER) + 1)
        self.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Another clip may be open by now, and the library another."""
        super().showEvent(event)
        self._show_clip()
        self.takes.read()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight is not heard, and what was typed is remembered."""
        super().hideEvent(event)
        self._remember()
        if not event.spontaneous():
            self.takes.hearing.stop()

    def _clip(self) -> Clip | None:
        return self._work.session.clip if self._place.can_place else None

    def _show_clip(self) -> None:
        self.form.show_clip(self._clip())

    def _show_work(self) -> None:
        running = self.job.running
        self.progress.setVisible(running)
        self.progress.show_share(self.job.share)
        self.cancel.setVisible(running)
        self.compose.setEnabled(not running)
        self.another.setEnabled(not running)
        self.compose.setText(tr("Composing…") if running else tr("Compose"))

    def _made(self, _made: TakeMade) -> None:
        self.takes.read()

    def _take_over(self, take: Take) -> None:
        self.form.take_over(values_of(take.wishes, self.form.own))
        self.number.setValue(take.wishes.seed)
        self._remember()

    def _remembered(self) -> MusicForm:
        kept = self._work.memory.draft(_DRAFT)
        if not kept:
            return MusicForm(MusicValues(number=secrets.randbelow(HIGHEST_NUMBER) + 1))
        values, own = MusicValues.of_draft(kept), kept.get(_OWN)
        return MusicForm(values, MusicValues.of_draft(own) if own else None)

    def _remember(self) -> None:
        own = {_OWN: self.form.own.as_draft()}
        self._work.memory.keep_draft(_DRAFT, self.form.values.as_draft() | own)
