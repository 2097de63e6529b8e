"""The voices of Windows: System.Speech, which PowerShell 5 (part of Windows) reaches. The scripts are
constant; what is to be said lies in a file of JSON, whose name is in the environment."""

from __future__ import annotations

import json
import shutil
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.tts.base import Gender, Voice
from viralclip_desktop.engines.tts.system.door import (
    LIST_LIMIT_S,
    PROVIDER,
    SPEAK_LIMIT_S,
    failed,
    language_of,
    run,
)

ASKED: Final = "VIRALCLIP_SPEAK"
_BEGIN: Final = """
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Add-Type -AssemblyName System.Speech
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer
"""
# what is printed goes through the console's own encoding, which few names survive: so it is base64
_LIST: Final = (
    _BEGIN
    + """
$found = @($speech.GetInstalledVoices() | Where-Object { $_.Enabled } | ForEach-Object {
  @{ name = $_.VoiceInfo.Name; culture = $_.VoiceInfo.Culture.Name; gender = [string]$_.VoiceInfo.Gender }
})
$json = ConvertTo-Json -InputObject $found -Compress
[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
"""
)
_SPEAK: Final = (
    _BEGIN
    + """
$asked = [IO.File]::ReadAllText($env:VIRALCLIP_SPEAK, [Text.Encoding]::UTF8) | ConvertFrom-Json
$bits = [System.Speech.AudioFormat.AudioBitsPerSample]::Sixteen
$mono = [System.Speech.AudioFormat.AudioChannel]::Mono
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo -ArgumentList 22050, $bits, $mono
$speech.SelectVoice($asked.voice)
$speech.SetOutputToWaveFile($asked.out, $format)
$speech.Speak($asked.text)
$speech.Dispose()
"""
)
_GENDERS: Final[dict[str, Gender]] = {"Female": "female", "Male": "male"}


class Sapi:
    """The voices of Windows."""

    def problem(self) -> str | None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        return None if shutil.which("powershell") else "PowerShell, which reaches them, is not there."

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        listed = run(_command(_LIST), LIST_LIMIT_S)
        try:
            told = read_json(b64decode(listed))
            found = [_voice(one) for one in (told if isinstance(told, list) else [told])]
        except JSON_FAULTS as error:
            raise failed("PowerShell", f"{error}: {listed[:500]!r}") from error
        return [voice for voice in found if voice.language]

    def speak(self, text: str, voice: Voice, out_wav: Path, cancel: CancelToken) -> None:
        """See :class:`~viralclip_desktop.engines.tts.system.door.Door`."""
        asked = out_wav.with_suffix(".json")
        what = {"text": text, "voice": voice.name, "out": str(out_wav.absolute())}
        asked.write_text(json.dumps(what), "utf-8")
        try:
            run(_command(_SPEAK), SPEAK_LIMIT_S, cancel, {ASKED: str(asked.absolute())})
        finally:
            asked.unlink(missing_ok=True)


def _command(script: str) -> list[str]:
    encoded = b64encode(script.encode("utf-16-le")).decode("ascii")
    program = shutil.which("powershell") or "powershell"
    return [program, "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]


def _voice(told: dict[str, Any]) -> Voice:
    name, gender = str(told["name"]), _GENDERS.get(str(told["gender"]), "")
    code, region = language_of(str(told["culture"]))
    return Voice(PROVIDER, name, code, gender, region, name)
