"""Which voices there are here."""

from __future__ import annotations

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.registry import TTS, options_for, secrets_for
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.tts.base import TtsSetup, Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.settings.secrets import Secrets


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
    """The voices that can speak here and now, those of the best provider first. Raises UsageError for a
    provider that does not exist, EnvironmentLacks for one that cannot work here."""
    setup = tts_setup(services)
    if provider is not None:
        problem = TTS.make(provider, setup).ready()
        if problem is not None:
            raise EnvironmentLacks(say("{name} cannot speak here.", name=TTS.info(provider).name), problem)
    chosen = [provider] if provider else TTS.ids()
    makers = [TTS.make(one, setup) for one in chosen]
    wanted = language_code(language) if language else None
    return [
        voice
        for maker in makers
        if maker.ready() is None
        for voice in maker.voices()
        if wanted in (None, voice.language)
    ]


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
