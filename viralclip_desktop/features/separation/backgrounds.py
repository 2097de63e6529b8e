"""What is heard of a recording besides its voices, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.media import Source
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.engines.separation.base import SeparationSetup
from viralclip_desktop.features.common.provider_setups import setup_for
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.separation.kept import Kept, Part, Separated, stretches

STAGE: Final = "separating"
_PART: Final = Part("backgrounds", STAGE)


def separation_setup(services: Services) -> SeparationSetup:
    """What separators are built from here."""
    return setup_for(services, SEPARATION)


def chosen_separator(services: Services, wanted: str = "") -> str:
    """The id of a separator that can work here: the one that is wanted, else the best. Raises UsageError
    where there is none of that id, EnvironmentLacks where it cannot work here."""
    setup = separation_setup(services)
    if not wanted:
        return SEPARATION.best(setup).id
    problem = SEPARATION.make(wanted, setup).ready()
    if problem is not None:
        raise EnvironmentLacks(say("{name} cannot work here.", name=SEPARATION.info(wanted).name), problem)
    return wanted


def background_of(
    services: Services,
    source: Source,
    heard: Sequence[TimeRange],
    separator: str,
    *,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Separated | None:
    """The background of what is ``heard`` of a recording (in its own time), made now if it is not kept;
    silent elsewhere. None for a recording without sound, or of which nothing is heard. Raises Faults and
    Cancelled."""
    wanted, track = stretches(heard, source.info.duration), source.audio
    if track is None or not wanted:
        return None
    setup = separation_setup(services)
    kept = Kept(services.paths, source, track, wanted, _PART, SEPARATION, separator, setup)
    found = kept.found() or kept.made(progress, cancel or CancelToken())
    progress(ProgressEvent(STAGE, 1.0))
    return found
