"""What OpenTimelineIO reads back out of an .otio file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import opentimelineio as otio
import pytest
from support import stored

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.interchange.media import StartCode
from viralclip_desktop.features.interchange.otio_file import otio_text
from viralclip_desktop.features.interchange.sequence import Chosen, Sequence, build_sequence


def read(sequence: Sequence) -> Any:
    return otio.adapters.read_from_string(otio_text(sequence), "otio_json")


def clips_of(timeline: Any, kind: str) -> list[Any]:
    (track,) = [track for track in timeline.tracks if track.kind == kind]
    return list(track)


@pytest.mark.parametrize("fps", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"])
def test_names_rates_and_ranges_are_those_of_the_plan(chosen: Any, fps: str) -> None:
    item = chosen(fps=fps)
    plan = plan_clip(item.source, None, item.clip, None)
    timeline = read(build_sequence([item]))
    assert timeline.name == "Why nobody told me"
    for kind in ("Video", "Audio"):
        (clip,) = clips_of(timeline, kind)
        assert clip.name == "Why nobody told me"
        rate = Fraction(fps)
        assert clip.source_range.start_time.rate == float(rate), "the exact rate, not 29.97"
        assert clip.source_range.start_time.value == plan.kept[0].start.frames(rate)
        assert clip.source_range.duration.value == plan.frame_count
        assert clip.source_range.duration.to_seconds() == pytest.approx(plan.duration.seconds, abs=1e-9)
        whole = clip.media_reference.available_range
        assert whole.start_time.value == 0
        assert whole.contains(clip.source_range)


def test_the_recording_is_found_by_url_and_by_name(chosen: Any) -> None:
    (clip,) = clips_of(read(build_sequence([chosen()])), "Video")
    assert clip.media_reference.target_url == "file:///films/talk%20%C3%A9.mp4"
    assert clip.media_reference.name == "talk é.mp4"
    assert otio.url_utils.filepath_from_url(clip.media_reference.target_url) == "/films/talk é.mp4"


def test_a_selection_is_one_timeline_without_holes(chosen: Any) -> None:
    items = [chosen(1, title="One"), chosen(2, title="Two", start_s=40, end_s=50), chosen(3, title="Three")]
    timeline = read(build_sequence(items, "Best of"))
    assert timeline.name == "Best of"
    names = [clip.name for clip in clips_of(timeline, "Video")]
    assert names == ["One", "Two", "Three"]
    frames = sum(plan_clip(item.source, None, item.clip, None).frame_count for item in items)
    assert timeline.duration().value == frames
    assert all(clip.markers[0].name == clip.name for clip in clips_of(timeline, "Video"))


def test_several_kept_ranges_become_neighbours(chosen: Any) -> None:
    item: Chosen = chosen(fps="25")
    parts = stored.ranges((5, 8), (10, 10.5), (20.02, 24))
    item = replace(item, clip=replace(item.clip, parts=parts))
    plan = item.plan()
    sequence = build_sequence([item])
    pieces = sequence.pieces
    clips = clips_of(read(sequence), "Video")
    spans = [(c.source_range.start_time.value, c.source_range.duration.value) for c in clips]
    assert [start for start, _ in spans] == [125, 250, 500], "the frame on screen at 20.02 s began at 20 s"
    assert sum(length for _, length in spans) == plan.frame_count
    assert [len(clip.markers) for clip in clips] == [1, 0, 0], "one marker a clip"
    assert [piece.offset for piece in pieces] == [0, 75, 88]


def test_recordings_of_other_rates_keep_their_own(chosen: Any) -> None:
    items = [chosen(1, fps="30000/1001"), chosen(2, fps="25", start_s=10, end_s=14)]
    first, second = clips_of(read(build_sequence(items)), "Video")
    assert second.source_range.start_time.rate == 25
    assert second.source_range.start_time.value == 250
    assert second.source_range.duration.value == 100
    assert first.source_range.start_time.rate == 30000 / 1001


def test_sound_alone_and_silent_films_leave_gaps(chosen: Any) -> None:
    items = [chosen(1, fps=None, title="Voice"), chosen(2, channels=(), title="Silent")]
    timeline = read(build_sequence(items))
    video, audio = clips_of(timeline, "Video"), clips_of(timeline, "Audio")
    assert [type(item).__name__ for item in video] == ["Gap", "Clip"]
    assert [type(item).__name__ for item in audio] == ["Clip", "Gap"]
    assert video[0].duration() == audio[0].duration()


def test_sound_alone_has_no_video_track(chosen: Any) -> None:
    timeline = read(build_sequence([chosen(fps=None)]))
    assert [track.kind for track in timeline.tracks] == ["Audio"]
    (clip,) = clips_of(timeline, "Audio")
    assert clip.source_range.start_time.to_seconds() == pytest.approx(5.25, abs=1 / 60)
    assert clip.source_range.duration.to_seconds() == pytest.approx(26.25, abs=1 / 60)


def test_a_recording_with_a_timecode_of_its_own_is_cut_by_it(chosen: Any) -> None:
    item = replace(chosen(fps="25"), start_code=StartCode(25 * 3600, False))
    (clip,) = clips_of(read(build_sequence([item])), "Video")
    assert clip.source_range.start_time.value == 25 * 3600 + 131
    assert clip.media_reference.available_range.start_time.value == 25 * 3600


def test_a_clip_at_the_very_end_stays_inside_its_recording(chosen: Any) -> None:
    item: Chosen = chosen(fps="25", start_s=50.01, end_s=60)
    assert item.source is not None
    info = replace(item.source.info, duration=Time.from_seconds(59.9))
    shorter = replace(item, source=stored.with_file(item.source, info=info))
    (clip,) = clips_of(read(build_sequence([shorter])), "Video")
    whole = clip.media_reference.available_range
    assert clip.source_range.end_time_exclusive() == whole.end_time_exclusive()


def test_an_uneven_rate_counts_at_the_rate_it_stands_for(chosen: Any) -> None:
    item = chosen(fps="299/10", video={"variable_rate": True})
    (clip,) = clips_of(read(build_sequence([item])), "Video")
    assert clip.source_range.start_time.rate == 30


def test_what_a_timeline_has_no_place_for_is_kept_beside(chosen: Any) -> None:
    (clip,) = clips_of(read(build_sequence([chosen(clip={"centre_x": 0.3})])), "Video")
    facts = clip.metadata["viralclip"]
    assert (facts["clip_id"], facts["centre_x"], facts["aspect"]) == ("clip_1", 0.3, "9:16")
    assert "Opens with a question." in clip.markers[0].comment
