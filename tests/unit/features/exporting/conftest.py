"""A small film with one clip, and where its exports go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored

from viralclip_desktop.app import declared_settings, wire
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media.probe import probe
from viralclip_desktop.settings.file import SettingsStore
from viralclip_desktop.store import Store


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "home", tmp_path / "models")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two seconds of a film of six."""
    film = makers.make_video(tmp_path / "film.mp4", 6.0, "640x360")
    with stored.new_store(tmp_path) as opened:
        stored.fill(opened)
        with opened.transaction("Film", "proj_1") as tx:
            tx.put(stored.source(path=str(film), info=probe(film)))
            tx.put(replace(stored.clip(), parts=stored.ranges((0.5, 2.5))))
        yield opened


@pytest.fixture
def services(store: Store, paths: DataPaths) -> Iterator[Services]:
    """The job queue and all else, on that store."""
    settings = SettingsStore(paths.settings, environ={}, more=declared_settings)
    made = wire(paths, store, settings, NoticeBoard(), NetworkGate(offline=True))
    yield made
    made.jobs.close(cancel_running=True)
