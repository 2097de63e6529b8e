"""The background of a recording: made for what is heard of it, once, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import separated, stored
from support.command_line import make_services
from support.separated import RATE_HZ

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, UsageError
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.separation import Separated, background_of, chosen_separator, kept
from viralclip_desktop.media.probe import probe

LENGTH_S = 65


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = make_services(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A minute of steady noise, louder every second."""
    noise = np.random.default_rng(4).standard_normal((LENGTH_S * RATE_HZ, 2))
    rising = 0.002 * (1 + np.arange(LENGTH_S * RATE_HZ) // RATE_HZ)[:, None]
    path = separated.write_stereo(tmp_path / "talk.wav", (noise * rising).astype(np.float32))
    return stored.with_file(stored.source(), path=str(path), info=probe(path), fingerprint="noise")


def spans(*ends_s: tuple[float, float]) -> list[TimeRange]:
    return [TimeRange.from_seconds(start, end) for start, end in ends_s]


def noting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is run in worker processes from now on."""
    real: Callable[..., Any] = kept.run_in_worker
    asked: list[str] = []

    def run(target: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(target)
        return real(target, *args, **kwargs)

    monkeypatch.setattr(kept, "run_in_worker", run)
    return asked


def made(services: Services, source: Source, *heard: tuple[float, float]) -> Separated:
    found = background_of(services, source, spans(*heard), "centre")
    assert found is not None
    return found


def test_what_is_heard_is_separated_once_and_lies_where_it_was(
    services: Services, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = noting(monkeypatch)
    told: list[ProgressEvent] = []
    first = background_of(services, source, spans((21.5, 24.0), (26.0, 27.5)), "centre", progress=told.append)
    assert first is not None
    assert (first.begins, first.separator) == (Time.from_seconds(20), "centre")
    assert told[-1].fraction == 1.0
    assert asked == [kept.worker.TARGET]
    assert probe(first.path).duration == Time.from_seconds(10)
    loud = separated.read_stereo(first.path)
    assert len(loud) == 10 * RATE_HZ, "to the sample"
    seconds = np.sqrt((loud.reshape(10, -1) ** 2).mean(axis=1))
    assert np.corrcoef(seconds, np.arange(21, 31))[0, 1] > 0.99, "each second where it was"
    again = made(services, replace(source, id="src_9"), (20.2, 29.0))
    assert again == first, "a clip that was trimmed, or another project, asks for nothing new"
    assert len(asked) == 1
    made(services, stored.with_file(source, fingerprint="another"), (21.5, 24.0))
    assert len(asked) == 2


def test_stretches_far_apart_are_separated_alone_with_silence_between(
    services: Services, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = noting(monkeypatch)
    found = made(services, source, (1.0, 2.0), (61.0, 64.9))
    assert len(asked) == 2
    levels = np.abs(separated.read_stereo(found.path)).reshape(LENGTH_S, -1).max(axis=1)
    assert found.begins == Time(0)
    assert levels[:10].min() > 0.001
    assert levels[11:59].max() == 0
    assert levels[60:].min() > 0.1


def test_nothing_is_made_of_nothing(services: Services, source: Source) -> None:
    assert background_of(services, replace(source, audio_index=None), spans((1, 2)), "centre") is None
    assert background_of(services, source, [], "centre") is None


def test_a_cancel_leaves_nothing(services: Services, source: Source) -> None:
    cancel = CancelToken()

    def stop(event: ProgressEvent) -> None:
        cancel.cancel()

    with pytest.raises(Cancelled):
        background_of(services, source, spans((0, 60)), "centre", progress=stop, cancel=cancel)
    left = [path for path in services.paths.cache.rglob("*") if path.is_file()]
    assert [path for path in left if path.suffix in {".flac", ".f32", ".s16", ".partial"}] == []


def test_the_best_separator_that_is_there_is_taken(services: Services) -> None:
    assert chosen_separator(services) == "centre"
    with pytest.raises(EnvironmentLacks, match="Spleeter cannot work here"):
        chosen_separator(services, "spleeter")
    with pytest.raises(UsageError, match="no voice separator named"):
        chosen_separator(services, "nobody")
