"""Which translation engine is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.registry import LLM, TRANSLATION
from viralclip_desktop.engines.translation.base import TranslationSetup, Translator
from viralclip_desktop.features.common.provider_setups import setup_for

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

AUTO: Final = "auto"
SETTING: Final = "translation.engine"
_HOW: Final = (
    "Put a CTranslate2 model into the folder “translation” of the models, choose an engine with “viralclip "
    "settings set translation.engine”, or give a translated subtitle file."
)
_HOW_MODEL: Final = (
    "Choose a language model as the translation engine in the settings, or with “viralclip settings set "
    "translation.engine”."
)


@dataclass(frozen=True)
class Engine:
    """The engine for a pair of languages."""

    translator: Translator
    setup: TranslationSetup
    source: str
    target: str

    @property
    def id(self) -> str:
        """As it is typed, and stored with what it did."""
        return self.translator.info.id

    @property
    def model(self) -> str:
        """The name of its model."""
        return self.translator.model(self.source, self.target)


def translation_setup(services: Services) -> TranslationSetup:
    """What translation engines are built from here; language models read their own settings."""
    return setup_for(services, TRANSLATION, LLM)


def chosen_engine(services: Services, wanted: str, source: str, target: str, *, able: str = "") -> Engine:
    """The engine that is ``wanted`` (empty: as in the settings) for a pair of languages; ``able``: one that
    has this capability. Raises UsageError for an id that does not exist, EnvironmentLacks where it cannot
    translate here."""
    setup, name = translation_setup(services), wanted or str(services.settings.value(SETTING))
    if name == AUTO:
        return _automatic(setup, source, target, able)
    translator = TRANSLATION.make(name, setup)
    problem = translator.ready() or translator.problem(source, target)
    if problem is not None:
        raise EnvironmentLacks(problem, _HOW)
    if not _can(translator, able):
        raise EnvironmentLacks(say("{name} cannot do that.", name=translator.info.name), _HOW_MODEL)
    return Engine(translator, setup, source, target)


def any_engine(services: Services) -> bool:
    """Whether the engine of the settings can be asked at all, whatever the languages."""
    setup, name = translation_setup(services), str(services.settings.value(SETTING))
    if name != AUTO:
        return name in TRANSLATION.ids() and TRANSLATION.make(name, setup).ready() is None
    return any(TRANSLATION.make(one, setup).ready() is None for one in _free())


def _free() -> list[str]:
    """The engines that cost nothing: text goes to a paid service only where the user chose it."""
    infos = {one: TRANSLATION.info(one) for one in TRANSLATION.ids()}
    return [one for one, info in infos.items() if not info.costs and not info.keys]


def _can(translator: Translator, able: str) -> bool:
    return not able or able in translator.info.capabilities


def _automatic(setup: TranslationSetup, source: str, target: str, able: str) -> Engine:
    found = ""
    for one in _free():
        translator = TRANSLATION.make(one, setup)
        if not _can(translator, able) or translator.ready() is not None:
            continue
        problem = translator.problem(source, target)
        if problem is None:
            return Engine(translator, setup, source, target)
        found = found or problem
    if able:
        raise EnvironmentLacks(found or say("No language model is set up that could do that."), _HOW_MODEL)
    raise EnvironmentLacks(found or say("No translation engine is set up."), _HOW)
