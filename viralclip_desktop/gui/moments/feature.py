"""The clips of a recording: their panel in the editor, and what can be done with a clip as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from viralclip_desktop.domain.clip import Review
from viralclip_desktop.features.editing import delete_clips, duplicate_clip, review_clip
from viralclip_desktop.gui.moments.new_clips import new_clip, new_clips
from viralclip_desktop.gui.session.actions import (
    DROPPED,
    ON_CARD,
    WITH_CLIP,
    WITH_CLIPS,
    WITH_RECORDING,
    ActionRow,
    Group,
)
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.moments.clips_panel import ClipsPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build_panel(work: Workspace) -> ClipsPanel:
    from viralclip_desktop.gui.moments.clip_cards import ClipModel
    from viralclip_desktop.gui.moments.clips_panel import ClipsPanel

    return ClipsPanel(work.session, work.part(ClipModel), work.actions)


def _edit(work: Workspace) -> None:
    """Open the selected clip in the editor; in a field, Enter is the field's."""
    field = QApplication.focusWidget()
    if isinstance(field, QAbstractSpinBox):
        field.interpretText()
    else:
        work.navigation.open_editor()


def _duplicate(work: Workspace) -> None:
    """A copy of the clip behind it, selected."""
    clip, session = work.session.clip, work.session
    if clip is not None:
        session.do(duplicate_clip, clip.id).then(lambda copy: session.select(copy.id))


def _bring_back(work: Workspace) -> None:
    """A clip that was dropped stands among the others again."""
    work.session.edit(review_clip, Review.NOT_YET)


def _delete(work: Workspace) -> None:
    """Delete the clip; the toast brings it back."""
    clip, context = work.session.clip, work.context
    if clip is None:
        return
    text = tr("“{title}” was deleted", title=clip.title)
    back = ToastText(text, action=tr("Undo"), then=work.session.undo)
    work.session.do(delete_clips, [clip.id]).then(lambda _left: context.tell(back))


PANELS = (
    PanelRow(
        "clips",
        "Clips",
        "film-strip",
        Area.LEFT,
        _build_panel,
        shows_panel("clips", "Show the clips", "Ctrl+2", "cards"),
    ),
)

ACTIONS = (
    ActionRow("new_clips", "New clips", new_clips, ("Ctrl+Shift+N",), "sparkle", WITH_RECORDING, Group.CLIP),
    ActionRow("new_clip", "New clip", new_clip, ("Ctrl+N",), "plus", WITH_RECORDING, Group.CLIP),
    ActionRow("edit", "Edit the clip", _edit, ("Return", "Enter"), "pencil-simple", ON_CARD, Group.CLIP),
    ActionRow(
        "previous_clip",
        "Previous clip",
        lambda work: work.session.select_beside(-1),
        ("PgUp",),
        "caret-up",
        WITH_CLIPS,
        Group.CLIP,
    ),
    ActionRow(
        "next_clip",
        "Next clip",
        lambda work: work.session.select_beside(1),
        ("PgDown",),
        "caret-down",
        WITH_CLIPS,
        Group.CLIP,
    ),
    ActionRow(
        "rename",
        "Rename the clip",
        lambda work: work.navigation.title_asked.emit(),
        ("F2",),
        "text-t",
        WITH_CLIP,
        Group.CLIP,
    ),
    ActionRow("duplicate", "Duplicate the clip", _duplicate, ("Ctrl+D",), "copy", WITH_CLIP, Group.CLIP),
    ActionRow(
        "bring_back",
        "Bring back the dropped clip",
        _bring_back,
        (),
        "arrow-u-up-left",
        DROPPED,
        Group.CLIP,
    ),
    ActionRow("delete_clip", "Delete the clip", _delete, ("Ctrl+Del",), "trash", WITH_CLIP, Group.CLIP),
)
