"""What every provider says about itself, as data, and what the kinds of providers have in common."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, Self, TypeVar, cast

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.plugins import entry_points
from viralclip_desktop.settings.declaration import PROVIDERS, Setting

_log = logging.getLogger(__name__)

NeedKind = Literal["model", "key", "address", "program", "package", "network"]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be there for a provider to work."""

    kind: NeedKind
    name: str = ""
    """A model's file or family, a key's name in the environment, the provider's setting that holds an
    address, a program, a package to import."""
    label: str = ""
    """Its name in the user's words ("Whisper", "OpenAI"); empty: ``name``."""


NETWORK = Need("network")


@dataclass(frozen=True, slots=True)
class Cost:
    """``price_usd`` US dollars for each ``per`` of ``unit`` (``minute``, ``character``, ...)."""

    unit: str
    price_usd: float
    per: float = 1.0
    model: str = ""
    """The model it is the price of; empty: all that have no price of their own."""


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """A provider, as shown to the user and asked by the program."""

    id: str
    """Short, lower case, stable: it is stored with results and typed on the command line."""
    name: str
    kind: str
    """The name of its :class:`ProviderKind`: ``stt``, ``vision``, ``tts``, ``llm``..."""
    needs: tuple[Need, ...] = ()
    capabilities: tuple[str, ...] = ()
    """What it can do: ``word_times``, ``punctuation``, ``detect_language``, ``draft``, ``any_language``."""
    costs: tuple[Cost, ...] = ()
    """Empty: it is free."""
    settings: tuple[Setting, ...] = ()
    """Its own settings, made with ``provider_setting``."""
    threads: int = 0
    """How many processors one of it keeps busy; 0 where more than one of it at a time gains nothing."""

    @property
    def offline(self) -> bool:
        """Whether it works without the network."""
        return all(need.kind != "network" for need in self.needs)

    @property
    def keys(self) -> tuple[Need, ...]:
        """The keys it needs."""
        return tuple(need for need in self.needs if need.kind == "key")

    def price_usd(self, units: Mapping[str, float], model: str = "") -> float:
        """What so much of each unit costs with a model, in US dollars; units without a price are free."""
        prices = {cost.unit: cost for cost in self.costs if not cost.model}
        prices |= {cost.unit: cost for cost in self.costs if cost.model and cost.model == model}
        found = [(prices[unit], count) for unit, count in units.items() if unit in prices]
        return sum(cost.price_usd * count / cost.per for cost, count in found)

    def setting_key(self, key: str) -> str:
        """The key of one of its own settings in the settings file."""
        return f"{PROVIDERS}{self.id}.{key}"

    def declared(self) -> tuple[Setting, ...]:
        """Its own settings as the settings file, the form and the command line have them."""
        return tuple(
            replace(setting, key=self.setting_key(setting.key), section=self.name)
            for setting in self.settings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSetup:
    """What providers of any kind are built from. A kind with more in it derives from this."""

    models: Path = field(kw_only=False)
    """The folder of installed models."""
    offline: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    """Values of settings by their keys: the providers' own, and ``openai_base_url``; a missing one has its
    default."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Keys by their names in the environment; never shown, logged or stored."""

    def option(self, info: ProviderInfo, key: str) -> Any:
        """The value of a provider's own setting."""
        default = next(setting.default for setting in info.settings if setting.key == key)
        return self.options.get(info.setting_key(key), default)

    def secret(self, name: str) -> str:
        """A key, or empty."""
        return self.secrets.get(name, "")

    def as_json(self) -> dict[str, Any]:
        """For a worker's private pipe (it holds keys): never to be logged or stored."""
        plain = {part.name: getattr(self, part.name) for part in fields(self)}
        return plain | {
            "models": str(self.models),
            "options": dict(self.options),
            "secrets": dict(self.secrets),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The other side of :meth:`as_json`."""
        return cls(**{**data, "models": Path(data["models"])})


class AnyProvider(Protocol):
    """What a provider of any kind has."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence. Loads nothing heavy."""


Setup = TypeVar("Setup", bound=ProviderSetup)
Provider = TypeVar("Provider", bound=AnyProvider)


@dataclass(frozen=True, slots=True)
class Standing:
    """A provider and whether it can work here: ``problem`` is None or one sentence."""

    info: ProviderInfo
    problem: str | None


@dataclass(frozen=True)
class ProviderKind(Generic[Setup, Provider]):
    """All providers of one kind: ours, and those of other packages that declare an entry point.

    A provider is a class with ``info`` as a class attribute that is built from a ``setup``; see the kind's
    own protocol for what it does.
    """

    name: str
    noun: str
    """What one of them is called in a sentence ("speech recogniser")."""
    setup: type[Setup]
    builtin: Mapping[str, str]
    """Ours, the best one first: id -> ``module:class``. They cannot be replaced."""
    suite: str
    """The file in ``tests/contract`` that every provider of the kind has to pass."""

    @property
    def group(self) -> str:
        """The entry-point group in which other packages add theirs; the entry's name is the provider's id."""
        return f"viralclip.{self.name}"

    def ids(self) -> list[str]:
        """The ids of all, the best one first."""
        return list(self._points())

    def make(self, provider_id: str, setup: Setup) -> Provider:
        """One provider. Raises UsageError when there is none of that id."""
        return cast(Provider, self._maker(provider_id)(setup))

    def info(self, provider_id: str) -> ProviderInfo:
        """What one says of itself, without building it. Raises UsageError when there is none of that id."""
        return cast(ProviderInfo, self._maker(provider_id).info)

    def infos(self) -> list[ProviderInfo]:
        """What all say of themselves; those that cannot be loaded are left out."""
        return [
            standing.info for standing in self._each(lambda maker: (maker.info, None)) if not standing.problem
        ]

    def standings(self, setup: Setup) -> list[Standing]:
        """Every provider with what keeps it from working here, for ``doctor`` and the settings."""

        def look(maker: Any) -> tuple[ProviderInfo, str | None]:
            provider = maker(setup)
            return provider.info, provider.ready()

        return self._each(look)

    def best(self, setup: Setup) -> ProviderInfo:
        """The best one that can work here. Raises EnvironmentLacks when there is none."""
        standings = self.standings(setup)
        ready = next((standing for standing in standings if standing.problem is None), None)
        if ready is None:
            problem = standings[-1].problem or "" if standings else ""
            raise EnvironmentLacks(say("No {kind} works here.", kind=say(self.noun)), problem)
        return ready.info

    def _each(self, look: Callable[[Any], tuple[ProviderInfo, str | None]]) -> list[Standing]:
        """``look`` at every provider's class; one that cannot be loaded or breaks has a problem."""
        standings = []
        for provider_id, point in self._points().items():
            try:
                standings.append(Standing(*look(point.load())))
            except Exception as error:  # noqa: BLE001 - another package's provider must not break the list
                _log.warning("provider %s is broken", provider_id, exc_info=True)
                info = ProviderInfo(provider_id, provider_id, self.name)
                standings.append(Standing(info, say("It cannot be loaded: {error}", error=error)))
        return standings

    def _maker(self, wanted: str) -> Any:
        points = self._points()
        if wanted not in points:
            known = ", ".join(points)
            raise UsageError(
                say("There is no {kind} named {wanted}.", kind=say(self.noun), wanted=wanted),
                say("Known ones: {known}.", known=known),
            )
        return points[wanted].load()

    def _points(self) -> dict[str, EntryPoint]:
        ours = {one: EntryPoint(one, value, self.group) for one, value in self.builtin.items()}
        others = sorted(entry_points(group=self.group), key=lambda point: point.name)
        return ours | {point.name: point for point in others if point.name not in ours}
