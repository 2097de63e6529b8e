"""Captions, titles, logos and pictures, edited on the picture: what is dropped somewhere is exported
there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.gui_bench import bench_on
from support.projects import make_recording

from viralclip_desktop.app import more_commands
from viralclip_desktop.cli.main import run
from viralclip_desktop.compose.elements import CAPTIONS, NAME_LINE
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo, LowerThird
from viralclip_desktop.domain.layers import PictureLayer, ProgressLayer, TitleLayer, TitleLook
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.features.editing import apply_brand_kit, put_brand_kit, put_layer, remove_layer
from viralclip_desktop.gui.preview.element_editor import ElementEditor
from viralclip_desktop.gui.preview.element_overlay import ElementOverlay
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.session.guides import Platform, SafeArea
from viralclip_desktop.gui.session.memory import WindowMemory

LEFT, FREE, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WIDTH, HEIGHT = 540, 960  # half of the canvas
AT = 1.0
WHOLE = TimeRange.from_seconds(0, 6)


@pytest.fixture(scope="module")
def black(tmp_path_factory) -> Path:
    """A recording in which whatever is laid over it is found."""
    return make_recording(tmp_path_factory.mktemp("recording") / "Black.mp4", picture="color")


@pytest.fixture
def bench(qtbot, services, black):
    with bench_on(qtbot, services, black) as bench:
        yield bench


class Stage:
    """The picture of a clip with its elements, and a hand on it."""

    def __init__(self, bench, folder: Path) -> None:
        self.bench, self.folder = bench, folder
        self.view = PictureView()
        bench.qtbot.addWidget(self.view)
        self.view.resize(WIDTH, HEIGHT)
        self.view.show_aspect(Aspect.VERTICAL)
        self.safe = SafeArea(WindowMemory(folder), self.view)
        self.editor = ElementEditor(bench.session, bench.player, bench.context, self.view)
        self.overlay = ElementOverlay(self.editor, self.view, self.safe)
        self.view.clicked.connect(bench.player.toggle)
        self.view.show()
        self.view.activateWindow()
        bench.wait(self.view.isActiveWindow)
        bench.player.seek(Time.from_seconds(AT))
        self.wait()

    @property
    def reach(self):
        return self.overlay.reach

    def wait(self) -> None:
        self.bench.settle()
        self.bench.wait(lambda: self.bench.player.current and self.editor.known)

    def lay(self, *layers) -> None:
        for layer in layers:
            self.bench.session.edit(put_layer, layer)
        self.wait()

    def red(self, element_id: str = "red", **how) -> PictureLayer:
        path = self.folder / "red.png"
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(QColor("#FF0000"))
        assert image.save(str(path))
        asset = add_file(self.bench.services.store, path, AssetKind.PICTURE)
        return PictureLayer(element_id, asset.id, WHOLE, **{"x": 0.1, "y": 0.1, "width": 0.3, **how})

    def layer(self, layer_id: str):
        return next(layer for layer in self.bench.clip.layers if layer.id == layer_id)

    def element(self, element_id: str):
        return next(one for one in self.editor.shown if one.id == element_id)

    def middle(self, element_id: str) -> QPoint:
        return self.overlay.place(self.element(element_id).box).center().toPoint()

    def click(self, at: QPoint) -> None:
        """As the mouse does: whatever widget is there gets it."""
        target = self.view.childAt(at) or self.view
        QTest.mouseClick(target, LEFT, NONE, target.mapFrom(self.view, at))

    def drag(self, start: QPoint, way: QPoint, keys=FREE) -> None:
        reach = self.reach
        QTest.mousePress(reach, LEFT, keys, start)
        for step in range(1, 5):
            self.move(start + way * step / 4, keys)
        QTest.mouseRelease(reach, LEFT, keys, start + way)
        self.wait()

    def move(self, to: QPoint, keys=NONE, buttons=LEFT) -> None:
        place = QPointF(to)
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, self.reach.mapToGlobal(place), none, buttons, keys)
        QApplication.sendEvent(self.reach, event)

    def double(self, at: QPoint) -> None:
        QTest.mouseClick(self.reach, LEFT, NONE, at)
        QTest.mouseDClick(self.reach, LEFT, NONE, at)

    def exported(self, channel: str = "red") -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what shows in a frame as it is exported, in pixels of 1080p."""
        import numpy as np

        clip, out = self.bench.clip, self.folder / "frame.png"
        args = ("frame", clip.id, "--at", str(AT), "--out", str(out))
        assert run(args, lambda: self.bench.services, more_commands) == 0
        image = QImage(str(out)).convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        pixels = lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)
        out.unlink()
        red, green = pixels[:, :, 0], pixels[:, :, 1]
        rows, columns = np.nonzero((red > 128) & ((green < 90) if channel == "red" else (green > 128)))
        return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.fixture
