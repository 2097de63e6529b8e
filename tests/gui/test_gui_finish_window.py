"""Finishing a clip in the real window: what is asked for one clip is done to that clip, and nothing typed is
lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from support import stored
from support.makers import make_sound, make_still

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.layers import Element, LayerKind
from viralclip_desktop.gui.timeline.model import Kind

LEFT = Qt.MouseButton.LeftButton
PIZZA = "So it is so and pizza was so and so it is and it is so it is."


@pytest.fixture
def window(qtbot: Any, clips_window: Any) -> Any:
    """The editor on the first clip, the finish panel in front."""
    window = clips_window
    window.navigation.open_editor()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.player.current and window.editor.settled)
    window.actions_by_id["panel_finish"].trigger()
    _settle(qtbot, window)
    return window


def _settle(qtbot: Any, window: Any) -> None:
    """Wait until every edit is stored and shown, and what was asked for has come."""
    context = window.context
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)
    QTest.qWait(0)
    qtbot.waitUntil(lambda: context.tasks.idle and context.edits.last.settled)


def _stored(window: Any, clip_id: str = "") -> Clip:
    return window.services.store.clip(clip_id or window.session.clip.id)


def _switch_on(qtbot: Any, window: Any, element: Element) -> None:
    window.editor.panel("finish").cards[element].switch.click()
    qtbot.waitUntil(lambda: any(one.element is element for one in _stored(window).layers))
    _settle(qtbot, window)


def test_the_sound_panel_shows_the_sound_effects_of_a_finish(qtbot, window) -> None:
    _switch_on(qtbot, window, Element.CARD)
    _switch_on(qtbot, window, Element.EFFECTS)
    window.actions_by_id["panel_audio"].trigger()
    _settle(qtbot, window)
    effects = {layer.id for layer in _stored(window).layers if layer.kind is LayerKind.EFFECT}
    assert effects
    assert set(window.editor.panel("audio").cards) == effects


def _song_of_the_finish(window: Any, tmp_path: Path) -> None:
    window.editor.panel("finish").add_music(make_sound(tmp_path / "song.mp3", 4))


def _song_beside_the_speech(window: Any, tmp_path: Path) -> None:
    window.actions_by_id["panel_audio"].trigger()
    window.editor.panel("audio").add_file(make_sound(tmp_path / "song.mp3", 4), LayerKind.MUSIC)


def _picture_over_the_clip(window: Any, tmp_path: Path) -> None:
    window.actions_by_id["panel_frame"].trigger()
    window.editor.panel("frame").pictures.add_file(make_still(tmp_path / "still.png"))


def _file_on_the_timeline(window: Any, tmp_path: Path) -> None:
    still = make_still(tmp_path / "still.png")
    window.editor.panel("timeline").take_files([still], ZERO, Kind.PICTURE)


WAYS = (_song_of_the_finish, _song_beside_the_speech, _picture_over_the_clip, _file_on_the_timeline)


@pytest.mark.parametrize("way", WAYS)
def test_a_file_goes_to_the_clip_it_was_chosen_for(qtbot, window, tmp_path, way) -> None:
    asked, other = (clip.id for clip in window.session.clips[:2])
    way(window, tmp_path)
    window.actions_by_id["next_clip"].trigger()
    assert window.session.clip.id == other
    _settle(qtbot, window)
    assert len(_stored(window, asked).layers) == 1
    assert not _stored(window, other).layers


def test_another_emoji_goes_to_the_clip_it_was_chosen_for(qtbot, window) -> None:
    store, first = window.services.store, window.session.clip
    with store.transaction("Say", first.project_id) as tx:
        tx.put_transcript(first.source_id, stored.transcript(PIZZA))
    _settle(qtbot, window)
    _switch_on(qtbot, window, Element.EMOJI)
    other = window.session.clips[1].id
    [row] = window.editor.panel("finish").emoji.rows.values()
    row.choice.chosen.emit("rocket")
    window.actions_by_id["next_clip"].trigger()
    _settle(qtbot, window)
    [layer] = _stored(window, first.id).layers
    assert store.asset(layer.asset_id).path.endswith("rocket.png")
    assert not _stored(window, other).layers


def _hook_field(qtbot: Any, window: Any) -> Any:
    """The field with the hook's words, ready to be written over."""
    if not window.editor.panel("finish").cards[Element.HOOK].form:
        _switch_on(qtbot, window, Element.HOOK)
    field = window.editor.panel("finish").cards[Element.HOOK].form.texts[0]
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    return field


