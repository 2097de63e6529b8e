"""Finds the providers: our own, and those of other packages that declare an entry point.

Another package adds a speech recogniser with an entry point in the group ``viralclip.stt`` whose name is
the engine's id and whose value is a callable ``(SttSetup) -> SpeechToText``; a face finder likewise in the
group ``viralclip.vision``, ``(VisionSetup) -> FaceFinder``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, TypeVar

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.base import SpeechToText, SttSetup
from viralclip_desktop.engines.vision.base import FaceFinder, VisionSetup

STT_GROUP, VISION_GROUP = "viralclip.stt", "viralclip.vision"

SttFactory = Callable[[SttSetup], SpeechToText]
VisionFactory = Callable[[VisionSetup], FaceFinder]
Provider = TypeVar("Provider", SpeechToText, FaceFinder)
Setup = TypeVar("Setup", SttSetup, VisionSetup)
Factories = dict[str, Callable[[], Callable[[Setup], Provider]]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider and whether it can work here: ``problem`` is None or one sentence."""

    info: ProviderInfo
    problem: str | None


def stt_engine(engine_id: str, setup: SttSetup) -> SpeechToText:
    """A speech recogniser by its id. Raises UsageError for an unknown one."""
    return _made(engine_id, setup, _stt_factories(), "speech recogniser")


def stt_ids() -> list[str]:
    """The ids of all speech recognisers, the best one first."""
    return list(_stt_factories())


def stt_providers(setup: SttSetup) -> list[Standing]:
    """Every speech recogniser with what keeps it from working here, for ``doctor`` and the settings."""
    return _standings(setup, _stt_factories(), "stt")


def face_finder(finder_id: str, setup: VisionSetup) -> FaceFinder:
    """A face finder by its id. Raises UsageError for an unknown one."""
    return _made(finder_id, setup, _vision_factories(), "face finder")


def face_finder_ids() -> list[str]:
    """The ids of all face finders, the best one first."""
    return list(_vision_factories())


def face_finders(setup: VisionSetup) -> list[Standing]:
    """Every face finder with what keeps it from working here, the best one first."""
    return _standings(setup, _vision_factories(), "vision")


def best_face_finder(setup: VisionSetup) -> ProviderInfo:
    """The best face finder that can work here. Raises EnvironmentLacks when there is none."""
    standings = face_finders(setup)
    ready = next((standing for standing in standings if standing.problem is None), None)
    if ready is None:
        raise EnvironmentLacks("No face finder works here.", standings[-1].problem or "")
    return ready.info


def _made(wanted: str, setup: Setup, factories: Factories[Setup, Provider], kind: str) -> Provider:
    if wanted not in factories:
        known = ", ".join(factories)
        raise UsageError(f"There is no {kind} named {wanted}.", f"Known ones: {known}.")
    return factories[wanted]()(setup)


def _standings(setup: Setup, factories: Factories[Setup, Provider], kind: str) -> list[Standing]:
    standings = []
    for provider_id, factory in factories.items():
        try:
            provider = factory()(setup)
            standings.append(Standing(provider.info, provider.ready()))
        except Exception as error:  # noqa: BLE001 - another package's provider must not break the list
            _log.warning("provider %s is broken", provider_id, exc_info=True)
            info = ProviderInfo(provider_id, provider_id, kind, offline=True)
            standings.append(Standing(info, f"It cannot be loaded: {error}"))
    return standings


def _stt_factories() -> Factories[SttSetup, SpeechToText]:
    """Loaders by id; ours come first and cannot be replaced."""
    ours: Factories[SttSetup, SpeechToText] = {"whisper": _whisper, "sphinx": _sphinx, "openai": _openai}
    return ours | _others(STT_GROUP, ours)


def _vision_factories() -> Factories[VisionSetup, FaceFinder]:
    ours: Factories[VisionSetup, FaceFinder] = {"blazeface": _blazeface, "ultraface": _ultraface}
    return ours | _others(VISION_GROUP, ours)


def _others(group: str, ours: Iterable[str]) -> dict[str, Callable[[], Any]]:
    """Loaders of other packages' providers, by name."""
    points = sorted(entry_points(group=group), key=lambda point: point.name)
    return {point.name: point.load for point in points if point.name not in ours}


def _whisper() -> SttFactory:
    from viralclip_desktop.engines.stt.whisper import WhisperEngine

    return WhisperEngine


def _sphinx() -> SttFactory:
    from viralclip_desktop.engines.stt.sphinx import SphinxEngine

    return SphinxEngine


def _openai() -> SttFactory:
    from viralclip_desktop.engines.stt.openai_api import OpenAiEngine

    return OpenAiEngine


def _ultraface() -> VisionFactory:
    from viralclip_desktop.engines.vision.ultraface import UltraFaceFinder

    return UltraFaceFinder


def _blazeface() -> VisionFactory:
    from viralclip_desktop.engines.vision.blazeface import BlazeFaceFinder

    return BlazeFaceFinder
