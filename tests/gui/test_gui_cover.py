"""The frame that shows is made the cover: a mark on the timeline, one entry in the history."""

from __future__ import annotations

from typing import Any

import pytest

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits.markers import cover_of
from viralclip_desktop.features import editing


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    clips_window.navigation.open_editor()
    clips_window.player.seek(Time.from_seconds(2))
    qtbot.waitUntil(lambda: clips_window.player.current)
    return clips_window


def _choose(window: Any) -> Any:
    window.actions_by_id["cover"].trigger()
    window.context.edits.last.wait()
    return window.services.store.clip(window.session.clip.id)


def test_the_frame_that_shows_becomes_the_cover(qtbot: Any, window: Any) -> None:
    assert cover_of(_choose(window)) == Time.from_seconds(2)
    project = window.session.loaded.project.id
    assert [entry.label for entry in window.services.store.history(project)] == ["Choose cover"]
    assert "0:02.0" in window.toasts.shown[-1].text.message
    model = window.editor.panel("timeline").control.model
    qtbot.waitUntil(lambda: len(window.editor.panel("timeline").control.model.markers) == 1, timeout=5000)
    model = window.editor.panel("timeline").control.model
    assert model.markers.item(0).text == "Cover"
    window.toasts.shown[-1].text.then()
    window.context.edits.last.wait()
    assert window.services.store.clip(window.session.clip.id).markers == ()


def test_chosen_once_more_it_is_found_by_itself_again(qtbot: Any, window: Any) -> None:
    _choose(window)
    qtbot.waitUntil(lambda: bool(window.session.clip.markers))
    assert _choose(window).markers == ()


def test_a_card_is_no_cover(qtbot: Any, window: Any) -> None:
    clip = window.session.clip
    window.session.edit(editing.add_card, "The start", Time.from_seconds(3), 0).wait()
    qtbot.waitUntil(lambda: window.player.plan is not None and window.session.clip != clip)
    window.player.go_when_planned(Time.from_seconds(1))
    qtbot.waitUntil(lambda: window.player.position == Time.from_seconds(1))
    assert _choose(window).markers == ()
    assert "is no cover" in window.toasts.shown[-1].text.message
