"""Which clips have a finished export, and where: what a drag out of the window carries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context


def finished_files(services: Services) -> dict[str, Path]:
    """Clip -> the newest finished file that is still there. Blocks: called off the GUI thread."""
    done = [export for export in services.store.exports() if export.status is WorkState.COMPLETED]
    newest = {export.clip_id: Path(export.output_path) for export in sorted(done, key=lambda e: e.created_at)}
    return {clip_id: path for clip_id, path in newest.items() if path.is_file()}


class FinishedFiles(QObject):
    """``path_of`` a clip's newest export; read again whenever an export changes."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._paths: dict[str, Path] = {}
        context.events.changed.connect(self._take_changes)
        self.reload()

    def path_of(self, clip_id: str) -> Path | None:
        """The file, or None while there is none."""
        return self._paths.get(clip_id)

    def reload(self) -> None:
        """Read anew."""
        services = self._context.services
        self._context.tasks.run(lambda: finished_files(services), self._show)

    def _show(self, paths: dict[str, Path]) -> None:
        self._paths = paths
        self.changed.emit()

    def _take_changes(self, changes: Changes) -> None:
        exports = [item.after for item in changes.items if item.kind == "export"]
        elsewhere = not changes.items  # another process wrote, or a backup was put in place
        if elsewhere or any(after is None or after.status.ended for after in exports):
            self.reload()
