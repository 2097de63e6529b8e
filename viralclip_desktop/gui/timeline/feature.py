"""The timeline's panel and its actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from viralclip_desktop.gui.session.actions import EDITING, ActionRow, Group
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.timeline.commands import TimelineCommands
    from viralclip_desktop.gui.timeline.control import TimelineControl
    from viralclip_desktop.gui.timeline.panel import TimelinePanel


def _build(work: Workspace) -> TimelinePanel:
    from viralclip_desktop.gui.timeline.panel import TimelinePanel

    panel = TimelinePanel(work.session, work.context, work.player, work.actions)
    show = work.navigation.show_panel
    panel.caption_opened.connect(lambda words: show("transcript", words))
    panel.picture_opened.connect(lambda layer_id: show("frame", layer_id))
    panel.drawn_opened.connect(lambda layer_id: show("finish", layer_id))
    panel.sound_opened.connect(lambda layer_id: show("audio", layer_id))
    panel.transition_opened.connect(lambda place: show("finish", place))
    return panel


def _panel(work: Workspace) -> TimelinePanel:
    return cast("TimelinePanel", work.panel("timeline"))


def _edit(
    id_: str,
    title: str,
    run: Callable[[TimelineCommands], object],
    shortcuts: tuple[str, ...],
    icon: str,
) -> ActionRow:
    return ActionRow(
        id_, title, lambda work: run(_panel(work).commands), shortcuts, icon, EDITING, Group.TIMELINE
    )


def _view(
    id_: str,
    title: str,
    run: Callable[[TimelineControl], object],
    shortcuts: tuple[str, ...],
    icon: str,
    *,
    checkable: bool = False,
) -> ActionRow:
    def show(work: Workspace) -> object:
        return run(_panel(work).control)

    return ActionRow(id_, title, show, shortcuts, icon, EDITING, Group.TIMELINE, checkable)


PANELS = (
    PanelRow(
        "timeline",
        "Timeline",
        "rows",
        Area.BOTTOM,
        _build,
        shows_panel("timeline", "Show the timeline", "Ctrl+3", "rows"),
    ),
)

ACTIONS = (
    _edit("split", "Split here", lambda do: do.split(), ("S", "Ctrl+B"), "scissors"),
    _edit("split_clip", "Split into two clips", lambda do: do.split_clip(), ("Ctrl+Shift+B",), "columns"),
    _edit(
        "part_earlier",
        "Play the part earlier",
        lambda do: do.move_part(-1),
        ("Alt+Shift+Left",),
        "arrow-line-left",
    ),
    _edit(
        "part_later",
        "Play the part later",
        lambda do: do.move_part(1),
        ("Alt+Shift+Right",),
        "arrow-line-right",
    ),
    _edit("delete", "Delete the selection", lambda do: do.delete(), ("Del", "Backspace"), "trash"),
    _edit(
        "ripple_delete",
        "Ripple delete: close the gap",
        lambda do: do.ripple_delete(),
        ("Shift+Del",),
        "trash-simple",
    ),
    _edit("marker", "Add a marker", lambda do: do.add_marker(), ("M",), "map-pin"),
    _view(
        "select_all",
        "Select everything on the timeline",
        lambda view: view.select_all(),
        ("Ctrl+A",),
        "selection-all",
    ),
    _edit(
        "previous_edge", "To the edge before", lambda do: do.step_to_edge(-1), ("Alt+Up",), "arrow-line-left"
    ),
    _edit(
        "next_edge", "To the edge behind", lambda do: do.step_to_edge(1), ("Alt+Down",), "arrow-line-right"
    ),
    _edit(
        "previous_beat",
        "To the beat before",
        lambda do: do.step_to_beat(-1),
        ("Alt+Shift+Up",),
        "arrow-line-left",
    ),
    _edit(
        "next_beat",
        "To the beat behind",
        lambda do: do.step_to_beat(1),
        ("Alt+Shift+Down",),
        "arrow-line-right",
    ),
    _edit(
        "nudge_back",
        "Move the selection one frame back",
        lambda do: do.nudge(-1),
        ("Alt+Left",),
        "caret-left",
    ),
    _edit(
        "nudge_ahead",
        "Move the selection one frame ahead",
        lambda do: do.nudge(1),
        ("Alt+Right",),
        "caret-right",
    ),
    _view(
        "ripple",
        "Ripple",
        lambda view: view.set_ripple(not view.ripple),
        ("Shift+R",),
        "arrows-in-line-horizontal",
        checkable=True,
    ),
    _view(
        "snap",
        "Snapping",
        lambda view: view.set_snapping(not view.snapping),
        ("N",),
        "magnet",
        checkable=True,
    ),
    _view(
        "fit",
        "Fit the timeline",
        lambda view: view.fit(),
        ("\\", "Shift+Z"),
        "arrows-out-line-horizontal",
    ),
    _view(
        "zoom_in",
        "Zoom in on the timeline",
        lambda view: view.zoom_in(),
        ("=", "Ctrl++", "Ctrl+="),
        "magnifying-glass-plus",
    ),
    _view(
        "zoom_out",
        "Zoom out of the timeline",
        lambda view: view.zoom_out(),
        ("-", "Ctrl+-"),
        "magnifying-glass-minus",
    ),
)
