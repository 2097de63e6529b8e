"""Having a clip translated by the translation engine: asked, followed, cancelled, and how each line came out.
Both the second language of captions and a dub stand on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.base import LineState
from viralclip_desktop.features.captions import LineField
from viralclip_desktop.features.translation import any_engine, line_state, spoken_lines
from viralclip_desktop.features.workflows.translate import (
    TRANSLATE,
    TimeSpan,
    TranslateOrder,
    submit_translation,
)
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.progress import ProgressLine
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context

Reasons = Mapping[tuple[str, Time], str]
"""Why lines could not be translated, by their language and start (source time)."""


class Translating(QWidget):
    """In sight while a clip is being translated. ``moved`` says that it began, ended, or how it came out, or
    that it is possible by now. ``shown``: whether the clip then shows the translation with its captions."""

    moved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None, *, shown: bool) -> None:
        super().__init__(parent)
        self._context, self._shown, self._clip_id = context, shown, ""
        self._jobs: dict[str, Job] = {}
        self._asked = set[str]()
        self._ended: dict[str, Job] = {}
        self.reasons = dict[tuple[str, Time], str]()
        self.possible = False
        """Whether an engine is set up, as far as is known."""
        self._what = label("", "note", wrap=True)
        self.progress = ProgressLine(tr("Progress of the translation"), 4)
        self.cancel = Button(tr("Cancel"), "link")
        self.setLayout(column(self._what, self.progress, row(None, self.cancel), gap=4))
        on_click(self.cancel, self._cancel)
        self._show()
        context.events.job_moved.connect(self._take)

    @property
    def language(self) -> str:
        """The code of the language the clip is being translated into; empty for none."""
        job = self._mine()
        return TRANSLATE.request_of(job).language if job is not None else ""

    @property
    def running(self) -> bool:
        """Whether the clip is being translated."""
        return self._mine() is not None

    def follow(self, clip_id: str) -> None:
        """Tell of one clip."""
        if clip_id != self._clip_id:
            self._clip_id = clip_id
            self.reasons.clear()
            jobs = self._context.services.jobs
            self._context.tasks.run(lambda: jobs.list(active_only=True), self._take_all)
            self.look_for_an_engine()
            self._show()

    def translate(self, language: str, only: LineField | None = None) -> None:
        """Have the lines translated that have no translation yet, or ``only`` one of them, anew."""
        spans = [TimeSpan(only.range.start, only.range.end)] if only is not None else []
        order = TranslateOrder(self._clip_id, language, show=self._shown, only=spans)
        services = self._context.services
        self._context.tasks.run(lambda: submit_translation(services, order), self._begin)

    def look_for_an_engine(self) -> None:
        """One may have been set up since."""
        self._context.tasks.run(lambda: any_engine(self._context.services), self._know)

    def _know(self, possible: bool) -> None:
        if possible != self.possible:
            self.possible = possible
            self.moved.emit()

    def _begin(self, job: Job) -> None:
        """It may have ended by now."""
        ended = self._ended.get(job.id)
        if ended is not None:
            self._tell(ended)
            return
        self._asked.add(job.id)
        self._take(self._jobs.get(job.id, job))

    def _take_all(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self._take(job)

    def _take(self, job: Job) -> None:
        if not TRANSLATE.is_of(job):
            return
        if not job.state.ended:
            self._jobs[job.id] = job
        else:
            self._jobs.pop(job.id, None)
            self._ended[job.id] = job
            if job.id in self._asked:
                self._asked.discard(job.id)
                self._tell(job)
        self._show()

    def _tell(self, job: Job) -> None:
        """How it ended, to who asked for it."""
        if job.state is WorkState.FAILED:
            self._context.trouble(Fault(job.error, job.hint, job.details))
        elif job.state is WorkState.COMPLETED:
            self.possible = True
            done = TRANSLATE.result_of(job)
            self.reasons = {key: why for key, why in self.reasons.items() if key[0] != done.language} | {
                (done.language, line.start): line.told for line in done.failed
            }
            self.moved.emit()
            self._context.tell(_ending(done.language, done.translated, [line.told for line in done.failed]))

    def _cancel(self) -> None:
        job, jobs = self._mine(), self._context.services.jobs
        if job is not None:
            self._context.tasks.run(lambda: jobs.cancel(job.id))

    def _mine(self) -> Job | None:
        mine = (job for job in self._jobs.values() if job.payload.get("subject") == self._clip_id)
        return next(mine, None)

    def _show(self) -> None:
        job, before = self._mine(), not self.isHidden()
        self.setVisible(job is not None)
        if job is not None:
            language = tr_message(language_name(TRANSLATE.request_of(job).language))
            self._what.setText(tr("Translating into {language}…", language=language))
            self.progress.show_share(job.fraction)
        if before != (job is not None):
            self.moved.emit()


def line_notes(fields: Sequence[LineField], language: str, reasons: Reasons) -> list[str]:
    """What is to be said of each line's translation; nothing of those that are as they should be."""
    places = sorted(range(len(fields)), key=lambda place: fields[place].range.start)
    ordered = [fields[place] for place in places]
    lines = spoken_lines([(field.range, field.said, field.text) for field in ordered])
    notes = [""] * len(fields)
    for place, line in zip(places, lines, strict=True):
        state, reason = line_state(line, language)
        if state is LineState.FAILED:
            why = reasons.get((language, line.range.start), "")
            notes[place] = tr("Not translated: {reason}", reason=tr_message(why)) if why else ""
        elif state is LineState.TOO_LONG and line.said:
            notes[place] = tr("Too long: {reason}", reason=tr_message(reason))
        elif state is LineState.UNCHANGED:
            notes[place] = tr("The same in both languages")
    return notes


def _ending(language: str, translated: int, reasons: Sequence[str]) -> ToastText:
    name = tr_message(language_name(language))
    if not reasons:
        text = plural(
            translated,
            "{n} line was translated into {language}.",
            "{n} lines were translated into {language}.",
            language=name,
        )
        return ToastText(text)
    text = plural(len(reasons), "{n} line could not be translated.", "{n} lines could not be translated.")
    return ToastText(text, tr_message(reasons[0]), kind="caution")
