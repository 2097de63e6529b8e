"""From a dropped file to a finished export, and everything that may go wrong on the way."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from support.drops import drop
from support.projects import add_project
from support.shown import button, says, words_on

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.projects.project_cards import EntryRole, when_words
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import tr_message


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A short spoken story as a video."""
    from viralclip_desktop.engines.tts.espeak import speak
    from viralclip_desktop.media.run import run_ffmpeg

    sound, video = tmp_path / "talk.wav", tmp_path / "A short story.mp4"
    text = (
        "Why do people trust a number on a screen? I lost three thousand dollars in one weekend. "
        "The numbers looked perfect, but nobody had checked them. So now I ask one question first. "
        "Who made this number? That question has saved me more money than any book."
    )
    speak(text, sound, rate_wpm=150)
    picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    run_ffmpeg([*picture, "-i", str(sound), *coded, str(video)])
    return video


def test_dropped_file_becomes_clips(qtbot, services, open_window, talk) -> None:
    services.settings.set(min_length_s=4, max_length_s=30)
    window = open_window()
    seen: list[str] = []
    window.context.events.job_moved.connect(lambda job: seen.append(job.stage))
    drop(window, talk)
    qtbot.waitUntil(lambda: window.page is Page.WORKING, timeout=5000)
    assert window.working_page.cancel.isVisible()
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=90000)
    assert window.clips_page.session.clips
    assert window.clips_page.session.loaded.source.title.startswith("A short story")
    assert "transcribe" in seen
    qtbot.waitUntil(lambda: window.clips_page.stage.player.current, timeout=10000)


def test_a_known_recording_opens_with_the_clips_it_has(
    qtbot, services, open_window, recording, tmp_path
) -> None:
    recording = Path(copy(recording, tmp_path))  # of its own: it is moved
    source = add_project(services, recording)
    before = [clip.id for clip in services.store.clips(source.id)]
    window = open_window()
    drop(window, recording)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)
    assert [clip.id for clip in window.clips_page.session.clips] == before
    assert not services.jobs.list(active_only=True)
    moved = recording.rename(recording.with_name("moved.mp4"))
    window.navigation.show_page(Page.HOME)
    drop(window, moved)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)
    assert [clip.id for clip in services.store.clips(source.id)] == before
    assert services.store.source(source.id).path == str(moved)


def test_bad_files_get_one_sentence_and_nothing_else(qtbot, services, open_window, tmp_path) -> None:
    window = open_window()
    empty = tmp_path / "empty.mp4"
    empty.touch()
    for path in (tmp_path, empty, tmp_path / "not there.mp4"):
        drop(window, path)
        qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
        toast = window.toasts.shown[-1]
        assert toast.text.kind == "bad"
        assert path.name in toast.text.message
        toast.dismiss()
    assert window.page is Page.HOME
    assert not services.jobs.list()
    assert not services.store.projects()


def test_text_named_mp4_is_told_on_the_working_page(qtbot, services, open_window, tmp_path) -> None:
    window = open_window()
    fake = tmp_path / "notes.mp4"
    fake.write_text("these are my notes\n" * 50, encoding="utf-8")
    drop(window, fake)
    page = window.working_page
    qtbot.waitUntil(lambda: page.job is not None and page.job.state.ended, timeout=10000)
    assert page.banner.isVisible()
    assert "notes.mp4" in page.banner.message
    assert page.retry.isVisible()
    assert not services.store.projects()


def test_working_page_shows_what_is_known(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording, clips=0)
    window = open_window()
    job = Job("job_1", "find_clips", {"path": str(recording)}, state=WorkState.RUNNING, stage="import")
    window.navigation.watch_job(job)
    page = window.working_page
    assert page.stages.stages["import"].state == "now"
    later = replace(job, stage="transcribe", fraction=0.5, time_left_s=42.0, project_id=source.project_id)
    window.context.events.job_moved.emit(later)
    services.notices.info("Using the built-in draft recogniser.", "Install a Whisper model.")
    qtbot.waitUntil(lambda: page.banner.message.startswith("Using the built-in"), timeout=3000)
    cover = page.findChild(QWidget, "cover")
    qtbot.waitUntil(lambda: _colours(cover) > 100, timeout=3000)
    assert "24 s  ·  640 × 360" in words_on(page)
    assert "about 40 s left" in words_on(page)
    shown = [stage.state for stage in page.stages.stages.values() if stage.isVisible()]
    assert shown == ["done", "now", "later"]
    window.context.events.job_moved.emit(replace(later, state=WorkState.CANCELLED))


