"""New clips wear the default brand kit, whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored, talks
from support.command_line import make_services
from support.spoken import end_s, spoken

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.orders import MainJobOptions, new_clip_look
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.main_job import MAIN_JOB, MainJobRequest
from viralclip_desktop.features.workflows.main_job import find as find_moments

TALK = spoken(talks.INTERVIEW)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services = make_services(tmp_path / "home")
    info = replace(stored.source().info, duration=Time.from_seconds(end_s(TALK)))
    with services.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.source(info=info))
        tx.put_transcript("src_1", TALK)
    yield services
    services.close()


def found(services: Services, options: MainJobOptions) -> set[tuple[str, str]]:
    """Kit and caption style of the clips that the finder makes."""
    clips = find_moments(services, "src_1", options, ignore_progress, CancelToken())
    assert clips
    return {(clip.brand_kit, clip.caption_style) for clip in clips}


def test_found_clips_wear_the_default_kit_in_the_same_edit(services: Services) -> None:
    assert found(services, MainJobOptions()) == {("", "karaoke")}
    kit = editing.put_brand_kit(services.store, BrandKit("", "Ours", caption_style="pop", is_default=True))
    assert found(services, MainJobOptions()) == {(kit.id, "pop")}
    assert [entry.label for entry in services.store.history("proj_1")] == [
        "Import",
        "Find clips",
        "Find clips",
    ]
    services.store.undo("proj_1")
    assert {clip.brand_kit for clip in services.store.clips("src_1")} == {""}


def test_what_was_asked_for_wins(services: Services) -> None:
    ours = editing.put_brand_kit(services.store, BrandKit("", "Ours", caption_style="pop", is_default=True))
    theirs = editing.put_brand_kit(services.store, BrandKit("", "Theirs"))
    assert found(services, MainJobOptions(style="box", style_wins=True)) == {(ours.id, "box")}
    assert found(services, MainJobOptions(style="box")) == {(ours.id, "pop")}
    assert found(services, MainJobOptions(brand=theirs.id, style="box")) == {(theirs.id, "box")}
    assert found(services, MainJobOptions(brand="")) == {("", "karaoke")}
    with pytest.raises(NotFound):
        found(services, MainJobOptions(brand="kit_gone"))


def test_a_clip_made_by_hand_looks_as_settings_and_kit_say(services: Services) -> None:
    def made() -> Clip:
        look = new_clip_look(services.settings.values)
        return editing.add_clip(services.store, "src_1", TimeRange.from_seconds(2, 9), "By hand", look=look)

    services.settings.set(aspect=Aspect.SQUARE, caption_style="minimal")
    plain = made()
    assert (plain.aspect, plain.caption_style, plain.brand_kit) == (Aspect.SQUARE, "minimal", "")
    kit = editing.put_brand_kit(services.store, BrandKit("", "Ours", caption_style="pop", is_default=True))
    branded = made()
    assert (branded.aspect, branded.caption_style, branded.brand_kit) == (Aspect.SQUARE, "pop", kit.id)
    assert services.store.undo("proj_1") == "Add clip"
    assert [clip.id for clip in services.store.clips("src_1")] == [plain.id]


def test_an_older_job_is_taken_up_again() -> None:
    wanted = MainJobRequest(Path("talk.mp4"), MainJobOptions(brand="kit_1", style_wins=True))
    payload = MAIN_JOB.payload(wanted)
    assert MAIN_JOB.request_from(payload) == wanted
    older = {name: value for name, value in payload["options"].items() if name not in {"brand", "style_wins"}}
    assert MAIN_JOB.request_from({"path": "talk.mp4", "options": older}).options == MainJobOptions()
