"""Copies of all projects, and jobs that nobody asks for any more."""

from __future__ import annotations

import time
from pathlib import Path

from viralclip_desktop.core.errors import Fault, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.common.assets import read_unread
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.upkeep import cache

_KEEP_JOBS_S = 30 * 86_400.0  # a month: nobody looks for the job of an older export


def clear_cache(services: Services) -> int:
    """Remove what can be made again; bytes freed. UsageError while work is running."""
    _must_rest(services, "the cache can be cleared")
    return cache.clear_cache(services.store, services.paths)


def restore_backup(services: Services, backup: Path) -> None:
    """Put a copy in place of all projects; what is there now is copied first. UsageError while work is
    running, BadInput for a damaged copy."""
    _must_rest(services, "a backup can be restored")
    services.store.restore_backup(backup)


def keep_safe(services: Services) -> None:
    """Copy the database when a copy is due, forget jobs that ended over a month ago, and read files that an
    upgrade left unread, so that they are found again when they are moved.

    Takes a moment on a large database: the window calls it off the GUI thread, after its first paint and
    now and then. Never raises for the world's faults; they are reported as a notice.
    """
    try:
        _forget_old_jobs(services, time.time() - _KEEP_JOBS_S)
        read_unread(services.store)
        services.store.backup_if_due()
    except Fault as fault:
        services.notices.caution(
            say("The projects were not backed up: {message}", message=say(fault.message)), fault.hint
        )
    except OSError as error:
        hint = "Check that the data folder can be written to and has room."
        services.notices.caution(
            say("The projects were not backed up ({strerror}).", strerror=error.strerror), hint
        )


def _must_rest(services: Services, what: str) -> None:
    if services.jobs.in_hand():
        hint = "Wait until it has ended, or cancel it."
        raise UsageError(say("Work is still running; {what} when it has ended.", what=say(what)), hint)


def _forget_old_jobs(services: Services, before: float) -> None:
    store = services.store
    ended = store.jobs.list([state for state in WorkState if state.ended])
    old = [job for job in ended if job.updated_at < before and not services.jobs.remembers(job)]
    if not old:
        return
    with store.transaction("Forget old jobs", undoable=False):  # one commit for all
        for job in old:
            store.jobs.delete(job.id)
