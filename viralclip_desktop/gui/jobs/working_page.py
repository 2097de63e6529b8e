"""A recording on its way to clips: three stages, how far, what is known already, and a way to stop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.derived import source_thumbnail
from viralclip_desktop.features.workflows.batch import BATCH, project_of
from viralclip_desktop.features.workflows.link import FETCH_LINK, fetching_address, short_address
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.gui.bridge.images import read_image
from viralclip_desktop.gui.common.notice_help import help_words, notice_hint
from viralclip_desktop.gui.jobs.stages import BATCH_STAGES, StageList
from viralclip_desktop.gui.text import duration, plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, frame, row, scrolled
from viralclip_desktop.gui.widgets.messages import Banner, Details
from viralclip_desktop.gui.widgets.painting import paint_cover
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words

if TYPE_CHECKING:
    from viralclip_desktop.core.notices import Notice
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context

_WIDTH_PX = 640
_PICTURE = QSize(224, 126)


@dataclass(frozen=True)
class Known:
    """What is known of a recording before its clips are found."""

    title: str
    facts: str
    picture: QImage


def look_up(services: Services, project_id: str) -> Known | None:
    """What the store knows about a project's first recording. Blocks: called off the GUI thread."""
    sources = services.store.sources(project_id)
    if not sources:
        return None
    source = sources[0]
    facts = [duration(source.info.duration)]
    if source.info.video is not None:
        size = source.info.video.size
        facts.append(f"{size.width} × {size.height}")
    else:
        facts.append(tr("sound only"))
    path = source_thumbnail(services.paths, source.id)
    return Known(source.title, "  ·  ".join(facts), read_image(path, _PICTURE * 2) if path else QImage())


class _Cover(QWidget):
    """The thumbnail, in a place that is there from the beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setObjectName("cover")
        self.setFixedSize(_PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, rounded."""
        paint_cover(QPainter(self), self.rect(), self.image, 8)


