"""Finished films as a newcomer meets them: where they lie, what they are called, what can be done then."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.shown import says

from viralclip_desktop.app import build_services
from viralclip_desktop.core.paths import DataPaths


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    return tmp_path / "Videos" / "ViralClip"


@pytest.fixture
def services(tmp_path: Path, videos: Path):
    services = build_services(DataPaths(tmp_path / "home", tmp_path / "models", videos))
    yield services
    services.close()


def exported(qtbot, window):
    """The exports, once none is under way."""
    qtbot.waitUntil(lambda: bool(window.services.store.exports()))
    qtbot.waitUntil(lambda: all(export.status.ended for export in window.services.store.exports()))
    return window.services.store.exports()


def test_an_export_lands_among_the_users_videos_under_the_clips_title(qtbot, clips_window, videos) -> None:
    assert says(clips_window.clips_page.export_panel, "Saved in ViralClip")
    clip = clips_window.session.clips[1]
    clips_window.session.select(clip.id)
    clips_window.actions_by_id["export"].trigger()
    (export,) = exported(qtbot, clips_window)
    assert Path(export.output_path) == videos / f"02 {clip.title} (9x16).mp4"
    assert Path(export.output_path).is_file()
