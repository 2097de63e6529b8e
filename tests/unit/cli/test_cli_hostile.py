"""No command lets a terminal obey what people named, and whatever is typed, it ends in a sentence."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored
from support.command_line import CommandLine

from viralclip_desktop.cli.main import build_parser
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Marker
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.styles import known_style

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj.exe\x7f"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would act on; lines end and tabs stay."""
WRITES_A_FILE = "transcript"
"""Led into another program, it keeps the marks of its script."""
MAKES_ITS_OWN = "sample"
"""It takes nothing from anybody, and a minute."""


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for actions in inner:
        for part, below in actions.choices.items():
            yield from leaves(below, f"{name} {part}".strip())


LEAVES = dict(leaves(build_parser()))
KNOWN = {
    "clip_id": "clip_1", "clip_ids": "clip_1", "source_id": "src_1", "project_id": "proj_1",
    "job_id": "job_1", "export_id": "exp_1", "export_ids": "exp_1", "id": "clip_1", "style": "mine",
    "brand": HOSTILE, "to": "1",
    "at": "8", "place": "0", "places": "0", "word": "1", "part": "1", "by": "0.1", "speed": "1",
}  # fmt: skip
"""Arguments that lead to what is there; all others are hostile."""


@pytest.fixture
def hostile(viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A project in which everything that people name tries to steer the terminal."""
    monkeypatch.chdir(tmp_path)
    store = viralclip.services.store
    said = stored.transcript(f"Why did {HOSTILE} nobody tell me?", "Now I know.")
    words = tuple(replace(word, speaker=HOSTILE) for word in said.words)
    kit = editing.put_brand_kit(store, BrandKit("", HOSTILE, ("#FF0000",)), "proj_1")
    editing.save_style(store, replace(known_style(store, "karaoke"), id="mine", label=HOSTILE))
    with store.transaction(HOSTILE, "proj_1") as tx:
        tx.put(stored.project(name=HOSTILE))
        tx.put(stored.source(title=HOSTILE, path=f"/films/{HOSTILE}.mp4"))
        tx.put_transcript("src_1", replace(said, words=words))
        mark = Marker(Time.from_seconds(8), HOSTILE)
        reasons = tuple(replace(reason, text=HOSTILE) for reason in stored.clip().reasons)
        named = {"title": HOSTILE, "quote_first": HOSTILE, "quote_last": HOSTILE, "reasons": reasons}
        tx.put(replace(stored.clip(), markers=(mark,), brand_kit=kit.id, **named))
        tx.put(replace(stored.export(), output_path=f"/clips/{HOSTILE}.mp4", job_id="job_1"))
    failed = Job("job_1", "relink", {"folder": HOSTILE}, "proj_1", error=HOSTILE, hint=HOSTILE)
    store.jobs.put(replace(failed, message=HOSTILE, stage=HOSTILE))
    return viralclip


def arguments(parser: argparse.ArgumentParser) -> list[str]:
    """One value for everything that has to be given, and hostile ones wherever any text is taken."""
    typed = []
    for action in parser._actions:
        if action.dest in ("help", "json") or (action.option_strings and not action.required):
            continue
        value = str(next(iter(action.choices))) if action.choices else KNOWN.get(action.dest, HOSTILE)
        typed += [f"{action.option_strings[0]}={value}"] if action.option_strings else [value]
    return typed


def run(viralclip: CommandLine, name: str, *more: str) -> tuple[int, str, str]:
    try:
        return viralclip(*name.split(), *arguments(LEAVES[name]), *more)
    except SystemExit as ended:  # what argparse refuses
        said = viralclip._capsys.readouterr()
        return int(str(ended.code)), said.out, said.err


@pytest.mark.parametrize("name", [name for name in LEAVES if name != MAKES_ITS_OWN])
def test_no_command_lets_a_name_steer_the_terminal(hostile: CommandLine, name: str) -> None:
    for more in ((), ("--json",)):
        if name == "completion" and more:
            continue
        code, out, err = run(hostile, name, *more)
        assert code in range(6)
        assert "inside ViralClip" not in err, "a fault of the program"
        kept = "\u202e" if name == WRITES_A_FILE and not more else ""
        assert [mark for mark in COMMANDS.findall(out + err) if mark != kept] == []


def test_json_keeps_what_was_named(hostile: CommandLine) -> None:
    shown: dict[str, Any] = json.loads(run(hostile, "clips show", "--json")[1])
    assert shown["title"] == HOSTILE
    assert run(hostile, "clips show")[1].count("\ufffd") > 5


def test_what_argparse_refuses_is_told_without_obeying_it(hostile: CommandLine) -> None:
    with pytest.raises(SystemExit):
        hostile("jobs", "list", HOSTILE)
    assert COMMANDS.findall(hostile._capsys.readouterr().err) == []