def stage(bench, tmp_path) -> Stage:
    return Stage(bench, tmp_path)


def _quiet(stage: Stage) -> None:
    """Without captions, which are white as titles are."""
    from viralclip_desktop.features.editing import switch_captions

    stage.bench.session.edit(switch_captions, False)
    stage.wait()


def _kit(stage: Stage) -> None:
    _quiet(stage)
    logo = Logo(stage.red().asset_id, size=0.2)
    kit = put_brand_kit(stage.bench.services.store, BrandKit("kit", "Ours", logo=logo))
    apply_brand_kit(stage.bench.services.store, kit.id, [stage.bench.clip.id])
    stage.wait()


# --- dropped is exported -----------------------------------------------------------------------------------


def test_a_picture_is_exported_where_it_was_dropped_as_one_edit(stage) -> None:
    _quiet(stage)
    stage.lay(stage.red())
    before, labels = stage.exported(), stage.bench.history
    stage.drag(stage.middle("red"), QPoint(61, 123))
    after = stage.exported()
    moved = [there - here for here, there in zip(before, after, strict=True)]
    assert moved == pytest.approx([122, 246, 122, 246], abs=2)
    assert stage.bench.history == [*labels, "Change picture"]
    stage.bench.undo()
    assert stage.exported() == before


def test_a_title_is_exported_where_it_was_dropped(stage) -> None:
    _quiet(stage)
    stage.lay(TitleLayer("title", "Numbers", WHOLE, y=0.3))
    before = stage.exported("white")
    stage.drag(stage.middle("title"), QPoint(-40, 150))
    moved = [there - here for here, there in zip(before, stage.exported("white"), strict=True)]
    assert moved == pytest.approx([-80, 300, -80, 300], abs=2)


def test_a_logo_is_exported_where_it_was_dropped_on_every_clip_of_its_kit(stage) -> None:
    _kit(stage)
    before = stage.exported()
    stage.drag(stage.middle("logo"), QPoint(-200, 90))
    moved = [there - here for here, there in zip(before, stage.exported(), strict=True)]
    assert moved == pytest.approx([-400, 180, -400, 180], abs=2)
    assert stage.bench.told == ["It changed on every clip with this brand kit."]
    assert stage.bench.history[-1] == "Change brand kit"
    stage.bench.undo()
    assert stage.exported() == before


def test_captions_are_exported_where_they_were_dropped_and_only_go_up_and_down(stage) -> None:
    before = stage.exported("white")
    stage.drag(stage.middle(CAPTIONS), QPoint(70, -180))
    moved = [there - here for here, there in zip(before, stage.exported("white"), strict=True)]
    assert moved == pytest.approx([0, -360, 0, -360], abs=2)
    assert stage.bench.history[-1] == "Adjust captions"
    assert stage.bench.clip.caption_override is not None


def test_captions_stay_in_the_safe_area_and_so_does_their_outline(stage) -> None:
    stage.drag(stage.middle(CAPTIONS), QPoint(0, 2000))
    box = stage.element(CAPTIONS).box
    stage.drag(stage.middle(CAPTIONS), QPoint(0, 200))
    assert stage.element(CAPTIONS).box == box
    lower = stage.exported("white")
    stage.drag(stage.middle(CAPTIONS), QPoint(0, -50))
    assert stage.exported("white")[1] == pytest.approx(lower[1] - 100, abs=2)


