"""``viralclip brands``, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import makers
from support.command_line import CommandLine

from viralclip_desktop.cli.brands import named
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.domain.brand import NEW_WATERMARK


def test_add_list_remove(viralclip: CommandLine, tmp_path: Path) -> None:
    logo = makers.make_still(tmp_path / "our logo.png")
    look = ("--corner", "bottom-left", "--colours", "#112233,#ffcc00", "--title", "Ada", "--style", "pop")
    made = viralclip.json("brands", "add", "Ours", "--logo", str(logo), *look, "--default")
    assert made["logo"] == {
        "path": str(logo), "corner": "bottom-left", "size": 0.16, "margin": 0.05, "opacity": 1.0,
        "x": None, "y": None,
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
    store = viralclip.services.store
    assert named(store, "ours") == named(store, made["id"])
    with pytest.raises(UsageError, match="Choose one of: Ours"):
        named(store, "theirs")
    assert viralclip("make", "x.mp4", "--brand", "theirs")[0] == 2


def test_everything_about_a_kit_is_changed_and_taken_off(viralclip: CommandLine, tmp_path: Path) -> None:
    logo, film = makers.make_still(tmp_path / "logo.png"), makers.make_video(tmp_path / "intro.mp4", 1.0)
    viralclip.json("brands", "add", "Ours", "--logo", str(logo))
    changed = viralclip.json(
        "brands", "change", "ours", "--name", "Mine", "--corner", "top-left", "--margin", "0.1",
        "--watermark", str(logo), "--watermark-opacity", "0.2", "--intro", str(film), "--outro", str(film),
        "--title", "Ada", "--title-start", "1", "--title-length", "2.5", "--style", "pop", "--default",
    )  # fmt: skip
    assert (changed["name"], changed["default"], changed["caption_style"]) == ("Mine", True, "pop")
    assert changed["logo"] == {
        "path": str(logo), "corner": "top-left", "size": 0.16, "margin": 0.1, "opacity": 1.0,
        "x": None, "y": None,
    }  # fmt: skip
    assert (changed["watermark"]["opacity"], changed["watermark"]["corner"]) == (0.2, "bottom-right")
    assert (changed["intro"], changed["title_start_s"], changed["title_length_s"]) == (str(film), 1.0, 2.5)
    again = viralclip.json("brands", "change", "Mine", "--size", "0.2")
    assert again == changed | {"logo": changed["logo"] | {"size": 0.2}}, "what is not given stays"
    off = ("--logo", "none", "--watermark", "none", "--intro", "none", "--title", "", "--style", "none")
    bare = viralclip.json("brands", "change", "Mine", *off, "--no-default")
    assert (bare["logo"], bare["watermark"], bare["intro"], bare["title"]) == (None, None, None, None)
    assert (bare["caption_style"], bare["default"], bare["outro"]) == (None, False, str(film))
    assert viralclip("brands", "change", "Mine", "--intro", str(logo))[0] == 3
    assert viralclip.json("brands", "show", "Mine") == bare


def test_a_logo_is_put_anywhere_and_back_into_a_corner(viralclip: CommandLine, tmp_path: Path) -> None:
    logo = makers.make_still(tmp_path / "logo.png")
    made = viralclip.json("brands", "add", "Ours", "--logo", str(logo), "--x", "0.3", "--y", "0.25")["logo"]
    assert (made["x"], made["y"]) == (0.3, 0.25)
    with pytest.raises(SystemExit):
        viralclip("brands", "change", "Ours", "--x", "1.2")
    back = viralclip.json("brands", "change", "Ours", "--corner", "top-left")["logo"]
    assert (back["corner"], back["x"], back["y"]) == ("top-left", None, None)


def test_a_watermark_starts_as_in_the_window(viralclip: CommandLine, tmp_path: Path) -> None:
    logo = makers.make_still(tmp_path / "logo.png")
    made = viralclip.json("brands", "add", "Ours", "--watermark", str(logo))["watermark"]
    usual = NEW_WATERMARK
    assert (made["corner"], made["size"], made["opacity"]) == (usual.corner, usual.size, usual.opacity)


def test_a_kit_is_put_on_clips_and_taken_off(viralclip: CommandLine) -> None:
    kit = viralclip.json("brands", "add", "Ours", "--style", "pop")
    (clip,) = viralclip.json("brands", "apply", "Ours", "clip_1")
    assert (clip["brand_kit"], clip["caption_style"]) == (kit["id"], "pop")
    assert viralclip.json("brands", "apply", "none", "--project", "proj_1")[0]["brand_kit"] is None
    assert viralclip.json("undo", "proj_1")["label"] == "Remove brand kit"
    assert viralclip("brands", "apply", "Ours")[0] == 2
    assert viralclip("brands", "apply", "Ours", "--project", "proj_x")[0] == 3
    assert viralclip.json("brands", "default", "ours")["default"]["name"] == "Ours"
    assert viralclip.json("brands", "default", "none")["default"] is None
    assert viralclip("brands", "add", "None")[0] == 2
