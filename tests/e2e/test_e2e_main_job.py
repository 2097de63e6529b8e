"""The whole main job through the command line, as a user runs it: a process, files, an exit code."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.patience import LIMIT_S, patiently
from support.program import HEARS_CTRL_C, ROOT, environ, viralclip
from support.talk import small_talk

from viralclip_desktop.media.locate import ffmpeg_path


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About a minute of speech with a picture, from words the small model knows."""
    return small_talk(tmp_path_factory.mktemp("talk") / "a small “talk” [1] 🎬.mp4")


@pytest.fixture(scope="module")
def made(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], Path]:
    """A data folder in which the main job ran: the folder, its JSON, the folder of clips."""
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("clips")
    options = ["--count", "2", "--min-length", "5", "--max-length", "15", "--resolution", "720p"]
    result = viralclip(home, "make", str(talk), "--out", str(out), *options, "--package", "--json")
    assert result.returncode == 0, result.stderr
    return home, json.loads(result.stdout), out


def test_a_package_lies_beside_the_clips(made: tuple[Path, dict[str, Any], Path]) -> None:
    _, document, out = made
    films = [Path(clip["exports"][0]["path"]) for clip in document["clips"]]
    listed = json.loads((out / "clips.json").read_text("utf-8"))
    assert {one["file"] for one in listed} == {film.name for film in films}
    assert all(film.with_suffix(".json").is_file() and film.with_suffix(".png").is_file() for film in films)


def test_make_prints_the_documented_shape(made: tuple[Path, dict[str, Any], Path], talk: Path) -> None:
    _, document, out = made
    assert set(document) == {"source", "transcript", "clips", "why_fewer"}
    source = document["source"]
    sound = {"audio_track", "audio_tracks", "claimed_duration_s"}
    assert set(source) == {"id", "path", "duration_s", "width", "height", "fps"} | sound
    assert (source["path"], source["width"], source["height"], source["fps"]) == (str(talk), 1280, 720, 30.0)
    assert document["transcript"]["engine"] == "whisper"
    assert document["transcript"]["language"] == "en"
    assert document["transcript"]["words"] > 40
    assert len(document["clips"]) == 2
    keys = {
        "id",
        "rank",
        "start_s",
        "end_s",
        "title",
        "score",
        "reasons",
        "quote_first",
        "quote_last",
        "exports",
    }
    for rank, clip in enumerate(document["clips"], start=1):
        assert set(clip) == keys
        assert clip["rank"] == rank
        assert 5 <= clip["end_s"] - clip["start_s"] <= 15.5
        assert 0 <= clip["score"] <= 99
        assert clip["reasons"]
        (export,) = clip["exports"]
        assert (export["status"], export["width"], export["height"]) == ("completed", 720, 1280)
        assert -14.5 <= export["loudness_lufs"] <= -13.5
        assert export["true_peak_dbtp"] <= -1.0
        assert Path(export["path"]).parent == out


def test_the_hands_work_too_when_asked(talk: Path, tmp_path: Path) -> None:
    options = ["--count", "1", "--min-length", "5", "--max-length", "15", "--resolution", "720p"]
    options += ["--tighten", "--finish", "--json", "--out", str(tmp_path / "out")]
    result = viralclip(tmp_path, "make", str(talk), *options)
    assert result.returncode == 0, result.stderr
    (clip,) = json.loads(result.stdout)["clips"]
    shown = json.loads(viralclip(tmp_path, "clips", "show", clip["id"], "--json").stdout)
    assert {"hook", "progress"} <= {layer["element"] for layer in shown["layers"]}
    (project,) = json.loads(viralclip(tmp_path, "project", "list", "--json").stdout)
    assert "Finish clip" in viralclip(tmp_path, "undo", project["id"]).stdout


def test_clips_do_not_overlap(made: tuple[Path, dict[str, Any], Path]) -> None:
    spans = sorted((clip["start_s"], clip["end_s"]) for clip in made[1]["clips"])
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_nothing_half_written_is_left(made: tuple[Path, dict[str, Any], Path]) -> None:
    home, document, out = made
    package = [".json", ".png"] * 2
    assert sorted(p.suffix for p in out.iterdir()) == sorted([".mp4", ".mp4", *package, ".json"])
    assert not list(home.rglob("*.partial*"))
    assert not list((home / "cache" / "render").glob("*/*.mp4"))
    assert document["source"]["path"]


