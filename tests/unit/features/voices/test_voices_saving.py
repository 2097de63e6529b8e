"""A text spoken into a file: how loud that is, and how far it is told to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.projects import make_services

from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import SpeechRequest, save_speech
from viralclip_desktop.features.voices.levelling import gain_db
from viralclip_desktop.media.loudness import SILENT, Loudness, measure


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A program without models: espeak speaks."""
    services = make_services(tmp_path / "home")
    yield services
    services.close()


def test_one_gain_brings_it_to_the_target_and_no_peak_too_high() -> None:
    assert gain_db(Loudness(-24.0, -12.0)) == 8.0
    assert gain_db(Loudness(-20.0, -3.0)) == pytest.approx(1.4)
    assert gain_db(Loudness(-10.0, -0.5)) == -6.0
    assert gain_db(SILENT) == 0.0


def test_moving_the_pitch_has_a_share_of_the_progress_and_the_end_is_loud(
    services: Services, tmp_path: Path
) -> None:
    events: list[ProgressEvent] = []
    request = SpeechRequest("It is open.\n\nCome in, and take a seat.", "espeak:en-us", 1.5, 4.0)
    save_speech(services, request, tmp_path / "out.wav", progress=events.append)
    moved = [one.fraction or 0.0 for one in events if one.message == "Moving the pitch"]
    spoken = [one.fraction or 0.0 for one in events if "paragraph" in one.message]
    assert max(spoken) == pytest.approx(0.5)
    assert moved
    assert all(0.5 < fraction <= 0.95 for fraction in moved)
    assert events[-1].fraction == pytest.approx(1.0, abs=0.01)
    heard = measure(tmp_path / "out.wav")
    assert heard.integrated_lufs is not None
    assert heard.true_peak_dbtp is not None
    assert heard.true_peak_dbtp <= -1.5
    assert heard.integrated_lufs > -16.3 or heard.true_peak_dbtp > -1.8, "as loud as its peaks allow"
