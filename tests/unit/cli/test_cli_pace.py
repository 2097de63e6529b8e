"""``viralclip pace``: slow stretches faster, cuts on the beat of the music."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.command_line import CommandLine
from support.rhythm import drums, write_wav
from support.tight_talk import TightTalk, noise, pause, put_talk, say, talk_of


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> TightTalk:
    items = [say("This is how it all began in spring."), pause(1.4), say("We were three people in a room.")]
    laughs = [noise("laugh", 1.0), pause(0.2), say("Nobody knew what to do with all of it.")]
    return talk_of(
        [*items, pause(0.2), *laughs, pause(1.2), say("So we went home.")], tmp_path_factory.mktemp("talk")
    )


@pytest.fixture
def paced(viralclip: CommandLine, talk: TightTalk, tmp_path: Path) -> CommandLine:
    put_talk(viralclip.services.store, talk, tmp_path)
    return viralclip


def test_pauses_play_faster_and_laughter_as_it_was(paced: CommandLine, talk: TightTalk) -> None:
    before = paced.json("clips", "show", "clip_1")
    planned = paced.json("pace", "speed", "clip_1", "--dry-run")
    assert paced.json("clips", "show", "clip_1") == before
    done = paced.json("pace", "speed", "clip_1")
    assert done == planned
    assert done["after_s"] < done["before_s"] - 0.6
    assert all(1 < one["speed"] <= 1.5 for one in done["stretches"])
    [laugh] = talk.of("laugh")
    quiet = [one for one in talk.of("pause") if one.item.seconds > 1]
    for one in quiet:
        middle = (one.start_s + one.end_s) / 2
        assert any(it["start_s"] < middle < it["end_s"] for it in done["stretches"])
    assert all(it["end_s"] <= laugh.start_s or it["start_s"] >= laugh.end_s for it in done["stretches"])
    assert paced.json("clips", "show", "clip_1")["duration_s"] == pytest.approx(done["after_s"])


def test_more_strength_is_faster_and_no_speech_is_hurried(paced: CommandLine, talk: TightTalk) -> None:
    half = paced.json("pace", "speed", "clip_1")
    full = paced.json("pace", "speed", "clip_1", "--strength", "1")
    assert full["after_s"] < half["after_s"]
    assert full["before_s"] == half["before_s"]
    for word in talk.words or talk.heard_by():
        middle = (word.start.seconds + word.end.seconds) / 2
        assert all(it["speed"] <= 1.3 for it in full["stretches"] if it["start_s"] < middle < it["end_s"])
    assert paced.json("pace", "speed", "clip_1", "--strength", "0")["stretches"] == []


def test_one_is_put_back_and_then_all_as_one_entry_each(paced: CommandLine) -> None:
    done = paced.json("pace", "speed", "clip_1")
    one = done["stretches"][0]
    back = paced.json("pace", "back", "clip_1", str(one["part"]))
    assert [it["on"] for it in back["stretches"]] == [False] + [True] * (len(done["stretches"]) - 1)
    assert paced("pace", "back", "clip_1", "99")[0] == 2
    whole = paced.json("pace", "back", "clip_1")
    assert whole["stretches"] == []
    assert whole["after_s"] == pytest.approx(done["before_s"])
    labels = [str(edit.label) for edit in paced.services.store.history("proj_1")][-3:]
    assert labels == ["Auto speed", "Play as recorded", "Remove auto speed"]


def test_cuts_fall_on_the_beat_of_the_music(paced: CommandLine, talk: TightTalk, tmp_path: Path) -> None:
    assert paced("pace", "beat", "clip_1")[0] == 3, "no music, no beat"
    store = paced.services.store
    first, second = (one for one in talk.of("pause") if one.item.seconds > 1)
    ranges = stored.ranges(
        (0.0, first.start_s + 0.35),
        (first.start_s + 0.8, second.start_s + 0.5),
        (second.start_s + 0.8, second.end_s + 1.5),
    )
    with store.transaction("Cut", "proj_1") as tx:
        tx.put(replace(store.clip("clip_1"), parts=ranges))
    song = write_wav(tmp_path / "song.wav", drums(120, 12.0)[0])
    paced.json("layers", "add", "clip_1", "music", str(song))
    done = paced.json("pace", "beat", "clip_1")
    assert done["on_beat_before"] < done["on_beat"] == len(done["edges"]) == 2
    beats = drums(120, 12.0)[1]
    assert all(min(abs(beats - at)) <= 0.04 for at in done["edges"])
    assert str(store.history("proj_1")[-1].label) == "Cut to the beat"
