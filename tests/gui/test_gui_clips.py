"""The clips page: select, trim, choose, type, undo. Every edit is in the store at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from support.shown import button, says

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.features import editing
from viralclip_desktop.gui.moments.clip_cards import ClipRole
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.theme.theme import theme


def _stored(window):
    return window.services.store.clip(window.clips_page.session.clip.id)


def _settled(qtbot, window) -> None:
    window.context.edits.last.wait()
    QTest.qWait(20)  # what the edit changed is on its way through the event loop


def test_best_clip_is_selected_and_keys_walk_the_list(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    assert page.session.clip.rank == 1
    assert page.model.rowCount() == 4
    clips_window.actions_by_id["next_clip"].trigger()
    assert page.session.clip.rank == 2
    assert page.cards.currentIndex().data(ClipRole).rank == 2
    assert page.inspector.title.text() == page.session.clip.title


def test_long_title_is_whole_in_the_tooltip(clips_window) -> None:
    page = clips_window.clips_page
    index = page.model.index(0)
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith(page.session.clips[0].title)


def test_trim_by_mouse_snaps_to_words_and_is_one_entry(qtbot, clips_window) -> None:
    page, services = clips_window.clips_page, clips_window.services
    page.session.select(page.session.clips[1].id)
    before = page.session.clip
    trim = page.stage.trim
    handle = trim.handle_in
    start = handle.mapTo(trim, handle.rect().center())
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
    for step in range(1, 9):
        qtbot.mouseMove(handle, handle.mapFrom(trim, start + QPoint(12 * step, 0)))
        _settled(qtbot, clips_window) if step == 4 else None
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center())
    _settled(qtbot, clips_window)
    after = _stored(clips_window)
    assert after.range.start > before.range.start
    assert after.range.end == before.range.end
    words = services.store.transcript(before.source_id).words
    assert any(abs((word.start - after.range.start).seconds) <= 0.081 for word in words)
    labels = [entry.label for entry in services.store.history(page.session.loaded.project.id)]
    assert labels.count("Trim clip") == 1


def test_trim_by_keyboard_goes_word_by_word_and_frame_by_frame(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    page.session.select(page.session.clips[1].id)
    before = page.session.clip
    out = page.stage.trim.handle_out
    qtbot.keyClick(out, Qt.Key.Key_Left)
    _settled(qtbot, clips_window)
    by_word = _stored(clips_window).range.end
    assert by_word < before.range.end
    qtbot.keyClick(out, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    _settled(qtbot, clips_window)
    assert _stored(clips_window).range.end - by_word == Time.from_frames(1, 30)


def test_clicking_a_word_at_the_cut_moves_the_start(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    page.session.select(page.session.clips[1].id)
    words = page.stage.words_in
    inside = [word for word in words.placed() if word.inside]
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton, pos=inside[2].box.center().toPoint())
    _settled(qtbot, clips_window)
    spoken = page.session.loaded.transcript.words[inside[2].index]
    assert abs((spoken.start - _stored(clips_window).range.start).seconds) <= 0.081
    assert next(word for word in words.placed() if word.inside).text == inside[2].text


def test_start_and_end_are_set_at_the_playhead(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    before = page.session.clip
    page.stage.player.seek(Time.from_seconds(2))
    clips_window.actions_by_id["set_in"].trigger()
    _settled(qtbot, clips_window)
    assert _stored(clips_window).range.start == before.range.start + Time.from_seconds(2)


def test_style_shape_framing_and_captions_are_stored(qtbot, clips_window) -> None:
    inspector = clips_window.clips_page.inspector
    style = next(tile for tile in inspector.gallery.tiles if not tile.isChecked())
    qtbot.mouseClick(style, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inspector.frame.shape.button(Aspect.SQUARE), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inspector.frame.framing.button(Framing.FIT), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inspector.captions, Qt.MouseButton.LeftButton)
    _settled(qtbot, clips_window)
    clip = _stored(clips_window)
    assert (clip.caption_style, clip.aspect, clip.framing) == (style.style_id, Aspect.SQUARE, Framing.FIT)
    assert not clip.captions_on
    assert not inspector.gallery.isEnabled()
    assert not inspector.frame.centre.isEnabled()


def test_dragging_the_centre_is_one_entry(qtbot, clips_window) -> None:
    slider = clips_window.clips_page.inspector.frame.centre.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    qtbot.mouseMove(slider, QPoint(60, 12))
    _settled(qtbot, clips_window)
    qtbot.mouseMove(slider, QPoint(slider.width() - 9, 12))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 9, 12))
    _settled(qtbot, clips_window)
    assert _stored(clips_window).centre_x == 1.0
    project_id = clips_window.clips_page.session.loaded.project.id
    labels = [entry.label for entry in clips_window.services.store.history(project_id)]
    assert labels.count("Change framing") == 1


def _title_field(qtbot, window, page: Page):
    """The field of a page in which the clip's title is typed, ready to be written over."""
    if page is Page.EDITOR:
        window.navigation.open_editor()
    title = window.editor.header.title if page is Page.EDITOR else window.clips_page.inspector.title
    title.setFocus()
    qtbot.waitUntil(title.hasFocus)
    title.selectAll()
    return title


