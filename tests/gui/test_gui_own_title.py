"""A title of the user's own: laid from wherever one looks for it, and its words typed on the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.shown import button, entries
from support.window_parts import open_palette

from viralclip_desktop.app import more_commands
from viralclip_desktop.cli.main import run
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.layers import Element, ProgressLayer, TitleLayer, TitleLook
from viralclip_desktop.features.editing import put_layer, trim_clip
from viralclip_desktop.gui.preview.element_overlay import ElementOverlay
from viralclip_desktop.gui.timeline.model import Key, Kind

LEFT = Qt.MouseButton.LeftButton
AT = Time.from_seconds(2)


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    """The editor on a clip, the playhead at two seconds."""
    window = clips_window
    window.navigation.open_editor()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
    overlay = window.work.part(ElementOverlay)
    qtbot.waitUntil(lambda: overlay.editor.known)
    window.player.seek(AT)
    return window


def _by_the_add_row(window: Any) -> None:
    timeline = window.editor.panel("timeline")
    top, bottom = timeline.control.scene.rows.tracks[Kind.ADD]
    canvas = timeline.canvas
    at = QPoint(300, (top + bottom) // 2 - canvas.verticalScrollBar().value())
    QTest.mouseClick(canvas.viewport(), LEFT, pos=at)
    menu: Any = QApplication.activePopupWidget()
    entries(menu)["Add a title"].trigger()
    menu.close()


def _by_the_bar(window: Any) -> None:
    QTest.mouseClick(window.editor.panel("timeline").bar.title, LEFT)


def _by_the_palette(window: Any) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "add title")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)


def _by_the_finish_panel(window: Any) -> None:
    window.editor.docks.reveal("finish")
    QTest.mouseClick(button(window.editor.panel("finish"), "Add a title"), LEFT)


def _by_its_key(window: Any) -> None:
    QTest.keyClick(window.editor.preview, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)


WAYS = (_by_the_add_row, _by_the_bar, _by_the_palette, _by_the_finish_panel, _by_its_key)


def _stored(window: Any) -> Any:
    return window.services.store.clip(window.session.clip.id)


def _history(window: Any) -> list[str]:
    project = window.session.loaded.project.id
    return [entry.label for entry in window.services.store.history(project) if not entry.undone]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.removeprefix("_by_"))
def test_a_title_is_laid_at_the_playhead_and_its_words_are_typed(
    qtbot: Any, window: Any, way: Callable[[Any], None]
) -> None:
    before, overlay = _history(window), window.work.part(ElementOverlay)
    way(window)
    window.activateWindow()  # a menu or the palette was in front
    qtbot.waitUntil(lambda: overlay.field is not None)
    (title,) = _stored(window).layers
    assert (type(title), title.range.start) == (TitleLayer, AT)
    assert len(_history(window)) == len(before) + 1, "one entry in the history"
    assert overlay.editor.selected.id == title.id
    qtbot.waitUntil(overlay.field.hasFocus)
    QTest.keyClicks(overlay.field, "Never trust a number")
    QTest.keyClick(overlay.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _stored(window).layers[0].text == "Never trust a number")
    assert overlay.editor.selected.id == title.id


def test_it_is_the_title_that_the_command_line_lays(qtbot: Any, window: Any) -> None:
    overlay = window.work.part(ElementOverlay)
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    overlay.field.leave(keep=True)
    clip = window.session.clip.id
    args = ("layers", "add", clip, "title", "Title", "--start", str(AT.seconds))
    assert run(args, lambda: window.services, more_commands) == 0
    ours, theirs = _stored(window).layers
    assert replace(ours, id="") == replace(theirs, id="")


def test_undo_takes_the_title_away(qtbot: Any, window: Any) -> None:
    overlay = window.work.part(ElementOverlay)
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    QTest.keyClick(overlay.field, Qt.Key.Key_Escape)
    window.session.undo().wait()
    assert _stored(window).layers == ()


def test_at_the_clips_end_there_is_still_a_title_to_see(qtbot: Any, window: Any) -> None:
    overlay = window.work.part(ElementOverlay)
    window.player.to_end()
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    within, end = _stored(window).layers[0].range, window.session.clip.duration
    assert (within.start, within.end) == (end - Time.from_seconds(1), end)


def test_what_plays_stands_still_for_it(qtbot: Any, window: Any) -> None:
    overlay = window.work.part(ElementOverlay)
    window.player.play()
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    assert not window.player.playing


def test_another_clip_meanwhile_is_left_alone(qtbot: Any, window: Any) -> None:
    overlay, first = window.work.part(ElementOverlay), window.session.clip
    window.actions_by_id["add_title"].trigger()
    window.session.select_beside(1)
    qtbot.waitUntil(lambda: bool(window.services.store.clip(first.id).layers))
    qtbot.waitUntil(lambda: window.context.idle and window.player.current and overlay.editor.known)
    assert overlay.field is None
    assert _stored(window).layers == ()


def test_how_it_looks_is_changed_in_the_finish_panel(qtbot: Any, window: Any) -> None:
    window.editor.docks.reveal("finish")
    card, overlay = window.editor.panel("finish").own_title, window.work.part(ElementOverlay)
    assert card.forms == []
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    overlay.field.leave(keep=True)
    qtbot.waitUntil(lambda: len(card.forms) == 1)
    (form,) = card.forms
    form.texts[0].setText("Typed in the panel")
    QTest.keyClick(form.texts[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _stored(window).layers[0].text == "Typed in the panel")
    form.fields["colour"].moved.emit("#10FF20", 1)
    qtbot.waitUntil(lambda: _stored(window).layers[0].colour == "#10FF20")
    assert card.forms == [form], "it stays while it is worked with"
    window.session.undo()
    qtbot.waitUntil(lambda: _stored(window).layers[0].colour != "#10FF20")
    QTest.mouseClick(card.add, LEFT)
    qtbot.waitUntil(lambda: len(card.forms) == 2)


PLATE = "#F00078"


def _plate_seen(window: Any) -> int:
    """How many points of the picture have the plate's colour."""
    image, wanted = window.editor.preview.picture.image, QColor(PLATE).getRgb()
    places = product(range(0, image.width(), 3), range(0, image.height(), 3))
    points = (QColor(image.pixel(x, y)).getRgb() for x, y in places)
    return sum(
        max(abs(one - other) for one, other in zip(found, wanted, strict=True)) < 25 for found in points
    )


