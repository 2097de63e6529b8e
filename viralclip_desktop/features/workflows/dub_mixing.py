"""How a dubbed clip sounds: its recordings without their voices, or lower under the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.compose.mixing import DubSound
from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.audio_config import AS_IN_THE_CLIP, DubLevels, DubMode, dubbed
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.engines.separation.leftover import speech_level_db
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.recordings import recordings_of
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import VoicedLine, dub_words
from viralclip_desktop.features.separation import Separated, background_of, chosen_separator, stem_of
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.frame_plan import PictureKnown
    from viralclip_desktop.store.store import Store

_MOST_GAIN_DB: Final = 20.0  # a voice 20 dB off is one of which little was heard
NO_SEPARATOR: Final = "none"
"""Asked for in the place of a separator: nothing of the original sound is kept."""


@dataclass(frozen=True)
class Backgrounds:
    """The recordings of a clip without their voices, by their assets."""

    files: Mapping[str, Separated]

    @property
    def separator(self) -> str | None:
        """Which separator made them; None where there is none."""
        return next((one.separator for one in self.files.values() if one.separator), None)

    @property
    def voice_left_db(self) -> float | None:
        """What is left of the voices in the worst of them; None where that cannot be told."""
        told = [one.voice_left_db for one in self.files.values() if one.voice_left_db is not None]
        return max(told, default=None)

    @property
    def voice_db(self) -> float | None:
        """How loud the voices are while they speak, in the loudest of them; None where that is not known."""
        return max((one.voice_db for one in self.files.values() if one.voice_db is not None), default=None)


@dataclass(frozen=True)
class Dub:
    """A spoken dub: its lines, and the file of its voice, as long as the clip."""

    language: str
    mode: DubMode
    lines: Sequence[VoicedLine]
    voice: Path
    backgrounds: Backgrounds
    levels: DubLevels = AS_IN_THE_CLIP


def separator_for(services: Services, mode: DubMode, wanted: str) -> str:
    """The separator of a dub, ``none`` for none. Raises UsageError and EnvironmentLacks for one that is
    wanted and cannot be had."""
    if mode is DubMode.OVERLAY or wanted == NO_SEPARATOR:
        return NO_SEPARATOR
    if wanted and wanted not in SEPARATION.ids():
        raise UsageError(
            say("There is no voice separator named {name}.", name=wanted),
            say("Known ones: {known}.", known=", ".join([*SEPARATION.ids(), NO_SEPARATOR])),
        )
    return chosen_separator(services, wanted)


def backgrounds_of(
    services: Services,
    clip: Clip,
    plan: RenderPlan,
    separator: str,
    *,
    progress: Progress,
    cancel: CancelToken,
) -> Backgrounds:
    """What is heard of a clip's recordings besides their voices; made now where it is not kept. Raises Faults
    and Cancelled."""
    if separator == NO_SEPARATOR:
        return Backgrounds({})
    sources, found = recordings_of(services.store, clip), {}
    for number, source in enumerate(sources):
        heard = _heard(plan, source.asset_id)
        share = staged(progress, "separating", number / len(sources), (number + 1) / len(sources))
        made = background_of(services, source, heard, separator, progress=share, cancel=cancel)
        if made is not None:
            found[source.asset_id] = made
    return Backgrounds(found)


def given_background(store: Store, clip: Clip, file: str) -> Backgrounds:
    """A file of the user's as the background of a clip's home recording."""
    asset_id = store.source(clip.source_id).asset_id
    return Backgrounds({asset_id: Separated(Path(file), ZERO, "")})


def check_background(file: str, mode: DubMode) -> None:
    """Raises BadInput for a file without sound, UsageError where it would not be heard."""
    if not file:
        return
    if mode is DubMode.OVERLAY:
        raise UsageError(
            "A background file is heard only where the original voice is replaced.",
            "Leave out --mode overlay, or --background.",
        )
    if not examine(Path(file)).audio:
        raise BadInput(say("{name} has no sound.", name=Path(file).name), "Choose another file.")


def _heard(plan: RenderPlan, asset_id: str) -> list[TimeRange]:
    parts = [one for one in plan.parts if one.part.asset_id == asset_id]
    return [one.range for one in parts if one.audio_stream is not None]


def dubbed_plan(
    services: Services,
    clip: Clip,
    dub: Dub,
    known: PictureKnown,
) -> RenderPlan:
    """The clip with the new voice, and its captions in the new voice's words."""
    from viralclip_desktop.features.exporting.plans import plan_of

    order = export_order(services.settings.values)
    talk = tuple(line.placed.range for line in dub.lines if line.placed.range.duration > ZERO)
    plan = plan_of(
        services.store,
        replace(clip, mix=dubbed(clip.mix, dub.language, dub.mode, dub.levels)),
        fps=order.fps,
        known=known,
        backgrounds={asset_id: stem_of(one) for asset_id, one in dub.backgrounds.files.items()},
        dub=DubSound(dub.language, str(dub.voice), examine(dub.voice), talk, _as_loud(dub)),
    )
    return replace(
        plan,
        words=dub_words(dub.lines) if plan.style is not None else (),
        second_lines=(),
        language=dub.language,
        loudness=replace(plan.loudness, target_lufs=order.target_lufs),
    )


def _as_loud(dub: Dub) -> float:
    """The gain with which the new voice speaks as loud as the old one, so that it stands to the background as
    that did; 0 where that is not known."""
    import numpy as np

    from viralclip_desktop.media.audio import envelope

    old = dub.backgrounds.voice_db
    new = speech_level_db(np.power(10, envelope(dub.voice) / 10)) if old is not None else None
    if old is None or new is None:
        return 0.0
    return max(-_MOST_GAIN_DB, min(_MOST_GAIN_DB, old - new))
