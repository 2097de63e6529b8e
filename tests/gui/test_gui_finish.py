"""The finish panel: one click lays the usual elements, each has its switch and can be changed and moved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from support import stored
from support.gui_bench import Bench, bench_on
from support.makers import make_sound, make_still
from support.projects import make_recording

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.layers import Element, PictureLayer, ProgressLayer
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.features.common.quiet_titles import quiet_title
from viralclip_desktop.features.editing import add_card, put_layer, rename_clip
from viralclip_desktop.features.finish import USUAL
from viralclip_desktop.gui.finish.finish_panel import FinishPanel


@pytest.fixture
def bench(qtbot, services, tmp_path):
    with bench_on(qtbot, services, make_recording(tmp_path / "talk.mp4")) as bench:
        yield bench


@pytest.fixture
def panel(bench: Bench) -> FinishPanel:
    return bench.show(FinishPanel(bench.session, bench.context, bench.player))


def _laid(bench: Bench, element: Element) -> list:
    return [layer for layer in bench.clip.layers if layer.element is element]


def _finish(bench: Bench, panel: FinishPanel) -> None:
    panel.finish.click()
    bench.wait(lambda: bool(_laid(bench, Element.HOOK)))
    bench.settle()


def test_one_click_lays_the_usual_elements_as_one_edit(bench, panel) -> None:
    before = bench.clip
    _finish(bench, panel)
    assert all(panel.cards[element].switch.isChecked() for element in USUAL)
    assert bench.history[0] == "Finish clip"
    bench.session.undo()
    bench.wait(lambda: bench.clip == before)
    bench.wait(lambda: not any(card.switch.isChecked() for card in panel.cards.values()))


def test_a_switch_lays_and_takes_off_its_element(bench, panel) -> None:
    switch = panel.cards[Element.PROGRESS].switch
    switch.click()
    bench.wait(lambda: bool(_laid(bench, Element.PROGRESS)))
    switch.click()
    bench.wait(lambda: not _laid(bench, Element.PROGRESS))


def test_the_hooks_text_is_changed_in_place(bench, panel, qtbot) -> None:
    _finish(bench, panel)
    [hook] = _laid(bench, Element.HOOK)
    form = panel.cards[Element.HOOK].form
    form.texts[0].setText("Typed here")
    qtbot.keyClick(form.texts[0], Qt.Key.Key_Return)
    bench.wait(lambda: _laid(bench, Element.HOOK)[0].text == "Typed here")
    assert _laid(bench, Element.HOOK)[0].id == hook.id


def test_a_number_and_a_colour_are_changed_in_place(bench, panel) -> None:
    _finish(bench, panel)
    form = panel.cards[Element.PROGRESS].form
    form.fields["height"].slider.setValue(form.fields["height"].slider.maximum())
    form.fields["colour"].moved.emit("#10FF20", 1)
    bench.wait(lambda: _laid(bench, Element.PROGRESS)[0].colour == "#10FF20")
    [bar] = _laid(bench, Element.PROGRESS)
    assert isinstance(bar, ProgressLayer)
    assert bar.height == pytest.approx(0.05)


def test_a_lower_third_of_nobody_has_words_to_write_over(bench, panel) -> None:
    panel.cards[Element.LOWER_THIRD].switch.click()
    bench.wait(lambda: panel.cards[Element.LOWER_THIRD].form is not None)
    assert [field.text() for field in panel.cards[Element.LOWER_THIRD].form.texts] == ["Name", "What they do"]


def test_a_song_is_laid_and_its_level_changed(bench, panel, tmp_path) -> None:
    panel.add_music(make_sound(tmp_path / "song.mp3", 4))
    bench.wait(lambda: bool(_laid(bench, Element.MUSIC)))
    bench.settle()
    form = panel.cards[Element.MUSIC].form
    form.fields["volume_db"].slider.setValue(form.fields["volume_db"].slider.minimum())
    bench.wait(lambda: _laid(bench, Element.MUSIC)[0].volume_db == -60)
    assert panel.cards[Element.MUSIC].switch.isChecked()


def test_a_folder_in_which_nothing_is_said_lays_nothing_and_the_panel_says_so(bench, panel, tmp_path) -> None:
    make_still(tmp_path / "zebra.png")
    panel.cards[Element.BROLL].switch.setChecked(True)
    panel.add_broll(tmp_path)
    bench.wait(lambda: bool(panel.trouble.text()))
    assert not _laid(bench, Element.BROLL)
    assert not panel.cards[Element.BROLL].switch.isChecked()


def test_a_picture_that_was_laid_can_be_changed(bench, panel, tmp_path) -> None:
    asset = add_file(bench.context.services.store, make_still(tmp_path / "a.png"), AssetKind.PICTURE)
    layer = PictureLayer("b", asset.id, TimeRange.from_seconds(1, 3), element=Element.BROLL)
    bench.session.edit(put_layer, layer)
    bench.wait(lambda: panel.cards[Element.BROLL].form is not None)
    panel.cards[Element.BROLL].form.fields["opacity"].slider.setValue(50)
    bench.wait(lambda: _laid(bench, Element.BROLL)[0].opacity == 0.5)


def test_a_transition_is_chosen_for_its_part_and_goes_with_the_switch(bench, panel) -> None:
    bench.session.do(add_card, bench.clip.id, "Then", Time.from_seconds(2))
    bench.wait(lambda: len(bench.clip.parts) == 2)
    bench.settle()
    assert list(panel.transitions.rows) == [1]
    panel.cards[Element.TRANSITIONS].switch.click()
    bench.wait(lambda: bench.clip.parts[1].transition is Transition.DISSOLVE)
    bench.settle()
    assert panel.cards[Element.TRANSITIONS].minimumSizeHint().width() < 300  # the panel is no wider
    panel.transitions.rows[1].chosen.emit(Transition.WHIP)
    bench.wait(lambda: bench.clip.parts[1].transition is Transition.WHIP)
    bench.settle()
    panel.cards[Element.TRANSITIONS].switch.click()
    bench.wait(lambda: bench.clip.parts[1].transition is Transition.CUT)


def _say(bench: Bench, *sentences: str) -> None:
    with bench.context.services.store.transaction("Say", bench.clip.project_id) as tx:
        tx.put_transcript(bench.clip.source_id, stored.transcript(*sentences))
    bench.settle()


def test_the_hook_of_a_clip_without_a_title_is_what_is_said_and_without_words_the_panel_says_so(
    bench, panel
) -> None:
    rename_clip(bench.services.store, bench.clip.id, quiet_title(1, bench.clip.range.start))
    _say(bench)
    switch = panel.cards[Element.HOOK].switch
    switch.click()
    bench.wait(lambda: not panel.trouble.isHidden() and not switch.isChecked())
    assert "title" in panel.trouble.text()
    assert not _laid(bench, Element.HOOK)
    _say(bench, "Why does nobody sleep", "It is the light")
    switch.click()
    bench.wait(lambda: bool(_laid(bench, Element.HOOK)))
    assert _laid(bench, Element.HOOK)[0].text == "Why does nobody sleep"


def test_an_emoji_is_laid_changed_and_taken_off(bench, panel) -> None:
    _say(bench, "So it is so and pizza was so and so it is and it is so it is.")
    panel.cards[Element.EMOJI].switch.click()
    bench.wait(lambda: bool(panel.emoji.rows))
    bench.settle()
    [layer] = _laid(bench, Element.EMOJI)
    made = panel.emoji.rows[layer.id]
    assert made.choice.value == "pizza"
    popup = made.choice.open_list()
    assert all(not popup.items.item(n).icon().isNull() for n in range(popup.items.count()))
    popup.close()
    made.choice.chosen.emit("rocket")
    bench.wait(lambda: bench.session.file_of(_laid(bench, Element.EMOJI)[0].asset_id).endswith("rocket.png"))
    bench.settle()
    assert _laid(bench, Element.EMOJI)[0].range == layer.range
    panel.emoji.rows[layer.id].remove.click()
    bench.wait(lambda: not _laid(bench, Element.EMOJI))
    bench.settle()
    assert not panel.cards[Element.EMOJI].switch.isChecked()


def test_a_clip_without_a_word_that_fits_is_told_so(bench, panel) -> None:
    _say(bench, "So it is so and so it was.")
    panel.cards[Element.EMOJI].switch.click()
    bench.wait(lambda: bool(panel.trouble.text()))
    assert not panel.cards[Element.EMOJI].switch.isChecked()


def test_a_transition_of_the_timeline_is_shown_ready_for_the_keyboard(bench, panel) -> None:
    bench.session.do(add_card, bench.clip.id, "Then", Time.from_seconds(2))
    bench.wait(lambda: len(bench.clip.parts) == 2)
    bench.settle()
    panel.show_transition(1)
    assert panel.transitions.rows[1].hasFocus()
    panel.show_transition(9)
