"""``viralclip relink``: what is printed of a search."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import stored

from viralclip_desktop.cli import relink
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.store import Store


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "new" / "film.mp4"
    path.parent.mkdir()
    path.write_bytes(b"a recording")
    return path


@pytest.fixture
def store(tmp_path: Path, film: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "home") as opened:
        stored.fill(opened)
        info = replace(stored.media_info(), size_bytes=film.stat().st_size)
        with opened.transaction("Film", "proj_1") as tx:
            tx.put(stored.asset(fingerprint=fingerprint(film), info=info))
        yield opened


def run(store: Store, *words: str) -> int:
    parser = argparse.ArgumentParser()
    relink.add(parser.add_subparsers())
    args = parser.parse_args(["relink", *words])
    services: Any = SimpleNamespace(store=store, paths=DataPaths(Path("data"), Path("models")))
    return int(args.run(args, Output(args.json), lambda: services))


def test_json_says_what_was_found(store: Store, film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, str(film.parent), "--json") == 0
    shape = json.loads(capsys.readouterr().out)
    assert shape == {
        "found": [{"id": "src_1", "path": str(film)}],
        "still_missing": [],
        "files_seen": 1,
        "unreadable_folders": 0,
    }


def test_what_is_still_missing_is_listed(
    store: Store, film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film.write_bytes(b"another one")
    assert run(store, str(film.parent)) == 0
    assert capsys.readouterr().out == "missing  src_1  /films/talk é.mp4\n"


def test_nothing_missing(store: Store, film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(store, str(film.parent))
    capsys.readouterr()
    assert run(store, str(film.parent)) == 0
    assert capsys.readouterr().out == "No recording is missing.\n"


def test_one_file_for_one_source(store: Store, film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store, str(film), "--source", "src_1") == 0
    assert capsys.readouterr().out == f"found    src_1  {film}\n"
    with pytest.raises(UsageError, match="--source"):
        run(store, str(film))
