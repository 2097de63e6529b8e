"""Bad input to ``viralclip make``: one clear sentence, exit code 3, nothing left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support import makers

from viralclip_desktop.app import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VIRALCLIP_HOME", str(folder))
    monkeypatch.delenv("VIRALCLIP_MODELS_DIR", raising=False)
    return folder


def left_behind(home: Path) -> list[str]:
    """Files under the data folder that a failed run has no business leaving."""
    kept = ("app.db", "viralclip.log", "settings.json")
    return [str(path) for path in home.rglob("*") if path.is_file() and not path.name.startswith(kept)]


def nothing_listed(capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether the database knows no clip and no export."""
    for command in ("clips", "exports"):
        assert main([command, "list", "--json"]) == 0
        if json.loads(capsys.readouterr().out):
            return False
    return True


BAD: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "missing": ("gone.mp4", lambda path: path, "There is no file"),
    "empty": ("zero.mp4", lambda path: (path.touch(), path)[1], "is empty"),
    "text": ("text.mp4", makers.make_text, "is a text file"),
    "truncated": ("cut.mp4", makers.make_truncated, "is incomplete"),
    "protected": ("bought.mp4", makers.make_encrypted, "copy-protected"),
    "codec": ("new.mp4", makers.make_unknown_codec, "codec"),
    "no sound": ("silent film.mp4", lambda path: makers.make_video(path, audio=None), "has no sound"),
    "silence": ("quiet.mp4", lambda path: makers.make_video(path, audio="silence"), "No speech found"),
    "noise": ("noise.wav", lambda path: makers.make_sound(path, 4, "noise"), "No speech found"),
    "music": ("tone.m4a", lambda path: makers.make_sound(path, 4, "tone"), "No speech found"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, make, sentence = BAD[case]
    path, out = make(tmp_path / name), tmp_path / "out"
    assert main(["make", str(path), "--out", str(out), "--json"]) == 3
    captured = capsys.readouterr()
    error = json.loads(captured.out)["error"]
    assert sentence in error["message"]
    assert error["hint"]
    assert "Traceback" not in captured.err
    assert not out.exists() or not list(out.iterdir())
    assert left_behind(home) == []
    assert nothing_listed(capsys)


def test_a_silent_film_can_be_framed_and_exported(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = makers.make_video(tmp_path / "film.mp4", audio=None)
    assert main(["import", str(film), "--json"]) == 0
    source = json.loads(capsys.readouterr().out)["id"]
    assert main(["clips", "add", source, "--start", "0.4", "--end", "1.6", "--json"]) == 0
    clip = json.loads(capsys.readouterr().out)["id"]
    assert main(["export", clip, "--resolution", "720p", "--aspect", "1:1", "--json"]) == 0
    (export,) = json.loads(capsys.readouterr().out)
    assert (export["width"], export["height"], export["status"]) == (720, 720, "completed")
    assert export["duration_s"] == pytest.approx(1.2, abs=0.05)
    assert export["loudness_lufs"] is None


@pytest.mark.parametrize("out", ["file", "source"])
def test_an_impossible_target_is_refused_before_the_work(
    out: str, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    target = film if out == "source" else makers.make_text(tmp_path / "a file")
    before = target.read_bytes()
    assert main(["make", str(film), "--out", str(target)]) in (3, 4)
    assert "folder" in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_target(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    film = makers.make_video(tmp_path / "film.mp4")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert main(["make", str(film), "--out", str(locked)]) in (3, 4)
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args", [["clips", "show", "clip_x"], ["find", "src_x"], ["exports", "show", "exp_x"]]
)
def test_unknown_identifiers(args: list[str], home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 3
    assert capsys.readouterr().err.startswith("viralclip: There is no")


def test_a_window_without_a_display_says_how_to_go_on(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems always have a display")
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environ = {key: value for key, value in os.environ.items() if key not in hidden}
    environ["VIRALCLIP_HOME"] = str(tmp_path)
    command = [sys.executable, "-m", "viralclip_desktop"]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60)
    assert result.returncode == 4
    assert "viralclip make" in result.stderr