def test_a_bar_is_dragged(stage) -> None:
    stage.lay(ProgressLayer("bar", WHOLE, x=0.1, y=0.2, width=0.5, height=0.01))
    stage.drag(stage.middle("bar"), QPoint(27, 48))
    bar = stage.layer("bar")
    assert (bar.x, bar.y) == (pytest.approx(0.15, abs=0.001), pytest.approx(0.25, abs=0.001))


def test_escape_takes_a_drag_back(stage) -> None:
    stage.lay(stage.red())
    before, start = stage.layer("red"), stage.middle("red")
    QTest.mousePress(stage.reach, LEFT, FREE, start)
    stage.move(start + QPoint(80, 80), FREE)
    QTest.keyClick(stage.overlay, Qt.Key.Key_Escape)
    stage.move(start + QPoint(160, 160), FREE)
    QTest.mouseRelease(stage.reach, LEFT, FREE, start)
    stage.wait()
    assert stage.layer("red") == before


# --- scaling -----------------------------------------------------------------------------------------------


def _corner(stage: Stage, corner) -> QPoint:
    return stage.overlay.handles()[corner].center().toPoint()


def test_a_picture_is_scaled_by_a_corner_and_keeps_its_shape(stage) -> None:
    _quiet(stage)
    stage.lay(stage.red())
    stage.click(stage.middle("red"))
    before = stage.exported()
    stage.drag(_corner(stage, (1, 1)), QPoint(81, 40))
    after = stage.exported()
    assert after[:2] == pytest.approx(before[:2], abs=2)
    wide, high = after[2] - after[0], after[3] - after[1]
    assert wide == pytest.approx(before[2] - before[0] + 162, abs=4)
    assert wide / high == pytest.approx(2, abs=0.02)


def test_a_logo_is_scaled_by_a_corner(stage) -> None:
    _kit(stage)
    stage.click(stage.middle("logo"))
    before = stage.exported()
    stage.drag(_corner(stage, (-1, 1)), QPoint(-54, 27))
    after = stage.exported()
    assert (after[2], after[1]) == pytest.approx((before[2], before[1]), abs=2)
    assert after[2] - after[0] == pytest.approx(before[2] - before[0] + 108, abs=4)


