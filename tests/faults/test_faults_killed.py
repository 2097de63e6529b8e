"""A program that was killed locks nothing and leaves nothing: the next start of anything sees to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import makers
from support.patience import LIMIT_S, patiently
from support.program import ROOT, VIRALCLIP, environ

from viralclip_desktop.app import main
from viralclip_desktop.media.locate import ffmpeg_path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a kill that nothing can catch")


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("talk")
    subtitles = "\n".join(
        f"{number + 1}\n00:00:{2 * number:02},000 --> 00:00:{2 * number + 2:02},000\nThis is line {number}.\n"
        for number in range(9)
    )
    (folder / "talk.srt").write_text(subtitles, encoding="utf-8")
    return makers.make_video(folder / "talk.mp4", 20.0)


def killed_while_it_exports(home: Path, talk: Path, out: Path) -> None:
    """End a ``make`` at once, in the middle of an export, with the encoder it started."""
    program, at_work = out.parent / "ffmpeg", out.parent / "at work"
    lines = [
        "#!/bin/sh",
        "for last; do :; done",
        f'case "$last" in *.partial) echo $$ > "{at_work}"; exec sleep 1000;; esac',
        f'exec "{ffmpeg_path()}" "$@"',
    ]
    program.write_text("\n".join(lines), encoding="utf-8")
    program.chmod(0o755)
    options = ["--count", "1", "--min-length", "4", "--resolution", "720p", "--out", str(out)]
    process = subprocess.Popen(
        [*VIRALCLIP, "make", str(talk), "--subtitles", str(talk.with_suffix(".srt")), *options],
        env=environ(home, FFMPEG_BIN=str(program)),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert patiently(lambda: at_work.exists() or process.poll() is not None)
    assert process.poll() is None
    process.kill()
    process.wait(LIMIT_S)
    os.kill(int(at_work.read_text()), signal.SIGKILL)


def test_a_killed_command_leaves_nothing_locked_and_no_scratch(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    killed_while_it_exports(home, talk, out)
    scratch = lambda: list((home / "cache" / "render").glob("work_*"))  # noqa: E731
    assert scratch()
    assert list(out.glob("*.partial"))

    def viralclip(*args: str) -> str:
        monkeypatch.setenv("VIRALCLIP_HOME", str(home))
        assert main(args) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    jobs = json.loads(viralclip("jobs", "list", "--json"))
    assert scratch() == []
    assert list(out.iterdir()) == []
    (export,) = [job for job in jobs if job["kind"] == "export"]
    assert (export["state"], export["interrupted"]) == ("queued", True)
    assert "interrupted" in viralclip("jobs", "list")
    for command in (["cache", "clear"], ["backups", "make"], ["backups", "restore", "latest"]):
        viralclip(*command)
    (resumed,) = json.loads(viralclip("jobs", "resume", "--json"))
    assert resumed["state"] == "completed"
    assert len(list(out.glob("*.mp4"))) == 1
