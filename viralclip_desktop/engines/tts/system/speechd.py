"""Speech Dispatcher, the speech of Linux desktops. It only plays: neither ``spd-say`` nor its protocol for
clients gives a sound back (as its own maintainers say). Its modules do: each is a program that speaks on
demand of the dispatcher, and since version 0.11 hands over its samples where it is asked to
(``audio_output_method=server``). So this asks the modules as the dispatcher would.

The protocol is that of ``src/modules/module_process.c``: commands in lines, answers in lines with a number;
samples come as ``705-AUDIO``, a zero byte and the data, in which line ends are escaped as HDLC does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import IO, Final
from xml.sax.saxutils import escape

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.tts.base import Gender, Voice
from viralclip_desktop.engines.tts.system.door import (
    LIST_LIMIT_S,
    PROVIDER,
    SPEAK_LIMIT_S,
    failed,
    language_of,
    started,
)

_FOLDERS: Final = ("lib", "libexec", "lib64")
_MODULES: Final = "speech-dispatcher-modules"
_PREFIX: Final = "sd_"
_LEFT_OUT: Final = frozenset({"dummy", "generic", "espeak", "espeak-ng", "espeak-ng-mbrola"})
"""Modules that speak nothing, that only play, and that are espeak-ng once more, which is built in."""
_LIST: Final = " ".join(("LIST", "VOICES"))
_ESCAPE, _FLIP = 0x7D, 0x20
_GENDERS: Final[dict[str, Gender]] = {"male": "male", "female": "female"}


class SpeechDispatcher:
    """The voices of Speech Dispatcher's modules; a voice is named ``module/name``."""

    def problem(self) -> str | None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        if not shutil.which("spd-say"):
            return "Speech Dispatcher is not installed."
        return None if _modules() else "Speech Dispatcher has no voices besides espeak-ng, which is built in."

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`. A module that cannot be used is left
        out."""
        found: list[Voice] = []
        for name, program in _modules().items():
            with suppress(Fault), _running(name, program, LIST_LIMIT_S, CancelToken()) as module:
                found += module.voices()
        return found

    def speak(self, text: str, voice: Voice, out_wav: Path, cancel: CancelToken) -> None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        name, _, own = voice.name.partition("/")
        with _running(name, _modules()[name], SPEAK_LIMIT_S, cancel) as module:
            sound = module.spoken(text, own, voice.language)
        with out_wav.open("wb") as raw, wave.open(raw, "wb") as wav:
            wav.setnchannels(sound.channels)
            wav.setsampwidth(2)
            wav.setframerate(sound.rate_hz)
            wav.writeframes(bytes(sound.samples))


@dataclass
class _Sound:
    rate_hz: int = 0
    channels: int = 1
    samples: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True)
class _Module:
    """A module that runs."""

    name: str
    said: IO[bytes]
    heard: IO[bytes]

    def voices(self) -> list[Voice]:
        self._say(_LIST)
        answers = self._answers("200 ")
        return [voice for line in answers if line.startswith(b"200-") and (voice := self._voice(line[4:]))]

    def spoken(self, text: str, voice: str, language: str) -> _Sound:
        wanted = ("pitch=0", "rate=0", "volume=100", f"language={language}", f"synthesis_voice={voice}", ".")
        self._say("SET", *wanted)
        self._answers("203 OK SETTINGS RECEIVED")
        self._say("SPEAK", f"<speak>{escape(text)}</speak>", ".")
        sound, told = _Sound(), dict[str, str]()
        for line in self._answers("702 "):
            what, _, value = line[4:].partition(b"=")
            if line.startswith(b"705-AUDIO\0"):
                self._take(sound, told, _unescaped(line[10:]))
            elif line.startswith(b"705-"):
                told[what.decode("ascii", "replace")] = value.decode("ascii", "replace")
        return sound

    def begin(self) -> None:
        """Raises a Fault for a module that does not hand over its samples."""
        self._say("INIT")
        self._answers("299 ")
        self._say("AUDIO", "audio_output_method=server", ".")
        self._answers("203 OK AUDIO")

    def _take(self, sound: _Sound, told: dict[str, str], data: bytearray) -> None:
        form = tuple(told.get(name, "") for name in ("bits", "big_endian", "num_channels", "sample_rate"))
        if form[:2] != ("16", "0") or form[2] not in ("1", "2") or not form[3].isdecimal():
            raise failed(self.name, f"samples of an unknown form: {told}")
        sound.rate_hz, sound.channels = int(told["sample_rate"]), int(told["num_channels"])
        sound.samples += data

    def _say(self, *lines: str) -> None:
        try:
            self.said.write("".join(f"{line}\n" for line in lines).encode())
            self.said.flush()
        except OSError as error:
            raise failed(self.name, str(error)) from error

    def _answers(self, last: str) -> list[bytes]:
        """The lines up to the one that begins with ``last``. Raises a Fault for one that tells an error (3..,
        4..), or none at all."""
        lines: list[bytes] = []
        for line in self.heard:
            lines.append(line.rstrip(b"\n"))
            if line.startswith(last.encode()):
                return lines
            if line[:1] in b"34" and line[3:4] == b" ":
                break
        raise failed(self.name, b"\n".join(lines[-3:]).decode("utf-8", "replace")[:500])

    def _voice(self, line: bytes) -> Voice | None:
        name, language, variant = (*line.decode("utf-8", "replace").split("\t"), "", "")[:3]
        code, region = language_of(language)
        gender = _GENDERS.get(variant.rstrip("0123456789"), "")
        return Voice(PROVIDER, f"{self.name}/{name}", code, gender, region, name) if code and name else None


@contextmanager
def _running(name: str, program: Path, limit_s: float, cancel: CancelToken) -> Iterator[_Module]:
    """A module, ready to speak; it is ended afterwards, and where it takes longer than ``limit_s``."""
    cancel.raise_if_cancelled()
    config = _config(program, name)
    command = [program, config] if config else [program]
    process = started(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    assert process.stdout is not None
    limit, forget = Timer(limit_s, process.kill), cancel.on_cancel(process.kill)
    limit.start()
    try:
        module = _Module(name, process.stdin, process.stdout)
        module.begin()
        yield module
    except Fault:
        cancel.raise_if_cancelled()
        raise
    finally:
        limit.cancel()
        forget()
        process.kill()
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()


def _modules() -> dict[str, Path]:
    """The programs of the modules that can be of use, by their names: they lie beside ``spd-say``."""
    client = shutil.which("spd-say")
    if client is None:
        return {}
    homes = dict.fromkeys((Path(client).parent.parent, Path(client).resolve().parent.parent))
    found: dict[str, Path] = {}
    for folder in (home / part / _MODULES for home in homes for part in _FOLDERS):
        with suppress(OSError):
            for path in sorted(folder.iterdir()):
                name = path.name.removeprefix(_PREFIX)
                if path.name.startswith(_PREFIX) and name not in _LEFT_OUT and os.access(path, os.X_OK):
                    found.setdefault(name, path)
    return found


def _config(program: Path, name: str) -> Path | None:
    """The settings of a module, where the dispatcher has them."""
    prefix = program.parent.parent.parent
    own = Path.home() / ".config" / "speech-dispatcher" / "modules"
    folders = (own, prefix / "etc/speech-dispatcher/modules", Path("/etc/speech-dispatcher/modules"))
    return next((path for folder in folders if (path := folder / f"{name}.conf").is_file()), None)


def _unescaped(data: bytes) -> bytearray:
    """What was escaped as in HDLC: after 0x7d comes a byte with its sixth bit turned over."""
    whole, at = bytearray(), 0
    while (mark := data.find(_ESCAPE, at)) >= 0 and mark + 1 < len(data):
        whole += data[at:mark]
        whole.append(data[mark + 1] ^ _FLIP)
        at = mark + 2
    return whole + data[at:]