def test_a_plate_is_seen_on_the_picture_and_goes_again(qtbot: Any, window: Any) -> None:
    window.editor.docks.reveal("finish")
    card, overlay = window.editor.panel("finish").own_title, window.work.part(ElementOverlay)
    window.actions_by_id["add_title"].trigger()
    qtbot.waitUntil(lambda: overlay.field is not None)
    overlay.field.leave(keep=True)
    qtbot.waitUntil(lambda: len(card.forms) == 1)
    window.player.seek(AT + Time.from_seconds(1))
    qtbot.waitUntil(lambda: window.player.current and window.context.idle)
    plate, before = card.forms[0].fields["plate"], _plate_seen(window)
    assert plate.field.text() == "None", "the letters stand on nothing"
    plate.field.setText(PLATE)
    QTest.keyClick(plate.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _plate_seen(window) > before + 50)
    assert plate.value == PLATE
    plate.none.click()
    qtbot.waitUntil(lambda: _plate_seen(window) <= before)
    assert (plate.field.text(), _stored(window).layers[0].look) == ("None", TitleLook.PLAIN)


@pytest.fixture
def laid(qtbot: Any, window: Any) -> Any:
    """The window with a title of one's own on the clip, the finish panel never looked at."""
    title = TitleLayer("mine", "Mine", TimeRange.from_seconds(1, 4))
    window.session.edit(put_layer, title)
    key = Key(Kind.PICTURE, title.id)
    timeline = window.editor.panel("timeline")
    qtbot.waitUntil(lambda: timeline.control.model.find(key) is not None)
    timeline.control.selection.only(key)
    return window