@pytest.mark.parametrize("page", [Page.CLIPS, Page.EDITOR])
def test_a_title_field_shows_what_undo_brought_back(qtbot, clips_window, page) -> None:
    window = clips_window
    title, before = _title_field(qtbot, window, page), _stored(window).title
    qtbot.keyClicks(title, "Alpha")
    qtbot.waitUntil(lambda: _stored(window).title == "Alpha" and window.context.edits.last.settled)
    qtbot.keyClick(title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _stored(window).title == before and window.context.edits.last.settled)
    qtbot.waitUntil(lambda: window.session.clip.title == before)
    assert title.text() == before
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert title.text() == before


@pytest.mark.parametrize("page", [Page.CLIPS, Page.EDITOR])
def test_a_title_field_shows_no_more_of_what_is_pasted_than_is_stored(qtbot, clips_window, page) -> None:
    window = clips_window
    title = _title_field(qtbot, window, page)
    QGuiApplication.clipboard().setText("one\n" * 1000)
    title.paste()
    qtbot.waitUntil(lambda: window.context.edits.last.settled)
    qtbot.keyClick(title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _stored(window).title.startswith("one one"))
    assert len(_stored(window).title) <= 200
    assert title.text() == _stored(window).title


def test_typing_a_title_is_stored_as_one_entry_and_keys_stay_letters(qtbot, clips_window) -> None:
    title = clips_window.clips_page.inspector.title
    player = clips_window.clips_page.stage.player
    clips_window.actions_by_id["rename"].trigger()
    qtbot.keyClicks(title, "Look  at me")
    _settled(qtbot, clips_window)
    assert _stored(clips_window).title == "Look at me"
    assert not player.playing
    qtbot.keyClick(title, Qt.Key.Key_Return)
    clips_window.actions_by_id["undo"].trigger()
    _settled(qtbot, clips_window)
    assert _stored(clips_window).title.startswith("The $3,000 weekend")
    assert title.text().startswith("The $3,000 weekend")


