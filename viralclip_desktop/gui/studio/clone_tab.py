"""The studio's own voices: a new one at the left, those that there are at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.features.workflows.studio_clone import (
    ADD_VOICE,
    VoiceAdded,
    submit_voice,
    voice_makers,
)
from viralclip_desktop.gui.common.samples import Samples
from viralclip_desktop.gui.studio.clone_form import CloneForm
from viralclip_desktop.gui.studio.clone_voices import VoiceList
from viralclip_desktop.gui.studio.followed_job import FollowedJob
from viralclip_desktop.gui.studio.two_sides import two_sides, work_bar
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.progress import ProgressLine
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


class CloneTab(QWidget):
    """Voices come, are tried, and go."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self.heard = Samples(work.context, work.player, self)
        self.form = CloneForm(work)
        self.voices = VoiceList(work, self.heard)
        self.job = FollowedJob(work.context, ADD_VOICE, self)
        self.why = label("", "quiet", wrap=True)
        self.add = Button(tr("Add the voice"), "primary", "plus")
        self.cancel = Button(tr("Cancel"))
        self.progress = ProgressLine(tr("Progress of the new voice"), 4)
        does = row(gap=8)
        does.addWidget(self.why, 1)
        does.addWidget(self.cancel)
        does.addWidget(self.add)
        self.setLayout(two_sides(self.form, work_bar(self.progress, does), self.voices))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.form.changed.connect(self._show)
        self.form.hear_asked.connect(lambda voice: self.heard.hear(voice, self.voices.sentence.text()))
        self.heard.moved.connect(self._show_awaited)
        self.job.moved.connect(self._show)
        self.job.done.connect(self._added)
        on_click(self.add, self.start)
        on_click(self.cancel, self.job.cancel)

    def start(self) -> None:
        """Have the voice made."""
        services, order = self._work.context.services, self.form.order
        if not self.form.lacking:
            self.job.start(lambda: submit_voice(services, order))

    def showEvent(self, event: QShowEvent) -> None:
        """A key may have been given, or a model installed, since."""
        super().showEvent(event)
        self.look_again()

    def look_again(self) -> None:
        """See anew what can make a voice here, off the GUI thread."""
        services = self._work.context.services
        self._work.context.tasks.run(lambda: voice_makers(services), self.form.show_makers)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight is not heard."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.heard.stop()
            self.form.samples.hearing.stop()

    def _show(self) -> None:
        running, lacking = self.job.running, self.form.lacking
        self.progress.setVisible(running)
        self.progress.show_share(self.job.share)
        self.cancel.setVisible(running)
        self.add.setEnabled(not running and not lacking)
        self.add.setText(tr("Being made…") if running else tr("Add the voice"))
        self.why.setText("" if running else lacking)
        self.form.setEnabled(not running)

    def _show_awaited(self) -> None:
        recipe = self.form.blend.recipe
        self.form.blend.show_awaited(bool(recipe) and self.heard.awaited == recipe)

    def _added(self, made: VoiceAdded) -> None:
        self.form.start_anew()
        self._work.context.tell(ToastText(tr("{name} is among your voices.", name=made.name)))
