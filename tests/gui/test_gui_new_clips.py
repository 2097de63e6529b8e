"""Looking for clips once more, cutting one by hand, and what is asked before anything is lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.drops import drop
from support.projects import add_project, make_recording
from support.shown import button, says
from support.told import make_long_recording

from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import editing
from viralclip_desktop.gui.moments.new_clips_dialog import NewClipsDialog
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.transcript.keys import Command

LEFT = Qt.MouseButton.LeftButton
_TOPICS = ("money", "gardens", "trains", "bread", "winter", "music", "rivers", "letters")


def talk(sentences: int = 40) -> str:
    """A talk about one thing after the other."""
    said = []
    for number in range(sentences):
        topic = _TOPICS[number // 5 % len(_TOPICS)]
        said += [
            f"The secret about {topic} is that nobody ever checks the number {number} on the list.",
            f"Why do smart people lose so much with {topic} in a single year?",
            f"Because I learned that {topic} rewards those who wait until the very end.",
        ]
    return " ".join(said[:sentences])


@pytest.fixture(scope="module")
def four_minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_long_recording(tmp_path_factory.mktemp("recording") / "Four minutes.mp4", 240)


@pytest.fixture
def window(qtbot: Any, services: Any, four_minutes: Path, open_window: Any) -> Any:
    """The page of a recording with two clips that a search found."""
    source = add_project(services, four_minutes, clips=2, text=talk())
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.context.idle)
    return window


def dialog_of(qtbot: Any, window: Any) -> NewClipsDialog:
    qtbot.waitUntil(lambda: window.work.made(NewClipsDialog) is not None)
    return window.work.made(NewClipsDialog)


def question() -> Any:
    return QApplication.activeModalWidget()


def searched(qtbot: Any, window: Any, *, count: int, replace: bool = False) -> None:
    """Ask for that many clips in the dialog, and wait for them."""
    window.actions_by_id["new_clips"].trigger()
    dialog = dialog_of(qtbot, window)
    dialog.count.setValue(count)
    if replace:
        qtbot.mouseClick(dialog.instead.button(True), LEFT)
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS)
    qtbot.waitUntil(lambda: window.context.idle)


def test_five_are_asked_for_and_the_weaker_ones_are_marked(qtbot: Any, window: Any) -> None:
    before = {clip.id for clip in window.session.clips}
    searched(qtbot, window, count=5)
    new = [clip for clip in window.session.clips if clip.id not in before]
    assert len(new) == 5
    assert before < {clip.id for clip in window.session.clips}
    assert [clip.rank for clip in window.session.clips] == list(range(1, 8))
    assert min(clip.score for clip in new) < 55 <= max(clip.score for clip in new)
    starts = sorted((clip.range.start, clip.range.end) for clip in new)
    assert all(a[1] <= b[0] for a, b in pairwise(starts))


def test_why_there_are_fewer_is_said_on_the_page(qtbot: Any, window: Any) -> None:
    searched(qtbot, window, count=60)
    qtbot.waitUntil(lambda: says(window.clips_page, "moments stand by themselves in 4 minutes of talk."))


def test_what_was_not_touched_is_replaced_and_the_rest_stays(qtbot: Any, window: Any) -> None:
    before = {clip.id for clip in window.session.clips}
    searched(qtbot, window, count=3)
    mine, *others = (clip.id for clip in window.session.clips if clip.id not in before)
    window.session.do(editing.rename_clip, mine, "Mine").wait()
    searched(qtbot, window, count=2, replace=True)
    now = {clip.id: clip for clip in window.session.clips}
    assert now[mine].title == "Mine"
    assert not set(others) & set(now)
    assert before <= set(now)  # no search made these: they were never its own to take away


def test_the_same_search_makes_no_second_set(qtbot: Any, window: Any) -> None:
    searched(qtbot, window, count=3)
    before = [clip.id for clip in window.session.clips]
    searched(qtbot, window, count=3)
    assert [clip.id for clip in window.session.clips] == before


def test_what_came_of_another_search_is_said(qtbot: Any, window: Any) -> None:
    searched(qtbot, window, count=3)
    assert said(window) == "3 new clips were found."
    searched(qtbot, window, count=3)
    assert said(window) == "The search found the same clips again."
    searched(qtbot, window, count=3, replace=True)
    assert said(window) == "The search found the same clips again."


def test_an_engine_that_has_listened_already_says_so_before_it_is_asked(qtbot: Any, window: Any) -> None:
    window.actions_by_id["new_clips"].trigger()
    dialog = dialog_of(qtbot, window)
    qtbot.waitUntil(lambda: len(dialog.engine.choices) > 1)
    heard = "It has listened to this recording already: its words are searched."
    assert not says(dialog.again_row, heard)
    _choose(qtbot, dialog.engine, window.session.loaded.transcript.engine)
    assert says(dialog.again_row, heard)
    assert _fits(dialog)
    _choose(qtbot, dialog.engine, "sphinx")
    assert says(dialog.again_row, "Another one listens once more")
    _choose(qtbot, dialog.engine, window.session.loaded.transcript.engine)
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.context.idle)
    assert "new clip" in said(window)


def _choose(qtbot: Any, field: Any, value: str) -> None:
    values = [one for one, _words in field.choices]
    while field.value != value:
        down = values.index(field.value) < values.index(value)
        qtbot.keyClick(field, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def _fits(dialog: Any) -> bool:
    return dialog.layout().heightForWidth(dialog.width()) <= dialog.height()


def said(window: Any) -> str:
    """The newest message about a search."""
    told = (one.text.message for one in window.messages.messages)
    return next((text for text in told if "found" in text), "")


def test_a_known_recording_opens_past_the_queue(
    qtbot: Any, services: Any, window: Any, four_minutes: Path, tmp_path: Path
) -> None:
    source_id, before = window.session.source_id, len(window.session.clips)
    services.jobs.pause("analysis")
    other = make_recording(tmp_path / "Other.mp4", 3)
    window.navigation.go_home()
    drop(window, other)
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    window.navigation.go_home()
    drop(window, four_minutes)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS)
    assert window.session.source_id == source_id
    assert len(window.session.clips) == before
    assert [job.payload["path"] for job in services.jobs.list()] == [str(other)]
    services.jobs.cancel(services.jobs.list()[0].id)


def test_undo_asks_before_it_takes_away_what_was_found(qtbot: Any, window: Any) -> None:
    searched(qtbot, window, count=3)
    found = [clip.id for clip in window.session.clips]
    window.session.edit(editing.rename_clip, "Mine").wait()
    window.session.undo().wait()
    window.session.undo().wait()
    qtbot.waitUntil(lambda: question() is not None)
    assert says(question(), "Take away the clips that were found?")
    qtbot.mouseClick(question().stay, LEFT)
    assert [clip.id for clip in window.session.clips] == found
    window.session.undo().wait()
    qtbot.waitUntil(lambda: question() is not None)
    qtbot.mouseClick(question().go, LEFT)
    qtbot.waitUntil(lambda: len(window.session.clips) < len(found))
    window.session.redo().wait()
    qtbot.waitUntil(lambda: [clip.id for clip in window.session.clips] == found)


def test_the_words_that_are_chosen_become_a_clip(qtbot: Any, window: Any) -> None:
    window.navigation.open_editor()
    panel = window.editor.panel("transcript")
    qtbot.waitUntil(panel.view.isVisible)
    before, words = {clip.id for clip in window.session.clips}, range(40, 70)
    assert not button(panel, "Make a clip from the selection").isEnabled()
    panel.view.choose(words)
    qtbot.mouseClick(button(panel, "Make a clip from the selection"), LEFT)
    qtbot.waitUntil(lambda: window.session.clip.id not in before)
    clip, transcript = window.session.clip, window.session.loaded.transcript
    assert clip.score is None
    said = [word.text for word in transcript.words_between(clip.range)]
    assert said == [word.text for word in transcript.words[40:70]]
    assert clip.title.split()[:3] == said[:3]
    assert panel.can(Command.NEW_CLIP)
    assert window.page is Page.EDITOR


def test_a_new_clip_begins_at_the_playhead_anywhere(qtbot: Any, window: Any) -> None:
    before = {clip.id for clip in window.session.clips}
    window.activateWindow()
    qtbot.keyClick(window.clips_page.cards, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.clip.id not in before)
    assert window.page is Page.CLIPS


@pytest.mark.parametrize("hidden_by", ["the page of the clips", "another panel"])
def test_words_that_are_chosen_out_of_sight_do_not_count(qtbot: Any, window: Any, hidden_by: str) -> None:
    window.navigation.open_editor()
    panel = window.editor.panel("transcript")
    qtbot.waitUntil(lambda: panel.view.isVisible() and window.editor.settled)
    before, words = {clip.id for clip in window.session.clips}, panel.model.transcript.words
    panel.view.choose(range(300, 330))
    if hidden_by == "another panel":
        window.editor.docks.reveal("clips")
        qtbot.waitUntil(lambda: not panel.isVisible())
    else:
        window.navigation.show_clips()
    qtbot.waitUntil(lambda: window.player.current)
    at = to_source_time(window.session.clip, window.player.position)
    window.actions_by_id["new_clip"].trigger()
    qtbot.waitUntil(lambda: window.session.clip.id not in before)
    assert window.session.clip.range.start == at
    assert not window.session.clip.range.contains(words[300].start)
    if hidden_by == "another panel":
        window.editor.docks.reveal("transcript")
    else:
        window.navigation.open_editor()
    qtbot.waitUntil(lambda: panel.isVisible() and panel.footer.words.text().startswith("30 words"))
    seen = window.session.clip.id
    window.actions_by_id["new_clip"].trigger()
    qtbot.waitUntil(lambda: window.session.clip.id != seen)
    assert window.session.clip.range.contains(words[300].start), "seen again, they count"


def test_a_page_without_clips_offers_to_look_for_some(qtbot: Any, services: Any, window: Any) -> None:
    window.session.do(editing.delete_clips, [clip.id for clip in window.session.clips]).wait()
    page = window.clips_page
    qtbot.waitUntil(page.empty.isVisible)
    assert button(page.empty, "Cut a clip by hand").isVisible()
    qtbot.mouseClick(button(page.empty, "Find clips"), LEFT)
    assert not dialog_of(qtbot, window).there_row.isVisible()


def test_after_a_cancel_other_choices_are_offered(
    qtbot: Any, services: Any, open_window: Any, four_minutes: Path, monkeypatch: Any
) -> None:
    window = open_window()
    services.jobs.pause("analysis")
    drop(window, four_minutes)
    page = window.working_page
    qtbot.waitUntil(lambda: window.page is Page.WORKING)
    assert not page.anew.isVisible()
    qtbot.mouseClick(page.cancel, LEFT)
    qtbot.waitUntil(page.anew.isVisible)
    qtbot.mouseClick(page.anew, LEFT)
    dialog = dialog_of(qtbot, window)
    dialog.count.setValue(4)
    dialog.about.setText("money")
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: len(services.jobs.list()) == 2)
    asked = services.jobs.list()[-1].payload["options"]
    assert (asked["count"], asked["fill"], asked["about"]) == (4, True, "money")
    services.jobs.cancel(services.jobs.list()[-1].id)
    qtbot.waitUntil(lambda: page.job.state is WorkState.CANCELLED)
