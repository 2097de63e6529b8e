"""PocketSphinx with the English model its wheel carries: built in, offline, a draft.

The sound is cut at pauses into pieces of about ten to twenty seconds, so that an hour streams with flat
memory and real progress; what has no voice is never shown to the decoder, which would hear words in it.
"""

from __future__ import annotations

import re
from typing import Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.stt.base import (
    EmitStt,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
    ordered_words,
)
from viralclip_desktop.engines.stt.engine import FileEngine, missing_package
from viralclip_desktop.engines.stt.sound import (
    RATE_HZ,
    SpeechFile,
    Stretch,
    split_at_pauses,
    voiced_stretches,
)

_PIECE_MIN_S, _PIECE_MAX_S = 8.0, 20.0
_FRAME_SAMPLES = 160  # the decoder's frames are 10 ms
_MOST_SECONDS_A_LETTER = 0.35
"""Slower than anyone drawls (about 0.07 s is usual): such a "word" is a noise the decoder had to explain."""
_ALTERNATIVE = re.compile(r"\(\d+\)$")


class SphinxEngine(FileEngine):
    """The built-in draft recogniser. English only; no punctuation."""

    info = ProviderInfo(
        "sphinx",
        "Built-in draft recogniser",
        "stt",
        needs=(Need("package", "pocketsphinx"),),
        capabilities=("word_times", "draft"),
    )
    model = "en-us"
    punctuated = False

    def __init__(self, setup: SttSetup) -> None:
        """Nothing in ``setup`` matters to it."""

    def ready(self) -> str | None:
        """None unless the package is missing."""
        return missing_package("pocketsphinx")

    def listen(self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> str:
        """See :class:`FileEngine`. Raises BadInput when asked for another language than English."""
        if request.language not in (None, "en") and not str(request.language).startswith("en-"):
            raise BadInput(
                say(
                    "The built-in draft recogniser knows English only, not {language}.",
                    language=request.language,
                ),
                "For any other language run: viralclip models install small",
            )
        emit(SttLanguage("en"))
        pieces = _pieces_from(sound, request.start.samples(RATE_HZ))
        decoder = _decoder() if pieces else None
        done = request.start
        for piece in pieces:
            cancel.raise_if_cancelled()
            end = Time.from_samples(piece.end, RATE_HZ)
            words = ordered_words(_decoded(decoder, sound.bytes(piece), piece.start), done, end)
            emit(SttSegment(words, end))
            emit(SttProgress(min(1.0, piece.end / max(1, sound.length))))
            done = end
        return "en"


def _pieces_from(sound: SpeechFile, start: int) -> list[Stretch]:
    """Where there is a voice at or after sample ``start``, cut at pauses.

    The cuts come from the whole file's levels, so that they are the same after a resume.
    """
    levels = sound.levels()
    stretches = voiced_stretches(levels)
    pieces = [
        part for stretch in stretches for part in split_at_pauses(levels, stretch, _PIECE_MIN_S, _PIECE_MAX_S)
    ]
    return [Stretch(max(piece.start, start), piece.end) for piece in pieces if piece.end > start]


def _decoder() -> Any:
    try:
        from pocketsphinx import Decoder

        # At most 10,000 HMMs a frame: as good on real talk as 30,000, and noise takes a fifth less time.
        # Batch normalisation looks at the whole piece: better at a beginning than a running mean, and a
        # piece gives the same words whatever came before it. Measured on real talk: same word errors.
        return Decoder(samprate=RATE_HZ, cmn="batch", maxhmmpf=10_000, loglevel="FATAL")
    except (ImportError, RuntimeError) as error:
        raise EnvironmentLacks(
            "The built-in draft recogniser cannot be started.", "Install the program again.", str(error)
        ) from error


def _decoded(decoder: Any, data: bytes, offset: int) -> list[Word]:
    """The words of one piece that begins at sample ``offset``."""
    decoder.start_utt()
    decoder.process_raw(data, full_utt=True)
    decoder.end_utt()
    words = []
    for segment in decoder.seg() or ():
        text = _ALTERNATIVE.sub("", segment.word)
        start = offset + segment.start_frame * _FRAME_SAMPLES
        end = offset + (segment.end_frame + 1) * _FRAME_SAMPLES
        if _is_filler(text) or (end - start) / RATE_HZ > 0.5 + _MOST_SECONDS_A_LETTER * len(text):
            continue
        times = Time.from_samples(start, RATE_HZ), Time.from_samples(end, RATE_HZ)
        words.append(Word(text, *times, segment.prob))
    return words


def _is_filler(word: str) -> bool:
    """Silence, noise and hesitations as the model's filler dictionary writes them."""
    return word[:1] in "<[+" or word.startswith("++")
