"""What was spoken, higher or lower at the same length."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft, ignore_progress
from viralclip_desktop.core.time import Time
from viralclip_desktop.media.faults import FfmpegFailed
from viralclip_desktop.media.run import input_args, run_ffmpeg

_STAGE: Final = "pitch"
_HANDS: Final = 4  # parts at a time, at most
_WORTH_S: Final = 20.0  # of sound for each further part


def shift_pitch(
    sound: Path,
    out_wav: Path,
    semitones: float,
    *,
    pauses: Sequence[Time] = (),
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Write a mono WAV file of 16 bits anew with another pitch, to the sample as long. It may be divided at
    ``pauses``, moments of silence, so that parts are made side by side; these lie beside ``out_wav``, which
    is to be in a work folder. Raises Faults and Cancelled."""
    with wave.open(str(sound), "rb") as wav:
        rate, count = wav.getframerate(), wav.getnframes()
    spans = _spans([round(one.seconds * rate) for one in pauses], count, rate)
    parts = [out_wav.with_name(f"{out_wav.stem}-{number}.wav") for number in range(len(spans))]
    done, left = [0.0] * len(spans), TimeLeft()

    def shift(number: int) -> None:
        def report(seconds: float, _speed: float | None) -> None:
            done[number] = seconds
            share = min(1.0, sum(done) * rate / max(1, count))
            progress(ProgressEvent(_STAGE, share, say("Moving the pitch"), left(share)))

        _shift(sound, parts[number], semitones, spans[number], report=report, cancel=cancel)

    with ThreadPoolExecutor(len(spans), thread_name_prefix="pitch") as pool:
        list(pool.map(shift, range(len(spans))))
    _join(parts, out_wav)


def _spans(pauses: Sequence[int], count: int, rate: int) -> list[tuple[int, int]]:
    """Parts of about the same length, from pause to pause, in samples."""
    hands = max(1, min(_HANDS, os.cpu_count() or 1, int(count / (_WORTH_S * rate))))
    wanted = [count * number // hands for number in range(1, hands)] if pauses else []
    cuts = {min(pauses, key=lambda one: abs(one - at)) for at in wanted}
    edges = [0, *sorted(cuts), count]
    return list(pairwise(edges))


def _shift(
    sound: Path,
    out: Path,
    semitones: float,
    span: tuple[int, int],
    *,
    report: Callable[[float, float | None], None],
    cancel: CancelToken | None,
) -> None:
    """Rubber Band moves the pitch and leaves the length; formants stay, so that a voice stays a person's."""
    start, end = span
    ratio, count = 2 ** (semitones / 12), end - start
    part = f"atrim=start_sample={start}:end_sample={end},asetpts=PTS-STARTPTS"
    shift = f"rubberband=pitch={ratio:.6f}:formant=preserved:pitchq=quality"
    whole = f"{part},{shift},apad=whole_len={count},atrim=end_sample={count}"
    args = [*input_args(sound), "-af", whole, "-c:a", "pcm_s16le", "-f", "wav", str(out)]
    try:
        run_ffmpeg(args, on_progress=report, cancel=cancel)
    except FfmpegFailed as error:
        if "no such filter" not in str(error.details).lower():
            raise
        raise EnvironmentLacks(
            "The ffmpeg that is used here cannot move the pitch of a voice: it has no Rubber Band.",
            "Leave FFMPEG_BIN empty to use the one that comes with the program.",
            str(error.details),
        ) from error


def _join(parts: Sequence[Path], out_wav: Path) -> None:
    with out_wav.open("wb") as raw, wave.open(raw, "wb") as out:
        for part in parts:
            with wave.open(str(part), "rb") as wav:
                if part == parts[0]:
                    out.setparams(wav.getparams())
                out.writeframes(wav.readframes(wav.getnframes()))
