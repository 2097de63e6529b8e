"""The captions panel: choose, adjust, keep, share, save to a file. Every edit is in the store at once."""

from __future__ import annotations

import pysubs2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtTest import QTest
from support.faces import Head, make_film
from support.gui_bench import bench_on

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.captions import CaptionAnimation
from viralclip_desktop.features import editing
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
from viralclip_desktop.gui.captions.name_dialog import NameDialog
from viralclip_desktop.gui.captions.pages import Page
from viralclip_desktop.gui.preview.safe_area import SafeAreaOverlay
from viralclip_desktop.gui.session.guides import Platform, SafeArea
from viralclip_desktop.gui.session.memory import WindowMemory
from viralclip_desktop.gui.widgets.colour_field import ColourField, read_hex
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def panel(bench):
    return bench.show(CaptionsPanel(bench.session, bench.context, bench.pictures, bench.player), height=1400)


def test_the_gallery_shows_every_style_on_the_clips_own_words(bench, panel) -> None:
    assert len(panel.gallery.tiles) >= 12
    bench.wait(lambda: all(tile.picture is not None for tile in panel.gallery.tiles), 60000)
    shown = {bytes(tile.picture.constBits()) for tile in panel.gallery.tiles}
    assert len(shown) == len(panel.gallery.tiles)


def test_a_tile_moves_while_it_is_looked_at(bench, panel) -> None:
    tile = panel.gallery.tiles[1]
    tile.looked_at.emit()
    bench.wait(lambda: tile.moving, 20000)
    first = tile.picture
    bench.wait(lambda: tile.picture != first)
    tile.left.emit()
    assert not tile.moving


def test_nothing_moves_with_reduced_motion(bench, panel) -> None:
    bench.settle()
    bench.services.settings.set(reduce_motion=True)
    tile = panel.gallery.tiles[1]
    tile.looked_at.emit()
    QTest.qWait(400)
    assert bench.context.tasks.idle
    assert not tile.moving


def test_the_gallery_is_first_and_the_fine_controls_are_a_page_of_their_own(bench, panel) -> None:
    assert panel.gallery.isVisible()
    assert not panel.pages.has(Page.TUNE)
    panel.pages.tabs.button(Page.TUNE).click()
    assert not panel.gallery.isVisible()
    assert panel.tune.controls.isVisible()
    assert panel.tune.note.text() == "Changes to “Karaoke” for this clip"
    area = panel.pages.currentWidget()
    panel.tune.controls.folds[0].unfold(True)
    bench.wait(lambda: area.verticalScrollBar().maximum() > 0 or area.height() > panel.tune.height() - 1)
    panel.pages.tabs.button(Page.STYLE).click()
    assert panel.gallery.isVisible()
    assert not panel.tune.controls.isVisible()


def test_fields_stand_in_two_columns_where_there_is_room(bench, panel) -> None:
    panel.pages.show_page(Page.TUNE)
    first, last = panel.tune.controls.folds[0], panel.tune.controls.folds[-1]
    columns = panel.tune.controls.findChild(TwoColumns)
    bench.wait(lambda: not columns.beside)
    assert first.mapTo(panel, QPoint()).x() == last.mapTo(panel, QPoint()).x()
    panel.resize(760, 900)
    bench.wait(lambda: columns.beside)
    bench.wait(lambda: last.mapTo(panel, QPoint()).x() > first.mapTo(panel, QPoint(first.width(), 0)).x())
    panel.resize(340, 900)
    bench.wait(lambda: not columns.beside)


def test_a_click_on_a_tile_chooses_the_style(bench, panel) -> None:
    tile = next(tile for tile in panel.gallery.tiles if tile.style_id == "neon")
    tile.click()
    bench.settle()
    assert bench.clip.caption_style == "neon"
    assert panel.tune.controls.controls["glow"].value == caption_styles()["neon"].glow


