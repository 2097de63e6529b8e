"""Voices come, get another name, and go."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, NotFound, UsageError
from viralclip_desktop.core.files import make_folder
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code
from viralclip_desktop.engines.tts.base import BlendsVoices, ClonedFrom, ClonesVoices, TextToSpeech, TtsSetup
from viralclip_desktop.engines.tts.blends import HOW, is_blend
from viralclip_desktop.features.cloning.quality import MOST, SampleQuality, Verdict, check_samples
from viralclip_desktop.features.common.provider_setups import setup_for
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.voice_sample import write_upload
from viralclip_desktop.store.store import Store

BLEND: Final = "blend"
CLONERS: Final = ("elevenlabs", "xtts")
"""Those that copy a voice from samples, the better one first."""
_BLENDER: Final = "kokoro"
_LONGEST_NAME, _LONGEST_CONSENT = 80, 2000


@dataclass(frozen=True)
class CloneOrder:
    """A voice that is to be copied from ``samples``, or mixed as the one ``recipe`` says
    (``kokoro:af_heart*0.6+af_bella*0.4``)."""

    name: str
    samples: tuple[Path, ...] = ()
    recipe: str = ""
    consent: str = ""
    provider: str = ""
    """``elevenlabs`` or ``xtts``; empty for the first one that works here."""
    language: str = "en"


def add_voice(
    services: Services,
    order: CloneOrder,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> ClonedVoice:
    """Make a voice and keep it. Raises BadInput without consent, for a name that is taken and for samples
    that are not good enough, EnvironmentLacks, Faults and Cancelled; then nothing is kept."""
    cancel = cancel or CancelToken()
    name = _free_name(services.store, order.name)
    if order.recipe:
        return _put(services.store, _blended(services, order, name))
    consent = in_line(order.consent).strip()[:_LONGEST_CONSENT]
    if not consent:
        raise BadInput(
            "A voice is copied only with the consent of the person it belongs to.",
            "Say in --consent who allowed it, and how.",
        )
    if not order.samples:
        raise UsageError("There are no samples to copy a voice from.", "Give three to five recordings of it.")
    language = _language(order.language)
    provider_id, maker = _cloner(services, order.provider)
    judged = _good_enough(order.samples, progress, cancel)
    voice_id, now = new_id("voice"), time.time()
    folder = samples_folder(services, voice_id)
    try:
        kept = _prepared(order.samples, folder, maker.takes, cancel)
        mark = sha256(repr((name, [fingerprint(path) for path in order.samples])).encode()).hexdigest()[:24]
        made = maker.clone(ClonedFrom(name, tuple(kept), language, mark), cancel)
        noted = tuple(one.noted() for one in judged)
        voice = ClonedVoice(voice_id, name, provider_id, made, language, consent, now, noted, created_at=now)
        return _put(services.store, voice)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def own_voice(store: Store, name: str) -> ClonedVoice:
    """A voice by its name (letter case does not count) or id. Raises NotFound."""
    found = next((one for one in store.cloned_voices() if name in (one.id, one.voice_id)), None)
    found = found or next((one for one in store.cloned_voices() if _same(one.name, name)), None)
    if found is None:
        raise NotFound(say("There is no voice of your own called {name}.", name=repr(in_line(name))))
    return found


def rename_voice(store: Store, name: str, new_name: str) -> ClonedVoice:
    """Give a voice another name. Raises NotFound, and BadInput for a name that is taken."""
    voice = own_voice(store, name)
    return _put(store, replace(voice, name=_free_name(store, new_name, voice.id)))


def remove_voice(
    services: Services, name: str, cancel: CancelToken | None = None, *, only_here: bool = False
) -> bool:
    """Forget a voice and its samples, here and (but for ``only_here``) at its provider; False where the
    provider keeps it. Raises NotFound, Faults (then it stays) and Cancelled."""
    voice = own_voice(services.store, name)
    gone = is_blend(voice.provider_voice)
    if not (gone or only_here):
        maker = TTS.make(voice.provider, _setup(services))
        if isinstance(maker, ClonesVoices):
            _check_ready(maker)
            gone = maker.forget(voice.provider_voice, cancel or CancelToken())
    with services.store.transaction("Remove voice", undoable=False) as tx:
        tx.delete("cloned_voice", voice.id)
    shutil.rmtree(samples_folder(services, voice.id), ignore_errors=True)
    return gone


def samples_folder(services: Services, voice_id: str) -> Path:
    """Where the samples of a voice are kept, for it to be shared."""
    return services.paths.home / "media" / "audio" / "voices" / voice_id


def keep_voice(store: Store, voice: ClonedVoice) -> ClonedVoice:
    """Keep a voice that was made elsewhere, under a free name."""
    number, name = 1, voice.name
    while any(_same(one.name, name) for one in store.cloned_voices()):
        number += 1
        name = f"{voice.name} ({number})"
    return _put(store, replace(voice, name=name))


def _put(store: Store, voice: ClonedVoice) -> ClonedVoice:
    with store.transaction("Keep voice", undoable=False) as tx:
        tx.put(voice)
    return voice


def _blended(services: Services, order: CloneOrder, name: str) -> ClonedVoice:
    provider, _, recipe = order.recipe.partition(":")
    if provider != _BLENDER or not is_blend(recipe):
        raise UsageError(say("{recipe} is no blend of Kokoro's voices.", recipe=order.recipe), HOW)
    maker = TTS.make(_BLENDER, _setup(services))
    _check_ready(maker)
    assert isinstance(maker, BlendsVoices)
    voice = maker.blend(recipe)
    if not is_blend(voice.name):
        raise UsageError("One voice alone is no blend.", HOW)
    consent, now = in_line(order.consent).strip()[:_LONGEST_CONSENT], time.time()
    return ClonedVoice(
        new_id("voice"),
        name,
        _BLENDER,
        voice.name,
        voice.language,
        consent,
        now if consent else 0.0,
        created_at=now,
    )


def _cloner(services: Services, wanted: str) -> tuple[str, ClonesVoices]:
    problem = ""
    for provider in (wanted,) if wanted else CLONERS:
        maker = TTS.make(provider, _setup(services))
        if not isinstance(maker, ClonesVoices):
            raise UsageError(
                say("{name} copies no voices.", name=maker.info.name),
                say("Those do: {names}.", names=", ".join(CLONERS)),
            )
        problem = maker.ready() or ""
        if not problem:
            return provider, maker
        if wanted:
            raise EnvironmentLacks(say("{name} cannot copy a voice here.", name=maker.info.name), problem)
    raise EnvironmentLacks(
        "Nothing here can copy a voice from samples.",
        "Give a key of ElevenLabs or the address of an XTTS server in the settings. Offline, Kokoro's voices "
        "can be blended to a new one.",
        problem,
    )


def _check_ready(maker: TextToSpeech) -> None:
    problem = maker.ready()
    if problem is not None:
        raise EnvironmentLacks(say("{name} cannot be used here.", name=maker.info.name), problem)


def _good_enough(samples: Sequence[Path], progress: Progress, cancel: CancelToken) -> list[SampleQuality]:
    if len(samples) > MOST:
        raise BadInput(
            say("These are too many samples: {count}.", count=Number(len(samples))),
            say("Choose the best ones, {most} at most; three to five are enough.", most=Number(MOST)),
        )
    judged = check_samples(samples, progress, cancel)
    for one in judged:
        if one.verdict is Verdict.REFUSE:
            raise BadInput(
                say("{name} is not good enough to copy a voice from.", name=one.path.name), one.reasons[0]
            )
    return judged


def _prepared(samples: Sequence[Path], folder: Path, suffix: str, cancel: CancelToken) -> list[Path]:
    try:
        make_folder(folder)
    except OSError as error:
        raise disk_fault(error, folder) from error
    out = [folder / f"{number}{suffix}" for number in range(1, len(samples) + 1)]
    for sample, place in zip(samples, out, strict=True):
        write_upload(sample, place, cancel)
    return out


def _free_name(store: Store, name: str, but: str = "") -> str:
    plain = " ".join(in_line(name).split())[:_LONGEST_NAME]
    if not any(map(str.isalnum, plain)):
        raise BadInput("The voice has no name.", "Give it one.")
    if any(_same(one.name, plain) and one.id != but for one in store.cloned_voices()):
        raise BadInput(say("There is a voice named {name} already.", name=plain), "Choose another name.")
    return plain


def _same(one: str, other: str) -> bool:
    return one.casefold() == " ".join(other.split()).casefold()


def _language(text: str) -> str:
    code = language_code(text)
    if code not in LANGUAGE_NAMES:
        raise UsageError(say("{text} is no language.", text=text), "Give its code, such as en.")
    return code


def _setup(services: Services) -> TtsSetup:
    return setup_for(services, TTS)
