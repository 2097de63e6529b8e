"""``viralclip reframe``: shots with reasons, the path of the crop, and the wishes that change them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.command_line import CommandLine
from support.faces import Head, face_of, make_film
from support.projects import add_project

from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.domain.crop_path import crop_shares
from viralclip_desktop.domain.faces import Face

LEFT, RIGHT = Head(0.2, 0.5, 0.4), Head(0.8, 0.5, 0.4)
SIZE = 640, 360


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One at the left, then one at the right, then both; 12 s."""
    return make_film(
        tmp_path_factory.mktemp("reframe") / "talk.mp4",
        [(4.0, [LEFT]), (4.0, [RIGHT]), (4.0, [LEFT, RIGHT])],
        *SIZE,
    )


@pytest.fixture
def clip_id(viralclip: CommandLine, film: Path) -> str:
    source = add_project(viralclip.services, film, clips=0)
    clip = viralclip.json("clips", "add", source.id, "--start", "0", "--end", "12")
    return str(clip["id"])


def crop_at(document: dict[str, Any], at_s: float, panel: int = 0) -> Face:
    """Where the crop is, read as the help says: even between two points."""
    points = [point for point in document["path"] if point["panel"] == panel]
    before = max((p for p in points if p["at_s"] <= at_s), key=lambda p: p["at_s"])
    after = min((p for p in points if p["at_s"] >= at_s), key=lambda p: p["at_s"], default=before)
    span = max(1e-9, after["at_s"] - before["at_s"])
    share = (at_s - before["at_s"]) / span
    x, y, zoom = (before[name] + (after[name] - before[name]) * share for name in ("x", "y", "zoom"))
    panels = max(point["panel"] for point in document["path"] if abs(point["at_s"] - at_s) < 4) + 1
    width, height = crop_shares(Size(*SIZE), float(Aspect.VERTICAL.ratio) * panels, zoom)
    return Face(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def inside(head: Head, crop: Face) -> bool:
    face = face_of(head, *SIZE)
    return crop.left <= face.left and face.right <= crop.right


def test_new_clips_hold_who_is_there_by_themselves(viralclip: CommandLine, clip_id: str) -> None:
    told = viralclip.json("reframe", clip_id)
    assert told["mode"] == "auto"
    assert told["shots"][0]["start_s"] == 0
    assert told["shots"][-1]["end_s"] == 12
    assert [shot["mode"] for shot in told["shots"]][:2] == ["crop", "crop"]
    assert told["shots"][1]["start_s"] == pytest.approx(4, abs=0.05)
    assert all(shot["reason"].endswith(".") for shot in told["shots"])
    assert inside(LEFT, crop_at(told, 2))
    assert not inside(RIGHT, crop_at(told, 2))
    assert inside(RIGHT, crop_at(told, 6))
    assert len(told["faces"]) == 2


def test_one_person_can_be_held_all_the_time(viralclip: CommandLine, clip_id: str) -> None:
    faces = viralclip.json("reframe", clip_id)["faces"]
    right = max(faces, key=lambda face: face["x"])
    locked = viralclip.json("reframe", clip_id, "--lock", right["id"])
    assert locked["shots"][-1]["reason"] == "You locked the frame on this person."
    assert inside(RIGHT, crop_at(locked, 10))
    again = viralclip.json("reframe", clip_id, "--unlock")
    assert again["shots"][-1]["reason"] != "You locked the frame on this person."


def test_the_modes_and_the_old_names_for_two_of_them(viralclip: CommandLine, clip_id: str) -> None:
    fitted = viralclip.json("reframe", clip_id, "--mode", "fit")
    assert [shot["mode"] for shot in fitted["shots"]] == ["fit"]
    assert fitted["path"] == []
    split = viralclip.json("reframe", clip_id, "--mode", "split")
    assert split["shots"][-1]["mode"] == "split"
    assert {point["panel"] for point in split["path"] if point["at_s"] > 8} == {0, 1}
    viralclip.json("clips", "framing", clip_id, "crop", "--centre", "0.3")
    manual = viralclip.json("reframe", clip_id)
    assert [shot["mode"] for shot in manual["shots"]] == ["manual"]
    assert manual["path"][0]["x"] == 0.3
    viralclip.json("reframe", clip_id, "--mode", "auto")
    viralclip.json("keyframes", "set", clip_id, "--at", "1", "--x", "0.6")
    by_hand = viralclip.json("reframe", clip_id)
    assert [shot["mode"] for shot in by_hand["shots"]] == ["manual"], "the user's keys win"
    assert viralclip.json("reframe", clip_id, "--mode", "auto")["shots"][0]["mode"] == "crop"


def test_what_is_no_face_is_told(viralclip: CommandLine, clip_id: str) -> None:
    assert viralclip("reframe", clip_id, "--lock", "nobody")[0] == 2
    assert viralclip("reframe", clip_id, "--mode", "fit", "--lock", "1:0.5:0.5")[0] == 2
    assert viralclip("reframe", "clip_none")[0] == 3
