"""Through every page, panel and dialog of the window, reading what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from support.window_parts import export_dialog_of, open_palette, open_settings, palette_of

from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
from viralclip_desktop.gui.captions.pages import Page
from viralclip_desktop.gui.shortcuts.dialog import ShortcutDialog
from viralclip_desktop.gui.studio.feature import TABS

if TYPE_CHECKING:
    from viralclip_desktop.gui.shell.window import MainWindow

Look = Callable[[str, QWidget], None]


def walk(window: MainWindow, wait: Callable[[Callable[[], bool]], None], look: Look) -> None:
    """Show everything and call ``look`` with a name and what is in front. A recording has to be open."""

    def settle() -> None:
        window.context.edits.last.wait()
        wait(lambda: window.context.tasks.idle)
        QApplication.processEvents()

    window.navigation.show_clips()
    settle()
    look("clips", window.clips_page)
    window.navigation.open_editor()
    wait(lambda: window.player.plan is not None)
    for name in window.editor.docks.docks:
        window.editor.docks.reveal(name)
        settle()
        for page in _pages(window.editor.panel(name)):
            _unfold(window.editor.panel(name))
            settle()
            look(f"editor, {name} {page}".strip(), window.editor.panel(name))
    look("editor", window)
    _dialogs(window, settle, look)
    for tab in TABS:
        window.navigation.open_studio(tab.id)
        settle()
        look(f"studio, {tab.id}", window.studio_page)
    window.navigation.go_home()
    settle()
    look("home", window.home_page)


def _dialogs(window: MainWindow, settle: Callable[[], None], look: Look) -> None:
    settings = open_settings(window)
    for section in settings.sections:
        settings.show_section(section.title)
        settle()
        look(f"settings, {section.title}", settings)
    settings.close()
    window.actions_by_id["export_as"].trigger()
    settle()
    dialog = export_dialog_of(window)
    assert dialog is not None
    look("export dialog", dialog)
    dialog.reject()
    open_palette(window)
    assert palette_of(window) is not None
    look("palette", palette_of(window))
    palette_of(window).hide()
    window.actions_by_id["shortcuts"].trigger()
    shortcuts = QApplication.activeModalWidget()
    assert isinstance(shortcuts, ShortcutDialog)
    assert shortcuts.rows  # they are made little by little
    settle()
    look("shortcuts", shortcuts)
    shortcuts.close()
    settle()
    window.queue.toggle()
    settle()
    look("activity", window.queue)
    window.queue.toggle()


def _pages(panel: QWidget) -> Iterator[str]:
    """Goes to each page of a panel; one empty name for a panel without pages."""
    if not isinstance(panel, CaptionsPanel):
        yield ""
        return
    for page in Page:
        panel.pages.show_page(page)
        yield str(page)
    panel.pages.show_page(Page.STYLE)


def _unfold(panel: QWidget) -> None:
    """Open what is folded, so that it is on the page."""
    for button in panel.findChildren(QAbstractButton):
        if button.isCheckable() and not button.isChecked() and "Fold" in type(button.parent()).__name__:
            button.click()


def said(top: QWidget) -> Iterator[tuple[str, str]]:
    """Every text under a widget that a user may see or hear, with where it stands. What the user writes
    (fields) is left out."""
    for widget in [top, *top.findChildren(QWidget)]:
        name = type(widget).__name__
        for text in (
            widget.toolTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.windowTitle(),
        ):
            yield text, name
        for text in _shown(widget):
            yield text, name
        for action in widget.actions():
            yield action.text(), f"action {action.objectName()}"


def _shown(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield widget.title()
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _items(widget.model())


def _items(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(200, model.rowCount())):
        for role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            with suppress(TypeError, AttributeError):
                data: Any = model.index(row, 0).data(role)
                if isinstance(data, str):
                    yield data


def clipped(top: QWidget) -> list[str]:
    """Buttons and one-line labels in sight whose text is wider or higher than there is room."""
    found = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QPushButton) and widget.text():
            wanted = widget.sizeHint()
            if widget.width() < wanted.width() - _SLACK_PX or widget.height() < _height(widget):
                found.append(f"{widget.text()!r} has {widget.width()} of {wanted.width()} px")
        elif type(widget).__name__ == "_Segment":
            wide = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
            if widget.width() < wide:
                found.append(f"{widget.text()!r} has {widget.width()} of {wide} px")
        elif type(widget) is QLabel and widget.text() and not widget.wordWrap():
            wide = widget.sizeHint().width()
            if widget.width() < wide - _SLACK_PX or widget.height() < _height(widget) - _SLACK_PX:
                found.append(f"{widget.text()!r} has {widget.width()}x{widget.height()} of {wide} px")
    return found


_SLACK_PX = 2  # a hint is rounded up


def _height(widget: Any) -> int:
    return QFontMetrics(widget.font()).tightBoundingRect(widget.text()).height()
