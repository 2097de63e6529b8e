"""``viralclip tighten`` and what brings its cuts back."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import CommandLine
from support.tight_talk import TightTalk, filler, pause, put_talk, say, talk_of


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> TightTalk:
    items = [say("This is how it began."), pause(1.8), say("We were"), pause(0.2), filler("um"), pause(0.2)]
    return talk_of([*items, say("three people in a room.")], tmp_path_factory.mktemp("talk"))


@pytest.fixture
def tight(viralclip: CommandLine, talk: TightTalk, tmp_path: Path) -> CommandLine:
    put_talk(viralclip.services.store, talk, tmp_path)
    return viralclip


def test_a_clip(tight: CommandLine) -> None:
    before = tight.json("clips", "show", "clip_1")
    planned = tight.json("tighten", "clip_1", "--dry-run")
    assert tight.json("clips", "show", "clip_1") == before
    done = tight.json("tighten", "clip_1")
    assert done == planned
    assert [(cut["kind"], cut["text"]) for cut in done["cuts"]] == [("silence", ""), ("filler", "um")]
    assert set(done["cuts"][0]) == {"id", "start_s", "end_s", "asset_id", "kind", "text"}
    saved = sum(cut["end_s"] - cut["start_s"] for cut in done["cuts"])
    assert done["before_s"] - done["after_s"] == pytest.approx(saved, abs=1e-4)
    after = tight.json("clips", "show", "clip_1")
    assert after["duration_s"] == pytest.approx(done["after_s"])
    assert [cut["made"] for cut in after["tightened"]] == [True, True]


def test_one_cut_is_restored(tight: CommandLine) -> None:
    silence, um = tight.json("tighten", "clip_1")["cuts"]
    tight.json("clips", "restore", "clip_1", "--cut", um["id"])
    after = tight.json("clips", "show", "clip_1")
    assert [cut["made"] for cut in after["tightened"]] == [True, False]
    assert after["cuts"] == [{"start_s": silence["start_s"], "end_s": silence["end_s"]}]
    code, _, told = tight("clips", "restore", "clip_1", "--cut", "filler-1-2")
    assert code == 3
    assert "filler-1-2" in told


def test_a_recording(tight: CommandLine) -> None:
    told = tight.json("tighten", "src_1", "--strength", "1")
    assert told["clips"] == ["clip_1"]
    assert told["before_s"] == pytest.approx(
        tight.services.store.source("src_1").info.duration.seconds, abs=1e-4
    )
    assert tight.json("clips", "show", "clip_1")["duration_s"] == pytest.approx(told["after_s"], abs=1e-4)
    tight.json("undo", "proj_1")
    assert tight.json("clips", "show", "clip_1")["tightened"] == []


def test_for_people(tight: CommandLine) -> None:
    code, out, _ = tight("tighten", "clip_1", "--dry-run")
    assert code == 0
    assert "filler   um" in out
    assert "s would be shorter, 2 cuts" in out


def test_what_is_wrong(tight: CommandLine) -> None:
    assert tight("tighten", "nothing")[0] == 3
    with pytest.raises(SystemExit) as usage:
        tight("tighten", "clip_1", "--strength", "2")
    assert usage.value.code == 2


def test_a_whole_recording_is_one_clip_whose_cuts_come_back_one_by_one(tight: CommandLine) -> None:
    planned = tight.json("tighten", "src_1", "--dry-run")
    done = tight.json("tighten", "src_1", "--whole")
    assert done["cuts"] == planned["cuts"]
    [clip_id] = done["clips"]
    clip = tight.json("clips", "show", clip_id)
    assert clip["duration_s"] == pytest.approx(planned["after_s"])
    assert tight.json("clips", "show", "clip_1")["tightened"] == []
    tight.json("clips", "restore", clip_id, "--cut", done["cuts"][0]["id"])
    assert [cut["made"] for cut in tight.json("clips", "show", clip_id)["tightened"]] == [False, True]
    store = tight.services.store
    store.undo("proj_1")
    store.undo("proj_1")
    assert [clip.id for clip in store.clips("src_1")] == ["clip_1"], "made and cut as one entry"


def test_a_recording_without_clips_says_what_to_do(tight: CommandLine) -> None:
    tight.json("clips", "delete", "clip_1")
    assert tight.json("tighten", "src_1", "--dry-run")["cuts"]
    assert tight("tighten", "src_1")[0] == 2
