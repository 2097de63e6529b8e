"""One evening with the window, by mouse and keys alone: from a dropped file to a finished clip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from support.projects import make_services
from support.shown import button
from support.talk import SENTENCES, small_talk

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.session.seen import seen
from viralclip_desktop.gui.shell.window import MainWindow

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(scope="module")
def talk(tmp_path_factory) -> Path:
    """A short talk as a video."""
    return small_talk(tmp_path_factory.mktemp("talk") / "Secrets.mp4", SENTENCES[:6])


class Hand:
    """Somebody at the window: clicks, types and waits until what that did has come to rest."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def wait(self, until, timeout_ms: int = 20000) -> None:
        self.qtbot.waitUntil(until, timeout=timeout_ms)

    def settle(self) -> None:
        context = self.window.context
        for _ in range(2):
            context.edits.last.wait()
            self.wait(lambda: context.tasks.idle)
            QTest.qWait(30)

    def drop(self, path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            self.window, QDragEnterEvent(QPoint(300, 300), copy, data, left, Held.NoModifier)
        )
        QApplication.sendEvent(self.window, QDropEvent(QPointF(300, 300), copy, data, left, Held.NoModifier))

    def click(self, widget: QWidget, pos: QPoint | None = None) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        at = widget.rect().center() if pos is None else pos
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def press(self, key: Key, held: Held = Held.NoModifier) -> None:
        self.window.activateWindow()
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        self.settle()

    @property
    def clip(self):
        """The clip in front of us, as it is stored."""
        return self.window.services.store.clip(self.window.session.clip.id)


class Program:
    """Started and ended as often as one likes, on the same data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.bugs: list[Exception] = []
        self.window: MainWindow | None = None

    def start(self) -> MainWindow:
        services = make_services(self._folder)
        services.settings.set(min_length_s=4, max_length_s=12, clip_count=2, resolution=Resolution.P720)
        self.window = MainWindow(services, self.bugs.append)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.begin(None)
        self.window.activateWindow()
        return self.window

    def end(self) -> None:
        if self.window is not None:
            self.window.close_without_asking()
            self.window.deleteLater()
            self.window.services.close()
        self.window = None


@pytest.fixture
def program(qapp, tmp_path):
    """The program, ended in any case. Bugs that reached its reporter fail the test."""
    program = Program(tmp_path)
    yield program
    program.end()
    assert program.bugs == []


def test_from_a_dropped_file_to_a_finished_clip(qtbot, program, talk) -> None:
    hand = Hand(qtbot, program.start())
    hand.drop(talk)
    hand.wait(lambda: hand.window.page is Page.CLIPS and hand.window.player.current, 90000)
    _find(hand, _rare_word(hand))
    found = hand.clip
    _cut_by_text(hand)
    assert hand.clip.duration < found.duration
    _style(hand)
    _brand(hand)
    styled = hand.clip
    assert styled.caption_style != found.caption_style
    assert styled.brand_kit == hand.window.services.store.brand_kits()[0].id

    program.end()
    hand = Hand(qtbot, program.start())
    _open_clip(hand, styled)
    for _ in range(8):
        if seen(hand.clip) != seen(found):
            hand.press(Key.Key_Z, Held.ControlModifier)
    hand.wait(lambda: hand.clip == found)  # also what is said of it, which is made anew after a rest
    while hand.window.actions_by_id["redo"].isEnabled():
        hand.press(Key.Key_Z, Held.ControlModifier | Held.ShiftModifier)
    assert seen(hand.clip) == seen(styled)  # what is said of it is made anew in the meantime
    _export(hand)


def _rare_word(hand: Hand) -> str:
    """The longest word that was heard in the clip: what the built-in recogniser makes of a talk varies."""
    transcript = hand.window.session.loaded.transcript
    heard = [word.text.strip(".,?").lower() for word in transcript.words_between(hand.clip.range)]
    return max(heard, key=len)


def _find(hand: Hand, word: str) -> None:
    """Through the search of the start page into the editor, at the word."""
    window = hand.window
    hand.click(button(window.header, "Back to the start page"))
    hand.click(window.home_page.search.field)
    hand.write(word)
    hand.wait(lambda: window.home_page.search.model.rowCount() > 0)
    hand.press(Key.Key_Return)
    hand.wait(lambda: window.page is Page.EDITOR or bool(window.toasts.shown))
    if window.page is not Page.EDITOR:  # said, but in no clip yet
        hand.click(window.toasts.shown[-1].findChildren(QAbstractButton)[0])
    hand.wait(lambda: window.page is Page.EDITOR and window.player.current)
    caret = window.editor.panel("transcript").view.selection.caret
    assert word in window.session.loaded.transcript.words[caret].text.lower()


def _cut_by_text(hand: Hand) -> None:
    """Two words chosen and deleted."""
    view = hand.window.editor.panel("transcript").view
    hand.wait(view.isVisible)
    view.setFocus()
    hand.wait(view.hasFocus)
    hand.press(Key.Key_Right, Held.ShiftModifier)
    hand.wait(lambda: len(view.selection.words or ()) == 2)
    hand.press(Key.Key_Delete)
    hand.wait(lambda: len(hand.clip.cuts) == 1)


def _style(hand: Hand) -> None:
    hand.press(Key.Key_4, Held.ControlModifier)
    tile = hand.window.editor.panel("captions").gallery.tiles[3]
    hand.click(tile)
    assert hand.clip.caption_style == tile.style_id


def _brand(hand: Hand) -> None:
    hand.press(Key.Key_5, Held.ControlModifier)
    brand = hand.window.editor.panel("brand")
    hand.click(brand.empty.findChildren(QAbstractButton)[0])
    hand.wait(lambda: brand.wear.isVisible() and brand.wear.isEnabled())
    hand.click(brand.wear)


def _export(hand: Hand) -> None:
    queue = hand.window.queue
    hand.click(hand.window.editor.header.export)
    hand.wait(lambda: bool(queue.rows) and queue.rows[0].export.status.ended, 90000)
    export = queue.rows[0].export
    assert export.status is WorkState.COMPLETED
    assert Path(export.output_path).stat().st_size > 10_000
    assert abs(export.result.duration_s - hand.clip.duration.seconds) < 0.2


def _open_clip(hand: Hand, clip) -> None:
    """By its project's card, then its own."""
    window = hand.window
    cards = window.home_page.cards
    hand.wait(lambda: window.home_page.model.rowCount() == 1)
    hand.settle()
    hand.click(cards.viewport(), cards.visualRect(window.home_page.model.index(0)).center())
    hand.wait(lambda: window.page is Page.CLIPS)
    row = [shown.id for shown in window.session.clips].index(clip.id)
    own = window.clips_page.cards
    hand.click(own.viewport(), own.visualRect(window.clips_page.model.index(row)).center())
    own.setFocus()
    hand.press(Key.Key_Return)
    hand.wait(lambda: window.page is Page.EDITOR and window.player.current)
