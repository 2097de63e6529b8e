"""Which voices there are here."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.engines.provider import ProviderInfo, Standing
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.tts.base import (
    BlendsVoices,
    Quota,
    TellsModels,
    TellsQuota,
    TextToSpeech,
    TtsSetup,
    Voice,
)
from viralclip_desktop.engines.tts.blends import is_blend
from viralclip_desktop.features.common.provider_setups import setup_for
from viralclip_desktop.features.common.services import Services

CUSTOM = "custom"
"""Stands for the provider in the names of the user's own voices."""
FORETELLS = "prediction"
"""The capability of a provider whose voices know how long a line will be without speaking it."""

_log = logging.getLogger(__name__)


def tts_setup(services: Services) -> TtsSetup:
    """What voices are built from here."""
    return setup_for(services, TTS)


def ready_voices(services: Services, provider: str | None = None, language: str | None = None) -> list[Voice]:
    """The voices that can speak here and now, those of the best provider first; in a ``language``, each as a
    voice of that language. A service that can't be asked now is left out. Raises UsageError for a provider
    that does not exist, EnvironmentLacks for one that cannot work here, Faults for one asked for by name."""
    if provider is None:
        return list(_each_voice(services, language))
    maker = TTS.make(provider, tts_setup(services))
    problem = maker.ready()
    if problem is not None:
        raise EnvironmentLacks(say("{name} cannot speak here.", name=maker.info.name), problem)
    return list(_speaking(_with_own(services, maker, maker.voices()), language))


Category = Literal["standard", "premium", "custom"]


def category_of(voice: Voice) -> Category:
    """``custom``: one of the user's own; ``premium``: of a service; ``standard``: speaks on this computer."""
    return _category(voice, TTS.info(voice.provider))


def _category(voice: Voice, info: ProviderInfo) -> Category:
    if voice.custom:
        return "custom"
    return "standard" if info.offline else "premium"


@dataclass(frozen=True, slots=True)
class OfferedVoice:
    """A voice that can speak here, and what its provider says of itself. ``paid``: speaking costs money."""

    voice: Voice
    provider: str
    paid: bool
    category: Category = "standard"

    def speaks(self, language: str) -> bool:
        """Whether it speaks a language, by its code."""
        return language in (self.voice.language, *self.voice.others)


def offered_voices(services: Services) -> list[OfferedVoice]:
    """Every voice that can speak here and now, those of the best provider first. A service that can't be
    asked now is left out. May ask services: never on a thread that somebody waits for."""
    setup, found = tts_setup(services), list[OfferedVoice]()
    for one in TTS.ids():
        maker = TTS.make(one, setup)
        if maker.ready() is None:
            found += [_offered(voice, maker.info) for voice in _told(services, maker)]
    return found


def _offered(voice: Voice, info: ProviderInfo) -> OfferedVoice:
    return OfferedVoice(voice, info.name, bool(info.costs), _category(voice, info))


def voices_of(services: Services, provider: str) -> list[OfferedVoice]:
    """The voices of one provider. Asks it where it is a service; raises what :func:`ready_voices` raises."""
    info = TTS.make(provider, tts_setup(services)).info
    return [_offered(one, info) for one in ready_voices(services, provider)]


def quota_of(services: Services, provider: str) -> Quota | None:
    """What the account of one provider has used; None where nobody tells that. Asks the service; raises
    Faults."""
    maker = TTS.make(provider, tts_setup(services))
    return maker.quota() if isinstance(maker, TellsQuota) and maker.ready() is None else None


def models_of(services: Services, provider: str) -> list[str]:
    """The models of one provider; none where nobody tells them. Asks the service; raises Faults."""
    maker = TTS.make(provider, tts_setup(services))
    return maker.models() if isinstance(maker, TellsModels) and maker.ready() is None else []


def lacking_voices(services: Services) -> list[Standing]:
    """The providers that would speak on this computer if something more were there."""
    return [one for one in TTS.standings(tts_setup(services)) if one.info.offline and one.problem is not None]


def quotas(services: Services) -> dict[str, Quota]:
    """What the accounts that tell it have used of their characters, by the ids of their providers. Raises
    Faults."""
    setup, found = tts_setup(services), dict[str, Quota]()
    for one in TTS.ids():
        maker = TTS.make(one, setup)
        if isinstance(maker, TellsQuota) and maker.ready() is None:
            found[one] = maker.quota()
    return found


