"""The built-in voices of espeak-ng: plain, quick, in about ninety languages, with nothing to install."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name
from viralclip_desktop.engines.tts import espeak
from viralclip_desktop.engines.tts.base import (
    Gender,
    Line,
    Spoken,
    SpokenWord,
    TtsSetup,
    Voice,
    check_speed,
)
from viralclip_desktop.engines.tts.wav import soft_ends, write_mono

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_RATE_WPM: Final = 175  # espeak-ng's own ordinary rate
_WOMAN: Final = "+f3"
_QUIET: Final = 0.004  # of full scale: espeak's own silence
_MARGIN_S: Final = 0.01
_HOME: Final = {"en": "en-us", "fr": "fr-fr"}
"""Of languages that have no voice without a region: the one most listeners expect."""
_OTHER_CODES: Final = {"cmn": "zh", "nb": "no"}


class EspeakVoices:
    """A man's and a woman's voice for each language."""

    info = ProviderInfo(
        "espeak", "espeak-ng", "tts", capabilities=("word_times", "prediction", "speed", "any_language")
    )

    def __init__(self, setup: TtsSetup) -> None:
        """Nothing is set."""

    def ready(self) -> str | None:
        """None if the library is there."""
        try:
            espeak.voices()
        except EnvironmentLacks as lacking:
            return str(lacking)
        return None

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        names = sorted((name for name in espeak.voices() if _code(name)), key=_by_language)
        return [voice for name in names for voice in _pair(name)]

    def predict(self, lines: Sequence[Line]) -> list[Time]:
        """Exact: it speaks a hundred times faster than it is heard."""
        return [_utterance(line).duration for line in lines]

    def speak(self, line: Line, out_wav: Path, cancel: CancelToken) -> Spoken:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        cancel.raise_if_cancelled()
        said = _utterance(line)
        write_mono(soft_ends(said.samples, said.rate_hz), out_wav, said.rate_hz)
        return Spoken(said.duration, said.words(line.text))


@dataclass(frozen=True)
class _Utterance:
    """A line without the silence around it."""

    samples: Samples
    rate_hz: int
    begins: Sequence[tuple[int, int]]
    """Of what is said: the character it stands at, the sample it starts with."""

    @property
    def duration(self) -> Time:
        return self._time(len(self.samples))

    def words(self, text: str) -> tuple[SpokenWord, ...]:
        """What is written up to a space is a word, however it is said."""
        written = text.split()
        starts = _starts(text, written)
        first: dict[int, int] = {}
        for character, sample in self.begins:
            first.setdefault(bisect_right(starts, character) - 1, sample)
        spoken, at = [], len(self.samples)
        for number in reversed(range(len(written))):
            begin = min(first.get(number, at), at)
            spoken.append(
                SpokenWord(written[number], TimeRange(self._time(begin), self._time(self._end(begin, at))))
            )
            at = begin
        return tuple(reversed(spoken))

    def _end(self, start: int, after: int) -> int:
        """Where what is heard ends before the next word."""
        import numpy as np

        loud = np.flatnonzero(np.abs(self.samples[start:after]) > _QUIET)
        return start + int(loud[-1]) + 1 if len(loud) else after

    def _time(self, sample: int) -> Time:
        return Time.from_samples(sample, self.rate_hz)


def _utterance(line: Line) -> _Utterance:
    import numpy as np

    check_speed(line.speed)
    if not _code(line.voice.split("+")[0]):
        raise BadInput(say("The built-in voice has no voice named {voice}.", voice=line.voice))
    data, rate_hz, words = espeak.spoken(line.text, line.voice, round(_RATE_WPM * line.speed))
    samples = np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768)
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    margin = round(_MARGIN_S * rate_hz)
    first = max(0, int(loud[0]) - margin) if len(loud) else 0
    last = int(loud[-1]) + 1 + margin if len(loud) else 0
    begins = [(character, max(0, ms * rate_hz // 1000 - first)) for character, ms in words]
    return _Utterance(samples[first:last], rate_hz, begins)


def _starts(text: str, written: Sequence[str]) -> list[int]:
    """The character each word starts at."""
    ends = accumulate(written, lambda at, word: text.index(word, at) + len(word), initial=0)
    return [end - len(word) for word, end in zip(written, list(ends)[1:], strict=True)]


def _pair(name: str) -> tuple[Voice, Voice]:
    return _voice(name, "male"), _voice(name + _WOMAN, "female")


def _voice(name: str, gender: Gender) -> Voice:
    language, _, region = name.split("+", maxsplit=1)[0].partition("-")
    accent = region.upper() if len(region) == 2 and region.upper() != language.upper() else region
    code = _code(name.split("+", maxsplit=1)[0])
    return Voice("espeak", name, code, gender, accent, language_name(code))


def _by_language(name: str) -> tuple[str, bool, str]:
    """Language by language, the most usual voice of each first."""
    code = _code(name)
    return code, name != _HOME.get(code, name), name


def _code(name: str) -> str:
    """The code of a voice's language; empty for those that nothing else in the program knows."""
    base = name.split("-", maxsplit=1)[0]
    code = _OTHER_CODES.get(base, base)
    return code if code in LANGUAGE_NAMES else ""
