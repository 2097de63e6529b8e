"""What the CMX3600 adapter of OpenTimelineIO reads back, and the lines themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import opentimelineio as otio
import pytest

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.features.interchange.edl import edl_text, timecode
from viralclip_desktop.features.interchange.media import StartCode
from viralclip_desktop.features.interchange.sequence import build_sequence

NTSC, NTSC60 = Fraction(30000, 1001), Fraction(60000, 1001)


def read(text: str, rate: Fraction) -> Any:
    return otio.adapters.read_from_string(text, "cmx_3600", rate=float(rate))


def tracks_of(timeline: Any) -> dict[str, list[Any]]:
    return {track.name: list(track) for track in timeline.tracks}


def events(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if re.match(r"\d{3} ", line)]


@pytest.mark.parametrize(
    ("frame", "rate", "drop", "code"),
    [
        (1799, NTSC, True, "00:00:59;29"),
        (1800, NTSC, True, "00:01:00;02"),
        (17981, NTSC, True, "00:09:59;29"),
        (17982, NTSC, True, "00:10:00;00"),
        (107892, NTSC, True, "01:00:00;00"),
        (1800, NTSC, False, "00:01:00:00"),
        (3600, NTSC60, True, "00:01:00;04"),
        (35964, NTSC60, True, "00:10:00;00"),
        (1440, Fraction(24000, 1001), True, "00:01:00:00"),
        (1500, Fraction(25), True, "00:01:00:00"),
        (24 * 3600 * 25 + 3, Fraction(25), False, "00:00:00:03"),
        (24 * 107892 + 3, NTSC, True, "00:00:00;03"),
    ],
)
def test_timecode(frame: int, rate: Fraction, drop: bool, code: str) -> None:
    assert timecode(frame, rate, drop) == code


@pytest.mark.parametrize("fps", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"])
def test_ranges_are_those_of_the_plan(chosen: Any, fps: str) -> None:
    item, rate = chosen(fps=fps), Fraction(fps)
    plan = plan_clip(item.source, None, item.clip, None)
    timeline = read(edl_text(build_sequence([item])), rate)
    assert timeline.name == "Why nobody told me"
    tracks = tracks_of(timeline)
    assert sorted(tracks) == ["A1", "A2", "V"]
    (clip,) = tracks["V"]
    assert clip.name == "talk é.mp4", "editors look for the file by this name"
    assert clip.media_reference.target_url == "/films/talk é.mp4"
    assert clip.source_range.start_time.value == plan.kept[0].start.frames(rate)
    assert clip.source_range.duration.value == plan.frame_count


def test_the_title_stands_in_a_locator_and_a_comment(chosen: Any) -> None:
    text = edl_text(build_sequence([chosen(fps="25")]))
    clip = tracks_of(read(text, Fraction(25)))["V"][0]
    assert clip.markers[0].name == "Why nobody told me"
    assert "COMMENT: Why nobody told me" in clip.metadata["cmx_3600"]["comments"]


def test_a_selection_begins_at_the_first_hour_and_has_no_holes(chosen: Any) -> None:
    items = [
        chosen(1, path="/films/one.mp4"),
        chosen(2, path="/films/two.mp4"),
        chosen(1, start_s=40, end_s=44),
    ]
    text = edl_text(build_sequence(items))
    lines = events(text)
    assert "FCM: DROP FRAME" in text
    assert [line[0] for line in lines] == ["001", "002", "003"]
    assert [line[1] for line in lines] == ["ONE", "TWO", "ONE"]
    assert lines[0][6] == "01:00:00;00"
    assert [line[6] for line in lines[1:]] == [line[7] for line in lines[:-1]]


def test_recordings_of_several_rates_are_refused(chosen: Any) -> None:
    with pytest.raises(BadInput, match=r"25 and 29\.97"):
        edl_text(build_sequence([chosen(1), chosen(2, fps="25")]))


@pytest.mark.parametrize(
    ("values", "channels"),
    [
        ({"channels": ()}, "V"),
        ({"channels": (1,)}, "B"),
        ({"channels": (6,)}, "AA/V"),
        ({"fps": None, "channels": (1,)}, "A"),
        ({"fps": None}, "AA"),
    ],
)
def test_channels(chosen: Any, values: dict[str, Any], channels: str) -> None:
    ((_, _, shown, *_),) = events(edl_text(build_sequence([chosen(**values)])))
    assert shown == channels


def test_reels_are_short_plain_and_no_two_alike(chosen: Any) -> None:
    paths = [
        "/a/Interview Übersee 1.mp4",
        "/b/Interview Übersee 2.mp4",
        "C:\\films\\ตอนที่.mp4",
        "/c/black.mp4",
    ]
    items = [chosen(number, path=path) for number, path in enumerate(paths, 1)]
    reels = [line[1] for line in events(edl_text(build_sequence(items)))]
    assert reels == ["INTERVIE", "INTERVI2", "REEL2", "BLACK2"]


def test_a_recording_with_a_timecode_of_its_own_is_cut_by_it(chosen: Any) -> None:
    item = replace(chosen(), start_code=StartCode(107892, True))
    ((*_, begin, _, record, _),) = events(edl_text(build_sequence([item])))
    assert begin == timecode(107892 + 157, NTSC, True)
    assert record == "01:00:00;00"


def test_a_recording_that_drops_nothing_is_told_so(chosen: Any) -> None:
    item = replace(chosen(), start_code=StartCode(108000, False))
    text = edl_text(build_sequence([item]))
    ((*_, begin, _, record, _),) = events(text)
    assert "FCM: NON-DROP FRAME" in text
    assert begin == "01:00:05:07"
    assert record == "01:00:00:00"


def test_a_title_of_several_lines_stays_on_one(chosen: Any) -> None:
    text = edl_text(build_sequence([chosen(title="One\n999  X V C\r\n* two\x00")]))
    assert "TITLE: One 999 X V C * two\r\n" in text
    assert len(events(text)) == 1


def test_a_high_rate_is_counted_at_the_timelines(chosen: Any) -> None:
    ((*_, begin, end, _, _),) = events(edl_text(build_sequence([chosen(fps="120", start_s=1, end_s=3)])))
    assert (begin, end) == ("00:00:01:00", "00:00:03:00")
