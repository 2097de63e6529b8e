"""The model manager: a section of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.models import INSTALL_MODEL, model_shop, start_install
from viralclip_desktop.gui.common.section import Section
from viralclip_desktop.gui.models.model_row import ModelRow
from viralclip_desktop.gui.models.standing import ModelState, Standing, is_whole, look_up
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, row
from viralclip_desktop.gui.widgets.messages import Banner

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class ModelsSection(Section):
    """Follows the models folder and the downloads; installs, checks, uses and removes."""

    def __init__(self, context: Context) -> None:
        self.banner = Banner()
        self.folder = Button(tr("Use a folder"), "", "folder-open")
        self.automatic = Button(tr("Choose for me"))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        super().__init__(tr("Speech models"), [], self._inside())
        self._context = context
        self._jobs: dict[str, Job] = {}
        self._offline = False
        on_click(self.folder, self._choose_folder)
        on_click(self.automatic, lambda: self._use(""))
        context.events.job_moved.connect(self._take_job)

    @property
    def models(self) -> dict[str, ModelRow]:
        """The rows by the id of their model."""
        return {part.state.entry.id: part for part in self.rows if isinstance(part, ModelRow)}

    def refresh(self) -> None:
        """Look again what is installed."""
        services = self._context.services
        self._context.tasks.run(lambda: look_up(services), self._show)

    def narrow(self, words: list[str]) -> int:
        """A search finds the section as a whole."""
        text = f"{self.title} whisper {tr('Install')}".casefold()
        fits = all(word in text for word in words)
        self.setVisible(fits)
        return int(fits)

    def use_folder(self, folder: Path) -> None:
        """Transcribe with a model in a folder of the user's, if there is a whole one in it."""
        services = self._context.services

        def check_and_use() -> None:
            is_whole(services, folder)
            services.settings.set(whisper_model=str(folder))

        self._run(check_and_use)

    # --- building ----------------------------------------------------------------------------------------

    def _inside(self) -> QVBoxLayout:
        about = label(
            tr("Whisper writes down what is said. Larger models hear better and take longer."),
            "note",
            wrap=True,
        )
        foot = row(self.folder, self.automatic, None, margins=(0, 8, 0, 4))
        return column(about, self.banner, self._list, line(), foot, gap=8, margins=(16, 12, 16, 8))

    def _show(self, standing: Standing) -> None:
        self._offline = standing.offline
        self._jobs |= {INSTALL_MODEL.request_of(job).model: job for job in standing.jobs}
        offline = tr("The offline switch is on, so nothing can be downloaded.") if standing.offline else ""
        self.banner.show_message(
            "info", offline, tr("A folder with a model can still be used.") if offline else ""
        )
        self.automatic.setVisible(not standing.choosing)
        wanted = [state.entry.id for state in standing.models]
        for model_id, part in self.models.items():
            if model_id not in wanted:
                self.rows.remove(part)
                part.deleteLater()
        for state in standing.models:
            self._put(state)

    def _put(self, state: ModelState) -> None:
        part = self.models.get(state.entry.id)
        if part is None:
            part = ModelRow(state)
            part.install_asked.connect(self._install)
            part.use_asked.connect(self._use)
            part.verify_asked.connect(self._verify)
            part.remove_asked.connect(self._remove)
            part.cancel_asked.connect(self._cancel)
            self.rows.append(part)
            self._list.addWidget(part)
        part.show_state(state, self._jobs.get(state.entry.id), offline=self._offline)

    # --- actions -----------------------------------------------------------------------------------------

    def _install(self, model_id: str) -> None:
        services = self._context.services
        self.models[model_id].complain("")
        self._context.tasks.run(lambda: start_install(services, model_id))

    def _cancel(self, job_id: str) -> None:
        jobs = self._context.services.jobs
        self._context.tasks.run(lambda: jobs.cancel(job_id))

    def _use(self, model_id: str) -> None:
        settings = self._context.services.settings
        self._run(lambda: settings.set(whisper_model=model_id), model_id)

    def _remove(self, model_id: str) -> None:
        services = self._context.services

        def remove() -> None:
            model_shop(services.paths, services.gate).remove(model_id)
            if services.settings.values.whisper_model == model_id:
                services.settings.set(whisper_model="")

        self._run(remove, model_id)

    def _verify(self, model_id: str) -> None:
        services, part = self._context.services, self.models[model_id]
        part.say(tr("Checking"))
        shop = model_shop(services.paths, services.gate)
        self._run(lambda: shop.verify(model_id), model_id, tr("All files are whole."))

    def _run(self, work: object, model_id: str = "", good: str = "") -> None:
        assert callable(work)
        part = self.models.get(model_id)

        def done(_result: object) -> None:
            if part is not None:
                part.complain("")
            if good and part is not None:
                part.say(good)
            else:
                self.refresh()

        def failed(error: Exception) -> None:
            if part is None or not isinstance(error, Fault):
                self._context.trouble(error)
                return
            self.refresh()
            part.complain(tr_message(error.message))

        self._context.tasks.run(work, done, failed)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, tr("Folder with a Whisper model"), str(self._context.services.paths.models)
        )
        if folder:
            self.use_folder(Path(folder))

    def _take_job(self, job: Job) -> None:
        if not INSTALL_MODEL.is_of(job):
            return
        model_id = INSTALL_MODEL.request_of(job).model
        part = self.models.get(model_id)
        if not job.state.ended:
            self._jobs[model_id] = job
            if part is not None:
                part.complain("")
                part.show_state(part.state, job, offline=self._offline)
            return
        self._jobs.pop(model_id, None)
        if part is not None:
            part.show_state(part.state, None, offline=self._offline)
            part.complain(tr_message(job.error) if job.state is WorkState.FAILED else "")
        self.refresh()
