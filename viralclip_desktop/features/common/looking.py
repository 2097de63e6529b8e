"""Jobs that look at the parts of a recording which a clip plays: one request, queued once, for faces and for
who speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.jobs.kinds import JobContext, JobKind


@dataclass(frozen=True)
class LookAt:
    """Where to look: ranges of a source, as starts and ends in ticks of source time."""

    project_id: str
    source_id: str
    parts: list[list[int]]

    @property
    def ranges(self) -> list[TimeRange]:
        """The same as ranges."""
        return [TimeRange(Time(start), Time(end)) for start, end in self.parts]


@dataclass(frozen=True)
class Looked:
    """What was seen is kept in the cache, beside the recording's other derived files."""


def start_once(services: Services, kind: JobKind[LookAt, Looked], clip: Clip, source: Source) -> Job | None:
    """Queue a look at what a clip plays of a source. One that failed or was stopped is not begun again: its
    reason would be reported after every edit. None then, and where the file is gone."""
    ranges = clip.ranges_of(source.asset_id)
    request = LookAt(source.project_id, source.id, [[one.start.ticks, one.end.ticks] for one in ranges])
    ended = services.store.jobs.list((WorkState.FAILED, WorkState.CANCELLED))
    begun = (kind.name, kind.payload(request))
    if not Path(source.path).is_file() or any((job.kind, job.payload) == begun for job in ended):
        return None
    return services.jobs.submit(kind, request, source.project_id, once=True)


def look_and_publish(
    services: Services,
    request: LookAt,
    context: JobContext,
    look: Callable[[Sequence[TimeRange]], Any],
    *,
    change: str,
    label: str,
) -> Looked:
    """Run ``look`` and publish a change of the source however it ends: one that was stopped saw a part."""
    try:
        look(request.ranges)
    finally:
        seen = Change(change, request.source_id, None, None)
        services.store.changes.publish(Changes(label, context.job.project_id, (seen,)))
    return Looked()
