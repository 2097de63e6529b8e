"""The stages of the main job side by side: done, under way, to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import line, row
from viralclip_desktop.gui.widgets.messages import IconLabel

_STATES = {"done": "Done", "now": "Under way", "later": "To come", "failed": "Failed"}
STAGES = (("fetch", "Fetch"), ("import", "Import"), ("transcribe", "Transcribe"), ("find", "Find clips"))
BATCH_STAGES = (("find", "Find clips"), ("versions", "Tighten and finish"), ("export", "Export"))


class _Stage(QWidget):
    """One stage: a mark and a name."""

    _MARKS: ClassVar = {
        "done": ("check-circle-fill", "good", "strong"),
        "now": ("circle-half", "accent", "strong"),
        "later": ("circle", "faint", "quiet"),
        "failed": ("warning-circle-fill", "bad", "strong"),
    }

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.state = "later"
        self._mark, self._text = IconLabel("circle", 20, "faint"), label(name, "quiet")
        self.setLayout(row(self._mark, self._text))

    def show_state(self, state: str) -> None:
        """``done``, ``now``, ``later`` or ``failed``."""
        if state == self.state:
            return
        self.state = state
        icon, colour, role = self._MARKS[state]
        self._mark.show_icon(icon, colour)
        self._text.setProperty("role", role)
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self.setAccessibleName(f"{self._name}: {tr(_STATES[state])}")


class StageList(QWidget):
    """Import, transcribe, find clips; before them fetch, for a video on a site."""

    def __init__(self, stages: Sequence[tuple[str, str]] = STAGES) -> None:
        super().__init__()
        self.stages = {key: _Stage(tr(name)) for key, name in stages}
        self._lines = [line() for _ in stages[1:]]
        layout = row(gap=12)
        for number, stage in enumerate(self.stages.values()):
            if number:
                layout.addWidget(self._lines[number - 1], 1, Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(stage)
        self.setLayout(layout)
        self._show_fetching(False)

    def show_job(self, job: Job) -> None:
        """Mark the stages of a job as it stands."""
        fetching = FETCH_LINK.is_of(job)
        self._show_fetching(fetching or bool(job.payload.get("site")))
        here = 0 if fetching else self._place_of(job.stage)
        for number, stage in enumerate(self.stages.values()):
            stage.show_state(_state_of(number, here, job.state))

    def _place_of(self, stage: str) -> int:
        """Of the stage a job is in; before any, of the first that is shown."""
        keys = list(self.stages)
        return keys.index(stage) if stage in keys else 1 if "fetch" in keys else 0

    def _show_fetching(self, shown: bool) -> None:
        if "fetch" in self.stages:
            self.stages["fetch"].setVisible(shown)
            self._lines[0].setVisible(shown)


def _state_of(number: int, here: int, state: WorkState) -> str:
    if state is WorkState.COMPLETED or number < here:
        return "done"
    if number > here or state in (WorkState.QUEUED, WorkState.CANCELLED):
        return "later"
    return "failed" if state is WorkState.FAILED else "now"
