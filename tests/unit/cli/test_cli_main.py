"""The commands as a whole: documented, completed in the shell, and each with ``--json``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import CommandLine

from viralclip_desktop.cli.main import COMMANDS, build_parser

ROOT = Path(__file__).resolve().parents[3]
NAMES = [name.rstrip("_") for name in COMMANDS]


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be run, by its whole name."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, parser
    for actions in inner:
        for part, below in actions.choices.items():
            yield from leaves(below, f"{name} {part}".strip())


def test_every_command_has_json() -> None:
    for name, parser in leaves(build_parser()):
        assert name == "completion" or "--json" in parser._option_string_actions, name


def test_the_readme_has_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text[text.index("| commands | what for |") : text.index("`--json` prints")]
    named = [name for row in table.splitlines()[2:-1] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(NAMES)


def test_what_the_readme_types_is_understood() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("viralclip ")]
    assert len(lines) > 5
    for line in lines:
        assert build_parser().parse_args(line.split()[1:]).run


def test_one_command_is_read_without_the_others() -> None:
    only = build_parser("undo")
    assert [name for name, _ in leaves(only)] == ["undo"]
    assert build_parser("import_").parse_args(["import", "talk.mp4"]).video == "talk.mp4"


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_shell_completes_what_is_there(viralclip: CommandLine, shell: str) -> None:
    code, out, _ = viralclip("completion", shell)
    assert code == 0
    for word in ("keyframes", "backups", "--max-size", "--watermark-opacity", "presets"):
        assert word in out
