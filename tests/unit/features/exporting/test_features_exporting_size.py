"""The size that is told before an export is about the size it becomes, whatever the film."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.exporting.exporting import create_export, run_export
from viralclip_desktop.features.workflows.exports import estimate_exports
from viralclip_desktop.media.probe import probe

ORDER = ExportSettings(resolution=Resolution.P720, encoder="libx264")


def film_of(kind: str, folder: Path, test_media: Path) -> Path:
    """A test picture that moves all over, a talk before a wall, and two people at a table."""
    if kind == "moving":
        noisy = ("-vf", "noise=alls=20:allf=t")
        return makers.make_video(folder / "moving.mp4", 8.0, "640x360", extra=noisy)
    return test_media / {"talk": "talk-sample-42s.mp4", "two hosts": "two-hosts-40s.mp4"}[kind]


@pytest.mark.parametrize("kind", ["moving", "talk", "two hosts"])
def test_within_a_factor_of_two(kind: str, services: Services, tmp_path: Path, test_media: Path) -> None:
    store, film = services.store, film_of(kind, tmp_path, test_media)
    with store.transaction("Film", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=probe(film)))
        tx.put(replace(stored.clip(), parts=stored.ranges((1, 5)), framing=Framing.CROP, centre_x=0.25))
    told = estimate_exports(services, [store.clip("clip_1")], [ORDER], CancelToken()).size_bytes
    export = create_export(store, services.paths, "clip_1", ORDER)
    done = run_export(store, services.paths, export.id, ignore_progress, CancelToken())
    assert done.result is not None
    assert done.result.size_bytes / 2 < told < done.result.size_bytes * 2
