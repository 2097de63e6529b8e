"""A panel of the editor as one row. Each feature's folder lists its rows in ``feature.py`` as ``PANELS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from viralclip_desktop.gui.session.actions import IN_EDITOR, ActionRow, Group

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.gui.session.workspace import Workspace


class Area(StrEnum):
    """Where a panel lies at first."""

    LEFT = "left"
    RIGHT = "right"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One panel. ``id`` is part of the remembered layout and of the action ``panel_<id>`` that shows it."""

    id: str
    title: str
    icon: str
    area: Area
    build: Callable[[Workspace], QWidget]
    """Makes it when it comes in sight for the first time."""
    shows: ActionRow
    """The action that brings it to the front."""
    reveal: Callable[[Any, Any], object] | None = None
    """Brings a part of its content into view: called with the panel and what :meth:`Navigation.show_panel`
    was given."""


def shows_panel(id_: str, title: str, key: str, icon: str, *, also: str = "") -> ActionRow:
    """The action that brings a panel to the front; ``also``: what is looked for by other words there."""
    return ActionRow(
        f"panel_{id_}",
        title,
        lambda work: work.navigation.show_panel(id_),
        (key,),
        icon,
        IN_EDITOR,
        Group.PANELS,
        also=also,
    )


def by_area(rows: list[PanelRow]) -> tuple[PanelRow, ...]:
    """Rows of several features in the order of their tabs: left, right, below."""
    areas = list(Area)
    return tuple(sorted(rows, key=lambda row: areas.index(row.area)))
