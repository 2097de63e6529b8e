"""An action of the window as one row: what it is called, its keys, when it makes sense, what it does.

Each feature's folder lists its rows in ``feature.py`` as ``ACTIONS``; the shell assembles them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import tr

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


class Group(StrEnum):
    """The groups of the shortcut editor and the command palette, in their order."""

    PLAYING = "Playing"
    TIMELINE = "Timeline"
    CLIP = "Clip"
    PREVIEW = "Preview"
    PANELS = "Panels"
    WINDOW = "Window"


@dataclass(frozen=True, slots=True)
class WindowState:
    """What decides which actions make sense."""

    page: Page = Page.HOME
    opened: bool = False
    """A recording is open, with clips or without."""
    clip: bool = False
    """A clip is selected."""
    clips: bool = False
    """There is at least one clip."""
    kept: bool = False
    """At least one clip was kept in a review."""
    dropped: bool = False
    """The selected clip was dropped."""
    can_undo: bool = False
    can_redo: bool = False

    @property
    def recording(self) -> bool:
        """A recording is open in front of the user."""
        return self.page in (Page.CLIPS, Page.EDITOR)

    @property
    def on_clips(self) -> bool:
        """Clips of a recording are in front of the user, also one by one in a review."""
        return self.recording or self.page is Page.REVIEW


@dataclass(frozen=True, slots=True)
class When:
    """When an action makes sense, and what to say when it doesn't (or where it would)."""

    holds: Callable[[WindowState], bool]
    reason: str


ALWAYS = When(lambda _state: True, "")
AWAY = When(lambda state: state.page is not Page.HOME, "You are there")
WITH_RECORDING = When(lambda state: state.recording and state.opened, "Open a recording first")
WITH_CLIP = When(lambda state: state.recording and state.clip, "Choose a clip first")
WITH_CLIPS = When(lambda state: state.recording and state.clips, "Open a recording with clips first")
PLAYABLE = When(lambda state: state.on_clips and state.clip, "Choose a clip first")
WITH_KEPT = When(lambda state: state.on_clips and state.kept, "Keep a clip in a review first")
DROPPED = When(lambda state: state.recording and state.dropped, "Choose a dropped clip first")
BEFORE_CLIPS = When(lambda state: state.page in (Page.EDITOR, Page.REVIEW), "In the editor and the review")
ON_CARD = When(lambda state: state.page is Page.CLIPS and state.clip, "On the page of the clips")
IN_EDITOR = When(lambda state: state.page is Page.EDITOR, "In the editor")
EDITING = When(lambda state: state.page is Page.EDITOR and state.clip, "In the editor")
IN_STUDIO = When(lambda state: state.page is Page.STUDIO, "In the audio studio")
OUTSIDE_STUDIO = When(lambda state: state.page is not Page.STUDIO, "You are there")
UNDOABLE = When(
    lambda state: state.page not in (Page.WORKING, Page.STUDIO) and state.can_undo, "Nothing to undo"
)
REDOABLE = When(lambda state: state.on_clips and state.can_redo, "Nothing to redo")


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. ``shortcuts`` are portable key names, the first is shown in tooltips; the user may choose
    others (``gui/shortcuts``)."""

    id: str
    title: str
    run: Callable[[Workspace], object]
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    when: When = ALWAYS
    group: Group = Group.WINDOW
    checkable: bool = False
    first: bool = False
    """Shown before all groups while nothing is typed in the palette."""
    also: str = ""
    """Other words that people look for it by, apart by commas."""

    @property
    def search_words(self) -> tuple[str, ...]:
        """Those words in the interface language, and in English."""
        given = (tr(self.also), self.also) if self.also else ()
        return tuple(dict.fromkeys(word.strip() for text in given for word in text.split(",")))

    @property
    def reason(self) -> str:
        """Why it makes no sense now, or where it would."""
        return tr(self.when.reason) if self.when.reason else ""


def in_order(rows: list[ActionRow]) -> tuple[ActionRow, ...]:
    """Rows of several features group by group; within a group they stay as they came."""
    groups = list(Group)
    return tuple(sorted(rows, key=lambda row: -1 if row.first else groups.index(row.group)))


@dataclass(frozen=True)
class ActionTable:
    """All rows of a window, for what shows them: the palette, the shortcut editor."""

    rows: tuple[ActionRow, ...]
