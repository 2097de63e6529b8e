"""Which voices there are here."""

from __future__ import annotations

import logging
from dataclasses import replace

from viralclip_desktop.core.errors import EnvironmentLacks, Fault, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.registry import TTS, options_for, secrets_for
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.tts.base import TextToSpeech, TtsSetup, Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.settings.secrets import Secrets

_log = logging.getLogger(__name__)


def tts_setup(services: Services) -> TtsSetup:
    """What voices are built from here: the models, keys, the offline switch."""
    settings = services.settings
    return TtsSetup(
        services.paths.models,
        offline=services.gate.offline,
        options={"openai_base_url": settings.values.openai_base_url} | options_for(TTS, settings.of_provider),
        secrets=secrets_for(TTS, Secrets().get),
    )


def ready_voices(services: Services, provider: str | None = None, language: str | None = None) -> list[Voice]:
    """The voices that can speak here and now, those of the best provider first; in a ``language``, each as a
    voice of that language. A service that can't be asked now is left out. Raises UsageError for a provider
    that does not exist, EnvironmentLacks for one that cannot work here, Faults for one asked for by name."""
    setup = tts_setup(services)
    if provider is not None:
        problem = TTS.make(provider, setup).ready()
        if problem is not None:
            raise EnvironmentLacks(say("{name} cannot speak here.", name=TTS.info(provider).name), problem)
        found = TTS.make(provider, setup).voices()
    else:
        makers = [TTS.make(one, setup) for one in TTS.ids()]
        found = [voice for maker in makers if maker.ready() is None for voice in _told(maker)]
    wanted = language_code(language) if language else None
    if wanted is None:
        return found
    return [replace(voice, language=wanted) for voice in found if wanted in (voice.language, *voice.others)]


def _told(maker: TextToSpeech) -> list[Voice]:
    try:
        return maker.voices()
    except Fault:
        _log.warning("the voices of %s could not be listed", maker.info.name, exc_info=True)
        return []


def find_voice(services: Services, voice_id: str) -> Voice:
    """A voice by its id, ``provider:name``. Raises UsageError where there is none, EnvironmentLacks where its
    provider cannot work here."""
    provider, colon, _ = voice_id.partition(":")
    hint = "“viralclip voices list” prints those that can speak here."
    if not colon:
        raise UsageError(say("{voice} is no voice.", voice=voice_id), hint)
    voices = ready_voices(services, provider)
    found = next((voice for voice in voices if voice.id == voice_id), None)
    if found is None:
        raise UsageError(say("There is no voice {voice} here.", voice=voice_id), hint)
    return found
