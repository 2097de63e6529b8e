"""What an .fcpxml file says, read with an XML parser and, where it can, by OpenTimelineIO's adapter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import opentimelineio as otio
import pytest

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import TICKS_PER_SECOND
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.features.interchange.fcpxml import crop_position, fcpxml_text, seconds_time
from viralclip_desktop.features.interchange.media import StartCode
from viralclip_desktop.features.interchange.sequence import Chosen, build_sequence


def read(*items: Chosen) -> ET.Element:
    return ET.fromstring(fcpxml_text(build_sequence(items)))


def one(root: ET.Element, path: str) -> ET.Element:
    (element,) = root.findall(path)
    return element


def seconds(text: str) -> Fraction:
    return Fraction(text.removesuffix("s"))


CLIP = "event/project/sequence/spine/asset-clip"


@pytest.mark.parametrize("fps", ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"])
def test_times_are_exact_fractions(chosen: Any, fps: str) -> None:
    item, rate = chosen(fps=fps), Fraction(fps)
    plan = plan_clip(item.source, None, item.clip, None)
    root = read(item)
    clip, sequence = one(root, CLIP), one(root, "event/project/sequence")
    assert clip.get("name") == "Why nobody told me"
    assert seconds(clip.attrib["start"]) == Fraction(plan.kept[0].start.frames(rate)) / rate
    assert seconds(clip.attrib["duration"]) == plan.frame_count / rate
    assert seconds(sequence.attrib["duration"]) == plan.frame_count / rate
    form = one(root, f"resources/format[@id='{sequence.get('format')}']")
    assert seconds(form.attrib["frameDuration"]) == 1 / rate
    assert (form.get("width"), form.get("height")) == ("1080", "1920")


def test_the_head_says_what_it_is(chosen: Any) -> None:
    text = fcpxml_text(build_sequence([chosen()]))
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n')
    assert ET.fromstring(text).get("version") == "1.9"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/films/talk é #1?.mp4", "file:///films/talk%20%C3%A9%20%231%3F.mp4"),
        ("C:\\My films\\100 %.mp4", "file:///C:/My%20films/100%20%25.mp4"),
        ("\\\\server\\share\\talk.mp4", "file://server/share/talk.mp4"),
    ],
)
def test_a_recording_is_declared_once_with_its_url(chosen: Any, path: str, url: str) -> None:
    root = read(chosen(1, path=path), chosen(1, path=path, start_s=40, end_s=44))
    asset = one(root, "resources/asset")
    assert one(asset, "media-rep").get("src") == url
    assert {clip.get("ref") for clip in root.findall(CLIP)} == {asset.get("id")}
    assert (asset.get("hasVideo"), asset.get("hasAudio"), asset.get("audioChannels")) == ("1", "1", "2")
    assert seconds(asset.attrib["start"]) == 0


def test_a_selection_has_no_holes(chosen: Any) -> None:
    root = read(chosen(1), chosen(2, fps="25"), chosen(3, fps=None))
    clips, end = root.findall(CLIP), Fraction(0)
    for clip in clips:
        assert seconds(clip.attrib["offset"]) == end
        end += seconds(clip.attrib["duration"])
        assert end % Fraction(1001, 30000) == 0, "cuts lie on frames of the timeline"
    assert end == seconds(one(root, "event/project/sequence").attrib["duration"])
    conform = one(clips[1], "conform-rate")
    assert (conform.get("srcFrameRate"), conform.get("scaleEnabled")) == ("25", "0")
    assert len(root.findall("resources/format")) == 3


def test_the_adapter_of_opentimelineio_reads_it(chosen: Any) -> None:
    items = [chosen(1, fps="25", title="One"), chosen(2, fps="25", title="Two", start_s=2, end_s=3)]
    (timeline,) = otio.adapters.read_from_string(fcpxml_text(build_sequence(items, "Best of")), "fcpx_xml")
    assert timeline.name == "Best of"
    (track,) = timeline.tracks
    assert [clip.name for clip in track] == ["One", "Two"]
    spans = [(c.source_range.start_time.value, c.source_range.duration.value) for c in track]
    assert spans == [(131, 656), (50, 25)]


def test_the_crop_is_where_the_program_has_it(chosen: Any) -> None:
    clip = one(read(chosen(clip={"centre_x": 0.25})), CLIP)
    assert one(clip, "adjust-conform").get("type") == "fill"
    x, y = one(clip, "adjust-transform").attrib["position"].split()
    # Filled, a 1920x1080 picture is 3413 px wide in a frame of 1080x1920: 853 px are a quarter of it.
    assert float(x) / 100 * 1920 == pytest.approx(853, abs=1)
    assert float(y) == 0


def test_a_crop_in_the_middle_and_a_fitted_picture_are_not_moved(chosen: Any) -> None:
    middle = one(read(chosen()), CLIP)
    fitted = one(read(chosen(clip={"centre_x": 0.1, "framing": Framing.FIT})), CLIP)
    assert middle.find("adjust-transform") is None
    assert fitted.find("adjust-transform") is None
    assert one(fitted, "adjust-conform").get("type") == "fit"


def test_a_crop_never_leaves_the_picture() -> None:
    edge = crop_position(Size(1920, 1080), Size(1080, 1920), 0.0)
    assert edge == crop_position(Size(1920, 1080), Size(1080, 1920), 0.1)
    assert edge / 100 * 1920 == pytest.approx((1920 * 1920 / 1080 - 1080) / 2, abs=2)


def test_a_phones_picture_stands_as_it_is_seen(chosen: Any) -> None:
    turned = {"rotation_deg": 90, "coded_size": Size(1920, 1080)}
    root = read(chosen(size=Size(1080, 1920), video=turned))
    form = one(root, f"resources/format[@id='{one(root, 'resources/asset').get('format')}']")
    assert (form.get("width"), form.get("height"), form.get("paspH")) == ("1080", "1920", None)


def test_wide_pixels_and_hdr_are_told(chosen: Any) -> None:
    odd = {"coded_size": Size(1440, 1080), "pixel_aspect": Fraction(4, 3), "color_transfer": "smpte2084"}
    root = read(chosen(video=odd))
    form = one(root, f"resources/format[@id='{one(root, 'resources/asset').get('format')}']")
    assert (form.get("width"), form.get("paspH"), form.get("paspV")) == ("1440", "4", "3")
    assert form.get("colorSpace") == "9-16-9 (Rec. 2020 PQ)"


def test_sound_alone_begins_where_it_begins(chosen: Any) -> None:
    item = chosen(fps=None, start_s=5.2511)
    root = read(item)
    asset, clip = one(root, "resources/asset"), one(root, CLIP)
    assert asset.get("hasVideo") is None
    assert asset.get("format") is None
    assert seconds(clip.attrib["start"]) == Fraction(item.clip.range.start.ticks, TICKS_PER_SECOND)
    assert clip.find("adjust-conform") is None


def test_of_several_sound_tracks_the_chosen_one_is_on(chosen: Any) -> None:
    root = read(chosen(channels=(1, 2, 6), audio_index=1))
    sources = one(root, CLIP).findall("audio-channel-source")
    shown = [(source.get("srcCh"), source.get("enabled", "1")) for source in sources]
    assert shown == [("1", "0"), ("2, 3", "1"), ("4, 5, 6, 7, 8, 9", "0")]


def test_a_recording_with_a_timecode_of_its_own_is_cut_by_it(chosen: Any) -> None:
    root = read(replace(chosen(fps="25"), start_code=StartCode(25 * 3600, False)))
    assert seconds(one(root, "resources/asset").attrib["start"]) == 3600
    assert seconds(one(root, CLIP).attrib["start"]) == 3600 + Fraction(131, 25)


def test_any_title_makes_good_xml(chosen: Any) -> None:
    root = read(chosen(title='<a> & "b"\x07 ]]> ตอนนี้ 👩‍💻\n2'))
    assert one(root, CLIP).get("name") == '<a> & "b" ]]> ตอนนี้ 👩‍💻 2'
    assert (one(root, f"{CLIP}/note").text or "").startswith("Score 87. Opens with a question.")


def test_seconds_are_written_exactly() -> None:
    assert seconds_time(Fraction(5)) == "5s"
    assert seconds_time(Fraction(1001, 30000) * 3, 30000) == "3003/30000s"
    assert seconds_time(Fraction(1, 7), 30000) == "1/7s"