def _colours(part: QWidget) -> int:
    """How many colours a part is painted in: many where it shows a picture, few where it is a plain place."""
    image = part.grab().toImage()
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_home_shows_projects_and_deletes_with_undo(qtbot, services, open_window, recording) -> None:
    add_project(services, recording)
    window = open_window()
    model = window.home_page.model
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=5000)
    entry = model.index(0).data(EntryRole)
    assert entry.clips == 4
    window.home_page.delete(entry)
    qtbot.waitUntil(lambda: model.rowCount() == 0, timeout=5000)
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    window.toasts.shown[-1].text.then()
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=5000)


def test_the_undo_key_brings_a_deleted_project_back_once(qtbot, services, open_window, recording) -> None:
    source = add_project(services, recording)
    window = open_window()
    model, undo = window.home_page.model, window.actions_by_id["undo"]
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=5000)
    assert not undo.isEnabled()
    window.home_page.delete(model.index(0).data(EntryRole))
    qtbot.waitUntil(lambda: model.rowCount() == 0 and undo.isEnabled(), timeout=5000)
    undo.trigger()
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=5000)
    assert not undo.isEnabled()
    window.toasts.shown[-1].text.then()  # it is back already: nothing in it is undone
    window.context.edits.last.wait()
    assert not any(entry.undone for entry in services.store.history(source.project_id)[:-1])


def test_clicking_a_card_opens_its_clips(qtbot, services, open_window, recording) -> None:
    add_project(services, recording)
    window = open_window()
    cards = window.home_page.cards
    qtbot.waitUntil(lambda: window.home_page.model.rowCount() == 1, timeout=5000)
    qtbot.wait(50)
    where = cards.visualRect(window.home_page.model.index(0)).center()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=5000)


def test_when_is_said_as_people_say_it() -> None:
    noon = 1_760_000_000.0
    assert when_words(noon - 20, noon) == "Just now"
    assert when_words(noon - 1260, noon) == "21 min ago"
    assert when_words(noon - 30 * 86400, noon).endswith("2025")


def test_export_runs_and_its_row_tells(qtbot, clips_window, tmp_path) -> None:
    services, page = clips_window.services, clips_window.clips_page
    folder = tmp_path / "out"
    folder.mkdir()
    page.export_panel.use_folder(str(folder))
    qtbot.mouseClick(page.export_panel.sizes.button(Resolution.P720), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.export_panel.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(clips_window.queue.rows) == 1, timeout=5000)
    row = clips_window.queue.rows[0]
    qtbot.waitUntil(lambda: row.export.status is WorkState.COMPLETED, timeout=60000)
    assert Path(row.export.output_path).parent == folder
    assert Path(row.export.output_path).stat().st_size > 10_000
    assert (row.export.result.width, row.export.result.height) == (720, 1280)
    clips_window.queue.toggle()
    assert row.folder.isVisible()
    assert not row.cancel.isVisible()
    qtbot.waitUntil(lambda: not clips_window.status.busy, timeout=5000)
    assert services.settings.values.resolution is Resolution.P720


def test_export_all_can_be_cancelled_and_tried_again(qtbot, clips_window) -> None:
    services, queue = clips_window.services, clips_window.queue
    clips_window.actions_by_id["export_all"].trigger()
    qtbot.waitUntil(lambda: len(queue.rows) == 4, timeout=5000)
    clips_window.closing_question()
    clips_window.closing_dialog.stay.click()
    for row in queue.rows:
        row.cancel.click()
    qtbot.waitUntil(lambda: all(row.export.status.ended for row in queue.rows), timeout=20000)
    cancelled = [row for row in queue.rows if row.export.status is WorkState.CANCELLED]
    assert cancelled
    assert not list(services.paths.home.rglob("*.partial*"))
    cancelled[-1].retry.click()
    qtbot.waitUntil(lambda: not cancelled[-1].export.status.ended, timeout=5000)
    cancelled[-1].cancel.click()
    qtbot.waitUntil(lambda: not clips_window.status.busy, timeout=20000)


