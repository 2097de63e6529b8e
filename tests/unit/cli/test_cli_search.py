"""``viralclip search``, as typed."""

from __future__ import annotations

from support import stored
from support.command_line import CommandLine


def test_hits_say_where_and_when(viralclip: CommandLine) -> None:
    (hit,) = viralclip.json("search", "nobody", "te")
    assert hit == {
        "project_id": "proj_1",
        "project": "Talk",
        "source_id": "src_1",
        "start_s": 1.0,
        "clock": "0:01.0",
        "snippet": "Why did nobody tell me?",
        "language": None,
        "clip_ids": [],
    }
    assert viralclip("search", "nobody tell")[1] == "Talk  0:01.0  Why did nobody tell me?\n"


def test_nothing_found_is_no_failure(viralclip: CommandLine) -> None:
    assert viralclip("search", "zebra")[:2] == (0, "Nothing found.\n")
    assert viralclip.json("search", "%") == []


def test_at_most(viralclip: CommandLine) -> None:
    many = stored.transcript(*["Nobody knows."] * 5)
    with viralclip.services.store.transaction("Write", "proj_1") as tx:
        tx.put_transcript("src_1", many)
    assert len(viralclip.json("search", "nobody", "--limit", "2")) == 2
    assert viralclip("search", "nobody", "--limit", "0")[0] == 2