class WorkingPage(QWidget):
    """Shows one ``find_clips`` job, and before it the job that fetches its video; or a whole batch."""

    cancel_asked = Signal(str)
    retry_asked = Signal(str)
    by_hand_asked = Signal(object)
    subtitles_asked = Signal(object)
    """The words of the recording of a job are to be read from a file."""
    again_asked = Signal(object)
    """The recording of a job that ended without clips is to be searched with other choices."""
    left = Signal()
    arrived = Signal(object)
    """The job shown here has its clips, or the first of them while it still listens."""
    clips_asked = Signal(object)
    """The user wants to see the clips that the job has found so far."""
    help_asked = Signal(str)
    """An action of the window that helps, by its id."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.job: Job | None = None
        self._known_project = ""
        self._looked_at = ("", -1)
        """How far a batch was when its recording was looked for."""
        self._cover = _Cover()
        self._title = ElidedLabel("", "section")
        self._facts = label("", "quiet", wrap=True)
        self.stages, self.batch_stages = StageList(), StageList(BATCH_STAGES)
        self.progress = ProgressLine(tr("Progress"), 8)
        self.state = ElidedLabel("", "quiet")
        self.heard = ElidedLabel("", "note")
        self.left_words = label("", "quiet")
        self.banner = Banner()
        self._details = Details()
        self.cancel = Button(tr("Cancel"))
        self.retry = Button(tr("Try again"), "primary")
        self.by_hand = Button(tr("Cut a clip by hand"))
        self.subtitles = Button(tr("Use a subtitle file"))
        self.anew = Button(tr("Find clips otherwise"))
        self.so_far = Button(tr("Show the clips"))
        self.back = Button(tr("Back to the start page"), "plain")
        self._build()
        context.events.job_moved.connect(self._take_job)
        context.events.noticed.connect(self._take_notice)
        self._leads_to = ""
        self.banner.acted.connect(lambda: self.help_asked.emit(self._leads_to))

    def show_job(self, job: Job) -> None:
        """Watch another job from now on."""
        self.job, self._known_project, self._looked_at = job, "", ("", -1)
        address = short_address(fetching_address(job))
        self._title.setText(address or _name_of(job))
        self._facts.setText(_facts_of(job))
        self._cover.image = QImage()
        self._cover.update()
        self.banner.show_message("info", "")
        self._details.show_text("")
        self._refresh(job)

    def _take_job(self, job: Job) -> None:
        if self.job is None or job.id != self.job.id:
            return
        was_under_way, had_clips = not self.job.state.ended, _has_clips(self.job)
        self.job = job
        self._refresh(job)
        if FETCH_LINK.is_of(job) and job.state is WorkState.COMPLETED:
            self._follow(FETCH_LINK.result_of(job).job_id)
            return
        first = _has_clips(job) and not had_clips and not job.state.ended
        if first or (job.state is WorkState.COMPLETED and was_under_way):
            self.arrived.emit(job)

    def _follow(self, job_id: str) -> None:
        """Watch the main job of a video that was fetched."""
        fetched, jobs = self.job, self._context.services.jobs

        def show(job: Job) -> None:
            if self.job is fetched:
                self.show_job(job)

        self._context.tasks.run(lambda: jobs.get(job_id), show)

    def _take_notice(self, notice: Notice) -> None:
        if self.job is not None and not self.job.state.ended and self.isVisible():
            self._leads_to = notice.leads_to
            step = help_words(notice.leads_to)
            self.banner.show_message("info", tr_message(notice.message), notice_hint(notice), step)

    def _refresh(self, job: Job) -> None:
        batch = BATCH.is_of(job)
        self.stages.setVisible(not batch)
        self.batch_stages.setVisible(batch)
        (self.batch_stages if batch else self.stages).show_job(job)
        self.progress.show_share(job.fraction, "bad" if job.state is WorkState.FAILED else "accent")
        self.state.setText(_state_words(job))
        self.heard.setText(f"… {job.heard}" if job.heard else "")
        self.left_words.setText("" if job.state.ended else time_left_words(job.time_left_s))
        ended_badly = job.state in (WorkState.FAILED, WorkState.CANCELLED)
        self.cancel.setVisible(not job.state.ended)
        self.retry.setVisible(ended_badly)
        self.anew.setVisible(ended_badly and MAIN_JOB.is_of(job))
        self.so_far.setVisible(_has_clips(job) or _has_known_clips(job))
        self.so_far.setText(tr("Review the clips") if batch else tr("Show the clips so far"))
        unheard = job.state is WorkState.FAILED and job.stage in ("transcribe", "find") and not batch
        for offer in (self.by_hand, self.subtitles):
            offer.setVisible(unheard)
        self.back.setText(tr("Back to the start page") if ended_badly else tr("Keep going in the background"))
        if job.state is WorkState.FAILED:
            error = tr_message(job.error) or tr("The work could not be finished.")
            self.banner.show_message("bad", error, tr_message(job.hint))
            self._details.show_text(job.details)
        if job.project_id and job.project_id != self._known_project:
            self._look_up(job.project_id)
        elif batch and not self._known_project:
            self._look_for_recording(job)

    def _look_for_recording(self, job: Job) -> None:
        """The recording of a batch is there some time after it began; it is looked for at every step."""
        step, services = (job.stage, round(job.fraction * 100)), self._context.services
        if step == self._looked_at:
            return
        self._looked_at = step

        def found(project_id: str) -> None:
            if project_id and self.job is not None and self.job.id == job.id and not self._known_project:
                self._look_up(project_id)

        self._context.tasks.run(lambda: project_of(services, job), found)

    def _look_up(self, project_id: str) -> None:
        self._known_project = project_id
        services = self._context.services
        self._context.tasks.run(lambda: look_up(services, project_id), self._show_known)

    def _show_known(self, known: Known | None) -> None:
        if known is not None:
            self._title.setText(known.title)
            batch = self.job is not None and BATCH.is_of(self.job)
            self._facts.setText(
                f"{known.facts}\n{_facts_of(self.job)}" if batch and self.job else known.facts
            )
            self._cover.image = known.picture
            self._cover.update()

    def _build(self) -> None:
        words = column(None, self._title, self._facts, None, gap=4)
        head = row(self._cover, gap=16)
        head.addLayout(words, 1)
        state = row(gap=16)
        state.addWidget(self.state, 1)
        state.addWidget(self.left_words)
        offers = row(self.subtitles, self.by_hand, self.anew, None)
        buttons = row(self.back, None, self.cancel, self.so_far, self.retry)
        inside = column(
            head, 8, self.stages, self.batch_stages, 8, self.progress, state, self.heard,
            self.banner, self._details, offers, 8, buttons,
            gap=8, margins=(24, 24, 24, 24),
        )  # fmt: skip
        card = frame("card", inside)
        card.setFixedWidth(_WIDTH_PX)
        outer = column(None, margins=(24, 24, 24, 24))
        outer.addLayout(row(None, card, None))  # as high as its wrapped words need: no row runs into another
        outer.addStretch(2)
        content = QWidget()
        content.setLayout(outer)
        self.setLayout(column(scrolled(content)))  # an error with details is more than a small screen has
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.job.id if self.job else ""))
        on_click(self.retry, lambda: self.retry_asked.emit(self.job.id if self.job else ""))
        on_click(self.by_hand, lambda: self.by_hand_asked.emit(self.job))
        on_click(self.subtitles, lambda: self.subtitles_asked.emit(self.job))
        on_click(self.anew, lambda: self.again_asked.emit(self.job))
        on_click(self.so_far, lambda: self.clips_asked.emit(self.job))
        on_click(self.back, self.left.emit)


def _name_of(job: Job) -> str:
    """The file a job works on; of several how many there are."""
    inputs = job.payload.get("inputs")
    if not isinstance(inputs, list):
        return Path(str(job.payload.get("path", ""))).name
    several = plural(len(inputs), "{n} recording", "{n} recordings")
    return Path(str(inputs[0])).name if len(inputs) == 1 else several


def _facts_of(job: Job) -> str:
    if BATCH.is_of(job):
        return tr("The clips come finished and exported. Then you keep or drop them.")
    return tr("Fetching the video") if FETCH_LINK.is_of(job) else tr("Reading the file")


def _has_clips(job: Job) -> bool:
    """Whether it has found clips, of a part of the recording or of all of it."""
    return bool(job.result.get("clip_ids"))


def _has_known_clips(job: Job) -> bool:
    """Whether it searches a recording once more, whose clips can be looked at meanwhile."""
    return bool(job.payload.get("source_id"))


def _state_words(job: Job) -> str:
    words = {
        WorkState.QUEUED: tr("Waiting for its turn"),
        WorkState.COMPLETED: tr("Done"),
        WorkState.FAILED: tr("Stopped"),
        WorkState.CANCELLED: tr("Cancelled"),
    }
    return words.get(job.state) or tr_message(job.message) or f"{round(job.fraction * 100)} %"
