"""The main job goes on after its last finished stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.projects import make_recording, make_services

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows import main_job

LONG_S = 60.0
SUBTITLES = """1
00:00:00,500 --> 00:00:04,000
Nobody tells you about the first yaer.

2
00:00:04,200 --> 00:00:08,000
You will be wrong about almost everything.
"""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path)
    yield services
    services.close()


def test_tried_again_it_keeps_what_was_done_and_corrected(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subtitles = tmp_path / "talk.srt"
    subtitles.write_text(SUBTITLES, encoding="utf-8")
    outcomes: list[Any] = [EnvironmentLacks("The disk is full."), []]

    def find(*_args: Any, **_options: Any) -> list[Any]:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return list(outcome)

    monkeypatch.setattr(main_job, "find", find)
    film = make_recording(tmp_path / "talk.mp4", 9)
    options = MainJobOptions(subtitles=str(subtitles))
    job = main_job.submit_main_job(services, film, options)
    assert services.jobs.wait(job.id, LONG_S).state is WorkState.FAILED
    (source,) = services.store.sources()
    words = services.store.transcript(source.id).words
    place = next(at for at, word in enumerate(words) if word.text.startswith("yaer"))
    editing.correct_word(services.store, source.id, place, "year.")

    services.jobs.retry(job.id)
    done = services.jobs.wait(job.id, LONG_S)
    assert main_job.MAIN_JOB.result_of(done) == main_job.ClipsFound(source.project_id, source.id, [])
    assert services.store.transcript(source.id).words[place].text == "year.", "the file was not read again"
    assert services.store.sources() == [source]
