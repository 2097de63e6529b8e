"""What the doors to a system's voices have in common: what each does, running programs, naming languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import Any, Final, Protocol

from viralclip_desktop.core.errors import EnvironmentLacks, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES
from viralclip_desktop.engines.tts.base import Voice

PROVIDER: Final = "system"
LIST_LIMIT_S: Final = 30.0
SPEAK_LIMIT_S: Final = 900.0
"""For one text: an hour of speech takes less anywhere."""
_OTHER_CODES: Final = {"cmn": "zh", "nb": "no", "fil": "tl", "iw": "he"}
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]+|\d+))?")


class Door(Protocol):
    """One way to a system's voices. The text reaches its program in a file or through a pipe, never on a
    command line."""

    def problem(self) -> str | None:
        """None if there is something to ask, else why not, in one sentence. Starts nothing."""

    def voices(self) -> list[Voice]:
        """The voices, the best one of each language first. Raises Faults."""

    def speak(self, text: str, voice: Voice, out_wav: Path, cancel: CancelToken) -> None:
        """Have a text without line breaks spoken into a 16-bit WAV file, with whatever silence comes around
        it. Raises Faults and Cancelled."""


def run(
    command: Sequence[str | Path],
    limit_s: float,
    cancel: CancelToken | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run a program to its end; what it printed. Raises EnvironmentLacks where it cannot be started, a Fault
    with its last words where it fails or takes too long, Cancelled."""
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    process = started(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, environment=environment)
    with process:
        limit, forget = Timer(limit_s, process.kill), cancel.on_cancel(process.kill)
        limit.start()
        try:
            out, words = process.communicate()
        finally:
            limit.cancel()
            forget()
    cancel.raise_if_cancelled()
    if process.returncode != 0:
        last = words.decode("utf-8", "replace").strip()[-1000:]
        raise failed(Path(command[0]).name, f"exit code {process.returncode}\n{last}".strip())
    return bytes(out)


def started(
    command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, **pipes: Any
) -> subprocess.Popen[bytes]:
    """A program that was started, its output in a pipe. Raises EnvironmentLacks."""
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            **pipes,
            **_without_window(),
        )
    except OSError as error:
        raise EnvironmentLacks(
            "The voices of the system cannot be used.", "Choose another voice.", str(error)
        ) from error


def failed(program: str, details: str) -> Fault:
    """What is told when a program of the system did not do what it was asked."""
    return Fault(
        "The voice of the system did not speak.",
        "Try it again, or choose another voice.",
        f"{program}: {details}",
    )


def language_of(locale: str) -> tuple[str, str]:
    """The code and the region of a language as systems write it (``en_US``, ``zh-Hans-CN``, ``cmn``); the
    code is empty for one that nothing else in the program knows."""
    found = _LOCALE.match(locale)
    if found is None:
        return "", ""
    code = found[1].lower()
    code = _OTHER_CODES.get(code, code)
    region = (found[2] or "").upper()
    return (code if code in LANGUAGE_NAMES else ""), region if len(region) == 2 else ""


def _without_window() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {}
