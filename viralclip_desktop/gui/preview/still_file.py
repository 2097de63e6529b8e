"""The frame that shows, written as a picture file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.exporting.naming import readable_name
from viralclip_desktop.features.preview import save_frame
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.workspace import Workspace


def save_still(work: Workspace) -> None:
    """Write the frame that shows as a PNG at export size, where the user says."""
    player, clip = work.player, work.session.clip
    plan, at = player.plan, player.position
    if plan is None or clip is None:
        return
    player.pause()
    folder = Path(work.memory.last_folder or Path.home())
    name = Path(readable_name(clip.rank, clip.title, clip.aspect)).with_suffix(".png")
    chosen, _filter = QFileDialog.getSaveFileName(
        work.window, tr("Save this frame"), str(folder / name), "PNG (*.png)"
    )
    if chosen:
        save_still_to(work.context, Path(chosen), plan, at)


def save_still_to(context: Context, path: Path, plan: RenderPlan, at: Time) -> None:
    """Write one frame; the toast shows where it is."""
    services = context.services
    size = frame_size(plan.aspect, services.settings.values.resolution.short_side_px)
    text = tr("Saved “{name}”", name=path.name)
    saved = ToastText(text, action=tr("Show"), then=partial(show_in_folder, path, context.tell))
    context.tasks.run(
        lambda: save_frame(services.paths, plan, size, at, path), lambda _time: context.tell(saved)
    )
