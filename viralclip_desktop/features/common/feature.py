"""What a feature declares of itself: a row named ``FEATURE`` in ``features/<name>/feature.py``.

``features.FEATURES`` names ours. Another package adds one with an entry point in :data:`FEATURE_GROUP` whose
value is its row (``package.feature:FEATURE``); its providers have groups of their own (``engines.registry``).
The window's rows lie in the window's own folders (``gui/<name>/feature.py``), the commands in ``cli``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from viralclip_desktop import features
from viralclip_desktop.core.plugins import entry_points
from viralclip_desktop.features.common import FEATURE_GROUP
from viralclip_desktop.settings.declaration import Setting

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.jobs.kinds import JobKind


@dataclass(frozen=True)
class Feature:
    """One capability of the program. Modules are given by their whole names and imported when needed."""

    name: str
    job_kinds: tuple[JobKind[Any, Any], ...] = ()
    lane_workers: Mapping[str, int] = field(default_factory=dict)
    """Lane -> how many of its jobs run at once, where that is not one."""
    start: Callable[[Services], object] = lambda _services: None
    """Called once when the services are built: what the feature listens to."""
    settings: tuple[Setting, ...] = ()
    """Made with ``settings.declaration.feature_setting``; read by ``services.settings.value(key)``."""
    commands: tuple[str, ...] = ()
    """Modules with ``add(subparsers)``, for a feature of another package; ours stand in ``cli``."""
    window: str = ""
    """A module with ``PANELS``, ``ACTIONS`` and ``SECTIONS``, likewise; ours stand in ``gui``."""


def ours(names: Iterable[str]) -> list[Feature]:
    """What features of the program declare, by their names."""
    return [module.FEATURE for module in declaring(features, names)]


def declaring(package: ModuleType, names: Iterable[str]) -> list[ModuleType]:
    """The modules ``feature`` of the folders in a package, where there is one: a folder without is not
    imported."""
    found = [name for name in names if _declares([f"{path}/{name}" for path in package.__path__])]
    return [import_module(f"{package.__name__}.{name}.feature") for name in found]


def _declares(folders: list[str]) -> bool:
    return any(module.name == "feature" for module in iter_modules(folders))


def of_other_packages() -> list[Feature]:
    """What features of other packages declare, by the names of their entry points."""
    points = sorted(entry_points(FEATURE_GROUP), key=lambda point: point.name)
    return [cast(Feature, point.load()) for point in points]
