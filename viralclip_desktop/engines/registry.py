"""Finds the providers: our own, and those of other packages that declare an entry point.

Another package adds a speech recogniser with an entry point in the group ``viralclip.stt`` whose name is
the engine's id and whose value is a callable ``(SttSetup) -> SpeechToText``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.base import SpeechToText, SttSetup

STT_GROUP = "viralclip.stt"

SttFactory = Callable[[SttSetup], SpeechToText]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider and whether it can work here: ``problem`` is None or one sentence."""

    info: ProviderInfo
    problem: str | None


def stt_engine(engine_id: str, setup: SttSetup) -> SpeechToText:
    """A speech recogniser by its id. Raises UsageError for an unknown one."""
    factories = _stt_factories()
    if engine_id not in factories:
        known = ", ".join(factories)
        raise UsageError(f"There is no speech recogniser named {engine_id}.", f"Known ones: {known}.")
    return factories[engine_id]()(setup)


def stt_ids() -> list[str]:
    """The ids of all speech recognisers, the best one first."""
    return list(_stt_factories())


def stt_providers(setup: SttSetup) -> list[Standing]:
    """Every speech recogniser with what keeps it from working here, for ``doctor`` and the settings."""
    standings = []
    for engine_id, factory in _stt_factories().items():
        try:
            engine = factory()(setup)
            standings.append(Standing(engine.info, engine.ready()))
        except Exception as error:  # noqa: BLE001 - another package's provider must not break the list
            _log.warning("provider %s is broken", engine_id, exc_info=True)
            info = ProviderInfo(engine_id, engine_id, "stt", offline=True)
            standings.append(Standing(info, f"It cannot be loaded: {error}"))
    return standings


def _stt_factories() -> dict[str, Callable[[], SttFactory]]:
    """Loaders by id; ours come first and cannot be replaced."""
    factories: dict[str, Callable[[], SttFactory]] = {
        "whisper": _whisper,
        "sphinx": _sphinx,
        "openai": _openai,
    }
    for point in sorted(entry_points(group=STT_GROUP), key=lambda point: point.name):
        factories.setdefault(point.name, _loader(point))
    return factories


def _loader(point: EntryPoint) -> Callable[[], SttFactory]:
    def load() -> SttFactory:
        factory: SttFactory = point.load()
        return factory

    return load


def _whisper() -> SttFactory:
    from viralclip_desktop.engines.stt.whisper import WhisperEngine

    return WhisperEngine


def _sphinx() -> SttFactory:
    from viralclip_desktop.engines.stt.sphinx import SphinxEngine

    return SphinxEngine


def _openai() -> SttFactory:
    from viralclip_desktop.engines.stt.openai_api import OpenAiEngine

    return OpenAiEngine
