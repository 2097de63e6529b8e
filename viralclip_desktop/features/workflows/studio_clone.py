"""Voices of one's own in the studio: samples measured in a process of its own, a voice added by a job, and
what here can make one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core import messages
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.provider import Standing
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import BlendsVoices, Voice
from viralclip_desktop.features.cloning import CloneOrder, SampleQuality, Verdict, add_voice
from viralclip_desktop.features.cloning.voices import CLONERS
from viralclip_desktop.features.cloning.worker import TARGET
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices.catalogue import tts_setup
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.worker import run_in_worker

FEWEST_GOOD, MOST_GOOD = 3, 5
"""How many samples make a good voice; one is enough to make any."""


@dataclass(frozen=True)
class Measured:
    """A sample as it was measured; ``wave``: its outline in thousandths. ``quality`` is None for a file
    without usable sound, and ``trouble`` and ``hint`` say what is wrong with it."""

    path: Path
    quality: SampleQuality | None = None
    wave: tuple[int, ...] = ()
    trouble: str = ""
    hint: str = ""

    @property
    def refused(self) -> bool:
        """Whether no voice can be copied from it."""
        return self.quality is None or self.quality.verdict is Verdict.REFUSE


@dataclass(frozen=True)
class VoiceAdded:
    """The id of the voice, and its name."""

    voice_id: str
    name: str


@dataclass(frozen=True)
class VoiceMakers:
    """What can make a voice here: those that copy one from samples (with what keeps each from it), and the
    voices that can be blended offline; none without Kokoro's model, and then ``blender`` says why."""

    cloners: tuple[Standing, ...]
    blended: tuple[Voice, ...]
    blender: Standing | None


def measure(paths: Sequence[Path], told: Callable[[Measured], None], cancel: CancelToken) -> None:
    """Measure samples; ``told`` is called on this thread with each as soon as it is known. Raises Cancelled,
    and Faults where the process ends."""
    request = {"paths": [str(path) for path in paths]}
    run_in_worker(
        TARGET,
        request,
        cancel=cancel,
        on_message=lambda body: told(_measured(body)),
        name="check of the samples",
    )


def _measured(body: dict[str, Any]) -> Measured:
    path = Path(body["path"])
    if "fault" in body:
        return Measured(path, trouble=messages.loads(body["fault"]), hint=messages.loads(body["hint"]))
    told = body["quality"]
    reasons = tuple(messages.loads(reason) for reason in told["reasons"])
    quality = SampleQuality(**told | {"path": path, "verdict": Verdict(told["verdict"]), "reasons": reasons})
    return Measured(path, quality, tuple(body["wave"]))


def voice_makers(services: Services) -> VoiceMakers:
    """What can make a voice here. Looks at models and keys, asks nobody: off the thread of a window."""
    setup, standings = tts_setup(services), {}
    blended: tuple[Voice, ...] = ()
    blender: Standing | None = None
    for one in TTS.ids():
        maker = TTS.make(one, setup)
        if one in CLONERS:
            standings[one] = Standing(maker.info, maker.ready())
        elif isinstance(maker, BlendsVoices) and blender is None:
            blender = Standing(maker.info, maker.ready())
            blended = tuple(maker.voices()) if blender.problem is None else ()
    return VoiceMakers(tuple(standings[one] for one in CLONERS), blended, blender)


def submit_voice(services: Services, order: CloneOrder) -> Job:
    """Queue the making of a voice, or take up the one that is under way."""
    return services.jobs.submit(ADD_VOICE, order, once=True)


def _add(services: Services, order: CloneOrder, context: JobContext) -> VoiceAdded:
    voice = add_voice(services, order, context.progress, context.cancel)
    return VoiceAdded(voice.id, voice.name)


ADD_VOICE: Final = JobKind("add_voice", "add_voice", CloneOrder, VoiceAdded, _add)
