"""What somebody without a mouse, or without eyes, finds in a window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from support.leaks import settle

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit, QTabBar,
)  # fmt: skip
_MOST_STEPS = 400
_DRIVEN_BY_A_FIELD = {"Commands"}
"""Lists that the arrows walk while one types in the field above; the focus stays there."""
_NO_NAME = re.compile(r"^(\w+\.(py|png|svg|ttf|json)|[a-z]+(_[a-z]+)+)$")
"""Names of files and objects."""


def controls(top: QWidget) -> list[QWidget]:
    """Everything in sight in one window that can be used."""
    found = [part for part in top.findChildren(QWidget) if part.isVisible() and part.window() is top]
    return [part for part in found if _usable(part) and not _inner(part)]


def _usable(part: QWidget) -> bool:
    takes_focus = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    driven = spoken_name(part) in _DRIVEN_BY_A_FIELD
    return takes_focus or (isinstance(part, CONTROLS) and not isinstance(part, QScrollBar) and not driven)


def _inner(part: QWidget) -> bool:
    """A part of another control: the field of a spin box, the cross in a line edit, Qt's own helpers."""
    owner = part.parentWidget()
    return isinstance(owner, QAbstractSpinBox | QComboBox | QLineEdit) or part.objectName().startswith("qt_")


def spoken_name(part: QWidget) -> str:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(part)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def described(part: QWidget) -> str:
    """A widget so that one can find it."""
    chain, owner = [type(part).__name__], part.parentWidget()
    while owner is not None and len(chain) < 4:
        chain.append(type(owner).__name__)
        owner = owner.parentWidget()
    return f"{spoken_name(part)!r} {' < '.join(chain)}"


def badly_named(top: QWidget) -> list[str]:
    """Controls without a name, or with one for programmers."""
    return [described(part) for part in controls(top) if _for_programmers(spoken_name(part), part)]


def _for_programmers(name: str, part: QWidget) -> bool:
    classes = {kind.__name__ for kind in type(part).mro()}
    return not name or name in classes or bool(_NO_NAME.match(name))


def without_tooltip(top: QWidget) -> list[str]:
    """Buttons that show only an icon and don't say what it means."""
    buttons = [part for part in controls(top) if isinstance(part, QAbstractButton)]
    bare = [part for part in buttons if not part.text().strip() and not part.icon().isNull()]
    return [described(button) for button in bare if not button.toolTip().strip()]


def without_keys(top: QWidget, actions: Iterable[QAction]) -> list[str]:
    """Buttons named as an action that has a shortcut, which their tooltip does not tell."""
    actions = {action.text(): action for action in actions if not action.shortcut().isEmpty()}
    faults = []
    for button in controls(top):
        action = actions.get(spoken_name(button)) if isinstance(button, QAbstractButton) else None
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if action else ""
        if keys not in button.toolTip():
            faults.append(f"{described(button)}: {keys} is not in {button.toolTip()!r}")
    return faults


def come_forward(top: QWidget) -> None:
    """Keys go to this window from now on."""
    top.raise_()
    top.activateWindow()
    assert QTest.qWaitForWindowActive(top)


def walk(top: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab leads, one after the other, until it comes to a place for the second time. One control may be
    several places, which it names one after the other."""
    come_forward(top)
    seen: dict[tuple[QWidget, str], None] = {}
    for _ in range(_MOST_STEPS):
        QTest.keyClick(QApplication.focusWidget() or top, key)
        here = QApplication.focusWidget()
        if here is None or (here, here.accessibleName()) in seen:
            break
        seen[here, here.accessibleName()] = None
    return list(dict.fromkeys(widget for widget, _name in seen))


def stuck_at(top: QWidget) -> str:
    """Where Tab does not lead on from, or nothing."""
    here = QApplication.focusWidget()
    name = here.accessibleName() if here is not None else ""
    QTest.keyClick(here or top, Qt.Key.Key_Tab)
    still = here is not None and QApplication.focusWidget() is here and here.accessibleName() == name
    return described(here) if here is not None and still else ""


def unreached(top: QWidget, visited: list[QWidget]) -> list[str]:
    """Controls in sight that Tab never came to. One of a group is enough: arrows lead to the others."""
    reached = set(visited)
    return [described(part) for part in controls(top) if part.isEnabled() and not _reached(part, reached)]


def _reached(part: QWidget, reached: set[QWidget]) -> bool:
    if part in reached or part.focusProxy() in reached or any(part.isAncestorOf(one) for one in reached):
        return True
    group = part.group() if isinstance(part, QAbstractButton) else None
    return isinstance(group, QButtonGroup) and any(button in reached for button in group.buttons())


def focus_shows(top: QWidget, part: QWidget) -> bool:
    """Whether one sees that a control has the focus."""
    if part.visibleRegion().isEmpty():
        return True  # scrolled away: Qt scrolls to what gets the focus, and it is looked at elsewhere
    if (here := QApplication.focusWidget()) is not None:
        here.clearFocus()
    without = _pixels(top)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    return int((np.abs(_pixels(top) - without).max(axis=2) > 24).sum()) >= _LEAST_PIXELS


_LEAST_PIXELS = 40
"""More than the bar of a text cursor."""


def _pixels(top: QWidget) -> np.ndarray:
    settle()
    return pixels(top.grab().toImage())


def pixels(image: QImage) -> np.ndarray:
    """Red, green and blue of each pixel."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).astype(np.int16)


def first_of_each_class(parts: list[QWidget], known: set[str]) -> Iterator[QWidget]:
    """One control of each class and look that was not ``known`` yet; they are from now on."""
    for part in parts:
        look = f"{type(part).__name__} {part.property('role') or ''} {getattr(part, 'isChecked', bool)()}"
        if look not in known:
            known.add(look)
            yield part
