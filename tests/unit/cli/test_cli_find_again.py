"""``viralclip find``, once more: how many there are, what becomes of those before, and undo that says so."""

from __future__ import annotations

from support.command_line import CommandLine


def ids(found: list[dict[str, object]]) -> list[object]:
    return [one["id"] for one in found]


def test_why_there_are_fewer_than_were_asked_for(viralclip: CommandLine) -> None:
    code, _, told = viralclip("find", "src_1", "--count", "40")
    assert code == 0
    assert "in 1 minute of talk." in told or "seconds of talk." in told
    assert "stand" in told
    assert "of talk" not in viralclip("find", "src_1", "--count", "1")[2]


def test_the_same_search_makes_no_second_set_and_another_may_replace_it(viralclip: CommandLine) -> None:
    first = ids(viralclip.json("find", "src_1", "--count", "2", "--max-length", "20"))
    assert ids(viralclip.json("find", "src_1", "--count", "2", "--max-length", "20")) == first
    viralclip.json("clips", "rename", str(first[0]), "Mine")
    found = viralclip.json("find", "src_1", "--count", "1", "--min-length", "21", "--replace")
    there = ids(viralclip.json("clips", "list", "src_1"))
    assert set(ids(found)) <= set(there)
    assert first[0] in there
    assert not set(first[1:]) & set(there)


def test_undo_of_a_search_says_what_is_gone(viralclip: CommandLine) -> None:
    found = ids(viralclip.json("find", "src_1", "--count", "1", "--max-length", "20"))
    _, said, told = viralclip("undo", "proj_1")
    assert said == "Undone: Find clips\n"
    assert "The clips that this search found are gone; “viralclip redo” brings them back." in told
    viralclip.json("redo", "proj_1")
    assert set(found) <= set(ids(viralclip.json("clips", "list", "src_1")))
