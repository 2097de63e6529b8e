"""Parts of several recordings, another speed, cards and stills, in all three formats."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import opentimelineio as otio
import pytest
from support import stored

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.clip import Card, Part
from viralclip_desktop.features.interchange import export_timeline
from viralclip_desktop.features.interchange.edl import edl_text
from viralclip_desktop.features.interchange.fcpxml import fcpxml_text
from viralclip_desktop.features.interchange.otio_file import otio_text
from viralclip_desktop.features.interchange.sequence import Chosen, build_sequence


@pytest.fixture
def mixed(chosen: Any) -> Chosen:
    """2 s of one recording, 3 s of another at double speed, a card of 2 s, a still of 1 s."""
    home, other = chosen(1, fps="25", title="Mixed"), chosen(2, fps="25", path="/films/second.mp4")
    picture = replace(stored.media_info(), duration=Time(0), audio=())
    still = stored.asset("asset_9", kind=AssetKind.PICTURE, path="/pictures/still.png", info=picture)
    parts = (
        *stored.ranges((10, 12)),
        Part("asset_2", TimeRange.from_seconds(20, 26), Fraction(2)),
        Part("", TimeRange.from_seconds(0, 2), card=Card("Part\ntwo")),
        Part("asset_9", TimeRange.from_seconds(0, 1)),
    )
    clip = replace(home.clip, parts=parts)
    return replace(home, clip=clip, others=(other.source,), assets={"asset_9": still})


def test_the_pieces_are_as_long_as_they_play(mixed: Chosen) -> None:
    sequence = build_sequence([mixed])
    assert sequence.rate == 25
    assert [piece.frames for piece in sequence.pieces] == [50, 75, 50, 25]
    assert [piece.offset for piece in sequence.pieces] == [0, 50, 125, 175]
    assert [piece.source_frames for piece in sequence.pieces] == [50, 150, 50, 25]
    assert sequence.pieces[1].source_frame == 500


def test_otio_has_a_time_warp_a_generator_and_the_still(mixed: Chosen) -> None:
    timeline = otio.adapters.read_from_string(otio_text(build_sequence([mixed])), "otio_json")
    video, audio = timeline.tracks
    assert [item.duration().value for item in video] == [50, 75, 50, 25]
    assert timeline.duration().value == 200
    (warp,) = video[1].effects
    assert (type(warp).__name__, warp.time_scalar) == ("LinearTimeWarp", 2.0)
    assert video[1].source_range.start_time.value == 500
    card = video[2].media_reference
    assert (card.generator_kind, card.parameters["text"]) == ("SolidColor", "Part\ntwo")
    assert video[3].media_reference.target_url == "file:///pictures/still.png"
    assert [type(item).__name__ for item in audio] == ["Clip", "Clip", "Gap", "Gap"]


def test_fcpxml_has_a_time_map_a_gap_and_the_still(mixed: Chosen) -> None:
    root = ET.fromstring(fcpxml_text(build_sequence([mixed])))
    spine = root.find("event/project/sequence/spine")
    assert spine is not None
    assert [item.tag for item in spine] == ["asset-clip", "asset-clip", "gap", "video"]
    assert [item.get("duration") for item in spine] == ["2s", "3s", "2s", "1s"]
    fast = spine[1]
    assert fast.get("start") == "10s", "20 s of the file, seen at double speed"
    moments = [(point.get("time"), point.get("value")) for point in fast.findall("timeMap/timept")]
    assert moments == [("0s", "0s"), ("30s", "60s")]
    assert [child.tag for child in fast][:3] == ["note", "timeMap", "adjust-conform"], "as the DTD has it"
    assert spine[2].get("name") == "Part two"
    names = {asset.get("name") for asset in root.findall("resources/asset")}
    assert names == {"talk é.mp4", "second.mp4", "still.png"}


def test_edl_has_a_motion_command_and_black(mixed: Chosen) -> None:
    text = edl_text(build_sequence([mixed]))
    timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=25.0)
    picture = next(track for track in timeline.tracks if track.kind == "Video")
    spans = [item.duration().value for item in picture if isinstance(item, otio.schema.Clip)]
    assert spans[0] == 50
    lines = text.splitlines()
    assert any(line.startswith("M2   SECOND   050.0") for line in lines)
    (black,) = [line for line in lines if line[5:].startswith("BL ")]
    assert black.split()[2] == "V"
    assert "* CARD: Part two" in lines
    assert "* FROM CLIP NAME: still.png" in lines
    records = [line.split()[-2:] for line in lines if line[:3].isdigit()]
    assert [record[0] for record in records[1:]] == [record[1] for record in records[:-1]], "no holes"


@pytest.mark.parametrize("ending", ["otio", "fcpxml", "edl"])
def test_a_clip_of_two_recordings_is_written_from_the_store(
    chosen: Any, keep: Any, tmp_path: Path, ending: str
) -> None:
    first, second = chosen(1, fps="25"), chosen(2, fps="25", path="/films/second.mp4")
    both = (*stored.ranges((1, 2)), *stored.ranges((3, 4), asset_id="asset_2"))
    store = keep(replace(first, clip=replace(first.clip, parts=both)), second)
    text = export_timeline(store, ["clip_1"], tmp_path / f"cut.{ending}").read_text(encoding="utf-8")
    assert "second.mp4" in text


def test_a_clip_without_a_recording_is_written_too(keep: Any, chosen: Any, tmp_path: Path) -> None:
    words = Part("", TimeRange.from_seconds(0, 2), card=Card("Hello"))
    clip = replace(stored.clip("clip_9"), source_id="", batch_id="", asset_id="", parts=(words,))
    store = keep(chosen(1))
    with store.transaction("Make", "proj_1") as tx:
        tx.put(clip)
    for ending in ("otio", "fcpxml", "edl"):
        out = export_timeline(store, ["clip_9"], tmp_path / f"cut.{ending}")
        assert "Hello" in out.read_text(encoding="utf-8")
