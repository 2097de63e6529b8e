"""How the languages of a dub stand: when each will be done, and trying again those that are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from statistics import mean

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE, languages_of
from viralclip_desktop.features.workflows.dub_results import ENDING_STAGE, ONLY_STAGE

_LOOK_EVERY_S = 0.05
_RETRIED = (WorkState.FAILED, WorkState.CANCELLED)


def retry_dub(services: Services, job: Job, codes: Collection[str] = ()) -> Job:
    """Go on with the unfinished languages of a dub, with those of ``codes`` alone where any are given. What
    is finished stays, and nothing is spoken twice. Raises UsageError for a language that is not among them,
    or where none of them can be tried again."""
    there = {_code(one): one for one in languages_of(services, job)}
    for code in codes:
        if code not in there:
            raise UsageError(
                say("{language} is not among the languages of this dub.", language=language_name(code)),
                say("They are {codes}.", codes=", ".join(there)),
            )
    wanted = [one for code, one in there.items() if not codes or code in codes]
    again = [one for one in wanted if one.state in _RETRIED]
    if codes and not again and job.state.ended:
        names = ", ".join(language_name(_code(one)) for one in wanted)
        raise UsageError(
            say("{names}: nothing is to be tried again.", names=names),
            "Only a language that failed or was cancelled can be.",
        )
    if codes and job.id in services.jobs.left_behind():
        return _go_on_with(services, job, there, codes)
    if not job.state.ended:
        for one in again:
            services.jobs.retry(one.id)
        job = _beyond_its_end(services, job)
    if not job.state.ended:
        return job
    services.store.jobs.put_stage(job.id, ONLY_STAGE, [_code(one) for one in again] if codes else None)
    return services.jobs.retry(job.id)


def _go_on_with(services: Services, job: Job, there: Mapping[str, Job], codes: Collection[str]) -> Job:
    """A dub whose program has ended, of which some languages are wanted: the others are cancelled, so that
    they can be tried again another time."""
    for code, one in there.items():
        if code not in codes and not one.state.ended:
            services.jobs.cancel(one.id)
    services.store.jobs.put_stage(job.id, ONLY_STAGE, list(codes))
    return services.jobs.get(job.id)


def _beyond_its_end(services: Services, job: Job) -> Job:
    """A dub of which a language was started again just now: as it goes on, or as it ended without it."""
    now = services.jobs.get(job.id)
    while now.state is WorkState.RUNNING and services.store.jobs.stages(job.id).get(ENDING_STAGE):
        now = services.jobs.wait(job.id, _LOOK_EVERY_S)
    return now


def times_left(services: Services, now: float) -> dict[str, float]:
    """Seconds from ``now`` (Unix time) until each unfinished language of any dub will be done, by the id of
    its job: by the pace of the one at work, and for those that wait by how long others took. Those of which
    that is not known, and those that rest, are not among them."""
    active = [one for one in services.jobs.list(active_only=True) if DUB_LANGUAGE.is_of(one)]
    resting = services.jobs.left_behind()
    going = [one for one in active if not one.paused and one.id not in resting]
    going.sort(key=lambda one: (one.state is not WorkState.RUNNING, -one.priority))
    found: dict[str, float] = {}
    waited, lengths = 0.0, _lengths(services, going, now)
    for one in going:
        own = _left(one, now) if one.state is WorkState.RUNNING else lengths.get(one.parent_id)
        if own is None:
            break  # and nobody can tell of those after it
        waited += own
        found[one.id] = waited
    return found


def _left(job: Job, now: float) -> float | None:
    return None if job.time_left_s is None else max(0.0, job.time_left_s - max(0.0, now - job.updated_at))


def _lengths(services: Services, going: Sequence[Job], now: float) -> dict[str, float]:
    """How long a language of a dub takes, by the dub: the mean of those that are done and the one at work."""
    found: dict[str, float] = {}
    for parent in {one.parent_id for one in going}:
        took = [_took(services, one, now) for one in services.jobs.children(parent)]
        if known := [one for one in took if one is not None]:
            found[parent] = mean(known)
    return found


def _took(services: Services, job: Job, now: float) -> float | None:
    events = services.store.jobs.events(job.id)
    began = next((at for at, state, _ in reversed(events) if state is WorkState.RUNNING), None)
    if began is None:
        return None
    if job.state is WorkState.COMPLETED:
        return max(0.0, events[-1][0] - began)
    left = _left(job, now) if job.state is WorkState.RUNNING else None
    return None if left is None else max(0.0, now - began) + left


def _code(job: Job) -> str:
    return DUB_LANGUAGE.request_of(job).language.code