def test_every_command_answers_in_json(made: tuple[Path, dict[str, Any], Path], tmp_path: Path) -> None:
    home, document, _ = made
    source, clip = document["source"]["id"], document["clips"][0]
    export = clip["exports"][0]["id"]
    frame = tmp_path / "frame.png"
    for args in (
        ["clips", "list", source],
        ["clips", "show", clip["id"]],
        ["exports", "list"],
        ["exports", "show", export],
        ["jobs", "list"],
        ["models", "list"],
        ["doctor"],
        ["frame", clip["id"], "--at", "1.0", "--out", str(frame), "--width", "270"],
        ["clips", "trim", clip["id"], "--end", str(clip["end_s"] - 1)],
    ):
        result = viralclip(home, *args, "--json")
        assert result.returncode == 0, (args, result.stderr)
        assert json.loads(result.stdout) is not None
    assert frame.read_bytes().startswith(b"\x89PNG")
    shown = json.loads(viralclip(home, "clips", "show", clip["id"], "--json").stdout)
    assert shown["end_s"] == pytest.approx(clip["end_s"] - 1, abs=0.01)


@pytest.mark.parametrize("form", ["srt", "vtt", "ass", "json", "txt"])
def test_transcript_formats(made: tuple[Path, dict[str, Any], Path], form: str) -> None:
    home, document, _ = made
    result = viralclip(home, "transcript", document["source"]["id"], "--format", form)
    assert result.returncode == 0, result.stderr
    assert "music" in result.stdout.lower()
    if form == "json":
        shape = json.loads(result.stdout)
        assert set(shape) == {"language", "engine", "words", "sentences"}
        assert set(shape["words"][0]) == {"text", "start_s", "end_s", "confidence", "speaker"}
        assert set(shape["sentences"][0]) == {"text", "start_s", "end_s"}


def test_a_second_run_reuses_import_and_transcript(
    made: tuple[Path, dict[str, Any], Path], talk: Path
) -> None:
    home, document, _ = made
    result = viralclip(home, "import", str(talk), "--json")
    assert json.loads(result.stdout)["id"] == document["source"]["id"]


def test_main_job_opens_no_socket(talk: Path, tmp_path: Path) -> None:
    """The whole job with sockets forbidden: only local pairs (used by Python itself) stay possible."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*a, **k):\n"
        "    raise SystemExit('a network connection was opened')\n"
        "socket.socket.connect = refuse\n"
        "socket.socket.connect_ex = refuse\n"
        "socket.getaddrinfo = refuse\n",
        encoding="utf-8",
    )
    options = ["--count", "1", "--min-length", "5", "--max-length", "12", "--resolution", "720p", "--json"]
    result = viralclip(
        tmp_path / "home", "make", str(talk), *options, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}"
    )
    assert result.returncode == 0, result.stderr
    path = Path(json.loads(result.stdout)["clips"][0]["exports"][0]["path"])
    clip_id = json.loads(result.stdout)["clips"][0]["id"]
    assert path.parent == tmp_path / "home" / "media" / "clips" / clip_id
    assert socket.socket.connect is not None


def _ffmpeg_that_never_ends_an_export(folder: Path) -> Path:
    """It begins the file that is asked for beside the target, and then takes forever."""
    program = folder / "ffmpeg"
    lines = [
        "#!/bin/sh",
        "for last; do :; done",
        'case "$last" in',
        '*.partial) : > "${last#file:}"; exec sleep 100000;;',
        f'*) exec "{ffmpeg_path()}" "$@";;',
        "esac",
    ]
    program.write_text("\n".join(lines), encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")
def test_interrupt_stops_cleanly_and_a_retry_finishes(talk: Path, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    options = ["--count", "2", "--min-length", "5", "--max-length", "15", "--resolution", "720p"]
    command = [sys.executable, "-c", HEARS_CTRL_C, "make", str(talk), "--out", str(out), *options]
    endless = environ(home, FFMPEG_BIN=str(_ffmpeg_that_never_ends_an_export(tmp_path)))
    process = subprocess.Popen(command, env=endless, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    assert patiently(lambda: list(out.glob("*.partial")) or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 5, said.decode()[-2000:]
    assert not list(out.iterdir())
    jobs = json.loads(viralclip(home, "jobs", "list", "--json").stdout)
    cancelled = [job["id"] for job in jobs if job["state"] == "cancelled"]
    assert cancelled
    assert viralclip(home, "jobs", "retry", cancelled[0]).returncode == 0
    assert len(list(out.glob("*.mp4"))) == 1
