"""``viralclip brands``, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import makers, stored
from support.cli_desk import CommandLine, make_desk

from viralclip_desktop.cli.brands import named
from viralclip_desktop.cli.make import brand_all
from viralclip_desktop.core.errors import UsageError


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    desk = make_desk(tmp_path / "home")
    stored.fill(desk.store)
    yield CommandLine(desk, capsys)
    desk.close()


def test_add_list_remove(viralclip: CommandLine, tmp_path: Path) -> None:
    logo = makers.make_still(tmp_path / "our logo.png")
    look = ("--corner", "bottom-left", "--colours", "#112233,#ffcc00", "--title", "Ada", "--style", "pop")
    made = viralclip.json("brands", "add", "Ours", "--logo", str(logo), *look, "--default")
    assert made["logo"] == {
        "path": str(logo), "corner": "bottom-left", "size": 0.16, "margin": 0.05, "opacity": 1.0,
    }  # fmt: skip
    assert (made["colours"], made["default"], made["caption_style"]) == (["#112233", "#FFCC00"], True, "pop")
    assert viralclip.json("brands", "list") == [made]
    assert "Ours  logo our logo.png, bottom-left  default" in viralclip("brands", "list")[1]
    assert viralclip.json("brands", "remove", "ours") == {"id": made["id"], "name": "Ours", "removed": True}
    assert viralclip("brands", "list")[1] == "No brand kits yet.\n"


@pytest.mark.parametrize(
    ("wrong", "code", "told"),
    [
        (("--logo", "gone.png"), 3, "gone.png"),
        (("--style", "nosuch"), 2, "nosuch"),
        (("--font", "gone.ttf"), 3, "gone.ttf"),
    ],
)
def test_what_cannot_be_used_is_refused(
    viralclip: CommandLine, wrong: tuple[str, str], code: int, told: str
) -> None:
    found, _, error = viralclip("brands", "add", "Ours", *wrong)
    assert (found, told in error) == (code, True)
    assert viralclip.json("brands", "list") == []


def test_sound_is_no_logo_and_names_are_taken_once(viralclip: CommandLine, tmp_path: Path) -> None:
    sound = makers.make_sound(tmp_path / "s.wav")
    assert viralclip("brands", "add", "Ours", "--logo", str(sound))[0] == 3
    assert viralclip("brands", "add", "Ours")[0] == 0
    assert viralclip("brands", "add", "OURS")[0] == 2


def test_make_knows_a_kit_by_name_or_id(viralclip: CommandLine) -> None:
    made = viralclip.json("brands", "add", "Ours", "--style", "pop")
    store = viralclip.desk.store
    assert named(store, "ours") == named(store, made["id"])
    with pytest.raises(UsageError, match="Choose one of: Ours"):
        named(store, "theirs")
    assert viralclip("make", "x.mp4", "--brand", "theirs")[0] == 2


def test_a_style_that_was_typed_wins_over_the_kits(viralclip: CommandLine) -> None:
    viralclip.json("brands", "add", "Ours", "--style", "pop")
    desk = viralclip.desk
    kit, clips = named(desk.store, "Ours"), [desk.store.clip("clip_1")]
    [clip] = brand_all(desk, clips, kit, None)
    assert (clip.brand_kit, clip.caption_style) == (kit.id, "pop")
    [clip] = brand_all(desk, clips, kit, "box")
    assert (clip.brand_kit, clip.caption_style) == (kit.id, "box")
