"""``viralclip clips`` and what lies in a clip, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import makers, stored
from support.command_line import CommandLine


def test_cut_by_time_by_words_and_back(viralclip: CommandLine) -> None:
    cut = viralclip.json("clips", "cut", "clip_1", "--from", "10", "--to", "12.5")
    assert cut["cuts"] == [{"start_s": 10.0, "end_s": 12.5}]
    assert cut["duration_s"] == pytest.approx(23.75)
    later = viralclip.json("clips", "cut", "clip_1", "--from", "0", "--to", "1", "--clip-time")
    assert later["start_s"] == 6.25, "what is cut at an end moves that end"
    viralclip.json("clips", "trim", "clip_1", "--from", "0")
    worded = viralclip.json("clips", "cut", "clip_1", "--words", "2-3")
    assert {"start_s": 0.95, "end_s": 1.95} in worded["cuts"]
    assert len(viralclip.json("clips", "restore", "clip_1", "--words", "2-3")["cuts"]) == 1
    back = viralclip.json("clips", "restore", "clip_1", "--from", "10", "--to", "12.5")
    assert back["cuts"] == []
    viralclip("clips", "cut", "clip_1", "--from", "9", "--to", "10")
    assert viralclip.json("clips", "restore", "clip_1", "--all")["cuts"] == []
    assert "cut out: 0:07.0 to 0:08.0" in viralclip("clips", "cut", "clip_1", "--from", "7", "--to", "8")[1]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("cut", "clip_1", "--from", "9", "--to", "8"), 2, "--to after the --from"),
        (("cut", "clip_1"), 2, "--to after the --from"),
        (("cut", "clip_1", "--words", "900"), 2, "There is no word 900"),
        (("cut", "clip_1", "--from", "0", "--to", "60"), 2, "At least one second"),
        (("restore", "clip_1"), 2, "--all"),
        (("cut", "clip_x", "--from", "1", "--to", "2"), 3, "clip_x"),
        (("split", "clip_1", "--at", "5.3"), 2, "close to its end"),
        (("style", "clip_1", "nosuch"), 2, "no caption style"),
        (("style", "clip_1"), 2, "--reset"),
        (("style", "clip_1", "--set", "sise=1"), 2, "no caption property “sise”"),
        (("style", "clip_1", "--set", "animation=fly"), 2, "Choose one of: sweep"),
        (("style", "clip_1", "--set", "size=large"), 2, "Give a number"),
        (("style", "clip_1", "--set", "fill=red"), 2, "#RRGGBB"),
        (("rename", "clip_1", " "), 2, "needs a title"),
        (("style", "clip_1", "pop", "--set", "size=9"), 2, "Give a number from 0.01 to 0.5"),
        (("style", "clip_1", "--set", "max-words=0"), 2, "Give a number from 1 to 50"),
        (("trim", "clip_1", "--from", "70", "--to", "80"), 2, "The recording ends at 1:00.0"),
        (("trim", "clip_1", "--to", "80"), 2, "The recording ends at 1:00.0"),
        (("trim", "clip_1", "--from", "40"), 2, "At least one second"),
        (("add", "src_1", "--from", "70", "--to", "80"), 2, "The recording ends at 1:00.0"),
        (("cut", "clip_1", "--from", "40", "--to", "50"), 2, "It plays 0:05.2 to 0:31.5"),
        (("cut", "clip_1", "--from", "70", "--to", "80"), 2, "The recording ends at 1:00.0"),
        (("cut", "clip_1", "--from", "40", "--to", "50", "--clip-time"), 2, "It plays 0:26.2 of clip time"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    viralclip: CommandLine, args: tuple[str, ...], code: int, told: str
) -> None:
    found, out, error = viralclip("clips", *args)
    assert (found, out) == (code, "")
    assert told in error
    assert error.count("\n") == 1
    assert len(viralclip.json("history", "proj_1")) == 1


def test_split_duplicate_order_delete(viralclip: CommandLine) -> None:
    first, second = viralclip.json("clips", "split", "clip_1", "--at", "20")
    assert (first["end_s"], second["start_s"], second["rank"]) == (20.0, 20.0, 2)
    copy = viralclip.json("clips", "duplicate", "clip_1")
    assert (copy["rank"], copy["start_s"]) == (2, 5.25)
    ordered = viralclip.json("clips", "order", second["id"], copy["id"], "clip_1")
    assert [one["id"] for one in ordered] == [second["id"], copy["id"], "clip_1"]
    left = viralclip.json("clips", "delete", second["id"], copy["id"])
    assert [(one["id"], one["rank"]) for one in left] == [("clip_1", 1)]
    assert viralclip.json("undo", "proj_1")["label"] == "Delete 2 clips"
    assert len(viralclip.json("clips", "list")) == 3


def test_reviewed_clips_say_so_and_dropped_ones_come_last(viralclip: CommandLine) -> None:
    second = viralclip.json("clips", "duplicate", "clip_1")
    assert second["review"] == ""
    assert viralclip.json("clips", "review", "clip_1", "drop")["review"] == "dropped"
    assert viralclip.json("clips", "review", second["id"], "keep")["review"] == "kept"
    assert [one["id"] for one in viralclip.json("clips", "list")] == [second["id"], "clip_1"]
    assert "(dropped)" in viralclip("clips", "show", "clip_1")[1]
    assert viralclip.json("clips", "duplicate", second["id"])["review"] == "", "a copy was not looked at"
    viralclip("undo", "proj_1")
    labels = [one["label"] for one in viralclip.json("history", "proj_1")]
    assert [label for label in labels if label.endswith(("Drop clip", "Keep clip"))] == [
        "Drop clip",
        "Keep clip",
    ]
    viralclip("undo", "proj_1")
    assert viralclip.json("clips", "show", second["id"])["review"] == ""
    assert viralclip.json("clips", "review", "clip_1", "clear")["review"] == ""
    assert viralclip.json("clips", "list")[0]["id"] == "clip_1"


def test_a_dropped_clip_is_not_exported_with_its_project(viralclip: CommandLine) -> None:
    copy = viralclip.json("clips", "duplicate", "clip_1")
    both = viralclip.json("export", "--project", "proj_1", "--estimate")
    viralclip("clips", "review", copy["id"], "drop")
    one = viralclip.json("export", "--project", "proj_1", "--estimate")
    assert (both["files"], one["files"]) == (2, 1)


def test_looks(viralclip: CommandLine) -> None:
    styled = viralclip.json("clips", "style", "clip_1", "pop", "--set", "size=0.07", "--set", "fill=#ff00aa")
    assert (styled["caption_style"], styled["captions_adjusted"]) == ("pop", True)
    look = viralclip.services.store.clip("clip_1").caption_override
    assert look
    assert (look.size, look.fill, look.label) == (0.07, "#FF00AA", "Pop")
    more = ("case=upper", "keywords=one, two", "emoji=off", "box=none", "max-words=3")
    viralclip.json("clips", "style", "clip_1", *(part for text in more for part in ("--set", text)))
    look = viralclip.services.store.clip("clip_1").caption_override
    assert look
    assert (look.size, look.case, look.keywords, look.emoji) == (0.07, "upper", ("one", "two"), False)
    assert (look.box, look.max_words) == ("#00000000", 3)
    assert viralclip.json("clips", "style", "clip_1", "--reset")["captions_adjusted"] is False
    labels = [one["label"] for one in viralclip.json("history", "proj_1")]
    assert labels[1:] == ["Change caption style"] * 3
    assert viralclip.json("clips", "captions", "clip_1", "off")["captions_on"] is False
    assert viralclip.json("clips", "shape", "clip_1", "1:1")["aspect"] == "1:1"
    framed = viralclip.json("clips", "framing", "clip_1", "crop", "--centre", "0.25")
    assert (framed["framing"], framed["centre_x"]) == ("crop", 0.25)
    assert viralclip.json("clips", "framing", "clip_1", "fit")["centre_x"] == 0.25
    assert viralclip.json("clips", "sound", "clip_1", "--volume", "-6.5")["original_volume_db"] == -6.5
    assert viralclip.json("clips", "sound", "clip_1", "--mute")["original_volume_db"] == -60


def test_one_look_for_all_clips(viralclip: CommandLine) -> None:
    viralclip.json("clips", "duplicate", "clip_1")
    viralclip.json("clips", "style", "clip_1", "pop", "--set", "size=0.09", "--share")
    looks = {(one["caption_style"], one["captions_adjusted"]) for one in viralclip.json("clips", "list")}
    assert looks == {("pop", True)}
    assert viralclip.json("undo", "proj_1")["label"] == "Apply captions to all clips"


def test_markers(viralclip: CommandLine) -> None:
    viralclip.json("markers", "add", "clip_1", "--at", "12", "--label", "Laugh")
    viralclip.json("markers", "add", "clip_1", "--at", "8")
    assert viralclip.json("markers", "list", "clip_1") == [
        {"at_s": 8.0, "label": ""},
        {"at_s": 12.0, "label": "Laugh"},
    ]
    assert viralclip.json("markers", "rename", "clip_1", "--at", "8.05", "--label", "Start")[0] == {
        "at_s": 8.0,
        "label": "Start",
    }
    assert viralclip.json("markers", "move", "clip_1", "--at", "8", "--to", "9")[0]["at_s"] == 9.0
    assert [one["at_s"] for one in viralclip.json("markers", "remove", "clip_1", "--at", "9")] == [12.0]
    code, _, told = viralclip("markers", "remove", "clip_1", "--at", "9")
    assert (code, "no marker at 9 s" in told) == (3, True)


def test_keyframes(viralclip: CommandLine) -> None:
    viralclip.json("keyframes", "set", "clip_1", "--at", "10", "--x", "0.2", "--zoom", "1.5")
    changed = viralclip.json("keyframes", "set", "clip_1", "--at", "10", "--easing", "linear")
    key = {"at_s": 10.0, "centre_x": 0.2, "centre_y": 0.5, "zoom": 1.5, "easing": "linear"}
    assert changed == [key]
    assert viralclip.json("keyframes", "move", "clip_1", "--at", "10", "--to", "11")[0]["at_s"] == 11.0
    viralclip.json("keyframes", "set", "clip_1", "--at", "20")
    assert len(viralclip.json("keyframes", "remove", "clip_1", "--at", "11")) == 1
    assert viralclip.json("keyframes", "clear", "clip_1") == []
    assert viralclip("keyframes", "remove", "clip_1", "--at", "1")[0] == 3


def test_a_picture_with_nothing_said_leaves_the_clip_in_sight(viralclip: CommandLine, tmp_path: Path) -> None:
    still, film = makers.make_still(tmp_path / "card.png"), makers.make_video(tmp_path / "roll.mp4", 1.0)
    over = viralclip.json("layers", "add", "clip_1", "picture", str(still))
    assert over["width"] < 0.5
    assert 0.5 < over["x"] + over["width"] < 1, "in the right corner"
    assert over["y"] < 0.1, "far from the captions"
    wide = viralclip.json("layers", "add", "clip_1", "picture", str(still), "--width", "0.8")
    assert wide["x"] + wide["width"] < 1, "and still inside the frame where a width is asked for"
    roll = viralclip.json("layers", "add", "clip_1", "picture", str(film))
    assert roll["width"] == 1, "a film is shown in place of the recording"


def test_layers(viralclip: CommandLine, tmp_path: Path) -> None:
    tone, still = makers.make_sound(tmp_path / "bed.wav", 4.0), makers.make_still(tmp_path / "card.png")
    music = viralclip.json("layers", "add", "clip_1", "music", str(tone), "--duck", "-9")
    assert (music["start_s"], music["end_s"], music["volume_db"]) == (0, 26.25, -10)
    assert (music["duck_db"], music["fade_s"], music["loop"]) == (-9, 1, True)
    over = viralclip.json("layers", "add", "clip_1", "picture", str(still), "--from", "2", "--width", "0.4")
    assert (over["start_s"], over["end_s"], over["width"]) == (2, 6, 0.4)
    voice = viralclip.json("layers", "add", "clip_1", "voice", str(tone), "--from", "25")
    assert (voice["start_s"], voice["end_s"], voice["volume_db"]) == (25, 26.25, 0)
    changed = viralclip.json(
        "layers", "change", "clip_1", music["id"], "--volume", "-24", "--to", "10", "--no-loop"
    )
    assert changed == music | {"volume_db": -24, "end_s": 10, "loop": False}
    lifted = viralclip.json("layers", "lift", "clip_1", "--from", "2", "--to", "5")
    assert [one["kind"] for one in lifted["layers"]] == ["music", "music", "picture", "voice"]
    left = viralclip.json("layers", "remove", "clip_1", music["id"], voice["id"])
    assert len(left["layers"]) == 2
    assert viralclip("layers", "remove", "clip_1", "layer_x")[0] == 3
    code, _, told = viralclip("layers", "add", "clip_1", "music", str(still))
    assert (code, "card.png has no sound." in told) == (3, True)
    assert viralclip("layers", "add", "clip_1", "music", str(tmp_path / "gone.wav"))[0] == 3


def test_parts(viralclip: CommandLine) -> None:
    assert len(viralclip.json("parts", "split", "clip_1", "--at", "20")) == 2
    moved = viralclip.json("parts", "move", "clip_1", "1", "0")
    assert [one["start_s"] for one in moved] == [20.0, 5.25]
    viralclip.json("parts", "move", "clip_1", "1", "0")
    trimmed = viralclip.json("parts", "trim", "clip_1", "0", "--to", "18")
    assert (trimmed[0]["start_s"], trimmed[0]["end_s"]) == (5.25, 18.0)
    code, _, told = viralclip("parts", "move", "clip_1", "7", "0")
    assert (code, "numbered from 0 to 1" in told) == (2, True)


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("add", "clip_1", "--card", "x", "--place", "99"), 2, "There is no place 99"),
        (("add", "clip_1", "--card", "x", "--place", "-1"), 2, "places 0 to 1"),
        (("add", "clip_1", "--card", ""), 2, "A card needs text"),
        (("add", "clip_1", "--card", "x", "--length", "0"), 2, "from 0.1 to 600 seconds"),
        (("join", "clip_1", "--at", "20"), 3, "There is no joint of two parts at 20 s"),
    ],
)
def test_parts_that_cannot_be_are_one_sentence(
    viralclip: CommandLine, args: tuple[str, ...], code: int, told: str
) -> None:
    found, out, error = viralclip("parts", *args)
    assert (found, out, error.count("\n")) == (code, "", 1)
    assert told in error
    assert len(viralclip.json("history", "proj_1")) == 1


def test_parts_that_meet_are_joined(viralclip: CommandLine) -> None:
    viralclip.json("parts", "split", "clip_1", "--at", "20.04")
    assert len(viralclip.json("parts", "join", "clip_1", "--at", "20")) == 1


def test_parts_of_another_recording_cards_stills_and_speeds(viralclip: CommandLine, tmp_path: Path) -> None:
    with viralclip.services.store.transaction("Other", undoable=False) as tx:
        tx.put(stored.project("proj_2", "Other"))
        tx.put(stored.source("src_2", "proj_2"))
    viralclip.json("parts", "add", "clip_1", "--from", "src_2", "--start", "10", "--end", "12")
    still = makers.make_still(tmp_path / "chart.png")
    viralclip.json("parts", "add", "clip_1", "--still", str(still), "--length", "1", "--place", "0")
    viralclip.json("parts", "add", "clip_1", "--card", "The end", "--length", "1.5")
    found = viralclip.json("parts", "speed", "clip_1", "2", "3/2")
    assert [(one["start_s"], one["end_s"], one["speed"]) for one in found] == [
        (0, 1, 1), (5.25, 31.5, 1), (10, 12, 1.5), (0, 1.5, 1),
    ]  # fmt: skip
    assert [one["asset_id"] for one in found][1:] == ["asset_1", "asset_2", None]
    assert found[3]["card"] == "The end"
    shown = viralclip.json("clips", "show", "clip_1")
    assert shown["parts"] == found
    assert (shown["start_s"], shown["end_s"]) == (None, None), "it begins with a still"
    viralclip.json("parts", "move", "clip_1", "2", "0")
    assert viralclip.json("clips", "show", "clip_1")["start_s"] == 10
    with pytest.raises(SystemExit, match="2"):
        viralclip("parts", "speed", "clip_1", "0", "9")
    assert viralclip("parts", "add", "clip_1", "--from", "src_2", "--start", "90", "--end", "95")[0] == 2
    assert viralclip("parts", "add", "clip_1", "--still", str(tmp_path / "gone.png"))[0] == 3
    assert len(viralclip.json("parts", "remove", "clip_1", "0")) == 3