def _by_enter(window: Any) -> None:
    QTest.keyClick(window.editor.panel("timeline").canvas, Qt.Key.Key_Return)


def _by_the_menu(window: Any) -> None:
    canvas = window.editor.panel("timeline").canvas
    at = canvas.viewport().rect().center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, canvas.viewport().mapToGlobal(at))
    QApplication.sendEvent(canvas.viewport(), asked)
    menu: Any = QApplication.activePopupWidget()
    entries(menu)["Show its settings\tEnter"].trigger()
    menu.close()


def _by_the_list(window: Any) -> None:
    items = window.editor.panel("timeline").items
    items.keep_unfolded(True)
    items.setCurrentIndex(items.items.index(items.items.row_of(Key(Kind.PICTURE, "mine"))))
    QTest.keyClick(items, Qt.Key.Key_Return)


@pytest.mark.parametrize("way", [_by_enter, _by_the_menu, _by_the_list])
def test_its_settings_are_shown_where_they_are(qtbot: Any, laid: Any, way: Callable[[Any], None]) -> None:
    way(laid)
    laid.activateWindow()  # a menu was in front
    qtbot.waitUntil(lambda: laid.editor.docks.in_front("finish") and laid.editor.settled)
    (form,) = laid.editor.panel("finish").own_title.forms
    qtbot.waitUntil(lambda: form.more.unfolded and form.first_field.isVisible())
    qtbot.waitUntil(form.first_field.hasFocus)
    assert laid.editor.panel("timeline").typing.field is None


def test_the_settings_of_a_bar_are_shown_where_they_are(qtbot: Any, laid: Any) -> None:
    bar = ProgressLayer("bar", TimeRange.from_seconds(0, 5), element=Element.PROGRESS)
    laid.session.edit(put_layer, bar)
    control, key = laid.editor.panel("timeline").control, Key(Kind.PICTURE, "bar")
    qtbot.waitUntil(lambda: control.model.find(key) is not None)
    control.selection.only(key)
    _by_enter(laid)
    qtbot.waitUntil(lambda: laid.editor.docks.in_front("finish") and laid.editor.settled)
    qtbot.waitUntil(laid.editor.panel("finish").cards[Element.PROGRESS].form.first_field.hasFocus)


def test_what_is_opened_of_it_stays_open(qtbot: Any, laid: Any) -> None:
    laid.session.edit(put_layer, TitleLayer("late", "Late", TimeRange.from_seconds(3, 5)))
    laid.session.edit(put_layer, ProgressLayer("bar", TimeRange.from_seconds(0, 5), element=Element.PROGRESS))
    laid.editor.docks.reveal("finish")
    panel = laid.editor.panel("finish")
    qtbot.waitUntil(
        lambda: len(panel.own_title.forms) == 2 and panel.cards[Element.PROGRESS].form is not None
    )
    (mine, _late), bar = panel.own_title.forms, panel.cards[Element.PROGRESS].form
    for form in (mine, bar):
        QTest.mouseClick(form.more.button, LEFT)

    def opened() -> bool:
        mine_stays = mine in panel.own_title.forms and mine.more.unfolded
        return mine_stays and panel.cards[Element.PROGRESS].form is bar and bar.more.unfolded

    clip = laid.session.clip
    longest = mine.fields["length"].slider.maximum()
    laid.session.edit(trim_clip, clip.range.start, clip.range.end - Time.from_seconds(2))
    qtbot.waitUntil(lambda: laid.session.clip.duration < clip.duration)
    assert opened()
    assert mine.fields["length"].slider.maximum() == longest - 20, "it reaches as far as the clip"
    laid.session.undo()
    qtbot.waitUntil(lambda: laid.session.clip.duration == clip.duration)
    assert opened()
    assert mine.fields["length"].slider.maximum() == longest
    mine.fields["start"].slider.setValue(45)  # behind the other one
    qtbot.waitUntil(lambda: [form.layer.id for form in panel.own_title.forms] == ["late", "mine"])
    assert opened()
