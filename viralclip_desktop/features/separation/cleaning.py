"""What is heard of a recording without the noise around its voices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import staged
from viralclip_desktop.domain.mix import NOISE_KEPT, SPEECH, OwnSound
from viralclip_desktop.engines.denoising.base import DenoisingSetup
from viralclip_desktop.engines.registry import DENOISING
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.separation.kept import Kept, Part, stem_of, stretches

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.core.progress import CancelToken, Progress
    from viralclip_desktop.domain.assets import Stem
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.store.store import Store

STAGE: Final = "cleaning"


def known_cleaned(store: Store, paths: DataPaths, clip: Clip) -> Mapping[str, Stem]:
    """The recordings of a clip without their noise, by their assets, as far as the clip wants that and they
    were made. Makes nothing."""
    found: dict[str, Stem] = {}
    for kept in _wanted(store, paths, clip):
        there = kept.found()
        if there is not None:
            try:
                found[kept.source.asset_id] = stem_of(there)
            except BadInput:  # a file that is there and is none: it is made anew
                kept.file.unlink(missing_ok=True)
    return found


def lacks_cleaning(store: Store, paths: DataPaths, clip: Clip) -> bool:
    """Whether something that a clip wants was not made yet."""
    return any(kept.found() is None for kept in _wanted(store, paths, clip))


def clean(store: Store, paths: DataPaths, clip: Clip, progress: Progress, cancel: CancelToken) -> None:
    """Make what a clip wants and what is not there. Takes a third of the length that plays. Raises Faults and
    Cancelled."""
    missing = [kept for kept in _wanted(store, paths, clip) if kept.found() is None]
    for number, kept in enumerate(missing):
        kept.made(staged(progress, STAGE, number / len(missing), (number + 1) / len(missing)), cancel)


def _wanted(store: Store, paths: DataPaths, clip: Clip) -> Iterator[Kept]:
    share = NOISE_KEPT.get(clip.mix.noise)
    if share is None or clip.mix.own_sound is not OwnSound.ALL or not clip.mix.is_heard(SPEECH):
        return
    setup = DenoisingSetup(paths.models)
    engine = DENOISING.best(setup).id
    for source in recordings_of(store, clip):
        wanted, track = stretches(clip.ranges_of(source.asset_id), source.info.duration), source.audio
        if track is not None and wanted:
            part = Part("cleaned", STAGE, voice=True, kept=share)
            yield Kept(paths, source, track, wanted, part, DENOISING, engine, setup)
