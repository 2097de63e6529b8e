"""A click on a word of the transcript brings the playhead there; what a click did before it goes on doing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.gui.transcript.keys import Command

LEFT = Qt.MouseButton.LeftButton
INSIDE, OUTSIDE = 8, 60  # words of the first clip, and of none of it


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    """The editor on a clip of a few seconds."""
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current and clips_window.editor.settled)
    view = clips_window.editor.panel("transcript").view
    qtbot.waitUntil(view.isVisible)
    return clips_window


def _view(window: Any) -> Any:
    return window.editor.panel("transcript").view


def _at(window: Any, word: int) -> QPoint:
    _view(window).reveal(word)
    return _view(window).word_rect(word).center()


def _click(window: Any, word: int) -> None:
    QTest.mouseClick(_view(window).viewport(), LEFT, pos=_at(window, word))


def _word(window: Any, number: int) -> Any:
    return window.session.loaded.transcript.words[number]


def _there(window: Any, number: int) -> bool:
    """Whether the playhead stands on the frame on which a word begins."""
    at, word = to_source_time(window.session.clip, window.player.position), _word(window, number)
    return abs((at - word.start).seconds) <= float(1 / window.player.plan.fps)


def test_a_click_on_a_word_goes_there(qtbot: Any, window: Any) -> None:
    assert not _there(window, INSIDE)
    _click(window, INSIDE)
    assert _there(window, INSIDE)
    assert _view(window).selection.caret == INSIDE
    assert _view(window).lights.spoken == INSIDE
    assert not window.player.playing


def test_a_click_while_it_plays_plays_on_from_there(qtbot: Any, window: Any) -> None:
    window.player.play()
    _click(window, INSIDE)
    assert window.player.playing
    word = _word(window, INSIDE)
    assert to_source_time(window.session.clip, window.player.position).seconds >= word.start.seconds - 0.1
    window.player.pause()


def test_a_click_on_a_word_of_no_part_of_the_clip_only_puts_the_caret(qtbot: Any, window: Any) -> None:
    before, said = window.player.position, len(window.messages.messages)
    _click(window, OUTSIDE)
    assert _view(window).selection.caret == OUTSIDE
    assert window.player.position == before
    assert len(window.messages.messages) == said


def test_choosing_words_leaves_the_playhead_alone(qtbot: Any, window: Any) -> None:
    port, before = _view(window).viewport(), window.player.position
    start, end = _at(window, 4), _at(window, 9)
    QTest.mousePress(port, LEFT, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(port, start + (end - start) * step / 5)
    QTest.mouseRelease(port, LEFT, pos=end)
    assert _view(window).selection.words == range(4, 10)
    QTest.mouseClick(port, LEFT, Qt.KeyboardModifier.ShiftModifier, _at(window, 11))
    assert _view(window).selection.words == range(4, 12)
    QTest.keyClick(_view(window), Qt.Key.Key_Right)
    assert window.player.position == before


def test_a_double_click_goes_there_and_enter_corrects_the_word(qtbot: Any, window: Any) -> None:
    _click(window, INSIDE)
    QTest.mouseDClick(_view(window).viewport(), LEFT, pos=_at(window, INSIDE))
    QTest.mouseRelease(_view(window).viewport(), LEFT, pos=_at(window, INSIDE))
    assert _there(window, INSIDE)
    panel = window.editor.panel("transcript")
    assert panel.can(Command.EDIT)
    QTest.keyClick(_view(window), Qt.Key.Key_Return)
    assert panel.spelling.field is not None
    QTest.keyClick(panel.spelling.field, Qt.Key.Key_Escape)
