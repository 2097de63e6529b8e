"""What can be chosen for settings whose values depend on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from viralclip_desktop.domain.properties.exports import RATE
from viralclip_desktop.features.common.styles import caption_styles
from viralclip_desktop.features.models import model_shop
from viralclip_desktop.features.transcription import speech_setup
from viralclip_desktop.gui.text import tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.engines.provider import Standing
    from viralclip_desktop.features.common.services import Services

Choices = list[tuple[object, str]]


def dynamic_choices(services: Services) -> dict[str, Choices]:
    """Setting key -> its values with words. Tests encoders the first time: off the GUI thread."""
    return {key: make(services) for key, make in _MAKERS.items()}


def _encoders(services: Services) -> Choices:
    from viralclip_desktop.media.encoders import available_encoders

    remembered = services.paths.cache / "encoders.json"
    found = [(choice.name, choice.label) for choice in available_encoders(remembered)]
    return [("auto", tr("The fastest that works here")), *found]


def _styles(services: Services) -> Choices:
    return [(style.id, tr_message(style.label)) for style in caption_styles(services.store)]


def engine_choices(services: Services) -> Choices:
    """Speech engines, and whether each is ready. Looks at models and keys: off the GUI thread."""
    from viralclip_desktop.engines.registry import STT

    return [("auto", tr("The best that is ready")), *_named(STT.standings(speech_setup(services)))]


def _language_models(services: Services) -> Choices:
    from viralclip_desktop.engines.registry import LLM
    from viralclip_desktop.features.moments.llm.start import services_setup

    first = (("auto", tr("The one that is set up")), ("none", tr("None")))
    return [*first, *_named(LLM.standings(services_setup(services)))]


def _translation_engines(services: Services) -> Choices:
    from viralclip_desktop.engines.registry import TRANSLATION
    from viralclip_desktop.features.translation import translation_setup

    standings = TRANSLATION.standings(translation_setup(services))
    return [("auto", tr("One that costs nothing")), *_named(standings)]


def _named(standings: Iterable[Standing]) -> Choices:
    """Providers by their names, with a word where one is not ready."""
    found: Choices = []
    for standing in standings:
        name = tr_message(standing.info.name)
        name = name if standing.problem is None else tr("{name} (not ready)", name=name)
        found.append((standing.info.id, name))
    return found


def _models(services: Services) -> Choices:
    found = [
        (entry.id, entry.name)
        for entry in model_shop(services.paths, services.gate).list()
        if entry.installed and entry.transcribes
    ]
    own = services.settings.values.whisper_model
    chosen = [(own, own)] if own and own not in {name for name, _words in found} else []
    return [("", tr("The best that is installed")), *found, *chosen]


def rate_choices(own: Fraction | None) -> Choices:
    """Frame rates, with ``own`` among them."""
    found: Choices = [(None, tr("Original"))]
    found += [(Fraction(rate), tr("{rate} a second", rate=rate)) for rate in RATE.offered]
    if own is not None and own not in {rate for rate, _words in found}:
        found.append((own, tr("{rate} a second", rate=own)))
    return found


def _rates(services: Services) -> Choices:
    return rate_choices(services.settings.values.fps)


_MAKERS: dict[str, Callable[[Services], Choices]] = {
    "encoder": _encoders,
    "caption_style": _styles,
    "speech_engine": engine_choices,
    "whisper_model": _models,
    "moments.language_model": _language_models,
    "translation.engine": _translation_engines,
    "fps": _rates,
}
DYNAMIC = frozenset(_MAKERS)
"""Settings that are chosen from what :func:`dynamic_choices` finds."""
