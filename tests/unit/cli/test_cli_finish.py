"""``viralclip finish``, down to the letters in the exported file."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.command_line import CommandLine
from support.makers import make_video

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg


@pytest.fixture
def filmed(viralclip: CommandLine, tmp_path: Path) -> CommandLine:
    film = make_video(tmp_path / "talk.mp4", seconds=8)
    store = viralclip.services.store
    with store.transaction("Set up", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=probe(film)))
        tx.put(replace(stored.clip(), parts=stored.ranges((0.0, 6.0)), aspect=Aspect.WIDE, captions_on=False))
    return viralclip


def test_it_lays_the_usual_elements_and_takes_them_off(filmed: CommandLine) -> None:
    done = filmed.json("finish", "clip_1", "--hook", "Ask me why")
    assert done["clip_id"] == "clip_1"
    on = {element["id"]: element for element in done["elements"] if element["on"]}
    assert set(on) == {"progress", "hook"}
    [hook] = on["hook"]["layers"]
    assert (hook["text"], hook["start_s"], hook["end_s"]) == ("Ask me why", 0.0, 2.5)
    off = filmed.json("finish", "clip_1", "--only", "hook", "--without", "progress")
    assert [element["id"] for element in off["elements"] if element["on"]] == ["hook"]


def test_a_text_asks_for_its_element(filmed: CommandLine) -> None:
    done = filmed.json("finish", "clip_1", "--name", "Ann Lee", "--role", "Host", "--title", "Part one")
    assert {one["id"] for one in done["elements"] if one["on"]} >= {"card", "lower-third"}


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_hook_is_read_in_the_exported_file_and_gone_after_it(filmed: CommandLine, tmp_path: Path) -> None:
    filmed.json("finish", "clip_1", "--hook", "Nobody told me this about bridges")
    filmed.json("export", "clip_1", "--out", str(tmp_path / "out"), "--resolution", "720p", "--fps", "25")
    [film] = (tmp_path / "out").glob("*.mp4")
    assert "Nobody told me this about bridges" in read(film, 1.5, tmp_path)
    assert "Nobody" not in read(film, 3.5, tmp_path)


def read(film: Path, at_s: float, folder: Path) -> str:
    """What tesseract reads in a frame, where the hook's letters stand."""
    path = folder / "frame.png"
    crop = "crop=500:150:390:40"
    run_ffmpeg(["-ss", str(at_s), *input_args(film), "-vf", crop, "-frames:v", "1", "-y", str(path)])
    command = ["tesseract", str(path), "-", "--psm", "6", "-l", "eng"]
    done = subprocess.run(command, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())