def test_a_title_is_scaled_with_its_lines_as_they_are(stage) -> None:
    _quiet(stage)
    stage.lay(TitleLayer("title", "Ask who made the number first", WHOLE, size=0.06, width=0.4, y=0.4))
    stage.click(stage.middle("title"))
    before = stage.exported("white")
    wide, high = before[2] - before[0], before[3] - before[1]
    stage.drag(_corner(stage, (1, -1)), QPoint(wide // 4, -high // 4))
    after = stage.exported("white")
    assert (after[0], after[3]) == pytest.approx((before[0], before[3]), abs=8)
    assert (after[2] - after[0]) / wide == pytest.approx((after[3] - after[1]) / high, abs=0.05)
    assert stage.layer("title").size > 0.07


def test_captions_are_scaled_about_their_middle(stage) -> None:
    stage.click(stage.middle(CAPTIONS))
    before = stage.bench.player.plan.style.size
    stage.drag(_corner(stage, (1, 1)), QPoint(-40, -10))
    assert stage.bench.player.plan.style.size < before
    assert stage.bench.history[-1] == "Adjust captions"


# --- selecting ---------------------------------------------------------------------------------------------


def test_a_click_selects_the_topmost_and_a_further_one_what_lies_below(stage) -> None:
    under, over = stage.red("under", width=0.5), stage.red("over", x=0.2, width=0.2)
    stage.lay(under, over)
    at = stage.middle("over")
    stage.click(at)
    assert stage.editor.selected.id == "over"
    stage.click(at)
    assert stage.editor.selected.id == "under"
    stage.click(at)
    assert stage.editor.selected.id == "over"
    assert not stage.bench.player.playing


def test_what_is_selected_is_dragged_from_under_another(stage) -> None:
    stage.lay(stage.red("under", width=0.5), stage.red("over", x=0.2, width=0.2))
    at = stage.middle("over")
    stage.click(at)
    stage.click(at)
    stage.drag(at, QPoint(0, 96))
    assert stage.layer("over").y == pytest.approx(0.1)
    assert stage.layer("under").y == pytest.approx(0.2, abs=0.001)


def test_a_click_beside_all_elements_plays_and_lets_go(stage) -> None:
    stage.lay(stage.red())
    stage.click(stage.middle("red"))
    empty = QPoint(WIDTH // 2, HEIGHT // 2)
    assert stage.view.childAt(empty) is None
    stage.click(empty)
    assert stage.bench.player.playing
    assert stage.editor.selected is None
    stage.click(stage.middle("red"))
    assert not stage.bench.player.playing, "what is edited stands still"
    assert stage.editor.selected.id == "red"


def test_a_picture_over_all_is_selected_and_then_plays(stage) -> None:
    stage.lay(stage.red(width=1.0, x=0.0, y=0.0))
    at = QPoint(WIDTH // 2, HEIGHT // 2)
    stage.click(at)
    assert stage.editor.selected.id == "red"
    stage.click(at)
    assert stage.bench.player.playing


def test_the_ground_of_a_card_hides_what_is_below(stage) -> None:
    stage.lay(stage.red(), TitleLayer("card", "Chapter one", WHOLE, look=TitleLook.CARD))
    assert [one.id for one in stage.editor.shown] == ["card"]


def test_the_pointer_tells_what_a_click_does(stage) -> None:
    stage.lay(stage.red())
    stage.move(stage.middle("red"), buttons=Qt.MouseButton.NoButton)
    assert stage.reach.cursor().shape() is Qt.CursorShape.SizeAllCursor
    stage.click(stage.middle("red"))
    stage.move(_corner(stage, (1, 1)), buttons=Qt.MouseButton.NoButton)
    assert stage.reach.cursor().shape() is Qt.CursorShape.SizeFDiagCursor


def test_a_small_element_is_dragged_by_its_middle_between_its_handles(stage) -> None:
    stage.lay(stage.red(width=0.05))
    stage.click(stage.middle("red"))
    assert stage.overlay.handle_at(stage.middle("red").toPointF()) is None
    assert stage.overlay.handle_at(QPointF(_corner(stage, (1, 1)) + QPoint(5, 5))) == (1, 1)
    stage.drag(stage.middle("red"), QPoint(54, 0))
    assert (stage.layer("red").x, stage.layer("red").width) == (pytest.approx(0.2, abs=1e-3), 0.05)


def test_the_selection_ends_with_the_clip(stage) -> None:
    stage.click(stage.middle(CAPTIONS))
    stage.bench.session.select_beside(1)
    assert stage.editor.selected is None


# --- lines -------------------------------------------------------------------------------------------------


def test_a_drag_rests_on_the_middle_and_is_free_with_ctrl(stage) -> None:
    _quiet(stage)
    stage.lay(stage.red(x=0.1, y=0.4))
    box = stage.element("red").box
    way = QPoint(round((540 - box.centre[0]) / 2) + 2, 0)
    stage.drag(stage.middle("red"), way, NONE)
    assert stage.layer("red").x == pytest.approx(0.35, abs=1e-6)
    stage.drag(stage.middle("red"), QPoint(5, 0), Qt.KeyboardModifier.ControlModifier)
    assert stage.layer("red").x == pytest.approx(0.35 + 10 / 1080, abs=1e-4)


def test_a_drag_rests_on_what_the_app_leaves_free_and_beside_others(stage) -> None:
    _quiet(stage)
    stage.safe.show_platform(Platform.TIKTOK)
    stage.lay(stage.red(x=0.3, y=0.2), TitleLayer("title", "Numbers", WHOLE, y=0.6, x=0.6))
    top = stage.element("red").box.top
    stage.drag(stage.middle("red"), QPoint(0, round((130 - top) / 2) + 1), NONE)
    assert stage.element("red").box.top == pytest.approx(130, abs=0.01), (
        "the free part of TikTok begins there"
    )
    way = round((stage.element("title").box.left - stage.element("red").box.left) / 2) - 2
    stage.drag(stage.middle("red"), QPoint(way, 0), NONE)
    assert stage.element("red").box.left == pytest.approx(stage.element("title").box.left, abs=0.01)


def test_the_line_it_rests_on_shows_while_it_is_held(stage) -> None:
    _quiet(stage)
    stage.lay(stage.red(x=0.1, y=0.4))
    start = stage.middle("red")
    way = QPoint(round((540 - stage.element("red").box.centre[0]) / 2) + 2, 0)
    QTest.mousePress(stage.reach, LEFT, NONE, start)
    stage.move(start + way)
    assert stage.overlay.rest.x == 540
    assert _amber(stage.overlay)
    QTest.mouseRelease(stage.reach, LEFT, NONE, start + way)
    assert stage.overlay.rest.x is None
    assert not _amber(stage.overlay)


def _amber(widget) -> bool:
    image, wanted = widget.grab().toImage(), QColor(240, 181, 69)
    return wanted in [QColor(image.pixel(WIDTH // 2, y)) for y in range(image.height())]


# --- writing -----------------------------------------------------------------------------------------------


def test_a_double_click_writes_a_title_anew(stage) -> None:
    stage.lay(TitleLayer("title", "Ada\nMathematician", WHOLE, look=TitleLook.LOWER_THIRD, x=0.2))
    stage.double(stage.middle("title"))
    field = stage.overlay.field
    assert field.text() == "Ada\nMathematician"
    QTest.keyClicks(field, "Grace")
    QTest.keyClick(field, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(field, "Admiral")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.wait()
    assert stage.layer("title").text == "Grace\nAdmiral"
    assert stage.bench.history[-1] == "Change title"


def test_escape_ends_writing_and_leaves_the_title_as_it_was(stage) -> None:
    stage.lay(TitleLayer("title", "Numbers", WHOLE, y=0.3))
    labels = stage.bench.history
    stage.double(stage.middle("title"))
    QTest.keyClicks(stage.overlay.field, "Other")
    QTest.keyClick(stage.overlay.field, Qt.Key.Key_Escape)
    stage.wait()
    assert stage.overlay.field is None
    assert (stage.layer("title").text, stage.bench.history) == ("Numbers", labels)


def test_a_click_beside_it_keeps_what_was_typed(stage) -> None:
    stage.lay(TitleLayer("title", "Numbers", WHOLE, y=0.3))
    stage.double(stage.middle("title"))
    QTest.keyClicks(stage.overlay.field, "Letters")
    stage.click(QPoint(WIDTH // 2, HEIGHT // 2))
    stage.bench.player.pause()
    stage.wait()
    assert (stage.overlay.field, stage.layer("title").text) == (None, "Letters")


def test_a_double_click_after_the_title_was_selected_writes_it_and_not_what_lies_below(stage) -> None:
    stage.lay(TitleLayer("low", "Numbers", WHOLE, y=0.3), TitleLayer("high", "Letters", WHOLE, y=0.3))
    stage.click(stage.middle("high"))
    stage.double(stage.middle("high"))
    assert stage.overlay.field.text() == "Letters"


def test_a_double_click_writes_the_word_of_a_caption_under_it(stage) -> None:
    block = stage.editor.blocks[0]
    second = next(word for word in block.words if word.index == 1)
    at = QPoint(*(round(edge * stage.overlay.scale) for edge in second.box.centre))
    stage.double(at)
    field, wrong = stage.overlay.field, stage.overlay.field.text()
    said = [word.text for word in stage.bench.session.loaded.transcript.words]
    assert second.token.word.text.casefold() in wrong.casefold()
    QTest.keyClicks(field, "Corrected")
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.wait()
    now = [word.text for word in stage.bench.services.store.transcript(stage.bench.clip.source_id).words]
    changed = [n for n, (old, new) in enumerate(zip(said, now, strict=True)) if old != new]
    assert [said[n] for n in changed] == [wrong]
    assert [now[n] for n in changed] == ["Corrected"]
    assert "Corrected" in " ".join(t.word.text for t in stage.editor.blocks[0].phrase.tokens).title()
    assert stage.bench.history[-1] == "Correct words"


def test_tab_goes_on_to_the_next_word_of_the_caption(stage) -> None:
    stage.click(stage.middle(CAPTIONS))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Return)
    first = stage.overlay.field
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert stage.overlay.field is not None
    assert stage.overlay.field is not first


def test_the_name_line_of_the_brand_is_written_anew_and_stays_where_it_is(stage) -> None:
    kit = BrandKit("kit", "Ours", lower_third=LowerThird("Ada", "Mathematician", start_s=0))
    put_brand_kit(stage.bench.services.store, kit)
    apply_brand_kit(stage.bench.services.store, kit.id, [stage.bench.clip.id])
    stage.wait()
    stage.double(stage.middle(NAME_LINE))
    assert stage.overlay.handles() == {}
    QTest.keyClicks(stage.overlay.field, "Grace")
    QTest.keyClick(stage.overlay.field, Qt.Key.Key_Return)
    stage.wait()
    line = stage.bench.services.store.brand_kits()[0].lower_third
    assert (line.title, line.subtitle, line.duration_s) == ("Grace", "", 4.0)
    assert stage.bench.told == ["It changed on every clip with this brand kit."]
    box = stage.element(NAME_LINE).box
    stage.drag(stage.middle(NAME_LINE), QPoint(40, -40))
    assert stage.element(NAME_LINE).box == box


# --- keys --------------------------------------------------------------------------------------------------


def test_tab_walks_through_the_elements_and_out_again(stage) -> None:
    stage.lay(stage.red(), TitleLayer("title", "Numbers", WHOLE, y=0.3))
    stage.overlay.clearFocus()
    stage.overlay.setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    while stage.editor.selected is not None:
        walked.append(stage.editor.selected.id)
        assert stage.overlay.accessibleName() == stage.editor.name(stage.editor.selected)
        stage.overlay.focusNextPrevChild(True)
    assert walked == ["red", "title", CAPTIONS]
    assert stage.overlay.accessibleName() == "Elements on the picture"


def test_arrows_nudge_by_a_pixel_of_1080p_and_by_ten_with_shift_as_one_edit(stage) -> None:
    stage.lay(TitleLayer("title", "Numbers", WHOLE, x=0.5, y=0.3))
    labels = stage.bench.history
    stage.click(stage.middle("title"))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Right)
    QTest.keyClick(stage.overlay, Qt.Key.Key_Right)
    QTest.keyClick(stage.overlay, Qt.Key.Key_Up, SHIFT)
    stage.wait()
    title = stage.layer("title")
    assert (title.x, title.y) == pytest.approx((0.5 + 2 / 1080, 0.3 - 10 / 1920), abs=1e-6)
    assert stage.bench.history == [*labels, "Change title"]


def test_delete_takes_a_layer_off_and_says_what_else_does_not_go_that_way(stage) -> None:
    stage.lay(stage.red())
    stage.click(stage.middle("red"))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Delete)
    stage.wait()
    assert stage.bench.clip.layers == ()
    stage.click(stage.middle(CAPTIONS))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Delete)
    assert stage.bench.told == ["Captions are switched off in their panel."]
    assert stage.bench.clip.captions_on


@pytest.mark.parametrize("how", ["delete", "undo", "elsewhere"])
def test_a_drag_ends_with_its_element(stage, how) -> None:
    session = stage.bench.session
    stage.lay(stage.red())
    start = stage.middle("red")
    QTest.mousePress(stage.reach, LEFT, FREE, start)
    for step in (10, 20):
        stage.move(start + QPoint(step, step), FREE)
    if how == "delete":
        QTest.keyClick(stage.overlay, Qt.Key.Key_Delete)
    elif how == "undo":
        session.undo()  # the drag
        session.undo()  # the picture
    else:
        session.do(remove_layer, stage.bench.clip.id, "red")
    stage.move(start + QPoint(25, 25), FREE) if how == "delete" else stage.wait()
    stage.move(start + QPoint(30, 30), FREE)
    stage.wait()
    assert stage.bench.clip.layers == ()
    QTest.mouseRelease(stage.reach, LEFT, FREE, start + QPoint(30, 30))
    stage.wait()
    assert stage.bench.clip.layers == ()


def test_arrows_after_delete_bring_nothing_back(stage) -> None:
    stage.lay(stage.red(), TitleLayer("title", "Numbers", WHOLE, x=0.5, y=0.6))
    stage.click(stage.middle("red"))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Right)
    QTest.keyClick(stage.overlay, Qt.Key.Key_Delete)
    stage.click(stage.middle("title"))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Right)
    stage.wait()
    assert [layer.id for layer in stage.bench.clip.layers] == ["title"]
    assert stage.layer("title").x == pytest.approx(0.5 + 1 / 1080, abs=1e-6)


def test_escape_lets_go(stage) -> None:
    stage.click(stage.middle(CAPTIONS))
    QTest.keyClick(stage.overlay, Qt.Key.Key_Escape)
    assert stage.editor.selected is None


def test_captions_that_are_dragged_stand_there_and_no_longer_keep_off_faces(stage) -> None:
    from viralclip_desktop.domain.faces import Face, FacesSeen
    from viralclip_desktop.features.captions.looks import adjust_look

    stage.bench.session.edit(adjust_look, "keep_off_faces", True)
    stage.wait()
    faces = (FacesSeen(Time(0), (Face(0.4, 0.3, 0.2, 0.3),)),)
    stage.bench.player.plan = replace(stage.bench.player.plan, faces=faces)
    stage.bench.player.plan_changed.emit(stage.bench.player.plan)
    stage.bench.wait(lambda: stage.editor.known)
    before = len(stage.bench.history)
    hold = stage.editor.begin(stage.element(CAPTIONS))
    hold.moved(0, -40)
    hold.moved(0, -80)
    stage.editor.end(stage.element(CAPTIONS), moved=True)
    stage.wait()
    assert stage.bench.told == ["The captions stand where you put them. They no longer keep off faces."]
    assert not stage.bench.clip.caption_override.keep_off_faces
    assert len(stage.bench.history) == before + 1, "one drag, one entry"


# --- in the window -----------------------------------------------------------------------------------------


@pytest.fixture
def editor_window(qtbot, clips_window):
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current and clips_window.editor.settled)
    overlay = clips_window.work.part(ElementOverlay)
    qtbot.waitUntil(lambda: overlay.editor.known and bool(overlay.editor.shown))
    return clips_window


def _at(window, element_id: str) -> QPoint:
    overlay = window.work.part(ElementOverlay)
    element = next(one for one in overlay.editor.shown if one.id == element_id)
    return overlay.mapTo(window.editor.preview.picture, overlay.place(element.box).center().toPoint())


def _click(window, at: QPoint) -> None:
    picture = window.editor.preview.picture
    target = picture.childAt(at) or picture
    QTest.mouseClick(target, LEFT, NONE, target.mapFrom(picture, at))


def test_in_the_editor_captions_are_selected_and_the_crop_beside_them_is_still_dragged(
    qtbot, editor_window
) -> None:
    window, editor = editor_window, editor_window.work.part(ElementOverlay).editor
    window.editor.docks.reveal("frame")
    handles = window.editor.panel("frame").handles
    qtbot.waitUntil(lambda: handles.active and handles.isVisible())
    _click(window, _at(window, CAPTIONS))
    assert editor.selected.id == CAPTIONS
    assert not window.player.playing
    empty = QPoint(window.editor.preview.picture.width() // 2, 40)
    assert window.editor.preview.picture.childAt(empty) is handles
    _click(window, empty)
    assert window.player.playing
    assert editor.selected is None
    window.player.pause()


def test_keys_of_the_window_go_on_while_the_picture_has_the_focus(qtbot, editor_window) -> None:
    window, overlay = editor_window, editor_window.work.part(ElementOverlay)
    _click(window, _at(window, CAPTIONS))
    qtbot.waitUntil(overlay.hasFocus)
    before = window.player.position
    QTest.keyClick(overlay, Qt.Key.Key_Right)
    assert window.player.position == before, "an arrow is the element's"
    QTest.keyClick(overlay, Qt.Key.Key_Space)
    assert window.player.playing
    QTest.keyClick(overlay, Qt.Key.Key_Space)
    assert not window.player.playing
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    assert window.navigation.page == "editor"
    QTest.keyClick(overlay, Qt.Key.Key_Home)
    QTest.keyClick(overlay, Qt.Key.Key_Right)
    assert window.player.position == Time.from_frames(1, window.player.plan.fps)
