"""The features of the window: their panels, actions and settings, assembled from their folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from viralclip_desktop import gui
from viralclip_desktop.features.common.feature import of_other_packages
from viralclip_desktop.gui.session.actions import ActionRow, in_order
from viralclip_desktop.gui.session.panels import PanelRow, by_area

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.common.section import Section

NAMES = (
    "palette", "projects", "editor", "preview", "transcript", "moments", "timeline", "captions", "brand_kit",
    "reframe", "audio", "exporting", "history", "jobs", "settings", "models", "shortcuts", "shell",
)  # fmt: skip
"""Folders beside this one, in the order in which their rows are shown; others come behind them."""


@dataclass(frozen=True)
class Features:
    """Everything the features declare for the window."""

    actions: tuple[ActionRow, ...]
    panels: tuple[PanelRow, ...]
    sections: tuple[Callable[[Context], Section], ...]
    """Sections of the settings beside the declared ones."""


def folders() -> list[str]:
    """Every folder of the window that has a ``feature.py``."""
    packages = (found.name for found in iter_modules(gui.__path__) if found.ispkg)
    others = {name for name in packages if find_spec(f"{gui.__name__}.{name}.feature") is not None}
    return [*NAMES, *sorted(others - set(NAMES))]


def assemble() -> Features:
    """Read the rows of all features. Raises :class:`ValueError` for an action or panel that two of them
    have."""
    names = [f"{gui.__name__}.{name}.feature" for name in folders()]
    names += [feature.window for feature in of_other_packages() if feature.window]
    modules = [import_module(name) for name in names]
    panels: list[PanelRow] = [row for module in modules for row in getattr(module, "PANELS", ())]
    actions = [row for module in modules for row in getattr(module, "ACTIONS", ())]
    rows = in_order([*(panel.shows for panel in panels), *actions])
    for ids in ([row.id for row in rows], [panel.id for panel in panels]):
        if len(set(ids)) < len(ids):
            raise ValueError(f"two features have the same row: {sorted(ids)}")
    sections = tuple(make for module in modules for make in getattr(module, "SECTIONS", ()))
    return Features(rows, by_area(panels), sections)


FEATURES = assemble()
ACTIONS, PANELS = FEATURES.actions, FEATURES.panels
