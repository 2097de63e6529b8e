"""Kokoro-82M (Apache-2.0) through kokoro-onnx: natural voices in seven languages, offline.
(Its Japanese and Chinese voices are left out: espeak-ng, which tells it the sounds of a text, reads neither.)

Its files lie in the folder ``kokoro`` of the models: one network (``kokoro*.onnx``, the smaller one where
there are two) and its voices (any number of ``.npz`` or ``.bin`` files, each a NumPy archive with an array of
510 x 1 x 256 a voice).

The network decides how long each sound is before it makes any of them. That part of it alone (a sixth) tells
a line's length to the frame for a hundredth of the work; the times of the words come from the same numbers.

A voice is its style, and styles can be mixed: a blend of voices of one language is a voice like any other
(``blends``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.tts import blends, onnx_graph
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
from viralclip_desktop.engines.tts.words import Heard, words_heard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FOLDER: Final = "kokoro"
RATE_HZ: Final = 24_000
_FRAME: Final = 600  # samples of one of the network's frames, in which it counts lengths
_LENGTHS: Final = "/encoder/Clip_output_0"  # inside the published network: frames of each sound, as numbers
_LEAD, _TAIL = 2, 3  # frames kept before the first sound and after the last: onsets and ends are soft
_PAUSE: Final = 10  # frames between two pieces
_LONGEST_PIECE: Final = 300  # sounds; of its 510 the last ones are rushed
_THREADS: Final = 4  # of one network: more of them mostly wait for each other
_MARKS: Final = frozenset(' .,!?;:—…"“”()')

_LANGUAGES: Final = {  # by the first letter of a voice's name: code, region, what espeak-ng calls it
    "a": ("en", "US", "en-us"),
    "b": ("en", "GB", "en-gb"),
    "e": ("es", "", "es"),
    "f": ("fr", "FR", "fr-fr"),
    "h": ("hi", "IN", "hi"),
    "i": ("it", "", "it"),
    "p": ("pt", "BR", "pt-br"),
}
_GENDERS: Final[dict[str, Gender]] = {"f": "female", "m": "male"}
_BEST: Final = ("af_heart", "af_bella", "am_michael", "bf_emma")
"""By the grades that its makers give; the others follow by name."""


@dataclass(frozen=True)
class _Piece:
    """What the network speaks at once: its sounds, their numbers, and how many frames each of them lasts."""

    sounds: str
    tokens: list[int]
    frames: list[int]
    """One more at either end than there are sounds: the silence around them."""

    @property
    def first(self) -> int:
        """The frame that the piece is kept from."""
        return max(0, self.frames[0] - _LEAD)

    @property
    def last(self) -> int:
        """The frame that it is kept up to: a little after the last sound that is no mark."""
        spoken = max((n for n, sound in enumerate(self.sounds) if sound not in _MARKS), default=-1)
        return min(sum(self.frames), sum(self.frames[: spoken + 2]) + _TAIL)

    def starts(self) -> list[int]:
        """The frame each sound starts in, and where the last one ends, from the first kept one on."""
        at, starts = self.frames[0] - self.first, []
        for frames in self.frames[1:-1]:
            starts.append(at)
            at += frames
        return [*starts, at]


class KokoroVoices:
    """Kokoro's voices."""

    info = ProviderInfo(
        "kokoro",
        "Kokoro",
        "tts",
        needs=(Need("model", "kokoro", "Kokoro"), Need("package", "kokoro_onnx")),
        capabilities=("word_times", "prediction", "speed", "blends"),
        threads=_THREADS,
    )

    def __init__(self, setup: TtsSetup) -> None:
        self._folder = setup.models / FOLDER

    def ready(self) -> str | None:
        """None if the network, a voice and the package are there."""
        if find_spec("kokoro_onnx") is None:
            return "The package kokoro-onnx is missing. Install the program again."
        if self._network() is None or not self._names():
            return say(
                "Its model is not installed. Put {name} and {other} into the folder {folder}.",
                name="kokoro-v1.0.int8.onnx",
                other="voices.npz",
                folder=str(self._folder),
            )
        return None

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        known = [name for name in self._names() if name[:1] in _LANGUAGES and name[1:2] in _GENDERS]
        return [_voice(name) for name in sorted(known, key=_rank)]

    def blend(self, name: str) -> Voice:
        """See :class:`~viralclip_desktop.engines.tts.base.BlendsVoices`."""
        shares = blends.shares_of(name)
        voices = [_voice(self._known(share.name)) for share in shares]
        main = voices[0]
        if len(voices) == 1:
            return main
        if {voice.language for voice in voices} != {main.language}:
            raise BadInput(
                "Only voices of one language can be mixed.",
                "“viralclip voices list” has the language of each.",
            )
        gender = main.gender if {voice.gender for voice in voices} == {main.gender} else ""
        label = " + ".join(voice.label for voice in voices)
        return Voice("kokoro", blends.name_of(shares), main.language, gender, main.accent, label)

    def predict(self, lines: Sequence[Line]) -> list[Time]:
        """Exact to the sample; a line at any number of speeds is hardly more work than at one."""
        speeds: dict[tuple[str, str], list[float]] = {}
        for line in lines:
            speeds.setdefault((line.text, line.voice), []).append(line.speed)
        lengths = {
            Line(text, voice, speed): Time.from_samples(sum(map(len, _layout(pieces))) * _FRAME, RATE_HZ)
            for (text, voice), asked in speeds.items()
            for speed, pieces in zip(asked, self._pieces(text, voice, asked), strict=True)
        }
        return [lengths[line] for line in lines]

    def speak(self, line: Line, out_wav: Path, cancel: CancelToken) -> Spoken:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        import numpy as np

        (pieces,) = self._pieces(line.text, line.voice, [line.speed])
        parts: list[Samples] = []
        for piece, place in zip(pieces, _layout(pieces), strict=True):
            cancel.raise_if_cancelled()
            sound = self._sound(piece, line)[piece.first * _FRAME : piece.last * _FRAME]
            parts += [
                soft_ends(sound, RATE_HZ),
                np.zeros((len(place) - (piece.last - piece.first)) * _FRAME, np.float32),
            ]
        samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        write_mono(samples, out_wav, RATE_HZ)
        return Spoken(Time.from_samples(len(samples), RATE_HZ), self._words(line, pieces))

    # inside

    def _network(self) -> Path | None:
        found = sorted(self._folder.glob("kokoro*.onnx"), key=lambda path: (path.stat().st_size, path.name))
        return found[0] if found else None

    def _archives(self) -> list[Path]:
        return sorted([*self._folder.glob("*.npz"), *self._folder.glob("*.bin")])

    def _names(self) -> dict[str, Path]:
        names: dict[str, Path] = {}
        for path in self._archives():
            try:
                with ZipFile(path) as archive:
                    members = archive.namelist()
            except (OSError, BadZipFile):
                continue
            names |= {name.removesuffix(".npy"): path for name in members if name.endswith(".npy")}
        return names

    def _pieces(self, text: str, voice: str, speeds: Sequence[float]) -> list[list[_Piece]]:
        """The pieces of a text, at each of the speeds."""
        for speed in speeds:
            check_speed(speed)
        from kokoro_onnx.chunker import split_phonemes

        sounds = self._sounds(text, voice)
        parts = split_phonemes(sounds, _LONGEST_PIECE) if len(sounds) > _LONGEST_PIECE else [sounds]
        known = [part for part in map(self._speaker.known, parts) if any(one not in _MARKS for one in part)]
        at_speeds = [self._at_speeds(part, voice, speeds) for part in known]
        return [[pieces[number] for pieces in at_speeds] for number in range(len(speeds))]

    def _at_speeds(self, sounds: str, voice: str, speeds: Sequence[float]) -> list[_Piece]:
        """A piece at each of the speeds: how long its sounds would be is found once for all of them."""
        import numpy as np

        tokens = self._speaker.tokenize(sounds)
        feed = self._feed(tokens, voice) | {"speed": np.array(speeds, np.float32)[:, None]}
        (frames,) = self._predictor.run(["duration"], feed)
        return [_Piece(sounds, tokens, [int(one) for one in row]) for row in frames]

    def _sound(self, piece: _Piece, line: Line) -> Samples:
        import numpy as np

        feed = self._feed(piece.tokens, line.voice) | {"speed": np.array([line.speed], np.float32)}
        (sound, *_) = self._whole.run(None, feed)
        samples: Samples = sound.ravel()
        return samples

    def _feed(self, tokens: list[int], voice: str) -> dict[str, Any]:
        """What the network is given besides the speed."""
        import numpy as np

        style = self._style(voice)
        return {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style[min(len(tokens), len(style)) - 1].astype(np.float32),
        }

    def _known(self, voice: str) -> str:
        """The name itself. Raises BadInput for a voice that is not there."""
        if voice[:1] not in _LANGUAGES or voice[1:2] not in _GENDERS or voice not in self._names():
            raise BadInput(say("Kokoro has no voice named {voice}.", voice=voice))
        return voice

    def _style(self, voice: str) -> NDArray[np.float32]:
        if voice not in self._styles:
            self._styles[voice] = self._mixed(voice) if blends.is_blend(voice) else self._read_style(voice)
        return self._styles[voice]

    def _mixed(self, voice: str) -> NDArray[np.float32]:
        self.blend(voice)  # that it can be mixed
        shares = blends.shares_of(voice)
        try:
            return blends.mixed([self._style(share.name) for share in shares], shares)
        except ValueError as error:
            raise self._damaged(self._names()[shares[0].name], error) from error

    def _read_style(self, voice: str) -> NDArray[np.float32]:
        import numpy as np

        path = self._names()[self._known(voice)]
        try:
            with np.load(path) as archive:
                style: NDArray[np.float32] = archive[voice]
                return style
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise self._damaged(path, error) from error

    @cached_property
    def _styles(self) -> dict[str, NDArray[np.float32]]:
        return {}

    def _sounds(self, text: str, voice: str) -> str:
        """What is heard, in the letters of phonetics; marks and spaces between words stay."""
        self._style(voice)
        known = self._spelt.get((text, voice))
        if known is None:
            first = blends.shares_of(voice)[0].name if blends.is_blend(voice) else voice
            language = _LANGUAGES[first[0]][2]
            known = " ".join(self._speaker.phonemize(text, language).split()) if text.strip() else ""
            self._spelt[text, voice] = known
        return known

    @cached_property
    def _spelt(self) -> dict[tuple[str, str], str]:
        """A line is asked for at many speeds, and its sounds are the same at all of them."""
        return {}

    def _words(self, line: Line, pieces: list[_Piece]) -> tuple[SpokenWord, ...]:
        heard, offset = [], 0
        for piece, place in zip(pieces, _layout(pieces), strict=True):
            starts = [offset + at for at in piece.starts()]
            heard += _groups(piece.sounds, starts)
            offset += len(place)
        return words_heard(line.text, heard, lambda word: len(self._sounds(word, line.voice)))

    @cached_property
    def _speaker(self) -> Any:
        from kokoro_onnx.tokenizer import Tokenizer

        return Tokenizer()

    @cached_property
    def _whole(self) -> Any:
        return self._session(None)

    @cached_property
    def _predictor(self) -> Any:
        network = self._network()
        if network is None:
            raise EnvironmentLacks("Kokoro cannot be used.", self.ready() or "")
        try:
            return self._session(onnx_graph.up_to(network.read_bytes(), _LENGTHS, "duration", column="speed"))
        except (OSError, ValueError) as error:
            raise self._damaged(network, error) from error

    def _session(self, part: bytes | None) -> Any:
        import onnxruntime

        network = self._network()
        assert network is not None
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = min(_THREADS, os.cpu_count() or 1)
        try:
            return onnxruntime.InferenceSession(
                str(network) if part is None else part, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # what onnxruntime raises has no class of its own to catch
            raise self._damaged(network, error) from error

    def _damaged(self, path: Path, error: Exception) -> EnvironmentLacks:
        return EnvironmentLacks(
            say("{name} cannot be read.", name=path.name),
            say(
                "Put a whole {name} into the folder {parent}, or remove the file.",
                name=path.name,
                parent=str(path.parent),
            ),
            str(error),
        )


def _voice(name: str) -> Voice:
    language, region, _ = _LANGUAGES[name[0]]
    return Voice("kokoro", name, language, _GENDERS[name[1]], region, name[3:].title())


def _rank(name: str) -> tuple[str, int, str]:
    return (_LANGUAGES[name[0]][0], _BEST.index(name) if name in _BEST else len(_BEST), name)


def _layout(pieces: list[_Piece]) -> list[range]:
    """The frames each piece has in the file, the pause after it with it."""
    places, at = [], 0
    for number, piece in enumerate(pieces):
        length = piece.last - piece.first + (_PAUSE if number < len(pieces) - 1 else 0)
        places.append(range(at, at + length))
        at += length
    return places


def _groups(sounds: str, starts: list[int]) -> list[Heard]:
    """The words of a piece as they are heard: sounds up to a space, and the frames they last."""
    groups: list[Heard] = []
    begun: int | None = None
    last = 0
    for number, sound in enumerate([*sounds, " "]):
        if sound == " ":
            if begun is not None:
                spoken = sum(one not in _MARKS for one in sounds[begun:number])
                groups.append(Heard(_frame(starts[begun]), _frame(starts[last + 1]), spoken))
            begun = None
        elif sound not in _MARKS:
            begun, last = (number if begun is None else begun), number
    return groups


def _frame(number: int) -> Time:
    return Time.from_samples(number * _FRAME, RATE_HZ)
