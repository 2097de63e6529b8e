"""A title that is stored as it is typed: what is on its way, and what the field has to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from viralclip_desktop.features.editing import rename_clip

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.bridge.edits import Commit
    from viralclip_desktop.gui.session.clip_session import ClipSession

LONGEST_TITLE = 200
"""Letters of a title that can be typed."""


class TitleTyping:
    """Each key is stored; one visit to the field is one entry in the history."""

    def __init__(self, session: ClipSession, name: str) -> None:
        """``name`` tells this field's entries from those of others."""
        self._session, self._name, self._visit = session, name, 0
        self._commit: Commit[Clip] | None = None

    def begin(self) -> None:
        """A new visit: what is typed from here on is an entry of its own."""
        self._visit += 1

    def store(self, text: str) -> None:
        """What stands in the field now."""
        self._commit = self._session.edit(rename_clip, text, gesture=f"{self._name}-{self._visit}")

    def is_overtaken(self, text: str, title: str) -> bool:
        """Whether the stored title is another one than a field shows that has the keys: all that was typed
        there is stored, and was changed since then (by undo, or elsewhere)."""
        return self._is_over and bool(text.strip()) and " ".join(text.split()) != title

    def when_stored(self, call: Callable[[], None]) -> None:
        """Call something once all that was typed is stored, or at once."""
        if self._commit is None:
            call()
        else:
            self._commit.ended(call)

    @property
    def _is_over(self) -> bool:
        return self._commit is None or self._commit.settled