def foretells(services: Services, voice_id: str) -> bool:
    """Whether a voice, by its id, knows how long a line will be without speaking it. Raises UsageError for a
    provider that does not exist."""
    maker = TTS.make(voice_id.partition(":")[0], tts_setup(services))
    return FORETELLS in maker.info.capabilities


def best_voice(services: Services, language: str) -> Voice | None:
    """The best voice that speaks a language here and now; nobody is asked who comes after its provider."""
    return next(_each_voice(services, language), None)


def _each_voice(services: Services, language: str | None) -> Iterator[Voice]:
    setup = tts_setup(services)
    for one in TTS.ids():
        maker = TTS.make(one, setup)
        if maker.ready() is None:
            yield from _speaking(_told(services, maker), language)


def _speaking(voices: Iterable[Voice], language: str | None) -> Iterator[Voice]:
    """Those that speak a language, as voices of it; all where none is asked for."""
    wanted = language_code(language) if language else None
    for voice in voices:
        if wanted is None:
            yield voice
        elif wanted in (voice.language, *voice.others):
            yield replace(voice, language=wanted)


def _told(services: Services, maker: TextToSpeech) -> list[Voice]:
    try:
        return _with_own(services, maker, maker.voices())
    except Fault:
        _log.warning("the voices of %s could not be listed", maker.info.name, exc_info=True)
        return []


def _with_own(services: Services, maker: TextToSpeech, voices: list[Voice]) -> list[Voice]:
    """The voices of a provider, those of the user's own by the names they were given, and after them the
    blends among these."""
    own = [one for one in services.store.cloned_voices() if one.provider == maker.info.id]
    found = [_named(voice, own) for voice in voices]
    if isinstance(maker, BlendsVoices):
        for one in own:
            if is_blend(one.provider_voice):
                with suppress(BadInput):  # a voice that it is mixed of is not installed here
                    found.append(_named(maker.blend(one.provider_voice), [one]))
    return found


def _named(voice: Voice, own: Iterable[ClonedVoice]) -> Voice:
    mine = next((one for one in own if one.is_voice(voice.provider, voice.name)), None)
    return voice if mine is None else replace(voice, label=mine.name, custom=True)


def lasting_voice_id(services: Services, voice_id: str) -> str:
    """``provider:name`` of a voice that may be called by the name that the user gave it (``custom:Ana``),
    which may be another one tomorrow. Nobody is asked. Raises UsageError where there is none of that name."""
    provider, _, name = voice_id.partition(":")
    if provider != CUSTOM:
        return voice_id
    wanted = " ".join(name.split()).casefold()
    for one in services.store.cloned_voices():
        if wanted in (one.name.casefold(), one.id):
            return one.voice_id
    raise UsageError(
        say("There is no voice of your own called {name}.", name=repr(name)),
        "“viralclip clone list” prints those that there are.",
    )


def _blend(maker: BlendsVoices, name: str) -> Voice:
    try:
        return maker.blend(name)
    except BadInput as error:
        raise UsageError(error.message, error.hint) from error


def find_voice(services: Services, voice_id: str) -> Voice:
    """A voice by its id, ``provider:name``, one of the user's own (``custom:Ana``), or several mixed
    (``kokoro:af_heart*0.6+af_bella*0.4``). Raises UsageError where there is none, EnvironmentLacks where its
    provider cannot work here."""
    provider, colon, name = lasting_voice_id(services, voice_id).partition(":")
    hint = "“viralclip voices list” prints those that can speak here."
    if not colon:
        raise UsageError(say("{voice} is no voice.", voice=voice_id), hint)
    if provider not in TTS.ids():
        raise UsageError(say("There is no voice named {voice}.", voice=voice_id), hint)
    voices = ready_voices(services, provider)
    found = next((voice for voice in voices if voice.id == f"{provider}:{name}"), None)
    maker = TTS.make(provider, tts_setup(services))
    if found is None and is_blend(name) and isinstance(maker, BlendsVoices):
        blend = _blend(maker, name)
        return next((voice for voice in voices if voice.id == blend.id), blend)
    if found is None:
        raise UsageError(say("There is no voice {voice} here.", voice=voice_id), hint)
    return found
