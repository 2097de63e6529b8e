"""The brand kit panel: several kits, every part of one, worn by one clip or all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from support.gui_bench import bench_on
from support.shown import button

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.brand import NEW_WATERMARK, BrandKit, Corner, LowerThird
from viralclip_desktop.features.editing import place_logo
from viralclip_desktop.gui.brand_kit.brand_panel import BrandPanel


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    panel = bench.show(BrandPanel(bench.session, bench.context, bench.pictures), height=1400)
    bench.settle()
    return panel


@pytest.fixture
def logo(tmp_path: Path) -> str:
    image = QImage(80, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("#7C6CFF"))
    image.save(str(tmp_path / "logo.png"))
    return str(tmp_path / "logo.png")


def _only(bench) -> BrandKit:
    (kit,) = bench.services.store.brand_kits()
    return kit


def _new(bench, panel) -> None:
    panel.new_kit()
    bench.settle()
    bench.wait(lambda: panel.kit is not None)


def test_without_a_kit_there_is_one_next_step(bench, panel) -> None:
    assert not panel.empty.isHidden()
    _new(bench, panel)
    assert panel.empty.isHidden()
    assert _only(bench).name == "My brand"
    assert _only(bench).is_default


def _file(bench, asset_id: str) -> str:
    return bench.services.store.asset(asset_id).path


def test_a_logo_that_was_dragged_goes_back_into_a_corner(bench, panel, logo) -> None:
    _new(bench, panel)
    panel.logo.file.take(logo)
    bench.settle()
    place_logo(bench.services.store, _only(bench).id, "logo", {"x": 0.3, "y": 0.4})
    bench.wait(lambda: panel.logo.corner.value is None)
    assert panel.logo.corner.accessibleName().endswith("Placed by hand")
    QTest.mouseClick(panel.logo.corner, Qt.MouseButton.LeftButton, pos=QPoint(90, 10))
    bench.settle()
    stored = _only(bench).logo
    assert (stored.corner, stored.x, stored.y) == (Corner.TOP_RIGHT, None, None)


def test_a_logo_is_placed_sized_and_taken_away(bench, panel, logo) -> None:
    _new(bench, panel)
    panel.logo.file.take(logo)
    QTest.mouseClick(panel.logo.corner, Qt.MouseButton.LeftButton, pos=QPoint(12, 60))
    panel.logo.sliders["size"].slider.setValue(30)
    panel.logo.sliders["opacity"].slider.setValue(80)
    bench.settle()
    stored = _only(bench).logo
    assert (_file(bench, stored.asset_id), stored.corner) == (logo, Corner.BOTTOM_LEFT)
    assert (stored.size, stored.opacity) == (0.3, 0.8)
    panel.logo.file.take("")
    bench.settle()
    assert _only(bench).logo is None


def test_a_watermark_starts_faint(bench, panel, logo) -> None:
    _new(bench, panel)
    panel.watermark.file.take(logo)
    bench.settle()
    watermark = _only(bench).watermark
    assert watermark.opacity < 0.3
    assert replace(watermark, asset_id="") == NEW_WATERMARK, "as the command line has it"


def test_corners_are_chosen_by_keyboard(bench, panel, logo) -> None:
    _new(bench, panel)
    panel.logo.file.take(logo)
    panel.logo.corner.setFocus()
    QTest.keyClick(panel.logo.corner, Qt.Key.Key_Down)
    QTest.keyClick(panel.logo.corner, Qt.Key.Key_Left)
    bench.settle()
    assert _only(bench).logo.corner is Corner.BOTTOM_LEFT


def test_colours_come_change_and_go(bench, panel) -> None:
    _new(bench, panel)
    for _ in range(3):
        panel.colours.add.click()
    panel.colours.fields[1].field.setText("#102030")
    panel.colours.fields[1].field.editingFinished.emit()
    bench.settle()
    assert len(_only(bench).colours) == 3
    assert _only(bench).colours[1] == "#102030"
    button(panel.colours, "Remove: Main").click()
    bench.settle()
    assert _only(bench).colours[0] == "#102030"


def test_a_font_file_is_taken_and_a_broken_one_refused(bench, panel, tmp_path) -> None:
    _new(bench, panel)
    font = str(resource("fonts", "Anton-Regular.ttf"))
    panel.fonts.take(font)
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font at all")
    panel.fonts.take(str(broken))
    bench.settle()
    assert tuple(_file(bench, one) for one in _only(bench).fonts) == (font,)
    assert bench.told == ["“broken.ttf” is not a font that captions can use."]


def test_name_line_ends_and_caption_style(bench, panel, recording) -> None:
    _new(bench, panel)
    panel.name_line.switch.click()
    panel.name_line.title.setText("Dana North")
    panel.name_line.title.editingFinished.emit()
    panel.name_line.length.slider.setValue(60)
    panel.intro_outro.intro.take(str(recording))
    panel.style_choice.chosen.emit("neon")
    bench.settle()
    kit = _only(bench)
    assert kit.lower_third == LowerThird("Dana North", "", 0.5, 6.0)
    assert (_file(bench, kit.intro), kit.outro, kit.caption_style) == (str(recording), "", "neon")


def test_a_kit_is_put_on_this_clip_and_on_all_and_taken_off(bench, panel) -> None:
    _new(bench, panel)
    panel.wear.click()
    bench.settle()
    assert bench.clip.brand_kit == panel.kit.id
    assert panel.wear.text().strip() == "Take it off"
    panel.wear_all.click()
    bench.settle()
    assert all(clip.brand_kit == panel.kit.id for clip in bench.services.store.clips(bench.clip.source_id))
    assert bench.told == ["4 clips have this brand."]
    panel.wear.click()
    bench.settle()
    assert bench.clip.brand_kit == ""


def test_there_is_one_default_and_deleting_can_be_undone(bench, panel) -> None:
    _new(bench, panel)
    panel.duplicate_kit()
    bench.settle()
    assert panel.kit.name == "My brand 2"
    panel.default.click()
    bench.settle()
    assert [kit.is_default for kit in bench.services.store.brand_kits()] == [False, True]
    panel.delete_kit()
    bench.settle()
    assert [kit.name for kit in panel.kits] == ["My brand"]
    bench.undo()
    assert len(bench.services.store.brand_kits()) == 2


def test_a_drag_is_one_entry_in_the_history(bench, panel, logo) -> None:
    _new(bench, panel)
    panel.logo.file.take(logo)
    bench.settle()
    before = len(bench.history)
    slider = panel.logo.sliders["size"].slider
    slider.setSliderDown(True)
    slider.sliderPressed.emit()
    for value in range(20, 40):
        slider.setValue(value)
    slider.setSliderDown(False)
    bench.settle()
    assert _only(bench).logo.size == 0.39
    assert len(bench.history) == before + 1


def test_an_empty_name_keeps_the_old_one(bench, panel) -> None:
    _new(bench, panel)
    panel.name.setText("   ")
    panel.name.editingFinished.emit()
    assert panel.name.text() == "My brand"
    panel.name.setText(" North  light ")
    panel.name.editingFinished.emit()
    bench.settle()
    assert _only(bench).name == "North light"


def test_the_kit_of_the_selected_clip_is_shown(bench, panel) -> None:
    _new(bench, panel)
    panel.wear.click()
    panel.duplicate_kit()
    bench.settle()
    assert panel.kit.name == "My brand 2"
    bench.session.select_beside(1)
    bench.session.select_beside(-1)
    assert panel.kit.name == "My brand"
