"""The features of the window: their panels, actions and settings, assembled from the folders of the features
that ``features.FEATURES`` names, and from other packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from viralclip_desktop import gui
from viralclip_desktop.features import FEATURES as OURS
from viralclip_desktop.features.common.feature import declaring, of_other_packages
from viralclip_desktop.gui.session.actions import ActionRow, in_order
from viralclip_desktop.gui.session.panels import PanelRow, by_area

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.common.section import Section


@dataclass(frozen=True)
class Features:
    """Everything the features declare for the window."""

    actions: tuple[ActionRow, ...]
    panels: tuple[PanelRow, ...]
    sections: tuple[Callable[[Context], Section], ...]
    """Sections of the settings beside the declared ones."""


def assemble(names: Iterable[str] = OURS) -> Features:
    """Read the rows of our features and of those of other packages. Raises :class:`ValueError` for an action
    or panel that two of them have."""
    modules = declaring(gui, names)
    modules += [import_module(feature.window) for feature in of_other_packages() if feature.window]
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
