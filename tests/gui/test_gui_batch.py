"""A batch from the window: asked for in one dialog, one card while it runs, then the review of what it made.
And all of it without a question; and a watched folder."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from support.drops import drop
from support.patience import LIMIT_S
from support.projects import add_project, make_recording
from support.shown import words_on
from support.talk import SENTENCES, small_talk

from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.domain.clip import Review
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.features import editing
from viralclip_desktop.features.batches import EVERYTHING, NO_HOOK, Readiness
from viralclip_desktop.features.common.quiet_titles import is_quiet
from viralclip_desktop.features.transcription import transcribing
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.gui.batches.batch_dialog import BatchDialog
from viralclip_desktop.gui.batches.watcher import FolderWatcher
from viralclip_desktop.gui.jobs import work_list
from viralclip_desktop.gui.session.navigation import Page

THAI = "1\n00:00:00,500 --> 00:00:04,000\nไม่มีใครบอกคุณ\n"


@pytest.fixture
def folder(services, tmp_path) -> Path:
    """Two recordings with a clip each, which are known, and what is no recording."""
    folder = tmp_path / "in"
    folder.mkdir()
    services.settings.set(resolution=Resolution.P720, export_folder=str(tmp_path / "out"))
    for number, name in enumerate(("First talk", "Second talk")):
        source = add_project(services, make_recording(folder / f"{name}.mp4", 7 + number), clips=1)
        editing.rename_clip(services.store, services.store.clips(source.id)[0].id, f"From the {name.lower()}")
    (folder / "readme.txt").write_text("no recording")
    return folder


@pytest.fixture
def dialog(qtbot, open_window, folder) -> BatchDialog:
    """What a folder that is dropped leads to."""
    window = open_window()
    drop(window, folder)
    qtbot.waitUntil(lambda: window.work.made(BatchDialog) is not None)
    dialog = window.work.part(BatchDialog)
    qtbot.waitUntil(lambda: window.context.tasks.idle and bool(dialog.form.styles.choices))
    return dialog


def _batch(services):
    (job,) = [job for job in services.jobs.list() if BATCH.is_of(job)]
    return job


def _open(window, clip_id: str) -> bool:
    """Whether a clip plays, and its recording is open."""
    return window.session.clip is not None and window.session.clip.id == window.player.clip.id == clip_id


def _plainly(dialog: BatchDialog) -> None:
    """Clips as they are, which takes least."""
    for switch in (dialog.form.tighten, dialog.form.finish):
        switch.click()


def test_the_dialog_says_what_will_come(qtbot, services, dialog, folder) -> None:
    assert [path.name for path in dialog.recordings.paths] == ["First talk.mp4", "Second talk.mp4"]
    dialog.form.count.setValue(5)
    assert dialog.sum.text() == "2 recordings × 5 clips × 1 shape × 1 style = up to 10 clips"
    assert dialog.go.accessibleName() == "Make up to 10 clips"
    dialog.form.shapes.button(Aspect.SQUARE).click()
    dialog.form.styles.menu_now().actions()[1].toggle()
    dialog.form.hooks.show_value("both")
    dialog.form.changed.emit()
    told = "2 recordings × 5 clips × 2 shapes × 2 styles × with and without a hook = up to 80 clips"
    assert dialog.sum.text() == told
    order = dialog.form.order()
    assert (len(order.versions), order.ready, order.search.count) == (8, EVERYTHING, 5)
    assert {one.hook for one in order.versions} == {None, NO_HOOK}
    dialog.form.finish.click()
    assert dialog.form.hook_row.isHidden(), "a hook comes with the finish"
    assert {one.hook for one in dialog.form.order().versions} == {None}
    dialog.recordings.list.selectAll()
    QTest.keyClick(dialog.recordings.list, Qt.Key.Key_Delete)
    assert dialog.sum.text() == "No recording yet"
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert not services.jobs.list()


def test_a_finish_is_of_the_elements_that_are_ticked(dialog) -> None:
    form = dialog.form
    assert form.elements.words() == "The usual ones"
    assert form.order().ready == EVERYTHING
    ticks = {action.text(): action for action in form.elements.menu_now().actions()}
    ticks["Progress bar"].toggle()
    ticks["Title card"].toggle()
    assert form.elements.words() == "Title card, Progress bar"
    assert form.order().ready.elements == [Element.CARD, Element.PROGRESS]
    assert form.hook_row.isHidden(), "there is no hook among them"
    form.hooks.show_value("both")
    assert {one.hook for one in form.order().versions} == {None}
    ticks["Hook text"].toggle()
    assert not form.hook_row.isHidden()
    assert {one.hook for one in form.order().versions} == {None, NO_HOOK}
    form.finish.click()
    assert form.elements_row.isHidden()
    assert form.order().ready == Readiness(tighten=True)


def test_what_is_ticked_is_told_by_its_name(qtbot, dialog) -> None:
    styles = dialog.form.styles
    qtbot.waitUntil(lambda: bool(styles.choices))
    assert styles.words() == "Karaoke"
    styles.show_values(["karaoke", "pop"])
    assert styles.words() == "Karaoke, Pop"
    styles.show_values([])
    assert styles.words() == "As in the settings"


def test_languages_are_offered_where_there_are_captions(qtbot, dialog, folder) -> None:
    assert [code for code, _name in dialog.form.languages.choices] == ["en"], "what is spoken is known"
    dialog.recordings.list.selectAll()
    dialog.recordings.remove_chosen()
    qtbot.waitUntil(dialog.form.language_row.isHidden)
    new = make_recording(folder / "New.mp4", 3)
    (folder / "New.th.srt").write_text(THAI, encoding="utf-8")
    dialog.add([new])
    qtbot.waitUntil(lambda: [code for code, _name in dialog.form.languages.choices] == ["th"])
    assert not dialog.form.language_row.isHidden()
    dialog.form.languages.menu_now().actions()[0].toggle()
    assert [one.language for one in dialog.form.order().versions] == ["th"]


def test_a_batch_is_one_card_and_leads_to_the_review_of_its_clips(
    qtbot, services, clock, monkeypatch, dialog
) -> None:
    """``clock``: what plays goes on playing, however long the rest takes."""
    # The exports are listed before it is known whose parts they are.
    listed = work_list.list_exports
    monkeypatch.setattr(
        work_list, "list_exports", lambda them: [replace(one, in_batch=False) for one in listed(them)]
    )
    window = dialog.parent()
    work = window.queue.work
    _plainly(dialog)
    dialog.form.shapes.button(Aspect.SQUARE).click()
    cards: set[tuple[str, ...]] = set()
    window.context.events.job_moved.connect(
        lambda _job: cards.add(tuple(row.job.kind for row in work.others))
    )
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(work.others) and work.others[0].job.state.ended)
    (row,) = work.others
    assert row.job.state is WorkState.COMPLETED, row.job.error
    assert cards <= {(), (BATCH.name,)}, "its parts have no cards of their own"
    assert work.rows == []
    assert row.review.accessibleName() == "Review 4 clips"
    assert not window.status.busy
    said = [toast.text.message for toast in window.toasts.shown]
    assert "4 clips are ready." in said
    assert not any("is exported" in text for text in said), "one word at the end"

    made = row.job.result["clip_ids"]
    window.actions_by_id["queue"].trigger()
    qtbot.mouseClick(row.review, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is Page.REVIEW)
    page = window.review_page
    assert page.queue.ids == made, "exactly these, not the clips they are versions of"
    qtbot.waitUntil(lambda: window.player.playing)
    QTest.keyClick(page, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.queue.place == 1 and _open(window, made[1]))
    qtbot.waitUntil(lambda: window.player.ahead.ready and window.player.ahead.clip.id == made[2])
    first = window.session.source_id
    QTest.keyClick(page, Qt.Key.Key_D)
    assert window.player.clip.id == made[2], "it plays before its recording is open"
    assert window.player.playing
    qtbot.waitUntil(lambda: _open(window, made[2]))
    assert window.session.source_id != first, "another recording is open now"
    assert window.player.playing

    qtbot.waitUntil(lambda: services.store.clip(made[1]).review is Review.DROPPED)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: services.store.clip(made[1]).review is Review.NOT_YET)
    qtbot.waitUntil(lambda: page.queue.place == 1 and window.session.source_id == first)
    qtbot.waitUntil(lambda: _open(window, made[1]) and window.player.playing)
    for _ in range(3):  # however fast
        QTest.keyClick(page, Qt.Key.Key_K)
    assert page.summary.words == "All clips are reviewed. 4 kept"
    assert not page.summary.export.isVisible(), "they are files already"
    assert page.summary.files.isVisible()
    assert not page.summary.again.isVisible()


def test_what_was_fixed_is_exported_again_beside_the_file_that_is_there(qtbot, services, dialog) -> None:
    window = dialog.parent()
    _plainly(dialog)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(window.queue.work.others) and window.queue.work.others[0].job.state.ended)
    window.queue.work.others[0].review.click()
    qtbot.waitUntil(lambda: window.page is Page.REVIEW)
    page, clip_id = window.review_page, window.review_page.queue.current
    qtbot.waitUntil(lambda: _open(window, clip_id))
    QTest.keyClick(page, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: window.page is Page.EDITOR)
    window.session.edit(editing.reshape_clip, Aspect.SQUARE)
    window.actions_by_id["leave_editor"].trigger()
    assert window.page is Page.REVIEW
    assert page.queue.current == clip_id
    QTest.keyClick(page, Qt.Key.Key_K)
    QTest.keyClick(page, Qt.Key.Key_K)
    assert page.summary.again.accessibleName() == "Export the one you fixed again"
    qtbot.mouseClick(page.summary.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(services.store.exports(clip_id)) == 2)
    window.context.edits.last.wait()
    old, new = services.store.exports(clip_id)
    assert old.output_path != new.output_path
    assert old.result.done["aspect"] == "9:16", "the receipt tells of the clip as it was exported"
    services.jobs.cancel(new.job_id)
    qtbot.waitUntil(lambda: not window.status.busy)


@dataclass(frozen=True)
class _Told:
    """What the working page shows, and what its job says of the rest."""

    stage: str
    time_left_s: float | None
    heard: str
    facts: str
    pictured: bool


def _told_by(window, job) -> _Told:
    page = window.working_page
    cover = page.findChild(QWidget, "cover")
    facts = " / ".join(words_on(page))
    return _Told(job.stage, job.time_left_s, page.heard.text(), facts, not cover.image.isNull())


def _hold_what_is_heard(monkeypatch, shown: threading.Event) -> None:
    """Transcribing ends only once its last words were shown, however busy the window is."""
    real = transcribing.run_in_worker

    def run(*args, **kwargs):
        done = real(*args, **kwargs)
        assert shown.wait(LIMIT_S)
        return done

    monkeypatch.setattr(transcribing, "run_in_worker", run)


def test_with_do_it_all_a_dropped_talk_comes_finished_into_the_review(
    qtbot, services, open_window, tmp_path, monkeypatch
) -> None:
    shown = threading.Event()
    _hold_what_is_heard(monkeypatch, shown)
    talk = small_talk(tmp_path / "talk.mp4", SENTENCES[:6])
    services.settings.set(
        hands_off=True, clip_count=1, min_length_s=5, max_length_s=15, resolution=Resolution.P720,
        export_folder=str(tmp_path / "out"),
    )  # fmt: skip
    window = open_window()
    assert window.home_page.drop_zone.hands_off.isChecked()
    titles, told = list[str](), list[_Told]()
    window.navigation.entered.connect(lambda _page, title: titles.append(title))
    drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.WORKING)

    def tell(job) -> None:
        if BATCH.is_of(job):
            told.append(_told_by(window, job))
            if told[-1].heard and told[-1].pictured:
                shown.set()

    window.context.events.job_moved.connect(tell)
    assert titles[-1] == "Making the clips"
    assert window.working_page.batch_stages.isVisible()
    assert not window.working_page.stages.isVisible()
    qtbot.waitUntil(lambda: window.page is not Page.WORKING or window.working_page.job.state.ended)
    assert _batch(services).state is WorkState.COMPLETED, _batch(services).error
    qtbot.waitUntil(lambda: window.page is Page.REVIEW)
    assert any(one.heard.startswith("… ") for one in told), "the words as they are heard"
    assert any(" × " in one.facts for one in told), "its size"
    assert any(one.pictured for one in told), "the recording's picture"
    early = [one.time_left_s for one in told if one.stage in ("find", "versions")]
    assert early
    assert not any(early), "finding tells nothing about how long the files will take"
    (clip_id,) = window.review_page.queue.ids
    clip = services.store.clip(clip_id)
    laid = {layer.element for layer in clip.layers}
    assert Element.PROGRESS in laid
    assert (Element.HOOK in laid) is not is_quiet(clip.title)
    labels = [entry.label for entry in services.store.history(clip.project_id)]
    assert labels.count("Tighten clip") <= 1
    assert labels.count("Finish clip") == 1
    (export,) = services.store.exports(clip_id)
    assert {".mp4", ".png", ".json"} <= {path.suffix for path in Path(export.output_path).parent.iterdir()}
    assert export.result.done["finish"] == (["progress"] if is_quiet(clip.title) else ["progress", "hook"])

    window.navigation.open_source(clip.source_id)
    hands = window.clips_page.inspector.hands
    qtbot.waitUntil(lambda: any("Finished: Progress bar" in words for words in hands.words))
    hands.buttons[-1].click()
    qtbot.waitUntil(lambda: services.store.clip(clip_id).layers == ())
    assert [entry.label for entry in services.store.history(clip.project_id)][-1] == "Remove the finish"
    qtbot.waitUntil(lambda: not any("Finished" in words for words in hands.words))

    window.navigation.go_home()
    drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS)
    assert len([job for job in services.jobs.list() if BATCH.is_of(job)]) == 1, "a known one is only opened"


def test_with_do_it_all_a_known_recording_opens_and_is_finished_meanwhile(
    qtbot, services, open_window, tmp_path
) -> None:
    talk = make_recording(tmp_path / "talk.mp4", 7)
    source = add_project(services, talk, clips=2)
    wanted, dropped = (clip.id for clip in services.store.clips(source.id))
    editing.review_clip(services.store, dropped, Review.DROPPED)
    services.settings.set(hands_off=True, resolution=Resolution.P720, export_folder=str(tmp_path / "out"))
    window = open_window()
    drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.session.source_id == source.id)
    qtbot.waitUntil(lambda: any(BATCH.is_of(job) for job in services.jobs.list()))
    qtbot.waitUntil(lambda: _batch(services).state.ended)
    assert _batch(services).state is WorkState.COMPLETED, _batch(services).error
    assert window.page is Page.CLIPS, "nobody is taken away from what is open"
    assert Element.PROGRESS in {layer.element for layer in services.store.clip(wanted).layers}
    (export,) = services.store.exports()
    assert (export.clip_id, export.status) == (wanted, WorkState.COMPLETED)

    window.navigation.go_home()
    drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS and window.context.tasks.idle)
    assert services.store.exports() == [export], "nothing is made twice"
    assert _batch(services).state is WorkState.COMPLETED, "there is still one batch"
    Path(export.output_path).unlink()
    window.navigation.go_home()
    drop(window, talk)
    qtbot.waitUntil(Path(export.output_path).is_file)
    qtbot.waitUntil(lambda: all(job.state.ended for job in services.jobs.list()))
    qtbot.waitUntil(lambda: not window.status.busy)


def test_do_it_all_is_on_at_the_very_first_start_until_it_is_switched(qtbot, services, open_window) -> None:
    services.settings.reset("hands_off")
    window = open_window()
    zone = window.home_page.drop_zone
    qtbot.waitUntil(zone.hands_off.isChecked)
    assert not services.settings.values.hands_off, "nothing is stored by itself"
    qtbot.mouseClick(zone.hands_off, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.home_page.hands_off.wanted)
    assert not zone.hands_off.isChecked()
    assert services.settings.is_set("hands_off")


def test_with_projects_there_do_it_all_is_off_until_it_is_asked_for(
    qtbot, services, open_window, recording
) -> None:
    services.settings.reset("hands_off")
    add_project(services, recording)
    window = open_window()
    qtbot.waitUntil(lambda: window.home_page.model.rowCount() == 1)
    qtbot.waitUntil(lambda: not window.home_page.drop_zone.hands_off.isChecked())


def test_a_watched_folder_leaves_alone_what_is_there_and_takes_up_what_comes(
    qtbot, services, open_window, tmp_path
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    make_recording(folder / "old.mp4", 3)
    services.settings.set(
        watch=True, watch_folder=str(folder), export_folder=str(tmp_path / "out"), resolution=Resolution.P720
    )
    window = open_window()
    watcher = FolderWatcher(window.work, window, quiet_s=0.0)

    def look() -> None:
        watcher.look()
        qtbot.waitUntil(lambda: window.context.tasks.idle)

    look()
    said = [toast.text for toast in window.toasts.shown]
    assert said[-1].message == "Watching “inbox”."
    assert said[-1].hint == "One recording that is there already is left alone."
    look()
    assert not services.jobs.list()
    (folder / "new.mp4").write_text("not a film")
    again = FolderWatcher(window.work, window, quiet_s=0.0)  # as after a restart
    again.look()
    qtbot.waitUntil(lambda: bool(services.jobs.list()))
    assert [path.name for path in BATCH.request_of(_batch(services)).inputs] == ["new.mp4"]
    assert BATCH.request_of(_batch(services)).order.ready == EVERYTHING
    qtbot.waitUntil(lambda: "New in “inbox”: new.mp4" in [one.text.message for one in window.toasts.shown])
    qtbot.waitUntil(lambda: _batch(services).state.ended and not window.status.busy)
    look()
    assert len([job for job in services.jobs.list() if BATCH.is_of(job)]) == 1, "it is taken up once"
    services.settings.set(watch=False)
    look()
    assert not (services.paths.home / "watched.json").exists()
