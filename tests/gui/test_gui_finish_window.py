"""Finishing a clip in the real window: what is asked for one clip is done to that clip, and nothing typed is
lost."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import Element, LayerKind


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    """The editor on the first clip, the finish panel in front."""
    window = clips_window
    window.navigation.open_editor()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
    window.actions_by_id["panel_finish"].trigger()
    _settle(qtbot, window)
    return window


def _settle(qtbot: Any, window: Any) -> None:
    """Wait until every edit is stored and shown, and what was asked for has come."""
    context = window.context
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)
    QTest.qWait(0)
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)


def _stored(window: Any, clip_id: str = "") -> Clip:
    return window.services.store.clip(clip_id or window.session.clip.id)


def _switch_on(qtbot: Any, window: Any, element: Element) -> None:
    window.editor.panel("finish").cards[element].switch.click()
    qtbot.waitUntil(lambda: any(one.element is element for one in _stored(window).layers))
    _settle(qtbot, window)


def test_the_sound_panel_shows_the_sound_effects_of_a_finish(qtbot, window) -> None:
    _switch_on(qtbot, window, Element.CARD)
    _switch_on(qtbot, window, Element.EFFECTS)
    window.actions_by_id["panel_audio"].trigger()
    _settle(qtbot, window)
    effects = {layer.id for layer in _stored(window).layers if layer.kind is LayerKind.EFFECT}
    assert effects
    assert set(window.editor.panel("audio").cards) == effects