def test_one_property_is_set_for_this_clip_alone_and_reset(bench, panel) -> None:
    panel.pages.tabs.button(Page.TUNE).click()
    panel.tune.controls.folds[0].unfold(True)
    bench.settle()
    size = panel.tune.controls.controls["size"]
    assert isinstance(size, ScaledSlider)
    place = size.mapTo(panel, QPoint())
    size.slider.setSliderDown(True)
    for value in (100, 110, 123):
        size.slider.setValue(value)
    size.slider.setSliderDown(False)
    bench.settle()
    assert size.mapTo(panel, QPoint()) == place
    assert bench.clip.caption_override.size == pytest.approx(0.123)
    assert bench.clip.caption_style == "karaoke"
    assert bench.history[0] == "Adjust captions"
    assert bench.history.count("Adjust captions") == 1
    assert not panel.tune.reset.isHidden()
    panel.tune.reset.click()
    bench.settle()
    assert bench.clip.caption_override is None
    bench.undo()
    assert bench.clip.caption_override.size == pytest.approx(0.123)
    assert size.number == pytest.approx(12.3)


def test_two_properties_changed_at_once_are_both_kept(bench, panel) -> None:
    panel.adjust("fill", "#112233", "")
    panel.adjust("keywords", ("spreadsheet",), "")
    panel.adjust("animation", CaptionAnimation.BOUNCE, "")
    bench.settle()
    look = bench.clip.caption_override
    assert (look.fill, look.keywords, look.animation) == (
        "#112233", ("spreadsheet",), CaptionAnimation.BOUNCE,
    )  # fmt: skip


def test_a_look_is_kept_under_a_name_and_deleted_again(bench, panel) -> None:
    panel.adjust("size", 0.11, "")
    panel.keep_style("Evening show")
    bench.settle()
    own = bench.services.store.caption_styles()[0]
    assert (own.label, own.size) == ("Evening show", 0.11)
    assert bench.clip.caption_style == own.id
    assert bench.clip.caption_override is None
    bench.wait(lambda: any(tile.text() == "Evening show" for tile in panel.gallery.tiles))
    assert [action.text() for action in panel.style_menu(own.id).actions()][1] == "Delete this style"
    assert len(panel.style_menu("karaoke").actions()) == 1
    panel.drop_style(own.id)
    bench.settle()
    bench.wait(lambda: all(tile.text() != "Evening show" for tile in panel.gallery.tiles))
    assert bench.clip.caption_override.size == 0.11


def test_all_clips_take_the_look_as_one_edit(bench, panel) -> None:
    panel.choose("marker")
    panel.adjust("size", 0.1, "")
    bench.settle()
    panel.tune.share.click()
    bench.settle()
    clips = bench.services.store.clips(bench.clip.source_id)
    assert {(clip.caption_style, clip.caption_override.size) for clip in clips} == {("marker", 0.1)}
    assert bench.told == ["4 clips have these captions."]
    bench.undo()
    assert (
        sum(clip.caption_style == "marker" for clip in bench.services.store.clips(bench.clip.source_id)) == 1
    )


@pytest.mark.parametrize("ending", ["srt", "vtt", "ass", "txt"])
def test_the_words_are_saved_in_clip_time(bench, panel, tmp_path, ending) -> None:
    path = tmp_path / f"clip.{ending}"
    panel.write_file(path)
    bench.settle()
    first = bench.player.plan.words[0]
    if ending == "txt":
        assert path.read_text(encoding="utf-8").startswith(first.text)
    else:
        cues = pysubs2.load(str(path))
        assert cues[0].plaintext.startswith(first.text)
        assert cues[0].start == pytest.approx(first.start.seconds * 1000, abs=20)
        assert cues[-1].end <= bench.clip.duration.seconds * 1000 + 500  # stays a little to be read


def test_a_folder_that_is_not_there_is_told(bench, panel, tmp_path) -> None:
    panel.write_file(tmp_path / "gone" / "clip.srt")
    bench.settle()
    assert bench.told[0].startswith("“clip.srt” could not be written")


def test_switching_captions_off_rests_the_rest(bench, panel) -> None:
    panel.switch.click()
    bench.settle()
    assert not bench.clip.captions_on
    assert not panel.gallery.isEnabled()
    assert panel.switch.isEnabled()


def test_a_brands_colours_are_offered(bench, panel) -> None:
    from viralclip_desktop.domain.brand import BrandKit

    kit = editing.put_brand_kit(bench.services.store, BrandKit("", "North", ("#0A0B0C",)))
    editing.apply_brand_kit(bench.services.store, kit.id, [bench.clip.id])
    bench.settle()
    bench.wait(lambda: panel.tune.controls.controls["fill"].palette_colours == ("#0A0B0C",))


