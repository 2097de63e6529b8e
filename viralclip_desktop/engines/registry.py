"""The kinds of providers. Another kind is another row here: its setup and protocol in
``engines/<kind>/base.py``, its suite in ``tests/contract``.

Another package adds a provider with an entry point in the group ``viralclip.<kind>``, such as
``viralclip.stt``, whose name is the provider's id and whose value is its class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from viralclip_desktop.engines.denoising.base import DenoisingSetup
from viralclip_desktop.engines.llm.base import LanguageModel, LlmSetup
from viralclip_desktop.engines.provider import ProviderInfo, ProviderKind
from viralclip_desktop.engines.separation.base import SeparationSetup, Separator
from viralclip_desktop.engines.stt.base import SpeechToText, SttSetup
from viralclip_desktop.engines.translation.base import TranslationSetup, Translator
from viralclip_desktop.engines.tts.base import TextToSpeech, TtsSetup
from viralclip_desktop.engines.vision.base import FaceFinder, VisionSetup
from viralclip_desktop.settings.declaration import Setting
from viralclip_desktop.settings.secrets import SERVICES

STT: ProviderKind[SttSetup, SpeechToText] = ProviderKind(
    "stt",
    "speech recogniser",
    SttSetup,
    {
        "whisper": "viralclip_desktop.engines.stt.whisper:WhisperEngine",
        "sphinx": "viralclip_desktop.engines.stt.sphinx:SphinxEngine",
        "openai": "viralclip_desktop.engines.stt.openai_api:OpenAiEngine",
        "deepgram": "viralclip_desktop.engines.stt.deepgram:DeepgramEngine",
    },
    "test_contract_stt.py",
)
VISION: ProviderKind[VisionSetup, FaceFinder] = ProviderKind(
    "vision",
    "face finder",
    VisionSetup,
    {
        "blazeface": "viralclip_desktop.engines.vision.blazeface:BlazeFaceFinder",
        "ultraface": "viralclip_desktop.engines.vision.ultraface:UltraFaceFinder",
    },
    "test_contract_vision.py",
)
LLM: ProviderKind[LlmSetup, LanguageModel] = ProviderKind(
    "llm",
    "language model",
    LlmSetup,
    {
        "openai": "viralclip_desktop.engines.llm.openai_api:OpenAiModel",
        "local": "viralclip_desktop.engines.llm.chat:ChatModel",
        "ollama": "viralclip_desktop.engines.llm.ollama:OllamaModel",
        "llamacpp": "viralclip_desktop.engines.llm.llama_cpp:LlamaCppModel",
    },
    "test_contract_llm.py",
)
TTS: ProviderKind[TtsSetup, TextToSpeech] = ProviderKind(
    "tts",
    "voice",
    TtsSetup,
    {
        "kokoro": "viralclip_desktop.engines.tts.kokoro:KokoroVoices",
        "espeak": "viralclip_desktop.engines.tts.espeak_voices:EspeakVoices",
        "system": "viralclip_desktop.engines.tts.system.provider:SystemVoices",
        "openai": "viralclip_desktop.engines.tts.openai_api:OpenAiVoices",
        "elevenlabs": "viralclip_desktop.engines.tts.elevenlabs:ElevenLabsVoices",
        "deepgram": "viralclip_desktop.engines.tts.deepgram:DeepgramVoices",
        "xtts": "viralclip_desktop.engines.tts.xtts:XttsVoices",
    },
    "test_contract_tts.py",
)
TRANSLATION: ProviderKind[TranslationSetup, Translator] = ProviderKind(
    "translation",
    "translation engine",
    TranslationSetup,
    {
        "ctranslate2": "viralclip_desktop.engines.translation.ct2:CTranslate2Translator",
        "local": "viralclip_desktop.engines.translation.language_models:ServerTranslator",
        "ollama": "viralclip_desktop.engines.translation.language_models:OllamaTranslator",
        "llamacpp": "viralclip_desktop.engines.translation.language_models:LlamaCppTranslator",
        "openai": "viralclip_desktop.engines.translation.language_models:OpenAiTranslator",
    },
    "test_contract_translation.py",
)
SEPARATION: ProviderKind[SeparationSetup, Separator] = ProviderKind(
    "separation",
    "voice separator",
    SeparationSetup,
    {
        "spleeter": "viralclip_desktop.engines.separation.spleeter:SpleeterSeparator",
        "centre": "viralclip_desktop.engines.separation.centre:CentreSeparator",
    },
    "test_contract_separation.py",
)
DENOISING: ProviderKind[DenoisingSetup, Separator] = ProviderKind(
    "denoising",
    "noise reduction",
    DenoisingSetup,
    {
        "deepfilter": "viralclip_desktop.engines.denoising.deepfilter:DeepFilter",
        "wiener": "viralclip_desktop.engines.denoising.wiener:WienerFilter",
    },
    "test_contract_denoising.py",
)
KINDS: Mapping[str, ProviderKind[Any, Any]] = {
    kind.name: kind for kind in (STT, VISION, LLM, TTS, TRANSLATION, SEPARATION, DENOISING)
}


def all_providers() -> list[ProviderInfo]:
    """What every provider of every kind says of itself; those that cannot be loaded are left out."""
    return [info for kind in KINDS.values() for info in kind.infos()]


def provider_settings() -> list[Setting]:
    """Every provider's own settings, each once, as the settings file has them."""
    return list({setting.key: setting for info in all_providers() for setting in info.declared()}.values())


def known_keys() -> dict[str, str]:
    """Every key that can be given, with the service it is for."""
    return SERVICES | {need.name: need.label or need.name for info in all_providers() for need in info.keys}


def options_for(
    kind: ProviderKind[Any, Any], of_provider: Callable[[str], Mapping[str, Any]]
) -> dict[str, Any]:
    """The values of the providers' own settings for a setup; ``of_provider``: that of the settings store."""
    return {key: value for one in kind.ids() for key, value in of_provider(one).items()}


def secrets_for(kind: ProviderKind[Any, Any], secret: Callable[[str], str | None]) -> dict[str, str]:
    """The keys that the providers of a kind need, as far as ``secret`` has them."""
    names = {need.name for info in kind.infos() for need in info.keys}
    return {name: key for name in sorted(names) if (key := secret(name))}
