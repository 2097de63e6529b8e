"""What the command line does on the same folder while the window is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest
from support.shown import words_on

from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store.database import sqlite_url
from viralclip_desktop.store.store import Store

DEAD = (2**22 + 1, 1.0)  # above Linux's largest process id
FINDING = Job(
    "job_far", "find_clips", {"path": "/films/Far talk.mp4"}, state=WorkState.RUNNING, created_at=5.0
)


@pytest.fixture
def other(services) -> Iterator[Store]:
    """The store of another program on the same folder."""
    store = Store(sqlite_url(services.store.path))
    yield store
    store.close()


@pytest.fixture
def owner() -> tuple[int, float]:
    """A process that runs and isn't this one."""
    above = psutil.Process(os.getppid())
    return above.pid, above.create_time()


def _put(store: Store, project_id: str, entity: object) -> None:
    with store.transaction("Elsewhere", project_id) as tx:
        tx.put(entity)


def test_a_job_that_ran_before_the_window_is_followed_to_its_end(
    qtbot, services, other, owner, open_window
) -> None:
    services.store.open()
    other.jobs.add(FINDING, owner)
    window = open_window()
    qtbot.waitUntil(lambda: len(window.queue.work.others) == 1)
    [row] = window.queue.work.others
    other.jobs.put(replace(FINDING, fraction=0.4, message="Transcribing"))
    qtbot.waitUntil(lambda: "40 %" in " ".join(words_on(row)))
    assert "Activity (1)" in words_on(window.status)
    other.jobs.put(replace(FINDING, state=WorkState.COMPLETED))
    qtbot.waitUntil(lambda: row.job.state is WorkState.COMPLETED)
    assert "Activity (1)" not in words_on(window.status)


def test_what_another_program_was_at_when_it_died_goes_on_in_the_window(
    qtbot, services, other, open_window, monkeypatch
) -> None:
    monkeypatch.setattr("viralclip_desktop.gui.shell.elsewhere.COUNT_LIVING_EVERY", 1)
    services.store.open()
    window = open_window()
    qtbot.waitUntil(lambda: window.context.tasks.idle)
    films = services.paths.home.parent / "films"
    films.mkdir()
    looked_for = {"folder": str(films)}
    other.jobs.add(Job("job_dead", "relink", looked_for, state=WorkState.RUNNING, created_at=5.0), DEAD)
    qtbot.waitUntil(lambda: services.jobs.get("job_dead").state.ended)
    assert services.jobs.get("job_dead").state is WorkState.COMPLETED


def test_a_job_that_begins_while_the_window_is_open_is_listed(
    qtbot, services, other, owner, open_window
) -> None:
    services.store.open()
    window = open_window()
    other.jobs.add(FINDING, owner)
    qtbot.waitUntil(lambda: [row.job.id for row in window.queue.work.others] == [FINDING.id])
    other.jobs.put(replace(FINDING, state=WorkState.FAILED, error="No sound."))
    qtbot.waitUntil(lambda: "No sound." in words_on(window.queue.work.others[0]))


def test_edits_of_another_program_are_shown(qtbot, clips_window, services, other) -> None:
    window, session = clips_window, clips_window.session
    project_id, first, last = session.loaded.project.id, session.clips[0], session.clips[-1]
    framing = Framing.FIT if first.framing is not Framing.FIT else Framing.CROP
    _put(other, project_id, replace(first, title="Named elsewhere", framing=framing))
    qtbot.waitUntil(lambda: session.clip.title == "Named elsewhere")
    model = window.clips_page.model
    assert model.data(model.index(0)) == "Named elsewhere"
    assert window.player.clip.framing is framing
    with other.transaction("Delete clip", project_id) as tx:
        tx.delete("clip", last.id)
    qtbot.waitUntil(lambda: model.rowCount() == len(session.clips) == 3)
    assert session.clip.id == first.id


def test_words_of_another_program_are_shown(qtbot, clips_window, services, other) -> None:
    session = clips_window.session
    source, transcript = session.loaded.source, session.loaded.transcript
    word = replace(transcript.words[0], text="Elsewhere")
    with other.transaction("Correct word", source.project_id) as tx:
        tx.put_transcript(source.id, replace(transcript, words=(word, *transcript.words[1:])))
    qtbot.waitUntil(lambda: session.loaded.transcript.words[0].text == "Elsewhere")


def test_exports_of_another_program_are_listed(qtbot, clips_window, services, other, owner) -> None:
    window, clip = clips_window, clips_window.session.clips[0]
    job = Job("job_exp", "export", {"export_id": "exp_far"}, state=WorkState.RUNNING)
    order = Export(
        "exp_far", clip.id, ExportSettings(), WorkState.RUNNING, "/clips/far.mp4", 1.0, 1.0, job.id
    )
    _put(other, window.session.loaded.project.id, order)
    other.jobs.add(job, owner)
    qtbot.waitUntil(lambda: [row.export.id for row in window.queue.rows] == ["exp_far"])
    other.jobs.put(replace(job, state=WorkState.FAILED, error="The disk is full."))
    qtbot.waitUntil(lambda: window.queue.rows[0].export.status is WorkState.FAILED)
    assert "The disk is full." in words_on(window.queue.rows[0])
