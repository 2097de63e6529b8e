"""What can be done with a whole project: rename, export as one file, import, delete, find its recordings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from viralclip_desktop.features.portable.job import start_export, start_import
from viralclip_desktop.features.projects import delete_project, rename_project
from viralclip_desktop.features.relink.job import start_relink
from viralclip_desktop.gui.common.incoming import PROJECT_SUFFIX
from viralclip_desktop.gui.projects.project_dialogs import PortableDialog, RenameDialog
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.projects.project_cards import Entry

Dialog = TypeVar("Dialog", bound=QDialog)


class ProjectActions(QObject):
    """Asks where it has to, and hands the work on. ``moved`` tells that there is more or less to undo."""

    moved = Signal()

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._deleted: list[str] = []

    @property
    def can_undo(self) -> bool:
        """Whether a project was deleted that can be brought back."""
        return bool(self._deleted)

    def menu(self, entry: Entry, open_it: Callable[[], object]) -> QMenu:
        """The context menu of a card."""
        menu = QMenu(self._host)
        menu.addAction(tr("Open"), open_it)
        menu.addAction(tr("Rename"), lambda: self.rename(entry))
        menu.addAction(tr("Export as one file"), lambda: self.export(entry))
        menu.addSeparator()
        menu.addAction(tr("Delete project"), lambda: self.delete(entry))
        for action in menu.actions()[1:]:
            action.setEnabled(entry.job is None)
        return menu

    def rename(self, entry: Entry) -> RenameDialog:
        """Ask for another name."""
        services, edits = self._context.services, self._context.edits
        dialog = RenameDialog(self._host, entry.name)
        dialog.named.connect(
            lambda name: edits.submit(lambda: rename_project(services.store, entry.project_id, name))
        )
        return _opened(dialog)

    def export(self, entry: Entry) -> PortableDialog:
        """Ask what goes into the file, and where it goes."""
        size = size_words(entry.media_bytes) if entry.media_bytes else ""
        dialog = PortableDialog(self._host, entry.name, size)
        dialog.ordered.connect(
            lambda path, media: self._start(
                lambda services: start_export(services, entry.project_id, Path(path), with_media=media)
            )
        )
        return _opened(dialog)

    def choose_import(self) -> None:
        """Ask for project files."""
        kinds = f"{tr('ViralClip project')} (*{PROJECT_SUFFIX})"
        chosen, _kind = QFileDialog.getOpenFileNames(
            self._host, tr("Import a project"), str(Path.home()), kinds
        )
        for path in chosen:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Make a project of a project file."""
        self._start(lambda services: start_import(services, path.absolute()))

    def delete(self, entry: Entry) -> None:
        """Delete a project; the toast, or undo, brings it back. The recording itself is never touched."""
        services, context = self._context.services, self._context

        def deleted(_result: object) -> None:
            self._deleted.append(entry.project_id)
            self.moved.emit()
            back = ToastText(
                tr("“{name}” was deleted", name=entry.name),
                action=tr("Undo"),
                then=lambda: self._bring_back(entry.project_id),
            )
            context.tell(back)

        context.edits.submit(lambda: delete_project(services.store, entry.project_id)).then(deleted)

    def undo_delete(self) -> None:
        """Bring back the project deleted last."""
        if self._deleted:
            self._bring_back(self._deleted[-1])

    def _bring_back(self, project_id: str) -> None:
        """Once, whether the toast or the key asks: the undo after that would take back an edit inside."""
        if project_id in self._deleted:
            self._deleted.remove(project_id)
            self.moved.emit()
            services = self._context.services
            self._context.edits.submit(lambda: services.store.undo(project_id))

    def choose_relink_folder(self) -> None:
        """Ask where lost recordings may be now."""
        folder = QFileDialog.getExistingDirectory(
            self._host, tr("Folder the recordings are in now"), str(Path.home())
        )
        if folder:
            self.relink(Path(folder))

    def relink(self, folder: Path) -> None:
        """Look through a folder and all in it for every lost recording."""
        self._start(lambda services: start_relink(services, folder.absolute()))

    def cancel(self, job_id: str) -> None:
        """Stop a job."""
        jobs = self._context.services.jobs
        if job_id:
            self._context.tasks.run(lambda: jobs.cancel(job_id))

    def _start(self, job: Callable[[Services], object]) -> None:
        services = self._context.services
        self._context.tasks.run(lambda: job(services))


def _opened(dialog: Dialog) -> Dialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
