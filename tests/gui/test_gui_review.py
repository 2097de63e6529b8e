"""The review in the real window: one key a clip, the next one plays from what was prepared, undo, the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support import stored

from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.clip import Review
from viralclip_desktop.features.reframe.job import FRAME
from viralclip_desktop.gui.review.queue import ReviewQueue, Tally
from viralclip_desktop.gui.session.navigation import Page


@pytest.fixture
def page(qtbot, clips_window):
    """The review of four clips; the first one plays."""
    clips_window.actions_by_id["review"].trigger()
    page = clips_window.review_page
    qtbot.waitUntil(lambda: clips_window.player.position > ZERO and clips_window.player.playing)
    return page


def _reviews(window) -> list[str]:
    """As they are stored, in the order of the queue."""
    window.context.edits.last.wait()
    return [window.services.store.clip(clip_id).review.value for clip_id in window.review_page.queue.ids]


def _labels(window) -> list[str]:
    window.context.edits.last.wait()
    return [entry.label for entry in window.services.store.history(window.session.loaded.project.id)]


def _press(window, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def _shown(qtbot, window, number: int) -> None:
    """The clip of a number (from 1) is the one in view, and plays."""
    page = window.review_page
    qtbot.waitUntil(lambda: page.queue.place == number - 1 and window.session.clip.id == page.queue.current)
    qtbot.waitUntil(lambda: window.player.playing)


def test_the_button_counts_what_is_left_and_opens_the_review(qtbot, clips_window) -> None:
    button = clips_window.clips_page.review
    assert button.accessibleName() == "Review 4 clips"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    page = clips_window.review_page
    assert clips_window.page is Page.REVIEW
    assert page.isVisible()
    clip = clips_window.session.clip
    assert page.title.text == clip.title
    best = max(clip.reasons, key=lambda reason: reason.strength)
    assert page.words == {"place": "1 of 4", "about": "6 s", "reason": str(best.text)}
    _shown(qtbot, clips_window, 1)
    _press(clips_window, Qt.Key.Key_K)
    clips_window.navigation.show_clips()
    qtbot.waitUntil(lambda: button.accessibleName() == "Review 3 clips")


def test_keep_and_drop_store_one_entry_each_and_go_on(qtbot, clips_window, page) -> None:
    _press(clips_window, Qt.Key.Key_K)
    _shown(qtbot, clips_window, 2)
    _press(clips_window, Qt.Key.Key_D)
    _shown(qtbot, clips_window, 3)
    assert _reviews(clips_window) == ["kept", "dropped", "", ""]
    assert _labels(clips_window) == ["Keep clip", "Drop clip"]
    session = clips_window.session
    qtbot.waitUntil(lambda: session.clips[-1].review is Review.DROPPED)
    assert page.words["place"] == "3 of 4"


def test_the_next_clip_starts_from_what_was_prepared(qtbot, clips_window, page, monkeypatch) -> None:
    player, opened = clips_window.player, []
    qtbot.waitUntil(lambda: player.ahead.ready)
    assert player.ahead.clip.id == page.queue.following
    monkeypatch.setattr(
        "viralclip_desktop.gui.session.player.open_preview", lambda *args: opened.append(args)
    )
    monkeypatch.setattr(
        "viralclip_desktop.gui.session.player.preview_plan", lambda *args: opened.append(args)
    )
    pictures = []
    _press(clips_window, Qt.Key.Key_K)
    assert clips_window.session.clip.id == page.queue.current == player.clip.id
    assert player.playback is not None, "it plays before anything else happens"
    player.pictured.connect(pictures.append)
    qtbot.waitUntil(lambda: bool(pictures))
    assert opened == [], "neither a plan nor a stream had to be made"
    assert player.position < player.duration


def test_what_was_prepared_is_made_anew_when_the_clip_is_another(qtbot, clips_window, page) -> None:
    from viralclip_desktop.core.geometry import Aspect
    from viralclip_desktop.features.editing import reshape_clip

    player = clips_window.player
    qtbot.waitUntil(lambda: player.ahead.ready)
    clips_window.session.do(reshape_clip, page.queue.following, Aspect.SQUARE)
    qtbot.waitUntil(lambda: player.ahead.clip.aspect is Aspect.SQUARE and player.ahead.ready)
    _press(clips_window, Qt.Key.Key_D)
    _shown(qtbot, clips_window, 2)
    qtbot.waitUntil(lambda: player.plan.aspect is Aspect.SQUARE)


def test_playing_goes_on_when_what_was_found_out_changes_nothing(qtbot, clips_window, page) -> None:
    player, source = clips_window.player, clips_window.session.loaded.source
    playing = player.playback
    found = Change(FRAME, source.id, None, None)
    clips_window.services.store.changes.publish(Changes("Looked", source.project_id, (found,)))
    QTest.qWait(20)  # on its way through the event loop
    qtbot.waitUntil(lambda: clips_window.context.tasks.idle)
    assert player.playback is playing


def test_fix_opens_the_editor_and_leaving_it_leads_back(qtbot, clips_window, page) -> None:
    _press(clips_window, Qt.Key.Key_K)
    _shown(qtbot, clips_window, 2)
    second = page.queue.current
    _press(clips_window, Qt.Key.Key_F)
    assert clips_window.page is Page.EDITOR
    assert clips_window.session.clip.id == second
    assert clips_window.editor.header.back.accessibleName() == "Review"
    clips_window.session.select_beside(1)
    clips_window.actions_by_id["leave_editor"].trigger()
    assert clips_window.page is Page.REVIEW
    _shown(qtbot, clips_window, 2)
    assert page.queue.current == second
    assert page.chip.text == "To fix"
    clips_window.actions_by_id["leave_editor"].trigger()
    assert clips_window.page is Page.CLIPS
    assert not clips_window.player.playing


def test_undo_brings_the_last_decision_and_its_clip_back(qtbot, clips_window, page) -> None:
    _press(clips_window, Qt.Key.Key_K, Qt.Key.Key_D)
    _shown(qtbot, clips_window, 3)
    clips_window.actions_by_id["undo"].trigger()
    _shown(qtbot, clips_window, 2)
    assert _reviews(clips_window) == ["kept", "", "", ""]
    _press(clips_window, Qt.Key.Key_K)
    _shown(qtbot, clips_window, 3)
    assert _reviews(clips_window) == ["kept", "kept", "", ""]


def test_the_end_says_what_was_decided_and_exports_what_was_kept(qtbot, clips_window, page) -> None:
    first = page.queue.current
    _press(clips_window, Qt.Key.Key_K, Qt.Key.Key_D, Qt.Key.Key_F)
    clips_window.actions_by_id["leave_editor"].trigger()
    _press(clips_window, Qt.Key.Key_Right, Qt.Key.Key_D)
    assert page.summary.isVisible()
    assert page.summary.words == "That was the last one. 1 kept, 2 dropped, 1 to fix"
    assert not clips_window.player.playing
    qtbot.waitUntil(page.summary.export.isEnabled)
    qtbot.mouseClick(page.summary.export, Qt.MouseButton.LeftButton)
    clips_window.context.edits.last.wait()
    assert [export.clip_id for export in clips_window.services.store.exports()] == [first]
    _press(clips_window, Qt.Key.Key_Left)
    assert page.words["place"] == "4 of 4"
    assert page.chip.text == "Dropped"


def test_undo_at_the_end_shows_the_last_clip_again(qtbot, clips_window, page) -> None:
    _press(clips_window, *[Qt.Key.Key_D] * 4)
    assert page.summary.isVisible()
    assert page.summary.words == "All clips are reviewed. 4 dropped"
    clips_window.actions_by_id["undo"].trigger()
    _shown(qtbot, clips_window, 4)
    assert not page.summary.isVisible()


def test_nothing_to_review_says_so(qtbot, clips_window, page) -> None:
    _press(clips_window, *[Qt.Key.Key_K] * 4)
    clips_window.context.edits.last.wait()
    clips_window.navigation.show_clips()
    qtbot.waitUntil(clips_window.clips_page.review.isHidden)
    clips_window.actions_by_id["review"].trigger()
    assert page.summary.words == "There is nothing to review. 4 kept"
    qtbot.mouseClick(page.summary.back, Qt.MouseButton.LeftButton)
    assert clips_window.page is Page.CLIPS


def test_arrows_walk_and_space_pauses_without_deciding(qtbot, clips_window, page) -> None:
    _press(clips_window, Qt.Key.Key_Right)
    _shown(qtbot, clips_window, 2)
    _press(clips_window, Qt.Key.Key_Space)
    assert not clips_window.player.playing
    _press(clips_window, Qt.Key.Key_Left)
    _shown(qtbot, clips_window, 1)
    assert _reviews(clips_window) == ["", "", "", ""]


def test_a_dropped_clip_comes_back(qtbot, clips_window, page) -> None:
    dropped = page.queue.current
    _press(clips_window, Qt.Key.Key_D)
    _shown(qtbot, clips_window, 2)
    clips_window.navigation.show_clips()
    session = clips_window.session
    qtbot.waitUntil(lambda: session.clips[-1].id == dropped)
    assert not clips_window.actions_by_id["bring_back"].isEnabled()
    session.select(dropped)
    cards = clips_window.clips_page.model
    row = cards.index_of(session.clip)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).endswith("dropped")
    clips_window.actions_by_id["bring_back"].trigger()
    qtbot.waitUntil(lambda: session.clips[0].id == dropped)
    assert session.clip.id == dropped


# --- the queue -------------------------------------------------------------------------------------------


def _clips(*ranks: int):
    return [stored.clip(f"clip_{rank}", rank=rank) for rank in ranks]


def test_after_a_decision_comes_the_next_open_clip_also_one_that_was_skipped() -> None:
    queue = ReviewQueue(_clips(1, 2, 3))
    queue.step(1)
    queue.note("clip_2", Review.KEPT)
    assert queue.following == "clip_3"
    queue.go_on()
    queue.note("clip_3", Review.DROPPED)
    queue.go_on()
    assert queue.current == "clip_1"
    queue.note_fix("clip_1")
    queue.go_on()
    assert queue.current == ""
    assert queue.tally(_clips(1, 2, 3, 4)) == Tally(kept=1, dropped=1, to_fix=1, left=1)


def test_clips_that_come_and_go_leave_the_place() -> None:
    queue = ReviewQueue(_clips(1, 2, 3))
    queue.go_to("clip_3")
    queue.follow(_clips(2, 3, 4))
    assert (queue.ids, queue.current) == (["clip_2", "clip_3", "clip_4"], "clip_3")
    queue.follow(_clips(2, 4))
    assert queue.current == "clip_4"
