"""``say``, the program of macOS (say(1)): ``-v ?`` lists the voices, ``-f`` reads a text from a file, ``-o``
writes a sound file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.tts.base import Voice
from viralclip_desktop.engines.tts.system.door import LIST_LIMIT_S, PROVIDER, SPEAK_LIMIT_S, language_of, run

_LINE = re.compile(r"(?P<name>.+?)\s+(?P<locale>[a-z]{2,3}[-_]\S+|[a-z]{2,3})\s+#.*")
_SOUND: Final = ("--file-format=WAVE", "--data-format=LEI16@22050")
_UTF8: Final = {"LC_ALL": "en_US.UTF-8"}
_JESTS: Final = frozenset(
    {"albert", "badnews", "bahh", "bells", "boing", "bubbles", "cellos", "deranged", "fred", "goodnews"}
    | {"hysterical", "jester", "junior", "organ", "pipeorgan", "ralph", "superstar", "trinoids", "whisper"}
    | {"wobble", "zarvox"}
)
"""Voices that are there for fun, as one word: no talk is dubbed by them unless somebody wants it."""


class SayProgram:
    """The voices of macOS."""

    def problem(self) -> str | None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        return None if shutil.which("say") else "The program “say” of macOS is not there."

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        listed = run([_say(), "-v", "?"], LIST_LIMIT_S, environment=_UTF8).decode("utf-8", "replace")
        found = [voice for line in listed.splitlines() if (voice := _voice(line)) is not None]
        return sorted(found, key=lambda voice: (voice.language, _rank(voice.name)))

    def speak(self, text: str, voice: Voice, out_wav: Path, cancel: CancelToken) -> None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        asked = out_wav.with_suffix(".txt")
        asked.write_text(_plain(text), "utf-8")
        try:
            run(
                [_say(), "-v", voice.name, "-f", asked, "-o", out_wav, *_SOUND],
                SPEAK_LIMIT_S,
                cancel,
                _UTF8,
            )
        finally:
            asked.unlink(missing_ok=True)


def _say() -> str:
    return shutil.which("say") or "say"


def _voice(line: str) -> Voice | None:
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    code, region = language_of(found["locale"])
    name = found["name"]
    return Voice(PROVIDER, name, code, "", region, name) if code else None


def _rank(name: str) -> int:
    """The best first: what was fetched for its quality, then what came with the system."""
    if "(Premium)" in name:
        return 0
    if "(Enhanced)" in name:
        return 1
    return 3 if name.replace(" ", "").lower() in _JESTS else 2


def _plain(text: str) -> str:
    """A text in which nothing is a command to the synthesiser (``[[slnc 500]]``)."""
    return text.replace("[[", "[ [").replace("]]", "] ]")
