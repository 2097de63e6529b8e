"""A changed clip is exported again at the cost of the change, and is what one made at once would be."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support import makers
from support.caption_pictures import spoken
from support.rendered import NUMBERED, luma_of, make_numbered, numbers, plan_of, rgb_of, ssim
from support.rendered import luma as brightness

from viralclip_desktop.compose.plan import Bookend, RenderPlan
from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media import encoders
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.render import Rendered, render_export
from viralclip_desktop.media.segments import Kept

X264 = encoders.named(encoders.FALLBACK)
GROUP = 60
"""Frames from keyframe to keyframe, at 30 a second."""
WORDS = "one two three four five six seven eight. " * 2


@dataclass(frozen=True)
class Packet:
    """A picture in a finished file."""

    data: bytes
    pts: int
    is_keyframe: bool


def packets(path: Path) -> list[Packet]:
    """In the order they are decoded."""
    import av

    with av.open(str(path)) as container:
        found = [packet for packet in container.demux(video=0) if packet.pts is not None]
        return [Packet(bytes(one), one.pts or 0, one.is_keyframe) for one in found]


def sound_packets(path: Path) -> list[bytes]:
    import av

    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0)]


def changed(one: Path, other: Path) -> list[int]:
    """Which groups of two files of one length differ in any packet."""
    pairs = list(zip(packets(one), packets(other), strict=True))
    groups = [pairs[first : first + GROUP] for first in range(0, len(pairs), GROUP)]
    return [number for number, group in enumerate(groups) if any(a != b for a, b in group)]


def reworded(plan: RenderPlan, at_s: float, text: str) -> RenderPlan:
    """The plan with another text for the word that is spoken at a time."""
    at = Time.from_seconds(at_s)
    words = [replace(one, text=text) if one.start <= at < one.end else one for one in plan.words]
    assert tuple(words) != plan.words
    return replace(plan, words=tuple(words))


@pytest.fixture
def plan(tmp_path: Path) -> RenderPlan:
    """Nine seconds without sound, with captions for six: four groups and a half."""
    film = make_numbered(tmp_path / "film.mp4", extra=("-an",))
    return plan_of(film, 0.5, 9.5, words=spoken(WORDS, every_s=0.37), style=caption_styles()["karaoke"])


Export = Callable[..., Rendered]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "segments", 100_000_000)


@pytest.fixture
def export(tmp_path: Path, kept: Kept) -> Export:
    """Exports a plan to a name."""

    def made(plan: RenderPlan, name: str, size: Size = NUMBERED, **options: object) -> Rendered:
        wishes: dict[str, Any] = {"kept": kept} | options
        return render_export(plan, size, tmp_path / name, X264, tmp_path / "work", **wishes)

    return made


def test_a_changed_caption_costs_its_groups_and_leaves_the_rest_as_it_was(
    plan: RenderPlan, export: Export, tmp_path: Path
) -> None:
    assert export(plan, "first.mp4").reused_s == 0
    again = reworded(plan, 4.5, "OTHER")
    found = export(again, "second.mp4")
    differ = changed(tmp_path / "first.mp4", tmp_path / "second.mp4")
    assert 2 in differ
    assert len(differ) <= 2, "a line of captions may show in two groups"
    assert found.reused_s == 9 - 2 * len(differ)
    assert found.report.frames == 270
    keyframes = [n for n, one in enumerate(packets(tmp_path / "second.mp4")) if one.is_keyframe]
    assert keyframes == [0, 60, 120, 180, 240]


def test_what_is_put_together_shows_and_sounds_like_what_is_made_at_once(
    export: Export, tmp_path: Path
) -> None:
    film = make_numbered(
        tmp_path / "film.mp4", extra=("-af", "aeval=0.2*sin(2000*t),aformat=channel_layouts=mono")
    )
    plan = plan_of(film, 0.5, 9.5, words=spoken(WORDS, every_s=0.37), style=caption_styles()["karaoke"])
    export(plan, "first.mp4")
    again = reworded(plan, 4.5, "OTHER")
    assert export(again, "joined.mp4").reused_s > 0
    export(again, "whole.mp4", kept=None)
    joined, whole = tmp_path / "joined.mp4", tmp_path / "whole.mp4"
    assert numbers(luma_of(joined, NUMBERED)) == list(range(15, 285))
    assert sorted(one.pts for one in packets(joined)) == sorted(one.pts for one in packets(whole))
    assert sound_packets(joined) == sound_packets(whole)
    frames = [0, 59, 60, 119, 120, 135, 150, 179, 180, 240, 269]
    pairs = zip(rgb_of(joined, NUMBERED, frames), rgb_of(whole, NUMBERED, frames), strict=True)
    assert min(ssim(brightness(a), brightness(b)) for a, b in pairs) > 0.97


def _faster(plan: RenderPlan) -> RenderPlan:
    [planned] = plan.parts
    return replace(plan, parts=(replace(planned, part=replace(planned.part, speed=Fraction(5, 4))),))


def _from(plan: RenderPlan, start_s: float, end_s: float = 9.5) -> RenderPlan:
    [planned] = plan.parts
    within = TimeRange.from_seconds(start_s, end_s)
    return replace(plan, parts=(replace(planned, part=replace(planned.part, range=within)),))


def _title(start_s: float, end_s: float) -> TitleLayer:
    return TitleLayer("title_1", "Look", TimeRange.from_seconds(start_s, end_s))


CHANGES: dict[str, Callable[[RenderPlan], RenderPlan]] = {
    "the same again": lambda plan: plan,
    "louder": lambda plan: replace(plan, loudness=replace(plan.loudness, target_lufs=-16.0)),
    "another style": lambda plan: replace(plan, style=caption_styles()["bold"]),
    "another place of the crop": lambda plan: replace(plan, centre_x=0.3),
    "another speed": _faster,
    "begun a frame later": lambda plan: _from(plan, 16 / 30),
    "longer at the end": lambda plan: _from(plan, 0.5, 9.9),
    "a picture fade at the end": lambda plan: replace(plan, picture_fade_out=Time.from_seconds(1)),
    "a title in the middle": lambda plan: replace(plan, titles=(_title(4.5, 5.5),)),
}
REUSED_S = {  # nothing is said in the last second
    "the same again": 9.0,
    "louder": 9.0,
    "another style": 1.0,
    "longer at the end": 8.0,
    "a title in the middle": 7.0,
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_a_change_leaves_to_be_used_again(case: str, plan: RenderPlan, export: Export) -> None:
    square, size = replace(plan, aspect=Aspect.SQUARE), Size(180, 180)
    export(square, "first.mp4", size=size)
    found = export(CHANGES[case](square), "second.mp4", size=size)
    assert found.reused_s == REUSED_S.get(case, 0.0)


def test_a_recording_that_was_replaced_is_read_again(
    plan: RenderPlan, export: Export, tmp_path: Path
) -> None:
    export(plan, "first.mp4")
    film = tmp_path / "film.mp4"
    os.utime(film, (1, 1))
    assert export(plan, "second.mp4").reused_s == 0


@pytest.mark.parametrize("fps", ["30000/1001", "24"])
def test_other_rates_and_an_intro(fps: str, export: Export, tmp_path: Path) -> None:
    intro = makers.make_video(tmp_path / "intro.mp4", 1.2, "320x180", audio=None)
    film = make_numbered(tmp_path / "film.mp4", fps=fps, extra=("-an",))
    plan = plan_of(film, 0.5, 9.5, words=spoken(WORDS, every_s=0.37), style=caption_styles()["karaoke"])
    plan = replace(plan, intro=Bookend(str(intro), probe(intro)))
    export(plan, "first.mp4")
    again = reworded(plan, 4.5, "OTHER")
    found = export(again, "second.mp4")
    every, intro_frames = encoders.keyframe_every(plan.fps), plan.intro_frames
    assert found.reused_s > 4
    assert found.report.frames == plan.file_frames
    shown = numbers(luma_of(tmp_path / "second.mp4", NUMBERED))[intro_frames:]
    assert shown == list(range(shown[0], shown[0] + plan.frame_count))
    keyframes = [n for n, one in enumerate(packets(tmp_path / "second.mp4")) if one.is_keyframe]
    assert keyframes == list(range(0, plan.file_frames, every))


# --- what is kept


def files(kept: Kept) -> list[Path]:
    """Oldest use first."""
    return sorted(kept.folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def _bit_changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("harm", [Path.unlink, _bit_changed, _cut_off, lambda path: path.write_bytes(b"")])
def test_a_damaged_segment_costs_its_encoding(
    harm: Callable[[Path], None], plan: RenderPlan, kept: Kept, export: Export, tmp_path: Path
) -> None:
    export(plan, "first.mp4")
    harm(files(kept)[1])
    assert export(plan, "second.mp4").reused_s == 7
    assert changed(tmp_path / "first.mp4", tmp_path / "second.mp4") in ([], [1])
    assert export(plan, "third.mp4").reused_s == 9


def test_segments_that_were_encoded_otherwise_are_not_put_together(
    plan: RenderPlan, kept: Kept, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(plan, "first.mp4")
    real = encoders.video_args
    flat = [*real(X264, plan.fps), "-bf", "0", "-refs", "1"]
    other = Kept(tmp_path / "other", kept.limit_bytes)
    monkeypatch.setattr(encoders, "video_args", lambda *_: flat)
    export(plan, "flat.mp4", kept=other)
    monkeypatch.undo()
    taken = files(kept)[2]
    taken.write_bytes(files(other)[2].read_bytes())  # a whole segment in the place of another one
    found = export(plan, "second.mp4")
    assert found.reused_s == 0
    assert changed(tmp_path / "first.mp4", tmp_path / "second.mp4") == []


def test_the_room_for_segments_is_held_and_what_was_used_last_stays(
    plan: RenderPlan, kept: Kept, export: Export
) -> None:
    export(plan, "first.mp4")
    sizes = {path.name: path.stat().st_size for path in files(kept)}
    assert len(sizes) == 5
    tight = Kept(kept.folder, round(1.1 * sum(sizes.values())))
    again = reworded(plan, 4.5, "OTHER")
    export(again, "second.mp4", kept=tight)
    left = files(kept)
    assert sum(path.stat().st_size for path in left) <= tight.limit_bytes
    assert {path.name for path in left} - set(sizes), "what is new is used last"
    assert export(again, "third.mp4", kept=tight).reused_s == 9
    Kept(kept.folder, 0).tidy()
    assert files(kept) == []


def test_letters_of_the_systems_fonts_are_drawn_again(plan: RenderPlan, export: Export) -> None:
    ethiopic = reworded(plan, 4.5, "ሰላም")  # a font for them may come at any time
    export(ethiopic, "first.mp4")
    assert 4 <= export(ethiopic, "second.mp4").reused_s <= 7


def test_a_picture_held_under_a_size_is_never_put_together(
    plan: RenderPlan, kept: Kept, tmp_path: Path
) -> None:
    tight = replace(X264, max_kbit_s=400)
    for name in ("first.mp4", "second.mp4"):
        found = render_export(plan, NUMBERED, tmp_path / name, tight, tmp_path / "work", kept=kept)
        assert found.reused_s == 0
    assert not kept.folder.exists()


def test_cancelled_between_leaves_what_was_kept(
    plan: RenderPlan, kept: Kept, export: Export, tmp_path: Path
) -> None:
    export(plan, "first.mp4")
    before, cancel = files(kept), CancelToken()
    again = replace(reworded(plan, 0.5, "OTHER"), titles=(_title(8.2, 8.8),))
    with pytest.raises(Cancelled):
        export(again, "second.mp4", cancel=cancel, progress=lambda _event: cancel.cancel())
    assert sorted(files(kept)) == sorted(before)
    assert not (tmp_path / "second.mp4").exists()
    assert 3 <= export(again, "second.mp4").reused_s <= 7


def test_progress_goes_on_over_several_changes(plan: RenderPlan, export: Export) -> None:
    export(plan, "first.mp4")
    seen = list[ProgressEvent]()
    again = replace(reworded(plan, 0.5, "OTHER"), titles=(_title(8.2, 8.8),))
    assert export(again, "second.mp4", progress=seen.append).reused_s > 0
    fractions = [event.fraction or 0.0 for event in seen]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