def test_undo_and_redo_bring_every_view_along(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    qtbot.mouseClick(page.inspector.frame.shape.button(Aspect.WIDE), Qt.MouseButton.LeftButton)
    _settled(qtbot, clips_window)
    qtbot.waitUntil(lambda: page.stage.player.plan.aspect is Aspect.WIDE, timeout=5000)
    clips_window.actions_by_id["undo"].trigger()
    _settled(qtbot, clips_window)
    qtbot.waitUntil(lambda: page.inspector.frame.shape.value is Aspect.VERTICAL)
    qtbot.waitUntil(lambda: page.stage.player.plan.aspect is Aspect.VERTICAL, timeout=5000)
    assert any("Undid" in toast.text.message for toast in clips_window.toasts.shown)
    clips_window.actions_by_id["redo"].trigger()
    _settled(qtbot, clips_window)
    assert _stored(clips_window).aspect is Aspect.WIDE


def test_the_waveform_stays_when_words_are_corrected(qtbot, clips_window) -> None:
    trim, session = clips_window.clips_page.stage.trim, clips_window.session
    qtbot.waitUntil(lambda: _wave_pixels(trim) > 100, timeout=5000)
    editing.drop_words(clips_window.services.store, session.loaded.source.id, [0])
    before = session.loaded
    qtbot.waitUntil(lambda: session.loaded is not before, timeout=5000)
    _settled(qtbot, clips_window)
    assert _wave_pixels(trim) > 100


def _wave_pixels(trim) -> int:
    image, wanted = trim.grab().toImage(), theme().colour("track_voice").rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(0, image.width(), 2) for y in range(0, image.height(), 4)
    )


def test_clips_that_are_all_gone_leave_no_reasons_behind(qtbot, clips_window) -> None:
    page, services = clips_window.clips_page, clips_window.services
    with services.store.transaction("Delete clips", page.session.loaded.project.id) as tx:
        for clip in list(page.session.clips):
            tx.delete("clip", clip.id)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=5000)
    assert not page.inspector.reasons.isVisible()


def test_clip_deleted_elsewhere_leaves_the_list(qtbot, clips_window) -> None:
    page, services = clips_window.clips_page, clips_window.services
    gone = page.session.clip
    with services.store.transaction("Delete clip", page.session.loaded.project.id) as tx:
        tx.delete("clip", gone.id)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=5000)
    assert page.session.clip is not None
    assert page.session.clip.id != gone.id


def test_recording_without_clips_says_so(qtbot, services, recording, open_window) -> None:
    from support.projects import add_project

    source = add_project(services, recording, clips=0)
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.page == "clips", timeout=5000)
    assert says(window.clips_page.empty, "There are no clips in this recording.")
    assert window.clips_page.empty.isVisible()
    assert not window.clips_page.stage.isVisible()
    assert not window.actions_by_id["export"].isEnabled()
    assert not window.clips_page.inspector.isEnabled()
    button(window.clips_page.empty, "Cut a clip by hand").click()
    qtbot.waitUntil(lambda: len(window.clips_page.session.clips) == 1, timeout=5000)
    assert window.actions_by_id["export"].isEnabled()


def _twice(qtbot, window, action: str) -> list[str]:
    """Ask for something twice before it is done; what the history says then."""
    window.actions_by_id[action].trigger()
    window.actions_by_id[action].trigger()
    qtbot.waitUntil(lambda: window.context.idle)
    QTest.qWait(20)
    qtbot.waitUntil(lambda: window.context.idle)
    assert [one.text.message for one in window.messages.messages if one.text.kind == "bad"] == []
    return [entry.label for entry in window.services.store.history(window.session.loaded.project.id)]


def test_a_clip_that_is_deleted_twice_is_deleted_once_and_nothing_more_is_said(qtbot, clips_window) -> None:
    assert _twice(qtbot, clips_window, "delete_clip") == ["Delete clip"]
    assert len(clips_window.session.clips) == 3
    assert [(one.text.action, one.times) for one in clips_window.messages.messages] == [("Undo", 1)]


def test_a_new_clip_that_is_asked_for_twice_is_one_clip(qtbot, clips_window) -> None:
    assert _twice(qtbot, clips_window, "new_clip") == ["Add clip"]
    assert len(clips_window.session.clips) == 5
    assert clips_window.session.clip.score is None, "the new one is selected"


def test_a_finish_that_is_asked_for_twice_is_one_entry_in_the_history(qtbot, clips_window) -> None:
    assert _twice(qtbot, clips_window, "finish_clip") == ["Finish clip"]
    assert _stored(clips_window).layers
