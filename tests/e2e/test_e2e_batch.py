"""Batches and a watched folder through the command line, as a user runs them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.patience import LIMIT_S
from support.program import HEARS_CTRL_C, ROOT, environ, viralclip
from support.talk import small_talk

OPTIONS = ["--count", "1", "--min-length", "5", "--max-length", "15", "--resolution", "720p"]
VERSIONS = ["--aspect", "9:16", "--aspect", "1:1", "--style", "karaoke", "--style", "pop"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A talk, a text file that says it is a film, and what is no recording."""
    folder = tmp_path_factory.mktemp("in")
    small_talk(folder / "talk.mp4")
    (folder / "notes.mp4").write_text("not a film")
    (folder / "readme.txt").write_text("no recording")
    return folder


@pytest.fixture(scope="module")
def batch(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Any]:
    """A data folder in which the batch ran, the folder of its files, and its document."""
    home, out = tmp_path_factory.mktemp("home"), folder / "out"
    result = viralclip(home, "batch", str(folder), *VERSIONS, *OPTIONS, "--out", str(out), "--json")
    assert result.returncode == 1, result.stderr
    assert "1 of 2 recordings could not be finished." in result.stderr
    return home, out, json.loads(result.stdout)


def test_a_batch_makes_every_version_and_tells_what_failed(batch: tuple[Path, Path, Any]) -> None:
    _, out, document = batch
    assert set(document) == {"job_id", "recordings"}
    notes, talk = document["recordings"]
    assert set(talk) == {"path", "status", "message", "source_id", "clips"}
    assert (notes["status"], notes["clips"], notes["source_id"]) == ("failed", [], None)
    assert notes["message"].startswith("notes.mp4 is a text file")
    assert (talk["status"], talk["message"]) == ("completed", "")
    (clip,) = talk["clips"]
    looks = [(one["aspect"], one["style"], one["export"]["width"]) for one in clip["versions"]]
    shapes = (("9:16", 720), ("1:1", 720))
    assert looks == [(aspect, style, width) for aspect, width in shapes for style in ("karaoke", "pop")]
    heights = [one["export"]["height"] for one in clip["versions"]]
    assert heights == [1280, 1280, 720, 720]
    paths = {one["export"]["path"] for one in clip["versions"]}
    assert paths == {str(path) for path in out.glob("*.mp4")}
    assert len(paths) == 4
    assert all(one["export"]["status"] == "completed" for one in clip["versions"])


def test_the_same_batch_again_makes_nothing_twice(batch: tuple[Path, Path, Any], folder: Path) -> None:
    home, out, document = batch
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    again = viralclip(home, "batch", str(folder), *VERSIONS, *OPTIONS, "--out", str(out), "--json")
    assert again.returncode == 1
    assert json.loads(again.stdout) == document
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before


def test_a_watched_folder_is_done_once(batch: tuple[Path, Path, Any], folder: Path) -> None:
    """In the data folder of the batch: the talk is known there, and not listened to again."""
    home, out, _ = batch
    watch = ["watch", str(folder), "--once", "--settle", "0.2", "--interval", "0.1", *OPTIONS]
    watch += ["--aspect", "4:5", "--out", str(out), "--json"]
    result = viralclip(home, *watch)
    assert result.returncode == 1, result.stderr
    notes, talk = json.loads(result.stdout)["recordings"]
    assert (notes["status"], talk["status"]) == ("failed", "completed")
    (version,) = talk["clips"][0]["versions"]
    assert (version["aspect"], version["export"]["height"]) == ("4:5", 900)
    again = viralclip(home, *watch)
    assert (again.returncode, json.loads(again.stdout)) == (0, {"recordings": []})


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process")
def test_ctrl_c_ends_the_watch(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HEARS_CTRL_C, "watch", str(tmp_path), "--interval", "0.1"]
    process = subprocess.Popen(
        command, env=environ(tmp_path / "home"), cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"Watching ")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 5, said.decode()[-2000:]
