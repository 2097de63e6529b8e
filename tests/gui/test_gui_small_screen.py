"""On a small screen: everything has its place, nothing that matters is cut, Tab goes as one reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from support.gui_walk import clipped
from support.shown import button

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features import editing
from viralclip_desktop.gui.editor.dock_tabs import DockTabs
from viralclip_desktop.gui.widgets.toasts import ToastText

SMALL = (960, 508)  # a 1920x1080 screen at 200 %, without the title bar


@pytest.fixture
def editor_window(qtbot, clips_window):
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current and clips_window.editor.settled, timeout=15000)
    return clips_window


@pytest.fixture
def small(qtbot, editor_window):
    editor_window.setMinimumSize(*SMALL)
    editor_window.resize(*SMALL)
    editor_window.editor.reset_layout()
    qtbot.waitUntil(lambda: right_tabs(editor_window).width() < 360)
    return editor_window


@pytest.fixture
def small_wide(qtbot, small):
    """The same with a clip that plays in the middle."""
    small.session.edit(editing.reshape_clip, Aspect.WIDE)
    qtbot.waitUntil(lambda: right_tabs(small).width() < 330)
    return small


def right_tabs(window) -> QTabBar:
    bars = [bar for bar in window.editor.docks.findChildren(QTabBar) if bar.count() == 8]
    assert len(bars) == 1
    return bars[0]


def place(window, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def test_the_editor_fits_a_full_hd_screen_at_200_percent(small) -> None:
    assert (small.width(), small.height()) == SMALL
    assert small.editor.minimumSizeHint().width() <= 960
    assert small.clips_page.minimumSizeHint().width() <= 960
    picture = small.editor.preview.picture
    assert picture.height() >= 300
    assert clipped(small.editor.header) == []
    assert clipped(small.editor.preview.transport) == []


def test_with_a_clip_in_the_middle_it_fits_too(qtbot, small_wide) -> None:
    qtbot.waitUntil(lambda: small_wide.player.current and small_wide.editor.preview.picture.height() >= 120)
    assert small_wide.editor.minimumSizeHint().width() <= 960
    picture = place(small_wide, small_wide.editor.preview.picture)
    assert not picture.intersects(place(small_wide, small_wide.editor.preview.transport))
    assert clipped(small_wide.editor.header) == []
    assert clipped(small_wide.editor.preview.transport) == []


def test_tabs_without_room_are_icons_that_keep_their_names(small_wide) -> None:
    small = small_wide
    bar = right_tabs(small)
    assert bar.findChild(DockTabs).folded
    assert [bar.tabText(n) for n in range(3)] == ["Captions", "Brand", "Frame"]
    assert bar.tabToolTip(1) == "Brand"
    for number in range(bar.count()):
        assert not bar.tabIcon(number).isNull()
        wide = bar.fontMetrics().horizontalAdvance(bar.tabText(number))
        assert (bar.tabRect(number).width() > wide + 16) == (number == bar.currentIndex())
    last = bar.tabRect(bar.count() - 1)
    assert last.right() < bar.width()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert small.editor.docks.in_front("frame")


def test_tabs_with_room_are_words(qtbot, editor_window) -> None:
    editor_window.resize(1366, 768)
    editor_window.editor.reset_layout()
    qtbot.waitUntil(lambda: right_tabs(editor_window).findChild(DockTabs) is not None, timeout=5000)
    bar = right_tabs(editor_window)
    qtbot.waitUntil(lambda: bar.width() > 360, timeout=5000)
    assert not bar.findChild(DockTabs).folded
    assert bar.tabRect(5).right() <= bar.width()
    for number in range(bar.count()):
        assert bar.tabIcon(number).isNull()
        assert bar.tabRect(number).width() > bar.fontMetrics().horizontalAdvance(bar.tabText(number))


def test_plain_news_lies_in_the_strip_and_hides_no_picture(qtbot, editor_window) -> None:
    window = editor_window
    window.tell(ToastText("Undid: Split clip"))
    window.tell(ToastText("The disk is full.", "Make room and try again.", kind="bad"))
    brief, error = window.toasts.shown
    assert place(window, window.status).contains(place(window, brief))
    assert not place(window, brief).intersects(place(window, button(window.status, "Activity")))
    picture = place(window, window.editor.preview.picture)
    assert not picture.intersects(place(window, brief))
    assert place(window, error).bottom() < picture.bottom()
    window.tell(ToastText("Redid: Split clip"))
    said = [toast.text.message for toast in window.toasts.shown]
    assert said == ["The disk is full.", "Redid: Split clip"], "newer news takes the place of older"


def test_news_with_something_to_do_is_not_lost_to_newer_news(editor_window) -> None:
    window = editor_window
    window.tell(ToastText("The clip was deleted.", action="Undo", then=lambda: None))
    window.tell(ToastText("Undid: Split clip"))
    undo, news = (place(window, toast) for toast in window.toasts.shown)
    assert undo.bottom() < news.top()


def test_tab_walks_the_editor_as_one_reads_it(editor_window) -> None:
    editor = editor_window.editor
    editor.header.back.setFocus()
    parts = [
        editor.header,
        editor.panel("transcript"),
        editor.panel("captions"),
        editor.panel("timeline"),
        editor.preview,
        editor_window.status,
    ]
    visited: list[int] = []
    for _ in range(150):
        here = QApplication.focusWidget()
        part = next((n for n, part in enumerate(parts) if part is here or part.isAncestorOf(here)), None)
        if part is not None and (not visited or visited[-1] != part):
            visited.append(part)
        if part == len(parts) - 1:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert visited == list(range(len(parts)))


def test_the_activity_stays_in_sight_on_every_page(clips_window) -> None:
    clips_window.queue.toggle()
    clips_window.navigation.go_home()
    queue = clips_window.queue
    middle = queue.mapTo(clips_window.pages, queue.rect().center())
    found = clips_window.pages.childAt(middle)
    assert found is queue or queue.isAncestorOf(found)
