"""How a dubbed language stands, in plain words."""

from __future__ import annotations

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.dubbing import DubReport
from viralclip_desktop.features.workflows.dub import EVERY_LANGUAGE, dubbed_as
from viralclip_desktop.gui.text import decimal, plural, tr, tr_message
from viralclip_desktop.gui.widgets.progress import time_left_words

_ON_TIME_MS, _LATE_MS, _EASY_SPEED = 100.0, 150.0, 1.2
_WELL_HEARD = 0.15  # word error


def dub_title(job: Job, source_id: str) -> str:
    """``Spanish``, ``Spanish, whole recording``, ``All languages in one film``."""
    subject, code = dubbed_as(job)
    name = tr("All languages in one film") if code == EVERY_LANGUAGE else tr_message(language_name(code))
    return tr("{language}, whole recording", language=name) if subject == source_id else name


def dub_state(job: Job) -> str:
    """``Speaking the lines  ·  40 %  ·  about 2 min left``, ``Waiting for its turn``, ``Done``..."""
    if job.state is WorkState.RUNNING:
        parts = (_stage(job), f"{round(100 * job.fraction)} %", time_left_words(job.time_left_s))
        return "  ·  ".join(part for part in parts if part)
    words = {
        WorkState.QUEUED: tr("Waiting for its turn"),
        WorkState.COMPLETED: tr("Done"),
        WorkState.FAILED: tr("Failed"),
        WorkState.CANCELLED: tr("Cancelled"),
    }
    return words[job.state]


def _stage(job: Job) -> str:
    stages = {
        "translating": tr("Translating"),
        "frame": tr("Looking at the picture"),
        "planning": tr("Timing the lines"),
        "dubbing": tr("Speaking the lines"),
        "separating": tr("Taking the old voices off"),
        "exporting": tr("Making the film"),
    }
    return tr_message(job.message) or stages.get(job.stage, tr("Getting ready"))


def report_words(report: DubReport, language: str) -> list[str]:
    """What a dub became, a sentence each: on time, spoken speed, lines that don't fit, what was slowed, heard
    back, what is left of the old voices."""
    parts = (_times(report), _fits(report), _slowed(report), _heard(report, language), _kept(report))
    return [part for part in parts if part]


def _times(report: DubReport) -> str:
    off_s = decimal(report.onset_median_ms / 1000, 2)
    speed = decimal(report.speed_p95, 2)
    if report.onset_median_ms > _ON_TIME_MS:
        when = tr("Half of the lines begin more than {seconds} s beside the original.", seconds=off_s)
    else:
        when = tr("Half of the lines begin within {seconds} s of the original.", seconds=off_s)
    if report.late_ms is not None and report.late_ms > _LATE_MS:
        late_s = decimal(report.late_ms / 1000, 1)
        when = f"{when} {tr('The latest begins {seconds} s late.', seconds=late_s)}"
    if report.speed_p95 > _EASY_SPEED:
        return f"{when} " + tr("Some are spoken fast, at {speed} times the voice’s own speed.", speed=speed)
    return f"{when} " + tr("Spoken at up to {speed} times the voice’s own speed.", speed=speed)


def _fits(report: DubReport) -> str:
    if not report.flagged:
        return tr("Every line fits.")
    return plural(
        report.flagged,
        "{n} line does not fit in its time.",
        "{n} lines do not fit in their time.",
    )


def _slowed(report: DubReport) -> str:
    if not report.slowed_s:
        return ""
    gained, factor = decimal(report.slowed_s, 1), decimal(report.slow_factor or 1.0, 2)
    return tr(
        "For long lines the clip plays up to {factor} times as long, {seconds} s in all.",
        factor=factor,
        seconds=gained,
    )


def _heard(report: DubReport, language: str) -> str:
    if report.wer is None:
        name = tr_message(language_name(language))
        return tr("Not heard back: no Whisper model that knows {language} is installed.", language=name)
    share = round(100 * (1 - report.wer))
    if report.wer <= _WELL_HEARD:
        return tr("Heard back: {share} % of the words are understood.", share=share)
    return tr("Heard back: only {share} % of the words are understood. Listen to it first.", share=share)


def _kept(report: DubReport) -> str:
    if not report.separator:
        return ""
    try:
        name = SEPARATION.info(report.separator).name
    except Fault:  # of another version, or of a package that is gone
        name = report.separator
    if report.voice_left_db is None:
        return tr("The background was kept by {name}.", name=name)
    quieter = decimal(abs(report.voice_left_db), 0)
    return tr("The background was kept by {name}; the old voices are {db} dB quieter.", name=name, db=quieter)
