"""The player's actions: playing, in and out points, stills, guides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viralclip_desktop.gui.preview.cover import choose_cover
from viralclip_desktop.gui.preview.new_title import add_title
from viralclip_desktop.gui.preview.still_file import save_still
from viralclip_desktop.gui.session.actions import EDITING, PLAYABLE, WITH_CLIP, ActionRow, Group
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.session.workspace import Workspace


def _play(id_: str, title: str, run: Callable[[Player], object], key: str, icon: str) -> ActionRow:
    return ActionRow(id_, title, lambda work: run(work.player), (key,), icon, WITH_CLIP, Group.PLAYING)


def _set_point(edge: str, work: Workspace) -> None:
    """In the editor the in and out points mark what plays over and over (and what Delete takes); on the page
    of the clips they trim."""
    if work.navigation.page is Page.EDITOR:
        work.player.set_loop_edge(edge)
    else:
        work.navigation.point_asked.emit(edge)


def _show_safe_area(work: Workspace) -> None:
    work.safe_area.switch(work.actions["safe_area"].isChecked())


ACTIONS = (
    ActionRow(
        "play",
        "Play or pause",
        lambda work: work.player.toggle(),
        ("Space",),
        "play",
        PLAYABLE,
        Group.PLAYING,
    ),
    _play("reverse", "Play backwards, again for faster", Player.backwards, "J", "rewind"),
    _play("pause", "Pause", Player.pause, "K", "pause"),
    _play("forward", "Play on, again for faster", Player.faster, "L", "fast-forward"),
    _play("previous_frame", "One frame back", lambda player: player.step(-1), "Left", "caret-left"),
    _play("next_frame", "One frame ahead", lambda player: player.step(1), "Right", "caret-right"),
    _play("back", "One second back", lambda player: player.skip(-1.0), "Shift+Left", "rewind"),
    _play("ahead", "One second ahead", lambda player: player.skip(1.0), "Shift+Right", "fast-forward"),
    _play("to_start", "To the start of the clip", Player.to_start, "Home", "skip-back"),
    _play("to_end", "To the end of the clip", Player.to_end, "End", "skip-forward"),
    ActionRow(
        "set_in",
        "Set the in point",
        partial(_set_point, "in"),
        ("I",),
        "brackets-square",
        WITH_CLIP,
        Group.PLAYING,
    ),
    ActionRow(
        "set_out",
        "Set the out point",
        partial(_set_point, "out"),
        ("O",),
        "brackets-square",
        WITH_CLIP,
        Group.PLAYING,
    ),
    ActionRow(
        "clear_in_out",
        "Clear in and out",
        lambda work: work.player.set_loop(None),
        ("Alt+X",),
        "x",
        EDITING,
        Group.PLAYING,
    ),
    ActionRow("add_title", "Add a title", add_title, ("Ctrl+T",), "text-t", EDITING, Group.TIMELINE),
    ActionRow(
        "full_still",
        "Full-quality still",
        lambda work: work.player.show_full_quality(),
        ("Q",),
        "sparkle",
        WITH_CLIP,
        Group.PREVIEW,
    ),
    ActionRow("save_still", "Save this frame", save_still, ("Shift+Q",), "image", WITH_CLIP, Group.PREVIEW),
    ActionRow("cover", "Make this frame the cover", choose_cover, (), "star", WITH_CLIP, Group.PREVIEW),
    ActionRow(
        "safe_area",
        "Safe area",
        _show_safe_area,
        ("G",),
        "frame-corners",
        EDITING,
        Group.PREVIEW,
        checkable=True,
    ),
)
