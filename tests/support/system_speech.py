"""Stand-ins for the speech of other systems: programs that take the documented command lines of ``say``,
PowerShell and the modules of Speech Dispatcher, and hum as long as a text would take to say."""

from __future__ import annotations

import base64
import json
import math
import os
import sys
import wave
from array import array
from pathlib import Path
from typing import IO

RATE_HZ, _CHARACTERS_A_S, _SILENCE_S = 22_050, 15, 0.3
PROGRAMS = {"say": "say", "sapi": "powershell", "speech-dispatcher": "spd-say"}
LISTED = """Albert              en_US    # Hello! My name is Albert.
Bad News            en_US    # Hello! My name is Bad News.
Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy.
Samantha            en_US    # Hello! My name is Samantha.
Tünde (Enhanced)    hu_HU    # Üdvözlöm! A nevem Tünde.
Zoe (Premium)       en_US    # Hello! My name is Zoe.
Majed               ar_001   # مرحبًا! اسمي ماجد.
Fiona               en_GB_U_SD@sd=gbsct # Hello! My name is Fiona.
Nobody              tlh      # nuqneH
"""
INSTALLED = [
    {"name": "Microsoft David Desktop", "culture": "en-US", "gender": "Male"},
    {"name": "Microsoft Hëdda Desktop", "culture": "de-DE", "gender": "Female"},
    {"name": "Microsoft Klingon", "culture": "tlh", "gender": "NotSet"},
]


def install(folder: Path, door: str) -> Path:
    """Put the program of a door into a folder; what has to be on the PATH."""
    programs = folder / "bin"
    programs.mkdir(parents=True)
    _script(programs / PROGRAMS[door], door.replace("-", "_"))
    if door == "speech-dispatcher":
        modules = folder / "lib" / "speech-dispatcher-modules"
        modules.mkdir(parents=True)
        for name in ("sd_hum", "sd_espeak-ng", "sd_generic"):
            _script(modules / name, "module")
        _script(modules / "sd_old", "old_module")
    return programs


def _script(path: Path, function: str) -> None:
    tests = Path(__file__).parents[1]
    lines = (f"#!{sys.executable}", "import sys", f"sys.path.insert(0, {str(tests)!r})")
    run = (f"from support.system_speech import {function}", f"sys.exit({function}(sys.argv[1:]))")
    path.write_text("\n".join((*lines, *run, "")), "utf-8")
    path.chmod(0o755)


# the programs


def say(args: list[str]) -> int:
    """say(1) of macOS."""
    if args == ["-v", "?"]:
        sys.stdout.write(LISTED)
        return 0
    given = dict(zip(args[0:6:2], args[1:6:2], strict=True))
    known = [line[: line.index("#")].rsplit(maxsplit=1)[0].strip() for line in LISTED.splitlines()]
    if given["-v"] not in known:
        sys.stderr.write(f"Voice `{given['-v']}' not found.")
        return 1
    if sorted(args[6:]) != ["--data-format=LEI16@22050", "--file-format=WAVE"]:
        sys.stderr.write("Opening output file failed: fmt?")
        return 1
    _hum(Path(given["-f"]).read_text("utf-8"), Path(given["-o"]))
    return 0


def sapi(args: list[str]) -> int:
    """powershell.exe with a script for System.Speech."""
    assert args[:-1] == ["-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand"]
    script = base64.b64decode(args[-1]).decode("utf-16-le")
    assert "Add-Type -AssemblyName System.Speech" in script
    if "GetInstalledVoices()" in script:
        assert "ToBase64String([Text.Encoding]::UTF8.GetBytes($json))" in script
        sys.stdout.buffer.write(
            base64.b64encode(json.dumps(INSTALLED, ensure_ascii=False).encode()) + b"\r\n"
        )
        return 0
    assert script.index("SelectVoice") < script.index("SetOutputToWaveFile") < script.index("Speak($asked")
    asked = json.loads(Path(os.environ["VIRALCLIP_SPEAK"]).read_text("utf-8"))
    if asked["voice"] not in [one["name"] for one in INSTALLED]:
        sys.stderr.write("Cannot set voice. No matching voice is installed.")
        return 1
    _hum(asked["text"], Path(asked["out"]))
    return 0


def speech_dispatcher(_args: list[str]) -> int:
    """spd-say: it only plays."""
    return 1


def old_module(_args: list[str]) -> int:
    """A module that plays its sound itself."""
    for line in sys.stdin.buffer:
        if line == b"INIT\n":
            _tell("299 OK LOADED SUCCESSFULLY")
        elif line == b".\n":
            _tell("300-unknown method", "300 MODULE ERROR")
    return 0


def module(_args: list[str]) -> int:
    """A module of Speech Dispatcher that hands over its samples."""
    given: dict[str, str] = {}
    for line in sys.stdin.buffer:
        what = line.decode().strip()
        if what == "INIT":
            _tell("299-Hums.", "299 OK LOADED SUCCESSFULLY")
        elif what == "AUDIO":
            _tell("207 OK RECEIVING AUDIO SETTINGS")
            assert _lines(sys.stdin.buffer) == ["audio_output_method=server"]
            _tell("203 OK AUDIO INITIALIZED")
        elif what == "LIST VOICES":
            _tell("200-Kal One\ten-US\tmale1", "200-Rosa\tes\tfemale1", "200-Worf\ttlh\tnone")
            _tell("200 OK VOICE LIST SENT")
        elif what == "SET":
            _tell("203 OK RECEIVING SETTINGS")
            given |= dict(one.split("=", 1) for one in _lines(sys.stdin.buffer))
            _tell("203 OK SETTINGS RECEIVED")
        elif what == "SPEAK":
            _tell("202 OK RECEIVING MESSAGE")
            _speak("\n".join(_lines(sys.stdin.buffer)), given)
    return 0


def _speak(marked: str, given: dict[str, str]) -> None:
    if given["synthesis_voice"] not in ("Kal One", "Rosa") or "<speak>" not in marked:
        _tell("301 ERROR CANT SPEAK")
        return
    _tell("200 OK SPEAKING", "701 BEGIN")
    data = _samples(marked.removeprefix("<speak>").removesuffix("</speak>")).tobytes()
    for at in range(0, len(data), 10_000):
        part = data[at : at + 10_000]
        escaped = part.replace(b"\x7d", b"\x7d\x5d").replace(b"\n", b"\x7d\x2a")
        _tell("705-bits=16", "705-num_channels=1", f"705-sample_rate={RATE_HZ}")
        _tell(f"705-num_samples={len(part) // 2}", "705-big_endian=0")
        sys.stdout.buffer.write(b"705-AUDIO\0" + escaped + b"\n")
        _tell("705 AUDIO")
    _tell("702 END")


def _lines(stream: IO[bytes]) -> list[str]:
    """Up to a line that is a dot."""
    found: list[str] = []
    for line in stream:
        if line == b".\n":
            break
        found.append(line.decode().rstrip("\n"))
    return found


def _tell(*lines: str) -> None:
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    sys.stdout.buffer.flush()


def _samples(text: str) -> array[int]:
    """A hum of 252 Hz between two silences."""
    period = [round(9000 * math.sin(2 * math.pi * n / 87.5)) for n in range(175)]
    sound = array("h", period * (len(text) * RATE_HZ // (_CHARACTERS_A_S * len(period))))
    silence = array("h", [0]) * round(_SILENCE_S * RATE_HZ)
    return silence + sound + silence


def _hum(text: str, out: Path) -> None:
    with wave.open(str(out), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(_samples(text).tobytes())
