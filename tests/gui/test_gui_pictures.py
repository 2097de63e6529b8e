"""Pictures over a clip, set up in the frame panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from support.gui_bench import bench_on

from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.edits.placing import corner_of, in_corner
from viralclip_desktop.domain.layers import PictureLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.preview import exact_frame
from viralclip_desktop.features.workflows.preview import preview_plan
from viralclip_desktop.gui.reframe.pictures_section import PicturesSection

LAYER = PictureLayer("p", "a", TimeRange.from_seconds(0, 2))


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    return bench.show(PicturesSection(bench.session, bench.context, bench.player))


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """A red picture, twice as wide as high."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 0, 0))
    image.save(str(tmp_path / "Red card.png"))
    return tmp_path / "Red card.png"


@pytest.fixture
def card(bench, panel, red):
    """The card of a picture that was just added."""
    panel.add_file(red)
    bench.wait(lambda: len(panel.cards) == 1)
    bench.settle()
    return next(iter(panel.cards.values()))


def layer_of(bench) -> PictureLayer:
    bench.settle()
    (layer,) = bench.clip.layers
    return layer


def reds(bench, at_s: float) -> set[str]:
    """Which quarters of the frame, and its middle, are red."""
    plan = preview_plan(bench.services.store, bench.services.paths, bench.clip.id)
    pixels = exact_frame(bench.services.paths, plan, Size(180, 320), Time.from_seconds(at_s))
    image = QImage(pixels, 180, 320, 180 * 3, QImage.Format.Format_RGB888)
    spots = {"upper left": (30, 24), "upper right": (150, 24), "middle": (90, 160), "lower right": (150, 296)}
    return {name for name, (x, y) in spots.items() if _is_red(image.pixelColor(x, y))}


def _is_red(colour: QColor) -> bool:
    return colour.red() > 200 and colour.green() < 60 and colour.blue() < 60


# --- places ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame_ratio", [9 / 16, 1.0, 16 / 9])
@pytest.mark.parametrize("corner", list(Corner))
def test_a_corner_is_known_again_and_lies_inside(corner: Corner, frame_ratio: float) -> None:
    placed = in_corner(LAYER, corner, 0.3, 2.0, frame_ratio)
    assert corner_of(placed, 2.0, frame_ratio) is corner
    height = 0.3 * frame_ratio / 2.0
    assert 0 <= placed.x <= placed.x + 0.3 <= 1
    assert 0 <= placed.y <= placed.y + height <= 1


def test_margins_are_the_same_in_pixels() -> None:
    placed = in_corner(LAYER, Corner.TOP_LEFT, 0.3, 2.0, 9 / 16)
    assert placed.x * 1080 == pytest.approx(placed.y * 1920, abs=1)


# --- the panel -------------------------------------------------------------------------------------------


def test_a_new_picture_stands_in_a_corner_from_the_playhead_on(bench, panel, red) -> None:
    assert not panel.empty.isHidden()
    bench.player.seek(Time.from_seconds(1))
    panel.add_file(red)
    bench.wait(lambda: len(panel.cards) == 1)
    layer = layer_of(bench)
    assert (layer.range.start.seconds, layer.width) == (1, 0.4)
    assert panel.empty.isHidden()
    assert reds(bench, 1.5) == {"upper right"}
    assert reds(bench, 0.5) == set()


def test_size_and_corner_are_seen_in_the_picture(bench, card, qtbot) -> None:
    bench.session.edit(editing.reshape_clip, Aspect.VERTICAL)
    qtbot.mouseClick(card.whole.button(False), Qt.MouseButton.LeftButton)
    assert layer_of(bench).width == pytest.approx(0.4)
    assert reds(bench, 0.5) == {"upper right"}
    card.corner.setFocus()
    qtbot.keyClick(card.corner, Qt.Key.Key_Down)
    assert card.corner.value is Corner.BOTTOM_RIGHT
    layer_of(bench)
    assert reds(bench, 0.5) == {"lower right"}
    card.width_share.field.setValue(90)
    assert layer_of(bench).width == pytest.approx(0.9)
    assert card.corner.value is Corner.BOTTOM_RIGHT, "it stays in its corner as it grows"
    qtbot.mouseClick(card.whole.button(True), Qt.MouseButton.LeftButton)
    assert (layer_of(bench).width, layer_of(bench).x) == (1.0, 0.0)


def test_opacity_fade_start_and_length(bench, card) -> None:
    card.opacity.field.setValue(40)
    card.fade.field.setValue(5)  # tenths of a second
    card.start.field.setValue(10)
    card.length.field.setValue(25)
    layer = layer_of(bench)
    assert layer.opacity == pytest.approx(0.4)
    assert layer.fade.seconds == pytest.approx(0.5)
    assert layer.range == TimeRange.from_seconds(1.0, 3.5)
    assert card.start.number == pytest.approx(1.0)
    bench.session.undo()
    assert layer_of(bench).range.duration.seconds == pytest.approx(4.0)
    bench.wait(lambda: card.length.number == pytest.approx(4.0))


def test_it_is_found_and_removed_by_its_buttons(bench, panel, card, qtbot) -> None:
    card.start.field.setValue(10)
    layer_of(bench)
    qtbot.mouseClick(card.go, Qt.MouseButton.LeftButton)
    bench.wait(lambda: abs(bench.player.position.seconds - 1.0) < 0.05)
    qtbot.mouseClick(card.remove, Qt.MouseButton.LeftButton)
    bench.wait(lambda: not panel.cards)
    assert bench.clip.layers == ()
    assert not panel.empty.isHidden()


def test_every_control_has_a_name(card) -> None:
    names = [
        part.accessibleName()
        for part in (
            card,
            card.whole,
            card.corner,
            card.go,
            card.remove,
            card.opacity.slider,
            card.start.slider,
        )
    ]
    assert all(names)
    assert "Red card.png" in names[0]


def test_a_file_that_is_no_picture_is_told(bench, panel, tmp_path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("words", encoding="utf-8")
    panel.add_file(notes)
    bench.wait(lambda: bool(bench.told))
    assert "notes.txt" in bench.told[0]
    assert bench.clip.layers == ()
    assert bench.clip.range.start >= ZERO
