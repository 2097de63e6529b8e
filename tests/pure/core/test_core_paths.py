"""Where data lies, and where finished films go."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.core.paths import DataPaths

HOME, VIDEOS = Path("/home/kim/.local/share/ViralClip"), Path("/home/kim/Videos/ViralClip")


def test_films_go_to_the_users_videos() -> None:
    paths = DataPaths.from_environment({}, HOME, VIDEOS)
    assert (paths.home, paths.videos) == (HOME, VIDEOS)


def test_with_a_data_folder_of_ones_own_nothing_lands_outside_it() -> None:
    paths = DataPaths.from_environment({"VIRALCLIP_HOME": "/tmp/trial"}, HOME, VIDEOS)
    assert (paths.home, paths.videos) == (Path("/tmp/trial").absolute(), None)
