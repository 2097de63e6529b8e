"""New clips wear the default brand kit, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored, talks
from support.cli_desk import make_desk
from support.spoken import end_s, spoken

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.desk import Desk
from viralclip_desktop.features.workflows.main_job import MAIN_JOB, MainJobOptions, MainJobRequest

TALK = spoken(talks.INTERVIEW)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path / "home")
    info = replace(stored.source().info, duration=Time.from_seconds(end_s(TALK)))
    with desk.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(replace(stored.source(), info=info))
        tx.put_transcript("src_1", TALK)
    yield desk
    desk.close()


def found(desk: Desk, options: MainJobOptions) -> set[tuple[str, str]]:
    """Kit and caption style of the clips that the finder makes."""
    clips = desk.find("src_1", options, ignore_progress, CancelToken())
    assert clips
    return {(clip.brand_kit, clip.caption_style) for clip in clips}


def test_found_clips_wear_the_default_kit_in_the_same_edit(desk: Desk) -> None:
    assert found(desk, MainJobOptions()) == {("", "karaoke")}
    kit = desk.editing.put_brand_kit(BrandKit("", "Ours", caption_style="pop", is_default=True))
    assert found(desk, MainJobOptions()) == {(kit.id, "pop")}
    assert [entry.label for entry in desk.store.history("proj_1")] == ["Import", "Find clips", "Find clips"]
    desk.undo("proj_1")
    assert {clip.brand_kit for clip in desk.store.clips("src_1")} == {""}


def test_what_was_asked_for_wins(desk: Desk) -> None:
    ours = desk.editing.put_brand_kit(BrandKit("", "Ours", caption_style="pop", is_default=True))
    theirs = desk.editing.put_brand_kit(BrandKit("", "Theirs"))
    assert found(desk, MainJobOptions(style="box", style_wins=True)) == {(ours.id, "box")}
    assert found(desk, MainJobOptions(style="box")) == {(ours.id, "pop")}
    assert found(desk, MainJobOptions(brand=theirs.id, style="box")) == {(theirs.id, "box")}
    assert found(desk, MainJobOptions(brand="")) == {("", "karaoke")}
    with pytest.raises(NotFound):
        found(desk, MainJobOptions(brand="kit_gone"))


def test_a_clip_made_by_hand_looks_as_settings_and_kit_say(desk: Desk) -> None:
    def made() -> Clip:
        return desk.add_clip("src_1", TimeRange.from_seconds(2, 9), "By hand")

    desk.settings.set(aspect=Aspect.SQUARE, caption_style="minimal")
    plain = made()
    assert (plain.aspect, plain.caption_style, plain.brand_kit) == (Aspect.SQUARE, "minimal", "")
    kit = desk.editing.put_brand_kit(BrandKit("", "Ours", caption_style="pop", is_default=True))
    branded = made()
    assert (branded.aspect, branded.caption_style, branded.brand_kit) == (Aspect.SQUARE, "pop", kit.id)
    assert desk.undo("proj_1") == "Add clip"
    assert [clip.id for clip in desk.store.clips("src_1")] == [plain.id]


def test_an_older_job_is_taken_up_again() -> None:
    wanted = MainJobRequest(Path("talk.mp4"), MainJobOptions(brand="kit_1", style_wins=True))
    payload = MAIN_JOB.payload(wanted)
    assert MAIN_JOB.request_from(payload) == wanted
    older = {name: value for name, value in payload["options"].items() if name not in {"brand", "style_wins"}}
    assert MAIN_JOB.request_from({"path": "talk.mp4", "options": older}).options == MainJobOptions()
