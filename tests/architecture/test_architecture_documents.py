"""The documents cannot rot: every path and command they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from viralclip_desktop.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`([\w./-]+/[\w./*{}-]*|[\w-]+\.(?:py|md|toml|spec))`")


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "THIRD_PARTY.md", "CHANGELOG.md"])
def test_each_path_a_document_names_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = []
    for path in PATH.findall(text):
        if "{" in path or "*" in path or path.startswith("media/"):
            continue
        places = [ROOT / path, ROOT / "viralclip_desktop" / path]
        if not any(place.exists() for place in places):
            missing.append(path)
    assert not missing


def test_pictures_in_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", text)
    assert pictures
    assert all((ROOT / picture).exists() for picture in pictures)


def test_the_readme_has_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.split("| commands | what for |")[1].split("\n\n")[0]
    listed = [name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(listed) == sorted(name.rstrip("_") for name in COMMANDS)