def _hook(window: Any, clip_id: str = "") -> str:
    return next(one.text for one in _stored(window, clip_id).layers if one.element is Element.HOOK)


def _press(window: Any, name: str) -> None:
    """A button above the editor, which takes no focus."""
    named = [one for one in window.editor.header.findChildren(QAbstractButton) if one.isVisible()]
    [pressed] = [one for one in named if one.accessibleName().partition(":")[0] == name]
    QTest.mouseClick(pressed, LEFT)


def test_what_is_typed_is_stored_before_the_next_clip_is_shown(qtbot, window) -> None:
    first = window.session.clip.id
    QTest.keyClicks(_hook_field(qtbot, window), "Typed and left")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert window.session.clip.id != first
    _settle(qtbot, window)
    assert _hook(window, first) == "Typed and left"
    window.session.undo()
    _settle(qtbot, window)
    assert _hook(window, first) != "Typed and left", "it was one edit"


def test_a_number_that_is_typed_is_stored_before_the_next_clip_is_shown(qtbot, window) -> None:
    first = window.session.clip.id
    _switch_on(qtbot, window, Element.HOOK)
    form = window.editor.panel("finish").cards[Element.HOOK].form
    form.more.unfold(True)
    number = form.fields["length"].field
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "1.5")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    _settle(qtbot, window)
    [hook] = _stored(window, first).layers
    assert hook.range.duration.seconds == 1.5


def test_an_export_takes_what_is_typed_along(qtbot, window) -> None:
    nowhere = window.services.paths.home / "app.db"  # no folder: nothing has to be made of the order
    window.clips_page.export_panel.use_folder(str(nowhere))
    QTest.keyClicks(_hook_field(qtbot, window), "Typed and exported")
    known: list[str] = []
    window.context.events.changed.connect(
        lambda changes: known.append(_hook(window)) if changes.ids("export") else None
    )
    _press(window, "Export")
    qtbot.waitUntil(lambda: bool(known))
    assert known[0] == "Typed and exported"
    qtbot.waitUntil(lambda: [row.export.status for row in window.queue.rows] == [WorkState.FAILED])


def test_undo_takes_back_what_is_typed_and_the_field_shows_what_is_stored(qtbot, window) -> None:
    field = _hook_field(qtbot, window)
    before = _hook(window)
    QTest.keyClicks(field, "Typed and undone")
    _press(window, "Undo")
    said = window.messages.messages
    qtbot.waitUntil(lambda: any(one.text.message.startswith("Undid") for one in said))
    _settle(qtbot, window)
    assert _hook(window) == before
    assert field.text() == before


def test_a_field_shows_what_undo_brought_back_while_it_has_the_keys(qtbot, window) -> None:
    field = _hook_field(qtbot, window)
    before = _hook(window)
    QTest.keyClicks(field, "Typed and kept")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _hook(window) == "Typed and kept")
    _settle(qtbot, window)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: _hook(window) == before)
    _settle(qtbot, window)
    assert field.hasFocus()
    assert field.text() == before
    field.clearFocus()
    _settle(qtbot, window)
    assert _hook(window) == before


@pytest.mark.parametrize("element", [Element.COLD_OPEN, Element.TRANSITIONS, Element.EFFECTS])
def test_a_switch_that_can_lay_nothing_says_why(qtbot, window, element) -> None:
    store, clip = window.services.store, window.session.clip
    with store.transaction("Say", clip.project_id) as tx:
        tx.put_transcript(clip.source_id, stored.transcript("So it is so and so it was."))
    _settle(qtbot, window)
    panel = window.editor.panel("finish")
    switch = panel.cards[element].switch
    switch.click()
    qtbot.waitUntil(panel.trouble.isVisible)
    assert panel.trouble.text().index(".") == len(panel.trouble.text()) - 1, "it is one sentence"
    assert not switch.isChecked()


def test_music_is_composed_for_the_clip_it_was_asked_for_and_undo_takes_it_off(qtbot, window) -> None:
    asked, other = (clip.id for clip in window.session.clips[:2])
    window.actions_by_id["compose_music"].trigger()
    window.actions_by_id["compose_music"].trigger()
    window.actions_by_id["next_clip"].trigger()
    _settle(qtbot, window)
    [song] = _stored(window, asked).layers
    assert (song.element, song.range.end) == (Element.MUSIC, _stored(window, asked).duration)
    assert Path(window.services.store.asset(song.asset_id).path).is_file()
    assert not _stored(window, other).layers
    window.session.undo()
    _settle(qtbot, window)
    assert not _stored(window, asked).layers
