"""Music as a job: what it leaves, and that it can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import music as heard
from support.command_line import make_services

from viralclip_desktop.core.errors import Cancelled, UsageError
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.music import compose_music
from viralclip_desktop.features.music.job import COMPOSE, ComposeRequest
from viralclip_desktop.features.music.wishes import wishes_of
from viralclip_desktop.music.composer import Wishes

LONG_S = 240


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path / "home")
    yield services
    services.close()


def test_a_job_composes_and_says_how_it_is_made_again(services: Services, tmp_path: Path) -> None:
    out = tmp_path / "song.wav"
    job = services.jobs.submit(COMPOSE, ComposeRequest(str(out), 4, 5.0, mood="sad", key="Dm"))
    done = services.jobs.wait(job.id, LONG_S)
    assert done.state is WorkState.COMPLETED, done.error
    assert heard.read(out).shape == (2, 240_000)
    made = COMPOSE.result_of(done)
    assert (made.key, made.preset, made.seed, made.mood) == ("D:min", "sad-piano", 4, "sad")


def test_stopping_it_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    cancel, told = CancelToken(), []

    def stop(event: ProgressEvent) -> None:
        told.append(event.fraction or 0.0)
        if told[-1] > 0.3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        compose_music(
            Wishes(8, preset="lo-fi"),
            tmp_path / "song.wav",
            stems=tmp_path / "stems",
            progress=stop,
            cancel=cancel,
        )
    assert told == sorted(told)
    assert max(told) < 1
    assert not list(tmp_path.rglob("*.*"))


def test_wishes_that_cannot_be_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="3 to 600"):
        compose_music(Wishes(1), tmp_path / "song.wav")
    with pytest.raises(UsageError, match="no key"):
        wishes_of(seed=1, duration_s=10, key="X")
