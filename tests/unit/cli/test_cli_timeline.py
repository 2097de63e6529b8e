"""``viralclip timeline``: files and what is printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import opentimelineio as otio
import pytest
from support import stored

from viralclip_desktop.cli import timeline
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "home") as opened:
        stored.fill(opened)
        with opened.transaction("Clip", "proj_1") as tx:
            tx.put(stored.clip("clip_2", rank=2))
        yield opened


def run(store: Store, *words: str) -> int:
    parser = argparse.ArgumentParser()
    timeline.add(parser.add_subparsers())
    args = parser.parse_args(["timeline", *words])
    services: Any = SimpleNamespace(store=store)
    return int(args.run(args, Output(args.json), lambda: services))


def test_a_selection_becomes_one_file(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cut.otio"
    assert run(store, "clip_1", "clip_2", "--out", str(out), "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape == {"path": str(out), "format": "otio", "clips": ["clip_1", "clip_2"]}
    assert len(otio.adapters.read_from_file(str(out)).tracks[0]) == 2


def test_one_file_each(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, "clip_1", "clip_2", "--out", str(tmp_path / "cuts"), "--each", "--format", "edl") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Path(line).suffix for line in lines] == [".edl", ".edl"]
    assert all(Path(line).is_file() for line in lines)


def test_each_as_json_is_a_list(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, "clip_1", "clip_2", "--out", str(tmp_path), "--each", "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert [(one["format"], one["clips"]) for one in shape] == [("otio", ["clip_1"]), ("otio", ["clip_2"])]


def test_faults(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run(store, "clip_1", "--out", str(tmp_path / "cut.mp4"))
    with pytest.raises(NotFound):
        run(store, "clip_9", "--out", str(tmp_path / "cut.edl"))
