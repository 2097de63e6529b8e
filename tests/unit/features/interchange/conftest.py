"""Recordings and clips of every kind, as values: no file is read to write a timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import AudioStream, MediaInfo, VideoStream
from viralclip_desktop.features.interchange.sequence import Chosen
from viralclip_desktop.store import Store

Maker = Callable[..., Chosen]


def make_chosen(
    number: int = 1,
    *,
    fps: str | None = "30000/1001",
    size: Size | None = None,
    channels: tuple[int, ...] = (2,),
    audio_index: int = 0,
    start_s: float = 5.25,
    end_s: float = 31.5,
    path: str = "/films/talk é.mp4",
    title: str = "Why nobody told me",
    video: dict[str, object] | None = None,
    clip: dict[str, object] | None = None,
) -> Chosen:
    """A clip of a minute-long recording. ``fps`` None: sound alone; ``channels``: of each sound track."""
    picture = None
    size = size or Size(1920, 1080)
    if fps is not None:
        picture = VideoStream(
            0, "h264", size, size, 0, Fraction(1), Fraction(fps), False, "yuv420p", 8, False
        )
        picture = replace(picture, **(video or {}))  # type: ignore[arg-type]
    sounds = tuple(AudioStream(1 + place, "aac", n, "", 48000) for place, n in enumerate(channels))
    info = MediaInfo("mov,mp4", Time.from_seconds(60), Time(0), picture, sounds, 12345)
    index = audio_index if sounds else None
    known = {"path": path, "fingerprint": f"{number:032d}", "info": info}
    source = replace(stored.source(f"src_{number}", title=f"Talk {number}", **known), audio_index=index)
    wish = replace(
        stored.clip(f"clip_{number}", source.id, number),
        parts=stored.ranges((start_s, end_s), asset_id=source.asset_id),
        title=title,
        **(clip or {}),  # type: ignore[arg-type]
    )
    return Chosen(wish, source)


@pytest.fixture
def chosen() -> Maker:
    """Makes a clip with its recording."""
    return make_chosen


@pytest.fixture
def keep(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Puts clips with their recordings into a store of one project."""
    with stored.new_store(tmp_path / "home") as store:

        def put(*items: Chosen) -> Store:
            with store.transaction("Fill", "proj_1") as tx:
                tx.put(stored.project())
                for item in items:
                    tx.put(item.source)
                    tx.put(stored.batch(f"batch_{item.source.id}", item.source.id))
                    tx.put(_in_batch(item.clip))
            return store

        yield put


def _in_batch(clip: Clip) -> Clip:
    return replace(clip, batch_id=f"batch_{clip.source_id}")
