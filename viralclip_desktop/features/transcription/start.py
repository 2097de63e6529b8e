"""Transcribing as the settings say: which engine and model, which server, which key."""

from __future__ import annotations

import os
from typing import Any

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.engines.registry import STT, options_for
from viralclip_desktop.engines.stt.base import SttSetup
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.transcription.transcribing import Follower, stt_setup, transcribe_source
from viralclip_desktop.settings.secrets import Secrets


def transcribe(
    services: Services,
    source_id: str,
    *,
    engine: str | None = None,
    language: str | None = None,
    progress: Progress,
    cancel: CancelToken,
    follower: Follower | None = None,
) -> Transcript:
    """Write down what is said in a source. Takes a while.

    ``engine`` None takes the one of the settings; the rest, and what is raised, as in
    :func:`transcribe_source`.
    """
    chosen = services.settings.values
    return transcribe_source(
        services.store,
        services.paths,
        source_id,
        engine=engine or (None if chosen.speech_engine == "auto" else chosen.speech_engine),
        language=language,
        model=chosen.whisper_model or None,
        progress=progress,
        cancel=cancel,
        notices=services.notices,
        gate=services.gate,
        environ=_environ(services),
        secrets=Secrets().get,
        options=_own_settings(services),
        ledger=services.ledger,
        follower=follower,
    )


def speech_setup(services: Services) -> SttSetup:
    """What speech engines are built from, as the settings say."""
    model = services.settings.values.whisper_model or None
    return stt_setup(
        services.paths,
        model=model,
        gate=services.gate,
        environ=_environ(services),
        secrets=Secrets().get,
        options=_own_settings(services),
    )


def _own_settings(services: Services) -> dict[str, Any]:
    """The speech providers' own settings."""
    return options_for(STT, services.settings.of_provider)


def _environ(services: Services) -> dict[str, str]:
    """The environment, with the address of the OpenAI server as the settings have it."""
    return dict(os.environ) | {"OPENAI_BASE_URL": services.settings.values.openai_base_url}
