"""``viralclip history``, ``undo`` and ``redo``, as typed."""

from __future__ import annotations

import pytest
from support.command_line import CommandLine


def done(viralclip: CommandLine) -> list[str]:
    """The edits in force."""
    return [one["label"] for one in viralclip.json("history", "proj_1") if not one["undone"]]


def test_steps_back_and_forth(viralclip: CommandLine) -> None:
    viralclip.json("clips", "trim", "clip_1", "--start", "6")
    viralclip.json("clips", "rename", "clip_1", "Other")
    assert done(viralclip) == ["Make project", "Trim clip", "Rename clip"]
    undone = viralclip.json("undo", "proj_1", "--steps", "2")
    assert undone == {
        "project_id": "proj_1",
        "label": "Trim clip",
        "labels": ["Rename clip", "Trim clip"],
    }
    assert viralclip.json("clips", "show", "clip_1")["start_s"] == 5.25
    assert viralclip("history", "proj_1")[1].count("(undone)") == 2
    assert viralclip("redo", "proj_1")[1] == "Redone: Trim clip\n"
    assert viralclip.json("redo", "proj_1", "--steps", "9")["labels"] == ["Rename clip"]
    assert viralclip.json("redo", "proj_1")["label"] is None
    assert viralclip("redo", "proj_1")[1] == "Nothing to redo.\n"


def test_to_any_entry(viralclip: CommandLine) -> None:
    for title in ("One", "Two", "Three"):
        viralclip.json("clips", "rename", "clip_1", title)
    first, one, *_ = viralclip.json("history", "proj_1")
    viralclip.json("history", "proj_1", "--to", str(one["id"]))
    assert viralclip.json("clips", "show", "clip_1")["title"] == "One"
    viralclip.json("history", "proj_1", "--to", "0")
    assert viralclip.json("project", "list") == []
    last = viralclip.json("history", "proj_1", "--to", str(first["id"] + 3))
    assert [entry["undone"] for entry in last] == [False] * 4
    assert viralclip.json("clips", "show", "clip_1")["title"] == "Three"


def test_brand_kits_have_a_history_without_a_project(viralclip: CommandLine) -> None:
    viralclip.json("brands", "add", "Ours")
    assert [one["label"] for one in viralclip.json("history")] == ["Add brand kit"]
    assert viralclip("undo")[1] == "Undone: Add brand kit\n"
    assert viralclip.json("brands", "list") == []


@pytest.mark.parametrize("command", ["undo", "redo", "history"])
def test_what_is_not_there(viralclip: CommandLine, command: str) -> None:
    code, _, told = viralclip(command, "proj_none")
    assert (code, "There is no project called" in told) == (3, True)
    wrong = ("--to", "999") if command == "history" else ("--steps", "0")
    code, _, told = viralclip(command, "proj_1", *wrong)
    assert code == 2
    assert told.startswith("viralclip: ")