def test_the_safe_area_follows_the_choice_and_lets_clicks_through(bench, panel, tmp_path) -> None:
    choice = SafeArea(WindowMemory(tmp_path), panel)
    overlay = SafeAreaOverlay(choice)
    bench.qtbot.addWidget(overlay)
    overlay.resize(270, 480)
    panel.safe_area_chosen.connect(choice.show_platform)
    assert not _painted(overlay)
    panel.safe_area.button(Platform.REELS).click()
    assert overlay.platform is Platform.REELS
    assert _painted(overlay)
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    choice.switch(False)
    assert not _painted(overlay)
    choice.switch(True)
    assert overlay.platform is Platform.REELS


def test_captions_stay_inside_every_apps_safe_area() -> None:
    from PySide6.QtCore import QRectF

    from viralclip_desktop.compose.captions.layout import safe_area
    from viralclip_desktop.gui.preview.safe_area import safe_rect

    ours = safe_area(Aspect.VERTICAL)
    for platform in Platform:
        theirs = safe_rect(platform, QRectF(0, 0, 1080, 1920))
        assert theirs.top() <= ours.top + 1
        assert theirs.bottom() >= ours.bottom - 1
        assert theirs.right() >= ours.right - 12
        assert theirs.left() <= ours.left


def test_every_control_has_a_name(panel) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QSlider, QSpinBox

    assert panel.tune.controls.controls  # the folded ones too
    kinds = (QAbstractButton, QSlider, QSpinBox, QLineEdit)
    parts = [part for kind in kinds for part in panel.findChildren(kind)]
    owned = [part for part in parts if part.objectName() != "qt_spinbox_lineedit"]
    assert len(owned) > 60
    assert [part for part in owned if not part.accessibleName()] == []


def test_a_colour_is_typed_picked_and_taken_away(qtbot) -> None:
    field = ColourField("Fill", "#FFFFFF", optional=True)
    qtbot.addWidget(field)
    field.show()
    heard: list[tuple[str, int]] = []
    field.moved.connect(lambda value, gesture: heard.append((value, gesture)))
    field.field.setText("0af")
    field.field.editingFinished.emit()
    assert heard[-1][0] == "#00AAFF"
    field.field.setText("no colour")
    field.field.editingFinished.emit()
    assert field.field.text() == "#00AAFF"
    picker = field.open()
    for x in (20, 60, 100):
        QTest.mousePress(picker.hue, Qt.MouseButton.LeftButton, pos=QPointF(x, 8).toPoint())
    gestures = {gesture for _value, gesture in heard[1:]}
    assert len(heard) > 2
    assert len(gestures) == 1
    assert QColor(heard[-1][0]).hsvHue() > 0
    picker.close()
    field.none.click()
    assert heard[-1][0] == "#00000000"
    assert read_hex("#12345678") == "#12345678"


def test_a_style_needs_a_name(qtbot) -> None:
    from PySide6.QtWidgets import QWidget

    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = NameDialog(holder, "Save as my style", "", "Save")
    assert not dialog.save.isEnabled()
    dialog.field.setText("  Evening   show ")
    assert dialog.save.isEnabled()
    assert dialog.name == "Evening show"


def _painted(widget) -> bool:
    image = QImage(widget.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    widget.render(image, QPoint(), QRegion(), widget.RenderFlag.DrawChildren)
    return any(QColor(image.pixelColor(x, 470)).alpha() for x in range(0, 270, 10))


def test_captions_keep_off_faces_and_the_preview_follows_by_itself(qtbot, services, tmp_path) -> None:
    film = make_film(tmp_path / "talk.mp4", [(12.0, [Head(0.5, 0.5, 0.55)])])
    with bench_on(qtbot, services, film) as bench:
        panel = bench.show(CaptionsPanel(bench.session, bench.context, bench.pictures, bench.player), 1400)
        switch = panel.tune.controls.controls["keep_off_faces"]
        assert switch.accessibleName() == "Keep off faces"
        assert not switch.isChecked()
        switch.click()
        bench.wait(lambda: bench.player.plan is not None and any(s.faces for s in bench.player.plan.faces))
        assert switch.isChecked()
        assert bench.clip.caption_override.keep_off_faces
        switch.click()
        bench.wait(lambda: bench.player.plan is not None and not bench.player.plan.faces)
        assert not bench.clip.caption_override.keep_off_faces
