"""The frame that follows people, in the window: looked for on opening, told why, taken over by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from support.faces import Head, make_film
from support.gui_bench import bench_on

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.crop_path import crop_at
from viralclip_desktop.features.editing import reframe_clip
from viralclip_desktop.gui.moments.clip_cards import ClipModel, PictureRole
from viralclip_desktop.gui.moments.inspector import Inspector
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel

LONG_MS = 120_000  # the networks run in a process of their own
ALONE = "One face is in the picture, and the frame holds it."


@pytest.fixture
def bench(qtbot, services, tmp_path):
    film = make_film(tmp_path / "talk.mp4", [(10.0, [Head(0.25, 0.5, 0.5)])])
    with bench_on(qtbot, services, film) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    panel = ReframePanel(bench.session, bench.context, bench.pictures, bench.player)
    bench.picture = PictureView()
    bench.qtbot.addWidget(bench.picture)
    bench.picture.resize(300, 480)
    bench.picture.show_aspect(Aspect.VERTICAL)
    bench.picture.add_overlay(panel.handles)
    bench.picture.show()
    return bench.show(panel)


def follow_people(bench, panel) -> None:
    panel.frame.framing.button(Framing.AUTO).click()
    bench.settle()
    bench.wait(lambda: bench.player.plan is not None and bool(bench.player.plan.shots), LONG_MS)
    bench.settle()


def test_auto_looks_at_the_clip_says_why_and_holds_the_face(bench, panel) -> None:
    assert not panel.frame.reason.isVisibleTo(panel), "the user placed it"
    assert panel.across.isVisibleTo(panel)
    follow_people(bench, panel)
    assert panel.frame.reason.text() == ALONE
    assert not panel.across.isVisibleTo(panel), "nothing to set by hand"
    assert bench.player.plan.shots[0].panels[0][0].centre_x == pytest.approx(0.25, abs=0.05)


def test_while_it_looks_the_panel_says_so_and_shows_how_far_it_is(bench, panel) -> None:
    watching, shares = panel.frame.watching, list[float]()
    assert not watching.isVisibleTo(panel)
    bench.context.events.job_moved.connect(
        lambda _job: shares.append(watching.progress.share) if watching.isVisibleTo(panel) else None
    )
    follow_people(bench, panel)
    assert shares, "it was in sight meanwhile"
    assert shares == sorted(shares)
    assert shares[-1] > 0
    bench.wait(lambda: not watching.isVisibleTo(panel))
    assert panel.frame.reason.text() == ALONE


def test_the_picture_of_a_clip_is_made_anew_when_it_is_known_where_the_face_is(bench, panel) -> None:
    cards = ClipModel(bench.session, bench.context, bench.pictures, bench.holder)

    def shows_a_face() -> bool:
        picture = cards.data(cards.index(0), PictureRole)
        if picture is None:
            return False
        line = picture.height() * 2 // 5
        return len({picture.pixel(x, line) for x in range(picture.width())}) > 10  # the wall is plain

    cards.data(cards.index(0), PictureRole)
    bench.settle()
    assert not shows_a_face(), "the middle of the picture is the wall"
    follow_people(bench, panel)
    bench.wait(shows_a_face)


def test_it_can_be_locked_on_a_person_and_let_go(bench, panel) -> None:
    follow_people(bench, panel)
    assert panel.lock.isVisibleTo(panel)
    QTest.mouseClick(panel.lock, Qt.MouseButton.LeftButton)
    bench.wait(lambda: bench.clip.face_lock is not None)
    bench.settle()
    assert bench.clip.face_lock.x == pytest.approx(0.25, abs=0.05)
    bench.wait(lambda: panel.frame.reason.text() == "You locked the frame on this person.")
    QTest.mouseClick(panel.unlock, Qt.MouseButton.LeftButton)
    bench.wait(lambda: bench.clip.face_lock is None)
    bench.wait(lambda: panel.frame.reason.text() == ALONE)


def test_a_drag_takes_the_crop_over_and_auto_takes_it_back(bench, panel) -> None:
    follow_people(bench, panel)
    start = QPoint(100, 100)
    QTest.mousePress(panel.handles, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(panel.handles, start + QPoint(-60, 0))
    QTest.mouseRelease(panel.handles, Qt.MouseButton.LeftButton, pos=start + QPoint(-60, 0))
    bench.settle()
    assert panel.editor.by_hand
    assert panel.editor.crop.centre_x > 0.27
    assert panel.frame.framing.value is Framing.CROP
    bench.undo()
    assert not panel.editor.by_hand


def test_manual_begins_with_the_crop_that_shows(bench, panel) -> None:
    follow_people(bench, panel)
    automatic = panel.editor.crop
    panel.frame.framing.button(Framing.CROP).click()
    bench.wait(lambda: bench.clip.framing is Framing.CROP)
    bench.settle()
    assert panel.editor.by_hand
    found = panel.editor.crop
    assert (found.centre_x, found.centre_y, found.zoom) == pytest.approx(
        (automatic.centre_x, automatic.centre_y, automatic.zoom)
    )
    assert found.centre_x < 0.35, "on the face"
    bench.undo()
    assert bench.clip.framing is Framing.AUTO


def test_the_inspector_says_why_too(bench) -> None:
    from PySide6.QtGui import QAction

    inspector = bench.show(Inspector(bench.session, bench.context, bench.pictures, {"edit": QAction()}))
    inspector.show_clip(bench.clip)
    bench.session.edit(reframe_clip, Framing.FIT)
    bench.settle()
    bench.wait(lambda: inspector.frame.reason.text() == "You chose to show the whole picture.")
    bench.session.edit(reframe_clip, Framing.AUTO)
    bench.settle()
    bench.wait(lambda: inspector.frame.reason.text() == ALONE, LONG_MS)
    inspector.frame.framing.button(Framing.CROP).click()
    bench.wait(lambda: bench.clip.framing is Framing.CROP)
    assert crop_at(bench.clip, bench.clip.range.start).centre_x < 0.35, "manual begins on the face"
