"""The action that opens the review, and the review of what a batch has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.features.workflows.batch import batch_clips
from viralclip_desktop.gui.session.actions import WITH_CLIPS, ActionRow, Group
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.session.workspace import Workspace


def review_batch(work: Workspace, job: Job) -> None:
    """The clips of a batch one after the other, to keep, fix or drop."""

    def show(clips: list[Clip]) -> None:
        if clips:
            work.navigation.review_these(clips)
        else:
            work.context.tell(ToastText(tr("The clips of this batch were deleted.")))

    work.context.tasks.run(lambda: batch_clips(work.context.services, job), show)


ACTIONS = (
    ActionRow(
        "review",
        "Review the clips",
        lambda work: work.navigation.open_review(),
        ("Ctrl+R",),
        "check-square",
        WITH_CLIPS,
        Group.CLIP,
    ),
)
