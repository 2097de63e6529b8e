"""Context menus: what can be done with what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.properties.parts import TRANSITION
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind
from viralclip_desktop.gui.widgets.file_field import PICTURES, SOUNDS, VIDEOS, file_filter

if TYPE_CHECKING:
    from viralclip_desktop.gui.timeline.commands import TimelineCommands
    from viralclip_desktop.gui.timeline.control import TimelineControl

Entry = tuple[str, str, str, Callable[[], object]] | None
"""Icon, words, shortcut to show, what it does; None for a line."""


def build_menu(
    parent: QWidget,
    control: TimelineControl,
    commands: TimelineCommands,
    key: Key | None,
    at: Time,
    *,
    opened: Callable[[Key], object] = lambda _key: None,
) -> QMenu:
    """The menu for an item, or for a place on the tracks; ``opened`` shows what a layer is set to."""
    menu = QMenu(parent)
    own = _item_entries(parent, control, commands, key, opened) if key else []
    if key is not None and key.kind in LAYERS and own:
        own.insert(0, ("sliders", tr("Show its settings"), "Enter", lambda: opened(key)))
    place = _place_entries(control, commands, at)
    for entry in [*own, *([None] if own else []), *place]:
        if entry is None:
            menu.addSeparator()
            continue
        icon, words, shortcut, work = entry
        text = f"{words}\t{shortcut}" if shortcut else words
        action = menu.addAction(theme().icon(icon), text) if icon else menu.addAction(text)
        action.triggered.connect(lambda _checked=False, work=work: work())
    return menu


def _item_entries(
    parent: QWidget,
    control: TimelineControl,
    commands: TimelineCommands,
    key: Key,
    opened: Callable[[Key], object],
) -> list[Entry]:
    item = control.model.find(key)
    if item is None:
        return []
    go: Entry = ("", tr("Go to its start"), "", lambda: control.seek(item.range.start))
    if key.kind is Kind.CUT:
        words = tr("Restore {seconds} s", seconds=item.text)
        return [
            ("arrow-counter-clockwise", words, "", lambda: commands.restore(control.selection.of(Kind.CUT))),
            go,
        ]
    if key.kind is Kind.MARKER:
        rename: Entry = (
            "pencil-simple",
            tr("Rename"),
            "",
            lambda: ask_marker_name(parent, control, commands, key),
        )
        return [rename, ("trash", tr("Delete"), "Del", commands.lift), go]
    if key.kind is Kind.TRANSITION:
        others = _transition_entries(control, commands, key.number)
        settings: Entry = ("sliders", tr("Show its settings"), "Enter", lambda: opened(key))
        return [settings, *others, ("trash", tr("Delete"), "Del", commands.lift), go]
    if key.kind is Kind.BEAT:
        return [("flag", tr("Add a marker here"), "M", lambda: commands.add_marker(item.range.start)), go]
    count = len(control.selection)
    own = _part_entries(control, commands, key) if key.kind is Kind.VIDEO else []
    many = (
        (tr("Delete") if count == 1 else plural(count, "Delete {n} item", "Delete {n} items"))
        if key.kind in LAYERS or key.kind is Kind.CAPTION
        else ""
    )
    close = tr("Cut out of the clip") if key.kind not in LAYERS else tr("Delete and close the gap")
    lift: list[Entry] = [("trash", _caption_words(many, key), "Del", commands.lift)] if many else []
    return [*lift, ("scissors", close, "Shift+Del", commands.ripple_delete), *own, go]


def _part_entries(control: TimelineControl, commands: TimelineCommands, key: Key) -> list[Entry]:
    """Where a part may go, and whether it may become one with the next."""
    index, count = control.model.video.index_of(key), len(control.model.video)
    entries: list[Entry] = []
    if index:
        earlier = tr("Play this part earlier")
        entries.append(("arrow-line-left", earlier, "Alt+Shift+Left", lambda: commands.move_part(-1)))
    if index is not None and index + 1 < count:
        later = tr("Play this part later")
        entries.append(("arrow-line-right", later, "Alt+Shift+Right", lambda: commands.move_part(1)))
    if commands.can_join(key):
        entries.append(("link", tr("Join with the next part"), "", lambda: commands.join(key)))
    return [*entries, *(_transition_entries(control, commands, index) if index else [])]


def _transition_entries(control: TimelineControl, commands: TimelineCommands, index: int) -> list[Entry]:
    """The other ways in which a part may come after the one before it."""
    now = control.model.clip.parts[index].transition
    return [
        ("", f"{tr(TRANSITION.label)}: {tr(words)}", "", partial(commands.set_transition, index, kind))
        for kind, words in TRANSITION.choices
        if isinstance(kind, Transition) and kind is not now
    ]


def _caption_words(words: str, key: Key) -> str:
    return tr("Delete the caption, keep the sound") if key.kind is Kind.CAPTION else words


def _place_entries(control: TimelineControl, commands: TimelineCommands, at: Time) -> list[Entry]:
    def split_here() -> None:
        control.seek(at)
        commands.split()

    def split_clip_here() -> None:
        control.seek(at)
        commands.split_clip()

    entries: list[Entry] = [
        ("scissors", tr("Split here"), "S", split_here),
        ("columns", tr("Split into two clips here"), "Ctrl+Shift+B", split_clip_here),
        ("flag", tr("Add a marker here"), "M", lambda: commands.add_marker(at)),
        None,
        ("", tr("In point here"), "", lambda: commands.set_in(at)),
        ("", tr("Out point here"), "", lambda: commands.set_out(at)),
    ]
    if control.scene.loop is not None:
        entries.append(("", tr("Clear in and out"), "", commands.clear_in_out))
    cuts = len(control.model.cuts)
    if cuts:
        words = plural(cuts, "Restore the cut", "Restore all {n} cuts")
        entries += [None, ("arrow-counter-clockwise", words, "", commands.restore_all)]
    return [*entries, None, ("arrows-out-line-horizontal", tr("Show the whole clip"), "\\", control.fit)]


def add_menu(
    parent: QWidget,
    take: Callable[[Sequence[Path], Time, Kind], object],
    at: Time,
    title: QAction | None = None,
) -> QMenu:
    """What can be added: a picture or a video and a voice at a clip time, music from the clip's start; with
    the action for it, a title as well."""
    menu = QMenu(parent)
    if title is not None:
        menu.addAction(theme().icon("text-t"), title.text()).triggered.connect(title.trigger)
    for icon, words, endings, track, begin in (
        ("image", tr("Add a picture or video"), f"{PICTURES} {VIDEOS}", Kind.PICTURE, at),
        ("music-notes", tr("Add music"), f"{SOUNDS} {VIDEOS}", Kind.MUSIC, ZERO),
        ("microphone", tr("Add a voice"), f"{SOUNDS} {VIDEOS}", Kind.VOICE, at),
    ):

        def given(paths: list[Path], track: Kind = track, begin: Time = begin) -> object:
            return take(paths, begin, track)

        ask = partial(_ask_files, parent, words, endings, given)
        menu.addAction(theme().icon(icon), words).triggered.connect(lambda _checked=False, ask=ask: ask())
    return menu


def _ask_files(parent: QWidget, title: str, endings: str, take: Callable[[list[Path]], object]) -> None:
    offered = file_filter(tr("Files that fit"), endings)
    names, _ = QFileDialog.getOpenFileNames(parent, title, QDir.homePath(), offered)
    if names:
        take([Path(name) for name in names])


def ask_marker_name(parent: QWidget, control: TimelineControl, commands: TimelineCommands, key: Key) -> None:
    """Another name for a marker."""
    item = control.model.find(key)
    if item is not None:
        name, chosen = QInputDialog.getText(parent, tr("Rename marker"), tr("Name"), text=item.text)
        if chosen:
            commands.rename_marker(key, name)
