"""Shared fixtures: places for data, real recordings where they are given, media made on the spot."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from support.leaks import ErrorLog, Watch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows are drawn in memory

# How fast the machine is says nothing about what is right.
property_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """What is loaded by now stays loaded: no search for garbage, one after most tests, needs to see it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def test_media() -> Path:
    """The folder of real recordings; the test is skipped without it."""
    folder = os.environ.get("VIRALCLIP_TEST_MEDIA")
    if not folder:
        pytest.skip("VIRALCLIP_TEST_MEDIA is not set")
    return Path(folder)


@pytest.fixture
def test_models() -> Path:
    """The folder of small real models; the test is skipped without it."""
    folder = os.environ.get("VIRALCLIP_MODELS_DIR")
    if not folder:
        pytest.skip("VIRALCLIP_MODELS_DIR is not set")
    return Path(folder)


@pytest.fixture(scope="session")
def real_models() -> Path:
    """The folder of published models; the test is skipped without Whisper base in it."""
    folder = Path(os.environ.get("VIRALCLIP_REAL_MODELS", ""))
    if not (folder / "whisper" / "base" / "model.bin").is_file():
        pytest.skip("VIRALCLIP_REAL_MODELS names no folder with whisper/base")
    return folder


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves threads, processes, open files, timers or windows fails, and so does one in which
    an error was logged (``@pytest.mark.logs_errors`` where that is what it is about)."""
    watch, errors = Watch(), ErrorLog()
    logging.getLogger().addHandler(errors)
    yield
    logging.getLogger().removeHandler(errors)
    left = watch.left()
    assert not left, "the test left behind: " + "; ".join(left)
    if request.node.get_closest_marker("logs_errors") is None:
        assert not errors.said, "logged as errors: " + "; ".join(errors.said)
