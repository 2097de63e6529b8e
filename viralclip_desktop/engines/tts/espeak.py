"""espeak-ng, the built-in voice: a library with its data in one wheel, offline, in a hundred languages.

The functions used here are those of espeak-ng's ``speak_lib.h`` (version 1.50 and later).
"""

from __future__ import annotations

import ctypes
import itertools
import sys
import threading
import wave
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say

_AUDIO_OUTPUT_SYNCHRONOUS = 2
_INITIALIZE_DONT_EXIT = 0x8000
_POS_CHARACTER = 1
_CHARS_UTF8 = 1
_END_PAUSE = 0x1000  # the pause after the last sentence, as the espeak-ng program makes it
_PARAMETER_RATE, _PARAMETER_PITCH = 1, 3
_ENCODING = "mbcs" if sys.platform == "win32" else "utf-8"

_EVENT_NONE, _EVENT_WORD = 0, 1

_SampleSink = Callable[[Any, int, Any], int]
_lock = threading.Lock()
_callback_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _Event(ctypes.Structure):
    """``espeak_EVENT``. A word's ``text_position`` counts characters from 1, ``audio_position``
    milliseconds."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _Voice(ctypes.Structure):
    """``espeak_VOICE``. ``languages`` is a list of (priority byte, name, zero byte), ended by a zero."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


class _Library:
    """The loaded library with the one callback it may call, and where that puts the samples."""

    def __init__(self) -> None:
        import espeakng_loader

        self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
        self.samples = bytearray()
        self.words: list[tuple[int, int]] = []
        self._callback = _callback_type(self._take)
        self.rate_hz: int = self._lib.espeak_Initialize(
            _AUDIO_OUTPUT_SYNCHRONOUS, 0, str(data.parent).encode(_ENCODING), _INITIALIZE_DONT_EXIT
        )
        if self.rate_hz <= 0:
            raise EnvironmentLacks("The built-in voice could not be started.", "Install the program again.")
        self._lib.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self.samples += ctypes.string_at(samples, count * 2)
        for index in itertools.count():
            event = ctypes.cast(events, ctypes.POINTER(_Event))[index]
            if event.type == _EVENT_NONE:
                return 0
            if event.type == _EVENT_WORD:
                self.words.append((event.text_position - 1, event.audio_position))
        return 0

    def _choose(self, voice: str) -> None:
        """Set a voice by its name or, as ``en-gb`` has another file name, by its first language."""
        if self._lib.espeak_SetVoiceByName(voice.encode()) == 0:
            return
        language, _, variant = voice.partition("+")
        identifier = self.voice_files.get(language.lower(), "")
        name = identifier + ("+" + variant if variant else "")
        if not identifier or self._lib.espeak_SetVoiceByName(name.encode()) != 0:
            raise BadInput(say("The built-in voice has no voice named {voice}.", voice=voice))

    @cached_property
    def voice_files(self) -> dict[str, str]:
        """The file of each language, by its code in lower case."""
        self._lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        voices = self._lib.espeak_ListVoices(None)
        files: dict[str, str] = {}
        for index in itertools.count():
            if not voices[index]:
                return files
            voice = voices[index].contents
            language = ctypes.string_at(voice.languages + 1).decode("utf-8", "replace").lower()
            files.setdefault(language, voice.identifier.decode("utf-8", "replace"))
        return files

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int) -> bytes:
        """Mono 16-bit samples at ``rate_hz``; ``words`` has where each word begins in the text and in
        milliseconds. The caller holds the lock."""
        self.samples, self.words = bytearray(), []
        self._choose(voice)
        self._lib.espeak_SetParameter(_PARAMETER_RATE, rate_wpm, 0)
        self._lib.espeak_SetParameter(_PARAMETER_PITCH, pitch, 0)
        data = text.encode("utf-8") + b"\0"
        flags = _CHARS_UTF8 | _END_PAUSE
        if self._lib.espeak_Synth(data, len(data), 0, _POS_CHARACTER, 0, flags, None, None) != 0:
            raise Fault("The built-in voice could not speak the text.")
        self._lib.espeak_Synchronize()
        return bytes(self.samples)


@cache
def _library() -> _Library:
    try:
        return _Library()
    except (ImportError, OSError) as error:
        raise EnvironmentLacks(
            "The built-in voice is missing.", "Install the program again.", details=str(error)
        ) from error


def voices() -> list[str]:
    """The language codes that can be spoken, such as ``en-us`` and ``id``, in alphabetical order."""
    with _lock:
        return sorted(_library().voice_files)


def spoken(text: str, voice: str, rate_wpm: int) -> tuple[bytes, int, list[tuple[int, int]]]:
    """Mono 16-bit samples, their rate in hertz, and of each word where it begins in the text (characters) and
    in time (milliseconds). As :func:`speak` in all else."""
    with _lock:
        library = _library()
        samples = library.speak(text, voice, rate_wpm, 50)
        return samples, library.rate_hz, list(library.words)


def speak(text: str, out_wav: Path, voice: str = "en-us", rate_wpm: int = 160, pitch: int = 50) -> None:
    """Speak ``text`` into a mono 16-bit WAV file (22,050 Hz).

    ``voice`` is an espeak-ng voice, with or without a variant (``en-us``, ``en-us+f3``, ``id``).
    ``rate_wpm`` is words a minute (80..450), ``pitch`` 0..100. Safe to call from any thread: one text
    is spoken at a time. Raises BadInput for an unknown voice, EnvironmentLacks without the library.
    """
    with _lock:
        library = _library()
        samples = library.speak(text, voice, rate_wpm, pitch)
    with out_wav.open("wb") as raw, wave.open(raw, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(library.rate_hz)
        wav.writeframes(samples)
