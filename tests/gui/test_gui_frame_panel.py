"""The frame panel and the handles on the preview: move, zoom, keyframes, guides."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from support.gui_bench import bench_on

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Easing, Framing
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    panel = ReframePanel(bench.session, bench.context, bench.pictures, bench.player)
    picture = PictureView()
    bench.qtbot.addWidget(picture)
    picture.resize(300, 480)
    picture.show_aspect(Aspect.VERTICAL)
    picture.add_overlay(panel.handles)
    picture.show()
    bench.picture = picture
    return bench.show(panel)


def _drag(handles, way: QPoint) -> None:
    start = QPoint(100, 100)
    QTest.mousePress(handles, Qt.MouseButton.LeftButton, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(handles, start + way * step / 3)
    QTest.mouseRelease(handles, Qt.MouseButton.LeftButton, pos=start + way)


def _wheel(handles, notches: int) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, handles.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    handles.wheelEvent(event)


def test_dragging_the_picture_moves_the_still_crop_as_one_edit(bench, panel) -> None:
    _drag(panel.handles, QPoint(-90, 0))
    bench.settle()
    share = 90 / panel.handles.width() * (9 / 16) / (16 / 9)
    assert bench.clip.centre_x == pytest.approx(0.5 + share, abs=0.01)
    assert bench.clip.frame_keys == ()
    assert bench.history.count("Change framing") == 1
    bench.undo()
    assert bench.clip.centre_x == 0.5


def test_a_click_is_no_drag(bench, panel) -> None:
    heard: list[bool] = []
    panel.handles.clicked.connect(lambda: heard.append(True))
    QTest.mouseClick(panel.handles, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    bench.settle()
    assert heard == [True]
    assert bench.clip.centre_x == 0.5


def test_the_wheel_zooms_and_the_crop_stays_inside(bench, panel) -> None:
    _wheel(panel.handles, 3)
    _wheel(panel.handles, 3)
    bench.settle()
    (key,) = bench.clip.frame_keys
    assert key.zoom == pytest.approx(1.08**6, abs=0.01)
    assert bench.history.count("Set keyframe") == 1
    _drag(panel.handles, QPoint(-5000, -5000))
    bench.settle()
    (key,) = bench.clip.frame_keys
    width, height = panel.editor.shares(key.zoom)
    assert key.centre_x == pytest.approx(1 - width / 2)
    assert key.centre_y == pytest.approx(1 - height / 2)


def test_arrows_move_the_crop_while_it_has_the_focus(bench, panel) -> None:
    QTest.keyClick(panel.handles, Qt.Key.Key_Right)
    bench.settle()
    assert bench.clip.centre_x == pytest.approx(0.51)
    QTest.keyClick(panel.handles, Qt.Key.Key_Plus)
    bench.settle()
    assert bench.clip.frame_keys[0].zoom == pytest.approx(1.05)


def test_keyframes_are_added_walked_eased_and_removed(bench, panel) -> None:
    panel.add.click()
    bench.settle()
    bench.player.seek(Time.from_seconds(3))
    panel.across.slider.setValue(70)
    bench.settle()
    keys = bench.clip.frame_keys
    assert [round(key.at.seconds - bench.clip.range.start.seconds, 2) for key in keys] == [0, 3]
    assert [key.centre_x for key in keys] == [0.5, 0.7]
    bench.player.seek(Time.from_seconds(1.5))
    assert panel.across.value == 60
    assert "2 keyframes" in panel.count.text()
    panel.easing.button(Easing.HOLD).click()
    bench.settle()
    assert bench.clip.frame_keys[0].easing is Easing.HOLD
    assert panel.across.value == 50
    panel.following.click()
    assert bench.player.position == Time.from_seconds(3)
    assert panel.add.isHidden()
    panel.remove.click()
    bench.settle()
    assert len(bench.clip.frame_keys) == 1
    panel.clear.click()
    bench.settle()
    assert bench.clip.frame_keys == ()


def _seconds(bench) -> list[tuple[float, float]]:
    """The keys: seconds of the clip, and where the crop looks."""
    start = bench.clip.range.start
    return [(round((key.at - start).seconds, 2), key.centre_x) for key in bench.clip.frame_keys]


def test_the_crop_moved_at_another_time_goes_there_as_one_edit_that_is_told_once(bench, panel) -> None:
    _drag(panel.handles, QPoint(-30, 0))
    bench.settle()
    before = bench.clip.centre_x
    bench.player.seek(Time.from_seconds(3))
    _drag(panel.handles, QPoint(-30, 0))
    bench.settle()
    (first, second) = _seconds(bench)
    assert first == (0, pytest.approx(before))
    assert second == (3, pytest.approx(2 * before - 0.5, abs=0.01))
    assert bench.told == ["A keyframe was made here: the crop moves now."]
    assert bench.history[-2:] == ["Change framing", "Set keyframe"]
    bench.player.seek(Time.from_seconds(5))
    panel.across.slider.setValue(50)
    bench.settle()
    assert _seconds(bench)[2] == (5, 0.5)
    assert len(bench.told) == 1
    bench.undo()
    bench.undo()
    assert (bench.clip.frame_keys, bench.clip.centre_x) == ((), before)


def test_the_crop_moved_again_at_its_time_stands_still(bench, panel) -> None:
    bench.player.seek(Time.from_seconds(2))
    _drag(panel.handles, QPoint(-30, 0))
    bench.settle()
    _drag(panel.handles, QPoint(60, 0))
    bench.settle()
    assert bench.clip.frame_keys == ()
    assert bench.told == []


def test_a_zoomed_crop_gets_its_second_key_at_another_time(bench, panel) -> None:
    bench.player.seek(Time.from_seconds(2))
    _wheel(panel.handles, 3)
    bench.settle()
    _drag(panel.handles, QPoint(-20, 0))
    bench.settle()
    assert [at for at, _ in _seconds(bench)] == [2]
    bench.player.seek(Time.from_seconds(4))
    _drag(panel.handles, QPoint(20, 0))
    bench.settle()
    assert [at for at, _ in _seconds(bench)] == [2, 4]
    assert len(bench.told) == 1


def test_fitting_the_picture_leaves_nothing_to_move(bench, panel) -> None:
    panel.frame.framing.button(Framing.FIT).click()
    bench.settle()
    assert not panel.across.isVisibleTo(panel)
    _drag(panel.handles, QPoint(-90, 0))
    bench.settle()
    assert bench.clip.centre_x == 0.5


def test_the_handles_rest_while_the_panel_is_hidden(panel) -> None:
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert not panel.handles.testAttribute(through)
    panel.hide()
    assert panel.handles.testAttribute(through)


def test_guides_are_painted_on_demand(panel) -> None:
    blank = _pixels(panel.handles)
    panel.thirds.click()
    thirds = _pixels(panel.handles)
    panel.title_safe.click()
    both = _pixels(panel.handles)
    assert len({blank, thirds, both}) == 3


def _pixels(widget) -> bytes:
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    widget.render(image, QPoint(), QRegion(), widget.RenderFlag.DrawChildren)
    return bytes(image.constBits())
