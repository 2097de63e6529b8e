"""Exporting: its panel, and the actions that queue clips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.domain.clip import Clip, Review
from viralclip_desktop.features.workflows.same_export import export_unless_there
from viralclip_desktop.gui.session.actions import WITH_CLIP, WITH_CLIPS, WITH_KEPT, ActionRow, Group
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.gui.exporting.export_panel import ExportPanel
    from viralclip_desktop.gui.exporting.export_place import ExportPlace
    from viralclip_desktop.gui.session.workspace import Workspace


def export_panel(work: Workspace) -> ExportPanel:
    """The window's one export panel, which stands on whichever page is in view."""
    from viralclip_desktop.gui.exporting.export_panel import ExportPanel

    def make() -> ExportPanel:
        return ExportPanel(work.context, work.actions["export"], work.actions["export_as"])

    return work.part(ExportPanel, make)


def _build(work: Workspace) -> ExportPlace:
    from viralclip_desktop.gui.exporting.export_place import ExportPlace

    return ExportPlace(export_panel(work), work.navigation)


def _chosen(work: Workspace) -> list[Clip]:
    return [work.session.clip] if work.session.clip is not None else []


def _wanted(work: Workspace) -> list[Clip]:
    """All clips but those that were dropped."""
    return [clip for clip in work.session.clips if clip.review is not Review.DROPPED]


def _kept(work: Workspace) -> list[Clip]:
    return [clip for clip in work.session.clips if clip.review is Review.KEPT]


def _queue(work: Workspace, clips: Sequence[Clip]) -> None:
    if not clips:
        return
    services, settings = work.context.services, export_panel(work).settings()

    def queue_them() -> list[tuple[Export, bool]]:
        return [export_unless_there(services, clip.id, settings) for clip in clips]

    # behind the edits: what was just changed is in the file
    work.context.edits.submit(queue_them).then(partial(_tell_queued, work, [clip.title for clip in clips]))


def _tell_queued(work: Workspace, titles: Sequence[str], ordered: Sequence[tuple[Export, bool]]) -> None:
    """Say what is being exported, now or since before, and what is there already."""
    known = [export for export, is_new in ordered if not is_new]
    if not known:
        _tell(work, _exporting(titles[0], ordered))
        return
    finished = [Path(export.output_path) for export in known if export.status.ended]
    text, hint = _known_words(titles[0], len(finished), len(known) - len(finished), len(ordered))
    tell, ask = work.context.tell, work.navigation.export_asked.emit
    if finished:
        tell(
            ToastText(
                text,
                hint,
                action=tr("Show in folder"),
                then=lambda: show_in_folder(finished[0], tell),
            )
        )
    else:
        tell(ToastText(text, hint, action=tr("Show"), then=lambda: ask(known[0].id)))


def _known_words(title: str, finished: int, under_way: int, ordered: int) -> tuple[str, str]:
    """What to say of so many files that were ordered, some of them before, and a hint."""
    there = plural(finished, "{n} clip is exported already.", "{n} clips are exported already.")
    coming = plural(under_way, "{n} clip is being exported already.", "{n} clips are being exported already.")
    more = plural(ordered - finished - under_way, "Exporting {n} more.", "Exporting {n} more.")
    if ordered == 1 and finished:
        return tr("“{title}” is exported already.", title=title), ""
    if ordered == 1:
        return tr("“{title}” is being exported already.", title=title), ""
    said = [coming] if under_way else []
    said += [more] if ordered > finished + under_way else []
    return (there, " ".join(said)) if finished else (coming, " ".join(said[1:]))


def _exporting(title: str, ordered: Sequence[tuple[Export, bool]]) -> str:
    count, clips = len(ordered), {export.clip_id for export, _ in ordered}
    if count == 1:
        return tr("Exporting “{title}”", title=title)
    if count > len(clips):  # several shapes of a clip
        return plural(count, "Exporting one file", "Exporting {n} files")
    return plural(count, "Exporting {n} clip", "Exporting {n} clips")


def _tell(work: Workspace, text: str) -> None:
    if not work.navigation.activity_in_view:
        work.context.tell(ToastText(text, action=tr("Show"), then=work.actions["queue"].trigger))


def _export_as(work: Workspace) -> None:
    if clips := _chosen(work):
        open_dialog(work, clips)


def open_dialog(work: Workspace, clips: Sequence[Clip]) -> None:
    """The export dialog for some clips."""
    from viralclip_desktop.gui.exporting.export_dialog import ExportDialog

    def queued(ordered: Sequence[tuple[Export, bool]]) -> None:
        _tell_queued(work, [clip.title for clip in clips for _ in range(len(ordered) // len(clips))], ordered)

    def closed(_result: int) -> None:
        work.drop(ExportDialog)
        dialog.deleteLater()

    dialog = work.keep(ExportDialog(work.context, clips, work.window, queued))
    dialog.finished.connect(closed)
    dialog.open()


PANELS = (
    PanelRow(
        "export",
        "Export",
        "export",
        Area.RIGHT,
        _build,
        shows_panel("export", "Show the export panel", "Ctrl+8", "export"),
    ),
)

ACTIONS = (
    ActionRow(
        "export",
        "Export",
        lambda work: _queue(work, _chosen(work)),
        ("Ctrl+E",),
        "export",
        WITH_CLIP,
        Group.CLIP,
    ),
    ActionRow(
        "export_all",
        "Export all",
        lambda work: _queue(work, _wanted(work)),
        ("Ctrl+Shift+E",),
        "stack",
        WITH_CLIPS,
        Group.CLIP,
    ),
    ActionRow(
        "export_kept",
        "Export the kept clips",
        lambda work: _queue(work, _kept(work)),
        (),
        "stack",
        WITH_KEPT,
        Group.CLIP,
    ),
    ActionRow(
        "export_as",
        "Export options",
        _export_as,
        ("Ctrl+Alt+E",),
        "sliders",
        WITH_CLIP,
        Group.CLIP,
    ),
    ActionRow(
        "export_all_as",
        "Export options for all clips",
        lambda work: open_dialog(work, _wanted(work)),
        ("Ctrl+Alt+Shift+E",),
        "sliders",
        WITH_CLIPS,
        Group.CLIP,
    ),
)
