"""The card on the empty start page: a sample to try, better captions to fetch. Nothing has to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.orders import main_job_options
from viralclip_desktop.features.models import INSTALL_MODEL, model_shop, start_install
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE, start_sample
from viralclip_desktop.gui.projects.welcome_offer import Offer
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line

if TYPE_CHECKING:
    from viralclip_desktop.engines.downloads.models import ModelEntry
    from viralclip_desktop.gui.bridge.context import Context

MODEL = "small"  # good captions at the speed of the talk on an ordinary computer
_SIZE_BYTES = 486_000_000


class WelcomeCard(QFrame):
    """Shown once, while there is no project."""

    _settings_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.hands_off = False
        """Whether the clips of the sample are finished and exported, too."""
        self.setProperty("role", "card")
        self.setAccessibleName(tr("First steps"))
        self.sample = Offer(
            "play-circle",
            tr("Try it with a sample talk"),
            tr("Three minutes of talk are made on this computer, and clips are found in them."),
            tr("Try it"),
        )
        self.model = Offer(
            "closed-captioning",
            tr("Get better captions"),
            tr("The built-in recogniser knows English, as a draft. A Whisper model knows 99 languages."),
            tr("Download ({size})", size=size_words(_SIZE_BYTES)),
        )
        self._line = line()
        head = label(tr("No recording at hand"), "section")
        self.setLayout(column(head, self.sample, self._line, self.model, gap=12, margins=(20, 16, 16, 16)))
        self._connect()

    def reload(self) -> None:
        """Look which offers make sense here."""
        self._show_gate()
        services = self._context.services
        self._context.tasks.run(lambda: model_shop(services.paths, services.gate).list(), self._show_models)
        self._context.tasks.run(lambda: services.jobs.list(active_only=True), self._show_jobs)

    def _connect(self) -> None:
        services, tasks = self._context.services, self._context.tasks
        for offer in (self.sample, self.model):
            offer.cancel_asked.connect(lambda job_id: tasks.run(lambda: services.jobs.cancel(job_id)))
        self.sample.taken.connect(self._try_sample)
        self.model.taken.connect(self._install)
        self._context.events.job_moved.connect(self._take_job)
        self._settings_changed.connect(self._show_gate)  # emitted on whichever thread stored them
        stop = services.settings.listen(lambda _values: self._settings_changed.emit())
        self.destroyed.connect(lambda _object=None: stop())

    def _try_sample(self) -> None:
        services, values = self._context.services, self._context.services.settings.values
        options, hands_off = main_job_options(values, count=min(5, values.clip_count)), self.hands_off
        self._context.tasks.run(lambda: start_sample(services, options, to_the_end=hands_off))

    def _install(self) -> None:
        services = self._context.services
        self._context.tasks.run(lambda: start_install(services, MODEL))

    def _take_job(self, job: Job) -> None:
        if TRY_SAMPLE.is_of(job):
            self.sample.show_job(job)
        elif INSTALL_MODEL.is_of(job) and INSTALL_MODEL.request_of(job).model == MODEL:
            self.model.show_job(job)
            if job.state.ended:
                self.reload()

    def _show_jobs(self, jobs: list[Job]) -> None:
        for job in jobs:
            self._take_job(job)

    def _show_models(self, entries: list[ModelEntry]) -> None:
        has_one = any(entry.installed and entry.transcribes for entry in entries)
        self.model.setVisible(not has_one)
        self._line.setVisible(not has_one)

    def _show_gate(self) -> None:
        offline = self._context.services.gate.offline
        self.model.refuse(tr("The offline switch is on, so nothing can be downloaded.") if offline else "")
