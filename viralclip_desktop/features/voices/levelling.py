"""A finished speech brought to the loudness of spoken programmes."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path
from typing import Final

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.media.loudness import HIGHEST_PEAK_DBTP, METER, Loudness, parse_meter
from viralclip_desktop.media.run import input_args, run_ffmpeg

TARGET_LUFS: Final = -16.0
_STAGE: Final = "level"
_MARGIN_DB: Final = 0.1  # the meter tells tenths


def level_speech(
    sound: Path, out_wav: Path, progress: Progress = ignore_progress, cancel: CancelToken | None = None
) -> None:
    """Write a WAV file of 16 bits anew at -16 LUFS by one gain, less where a peak would pass -1.5 dBTP.
    Silence, and what is too short to be measured, stays as it is. Raises Faults, Cancelled and OSError."""
    gain = gain_db(_measured(sound, progress, cancel))
    if not gain:
        shutil.copyfile(sound, out_wav)
        return
    louder = ["-af", f"volume={gain:.3f}dB", "-c:a", "pcm_s16le", "-f", "wav", str(out_wav)]
    run_ffmpeg([*input_args(sound), *louder], cancel=cancel)


def gain_db(found: Loudness) -> float:
    """By how many decibels a speech is made louder, or quieter where that is negative."""
    if found.integrated_lufs is None or found.true_peak_dbtp is None:
        return 0.0
    room = HIGHEST_PEAK_DBTP - _MARGIN_DB - found.true_peak_dbtp
    return min(TARGET_LUFS - found.integrated_lufs, room)


def _measured(sound: Path, progress: Progress, cancel: CancelToken | None) -> Loudness:
    with wave.open(str(sound), "rb") as wav:
        length_s = max(wav.getnframes(), 1) / wav.getframerate()

    def report(seconds: float, _speed: float | None) -> None:
        progress(ProgressEvent(_STAGE, min(1.0, seconds / length_s), say("Setting the loudness")))

    args = [*input_args(sound), "-af", METER, "-f", "null", "-"]
    return parse_meter(run_ffmpeg(args, on_progress=report, cancel=cancel, loglevel="info"))
