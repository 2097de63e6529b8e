"""One list names the features: every folder of ours is on it, and what stands on it is there."""

from __future__ import annotations

from pathlib import Path

import viralclip_desktop
from viralclip_desktop.app import FEATURES, features

ROOT = Path(viralclip_desktop.__file__).parent


def _folders(room: str, holds: str) -> set[str]:
    return {path.parent.name for path in (ROOT / room).glob(f"*/{holds}")}


def test_every_folder_of_a_feature_is_named() -> None:
    there = _folders("features", "__init__.py") - {"common"}
    assert there | _folders("gui", "feature.py") == set(FEATURES)


def test_every_command_belongs_to_one_feature() -> None:
    named = [command for commands in FEATURES.values() for command in commands]
    assert len(set(named)) == len(named)
    assert [name for name in named if not (ROOT / "cli" / f"{name}.py").is_file()] == []


def test_what_a_folder_declares_goes_by_its_name() -> None:
    named = [feature.name for feature in features()]
    assert set(named) == _folders("features", "feature.py") - {"common"}
