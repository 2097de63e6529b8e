"""What ``viralclip dub`` prints of a language: how it stands, and how good it became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import Time, format_duration
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job


def shape(job: Job, left_s: float | None) -> dict[str, Any]:
    """A language as JSON; times in seconds."""
    from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE

    done = DUB_LANGUAGE.result_of(job) if job.state is WorkState.COMPLETED else None
    files = done.files.there if done else dict.fromkeys(("video", "audio", "captions", "manifest", "mix"))
    gone, asked = files_gone(job), DUB_LANGUAGE.request_of(job).language
    return {
        "code": asked.code,
        "voice": asked.voice,
        "status": str(job.state),
        "paused": job.paused,
        "stage": job.stage or str(job.state),
        "progress": round(job.fraction, 3),
        "time_left_s": None if left_s is None else round(left_s, 1),
        "message": "Its files are gone." if gone else job.error or str(job.message),
        "files": {what: str(path) if path else None for what, path in files.items()},
        "files_gone": gone,
        "report": done.report.told() if done else None,
    }


def files_gone(job: Job) -> bool:
    """Whether a language is done, and nothing is there any more of what it has made."""
    from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE

    return job.state is WorkState.COMPLETED and not any(DUB_LANGUAGE.result_of(job).files.there.values())


def lines_of(shape: dict[str, Any]) -> list[str]:
    """A language for people: how it stands, who speaks it, how good it became, and where its files lie."""
    how = "paused" if shape["paused"] else shape["status"]
    parts = [shape["code"], how, _under_way(shape), shape["message"]]
    report = _report(shape) if shape["report"] else []
    files = [f"    {path}" for path in shape["files"].values() if path]
    head = "  ".join(part for part in parts if part)
    return [head, f"    spoken by {shape['voice']}", *report, *files]


def _report(shape: dict[str, Any]) -> list[str]:
    report = shape["report"]
    return [_times(report), _fits(report), _heard(report), *_kept(report), *_slowed(report)]


def _times(report: dict[str, Any]) -> str:
    told = f"    half of the lines begin within {report['onset_median_ms'] / 1000:.2f} s of the original"
    return told if report["late_ms"] is None else f"{told}, the latest {report['late_ms'] / 1000:.2f} s late"


def _fits(report: dict[str, Any]) -> str:
    count = report["flagged"]
    if not count:
        return "    every line fits"
    told = "1 line does not fit" if count == 1 else f"{count} lines do not fit"
    return f"    {told}" if report["over_s"] is None else f"    {told}, by up to {report['over_s']:.2f} s"


def _heard(report: dict[str, Any]) -> str:
    if report["wer"] is None:
        return "    not heard back: no speech recogniser for this language is installed"
    return f"    heard back with {report['wer']:.0%} of the words wrong (WER)"


def _under_way(shape: dict[str, Any]) -> str:
    """How far a language is, and how long it still takes."""
    if shape["status"] not in (WorkState.QUEUED, WorkState.RUNNING):
        return ""
    far = f"{shape['progress']:.0%}" if shape["status"] == WorkState.RUNNING else ""
    left_s = shape["time_left_s"]
    left = "" if left_s is None else f"{format_duration(Time.from_seconds(left_s))} left"
    return ", ".join(part for part in (far, left) if part)


def _kept(report: dict[str, Any]) -> list[str]:
    """What became of the original sound, where its voices were taken off."""
    if not report.get("separator"):
        return []
    left = report["voice_left_db"]
    told = "" if left is None else f", of the old voices {left:g} dB are left"
    return [f"    background kept by {report['separator']}{told}"]


def _slowed(report: dict[str, Any]) -> list[str]:
    """By how much the clip became longer, where it may."""
    if not report.get("slowed_s"):
        return []
    return [f"    {report['slowed_s']:g} s longer, at most {report['slow_factor']:g} times as long"]
