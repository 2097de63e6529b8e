"""The speech recogniser that is told what is said (``tests/data/told``), and recordings to listen to."""

from __future__ import annotations

import importlib
import json
import subprocess
from pathlib import Path

import pytest
from support.planted import long_talk
from support.spoken import end_s

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.engines.stt.messages import word_to_json
from viralclip_desktop.media.locate import ffmpeg_path

ROOT = Path(__file__).resolve().parents[1] / "data" / "told"
ALL_S = 1e9


TALK = long_talk(5)
LENGTH_S = int(end_s(TALK)) + 1
"""Half an hour of talk, and the length of a recording that holds it."""


class Told:
    """What the recogniser hears, and how far."""

    def __init__(self, folder: Path, talk: Transcript = TALK, duration_s: float = LENGTH_S) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        sentences = [
            [word_to_json(word) for word in talk.words[one.first : one.last]] for one in talk.sentences
        ]
        document = {"language": talk.language, "duration_s": duration_s, "sentences": sentences}
        (folder / "talk.json").write_text(json.dumps(document), encoding="utf-8")
        self.hear(0.0)

    def hear(self, until_s: float) -> None:
        """Let it listen up to a moment of the recording."""
        beside = self.folder / "until.new"
        beside.write_text(str(until_s), encoding="utf-8")
        beside.replace(self.folder / "until")

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As if its package had been installed: worker processes find it, too."""
        monkeypatch.setenv("VIRALCLIP_TOLD", str(self.folder))
        monkeypatch.syspath_prepend(str(ROOT))
        importlib.invalidate_caches()


def make_long_recording(path: Path, seconds: int = LENGTH_S) -> Path:
    """A long recording that is quickly made: few pictures, one tone."""
    command = [
        str(ffmpeg_path()), "-v", "error", "-y",
        "-f", "lavfi", "-i", f"testsrc2=s=320x180:r=5:d={seconds}",
        "-f", "lavfi", "-i", f"sine=220:r=16000:d={seconds}",
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p",
        "-c:a", "aac", "-b:a", "32k", "-shortest", str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path
