"""What a recording keeps of the site it comes from."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Marker
from viralclip_desktop.domain.site_video import Chapter, SiteVideo, chapter_markers, chapters_of, height_of

CHAPTERS = (Chapter(0.0, "Hello"), Chapter(61.5, "The number"), Chapter(300.0, "Questions"))
VIDEO = SiteVideo(Path("a.mp4"), "https://site.example/a", "A talk", chapters=CHAPTERS, height=720)
ASSET = Asset("asset", AssetKind.RECORDING, "a.mp4", made_with=VIDEO.made_with())


def test_an_asset_knows_the_chapters_and_the_height() -> None:
    assert chapters_of(ASSET) == CHAPTERS
    assert height_of(ASSET) == 720


def test_a_recording_of_ones_own_has_none() -> None:
    own = Asset("asset", AssetKind.RECORDING, "a.mp4")
    assert chapters_of(own) == ()
    assert height_of(own) is None


def test_a_clip_is_marked_where_a_chapter_begins_in_it() -> None:
    within = TimeRange(Time.from_seconds(40), Time.from_seconds(90))
    assert chapter_markers(ASSET, within) == (Marker(Time.from_seconds(61.5), "The number"),)