def test_failed_export_shows_sentence_hint_and_retry(qtbot, clips_window) -> None:
    services, page = clips_window.services, clips_window.clips_page
    page.export_panel.use_folder(str(services.paths.home / "app.db"))
    clips_window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: len(clips_window.queue.rows) == 1, timeout=5000)
    row = clips_window.queue.rows[0]
    qtbot.waitUntil(lambda: row.export.status is WorkState.FAILED, timeout=20000)
    clips_window.queue.toggle()
    assert row.export.error
    assert says(row, tr_message(row.export.error))
    assert row.retry.isVisible()


def test_closing_during_work_asks_and_stays(qtbot, services, open_window) -> None:
    window = open_window()
    job = Job("job_1", "find_clips", {"path": "talk.mp4"}, state=WorkState.RUNNING, stage="transcribe")
    window.context.events.job_moved.emit(job)
    window.close()
    assert window.isVisible()
    assert window.closing_dialog.isVisible()
    qtbot.mouseClick(window.closing_dialog.stay, Qt.MouseButton.LeftButton)
    assert window.closing_dialog is None
    assert window.isVisible()
    window.close()
    qtbot.mouseClick(window.closing_dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)


def test_closing_when_idle_just_closes_and_remembers_the_place(qtbot, services, open_window) -> None:
    window = open_window()
    window.resize(1200, 700)
    window.close()
    assert not window.isVisible()
    again = open_window()
    assert (services.paths.home / "window.ini").exists()
    again.close()


def test_work_resumes_with_a_quiet_notice(qtbot, services, open_window, monkeypatch) -> None:
    job = Job("job_1", "find_clips", {"path": "talk.mp4"}, state=WorkState.QUEUED, stage="transcribe")
    monkeypatch.setattr(services.jobs, "resume_interrupted", lambda: [job])
    window = open_window()
    qtbot.waitUntil(lambda: bool(window.toasts.shown), timeout=5000)
    assert window.toasts.shown[0].text.message == "Going on where you left off."
    assert window.status.busy
    window.context.events.job_moved.emit(replace(job, state=WorkState.CANCELLED))


def test_silent_video_can_be_cut_by_hand(qtbot, services, open_window, tmp_path) -> None:
    from support.makers import make_video

    silent = make_video(tmp_path / "silent.mp4", 3.0, audio=None)
    window = open_window()
    drop(window, silent)
    page = window.working_page
    qtbot.waitUntil(lambda: page.job is not None and page.job.state is WorkState.FAILED, timeout=15000)
    assert "no sound" in page.banner.message
    assert page.by_hand.isVisible()
    page.by_hand.click()
    qtbot.waitUntil(lambda: window.page is Page.CLIPS, timeout=10000)
    assert len(window.clips_page.session.clips) == 1
    player = window.clips_page.stage.player
    qtbot.waitUntil(lambda: player.current, timeout=10000)
    player.play()
    qtbot.waitUntil(lambda: player.playback is not None and player.playback.shown > 5, timeout=10000)
    player.pause()


def test_a_recording_in_which_nothing_was_heard_takes_a_subtitle_file(
    qtbot, services, open_window, tmp_path, monkeypatch
) -> None:
    from support.makers import make_video

    silent, words = make_video(tmp_path / "silent.mp4", 12.0, audio=None), tmp_path / "words.srt"
    words.write_text(
        "1\n00:00:00,500 --> 00:00:05,000\nWhy do people trust a number on a screen?\n\n"
        "2\n00:00:05,200 --> 00:00:11,000\nBecause nobody ever asks who made it.\n",
        encoding="utf-8",
    )
    services.settings.set(min_length_s=4, max_length_s=30)
    window = open_window()
    drop(window, silent)
    page = window.working_page
    qtbot.waitUntil(lambda: page.job is not None and page.job.state is WorkState.FAILED, timeout=15000)
    monkeypatch.setattr(
        "viralclip_desktop.gui.projects.opening.QFileDialog.getOpenFileName", lambda *_: (str(words), "")
    )
    qtbot.mouseClick(button(page, "Use a subtitle file"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.page is Page.CLIPS)
    assert window.session.clips[0].score is not None
    assert len(window.session.loaded.transcript.words) == 16


def test_request_to_end_closes_in_order(qtbot, services, open_window) -> None:
    from viralclip_desktop.gui.shell.signals import EndSignals

    window = open_window()
    job = Job("job_1", "find_clips", {"path": "talk.mp4"}, state=WorkState.RUNNING, stage="transcribe")
    window.context.events.job_moved.emit(job)
    signals = EndSignals(window.close_without_asking, window)
    try:
        signal.raise_signal(signal.SIGINT)
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    finally:
        signals.close()
