"""The voices that the system has, as a provider. They tell neither lengths nor times of words, and speak at
their natural speed: the program makes the others of that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.tts.base import (
    Line,
    Spoken,
    TtsSetup,
    Voice,
    check_natural_speed,
    check_speed,
    is_said,
    rough_length,
)
from viralclip_desktop.engines.tts.system.door import PROVIDER, Door, failed
from viralclip_desktop.engines.tts.system.sapi import Sapi
from viralclip_desktop.engines.tts.system.say_program import SayProgram
from viralclip_desktop.engines.tts.system.speechd import SpeechDispatcher
from viralclip_desktop.engines.tts.wav import read_mono, soft_ends, sounding, write_mono

_DOORS: Final[dict[str, Callable[[], Door]]] = {
    "linux": SpeechDispatcher,
    "darwin": SayProgram,
    "win32": Sapi,
}
"""By the system whose own they are."""


class SystemVoices:
    """The voices of macOS, of Windows, or of Speech Dispatcher."""

    info = ProviderInfo(
        PROVIDER,
        "System voices",
        "tts",
        needs=(Need("program", "say", "say of macOS, PowerShell of Windows, or Speech Dispatcher"),),
    )

    def __init__(self, _setup: TtsSetup) -> None:
        """Nothing is set: the door is that of this system, or another one whose program is there."""
        doors = [make() for _, make in sorted(_DOORS.items(), key=lambda door: door[0] != sys.platform)]
        self._door = next((door for door in doors if door.problem() is None), doors[0])

    def ready(self) -> str | None:
        """None if the system's program is there."""
        return self._door.problem()

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        return list(self._voices.values())

    def predict(self, lines: Sequence[Line]) -> list[Time]:
        """About how long each line is going to be, by its letters."""
        for line in lines:
            check_speed(line.speed)
            self._known(line.voice)
        return [rough_length(line) for line in lines]

    def speak(self, line: Line, out_wav: Path, cancel: CancelToken) -> Spoken:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`; at the voice's natural speed."""
        voice = self._known(line.voice)
        check_natural_speed(line, self.info.name)
        if not is_said(line.text):
            return _written(b"", out_wav)
        said = out_wav.with_suffix(".said.wav")
        try:
            self._door.speak(" ".join(line.text.split()), voice, said, cancel)
            sound = said.read_bytes()
        except OSError as error:
            raise failed(PROVIDER, str(error)) from error
        finally:
            said.unlink(missing_ok=True)
        return _written(sound, out_wav)

    @cached_property
    def _voices(self) -> dict[str, Voice]:
        found: dict[str, Voice] = {}
        for voice in self._door.voices():
            found.setdefault(voice.name, voice)
        return found

    def _known(self, name: str) -> Voice:
        if name not in self._voices:
            raise BadInput(
                say("{name} has no voice named {voice}.", name=self.info.name, voice=name),
                "“viralclip voices list” prints those that can speak here.",
            )
        return self._voices[name]


def _written(sound: bytes, out_wav: Path) -> Spoken:
    """A sound without the silence around it, as the file of a line. Raises a Fault for silence alone."""
    import numpy as np

    samples, rate_hz = np.zeros(0, np.float32), 22_050
    if sound:
        try:
            samples, rate_hz = read_mono(sound)
        except ValueError as error:
            raise failed(PROVIDER, str(error)) from error
        heard = sounding(samples, rate_hz)
        if heard is None:
            raise failed(PROVIDER, "nothing is heard in what came")
        samples = samples[heard]
    write_mono(soft_ends(samples, rate_hz), out_wav, rate_hz)
    return Spoken(Time.from_samples(len(samples), rate_hz))
