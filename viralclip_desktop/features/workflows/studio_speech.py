"""A text spoken for the studio, as a job: what comes of it lies in the cache until it is kept."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.files import keep_within, make_folder
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.library import LibraryEntry
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import CHARACTER
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.common.outline import outline_of_wav
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.library import Making
from viralclip_desktop.features.voices import (
    Outlook,
    SpeechRequest,
    checked_script,
    find_voice,
    outlook_of,
    save_speech,
    tts_setup,
    unspoken_characters,
)
from viralclip_desktop.features.workflows.studio import copy_out, keep_speech, speaking_of
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.fingerprint import fingerprint

_MOST_BYTES: Final = 1_000_000_000  # of what was not kept: about six hours; the oldest goes


@dataclass(frozen=True)
class SpeechOrder:
    """What is spoken, and how; ``again``: the paragraphs, from 1, that are spoken anew."""

    text: str
    voice: str
    speed: float = 1.0
    pitch_st: float = 0.0
    again: tuple[int, ...] = ()

    @property
    def request(self) -> SpeechRequest:
        """Without what is spoken anew."""
        return SpeechRequest(self.text, self.voice, self.speed, self.pitch_st)


@dataclass(frozen=True)
class SpokenParagraph:
    """A paragraph and when it is heard."""

    text: str
    start: Time
    end: Time


@dataclass(frozen=True)
class SpeechDone:
    """The WAV file in the cache, how long it is, and its paragraphs."""

    sound: Path
    length: Time
    paragraphs: tuple[SpokenParagraph, ...]


@dataclass(frozen=True)
class SpeechOutlook:
    """What can be told before a text is spoken: ``price_usd`` for what was not spoken before, 0 where the
    voice is free."""

    text: Outlook
    price_usd: float


def submit_speech(services: Services, order: SpeechOrder) -> Job:
    """Queue it, or take up the same that is under way."""
    return services.jobs.submit(SPEAK, order, once=True)


def submit_paragraph(services: Services, order: SpeechOrder, number: int) -> Job:
    """Queue a text of which one paragraph, counted from 1, is spoken anew where the text still has it. What
    is as it was is not spoken again. Raises BadInput for a text that cannot be spoken."""
    there = number <= len(checked_script(order.request))
    return submit_speech(services, replace(order, again=(number,) if there else ()))


def speaks_alike(voice: str) -> bool:
    """Whether a voice, by its id, speaks a text the same way each time: those of this computer do."""
    provider = voice.partition(":")[0]
    return provider in TTS.ids() and TTS.info(provider).offline


def speech_outlook(services: Services, order: SpeechOrder) -> SpeechOutlook:
    """How long a text is and what it costs at most; without a voice only how long. A service may be asked for
    its voices: off the thread that somebody waits for. Raises BadInput for a text that cannot be spoken, and
    what looking for the voice raises."""
    script = checked_script(order.request)
    price = 0.0
    if order.voice:
        info = TTS.make(order.voice.partition(":")[0], tts_setup(services)).info
        if info.costs:
            voice = find_voice(services, order.voice)
            price = info.price_usd({CHARACTER: float(unspoken_characters(services, voice, script))})
    return SpeechOutlook(outlook_of(script), price)


def kept_speech(services: Services, order: SpeechOrder, sound: Path) -> LibraryEntry | None:
    """Where what a job has spoken is in the library; another take of the same text is another sound. Raises
    NotFound where it is gone."""
    _check_there(sound)
    making, content = speaking_of(services, order.request), fingerprint(sound)
    made = (one for one in services.store.library() if Making.of(one.asset) == making)
    same = (one for one in made if one.asset.fingerprint == content)
    return next((one for one in same if is_there(one.asset.path)), None)


def keep_spoken(services: Services, order: SpeechOrder, sound: Path, title: str = "") -> LibraryEntry:
    """What a job has spoken in the library, put there unless it is there. Raises NotFound where it is gone,
    Faults of the disk."""
    kept = kept_speech(services, order, sound)
    return kept or keep_speech(services, order.request, sound, title)


def save_spoken(services: Services, sound: Path, out: Path) -> None:
    """Copy what a job has spoken to where the user says. Raises NotFound where it is gone, BadInput for a
    place that is taken, Faults of the disk."""
    _check_there(sound)
    copy_out(services, sound, out)


def spoken_outline(sound: Path) -> tuple[int, ...]:
    """What is drawn of what a job has spoken. Raises NotFound where it is gone."""
    try:
        return outline_of_wav(sound)
    except (OSError, EOFError, wave.Error) as error:
        raise _gone(str(error)) from error


def _check_there(sound: Path) -> None:
    if not sound.is_file():
        raise _gone()


def _gone(details: str = "") -> NotFound:
    return NotFound("What was spoken is not there any more.", "Generate it again.", details)


def _run(services: Services, order: SpeechOrder, context: JobContext) -> SpeechDone:
    folder = services.paths.cache / "studio"
    try:
        make_folder(folder)
    except OSError as error:
        raise disk_fault(error, folder) from error
    out = folder / f"{context.job.id}.wav"
    script = checked_script(order.request)
    speech = save_speech(
        services, order.request, out, again=order.again, progress=context.progress, cancel=context.cancel
    )
    keep_within(folder.glob("*.wav"), _MOST_BYTES)
    paragraphs = tuple(
        SpokenParagraph(" ".join(one.pieces), heard.start, heard.end)
        for one, heard in zip(script, speech.paragraphs, strict=True)
    )
    return SpeechDone(out, speech.duration, paragraphs)


SPEAK = JobKind("speak_text", "speak_text", SpeechOrder, SpeechDone, _run)
"""One text at a time."""
