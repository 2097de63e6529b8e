"""Shared fixtures: places for data, real recordings where they are given, media made on the spot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
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
