"""A clip can be a key, whatever it holds: pictures of clips are kept by what they show."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.mix import Bus, Mix


def test_a_clip_with_dubs_can_be_a_key() -> None:
    parts = parts_of("asset", TimeRange.from_seconds(0, 5))
    clip = Clip("clip", "project", "source", "batch", 1, parts, "Title", None, (), "", "", asset_id="asset")
    dubbed = replace(clip, mix=replace(Mix(), dub={"id": Bus(-3.0)}))
    assert len({clip: 1, dubbed: 2}) == 2
    assert {dubbed: 1}[replace(dubbed)] == 1
