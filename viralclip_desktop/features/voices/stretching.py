"""What was spoken, faster or slower at the same pitch."""

from __future__ import annotations

import wave
from pathlib import Path

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media.run import input_args, run_ffmpeg


def stretch(sound: Path, out_wav: Path, speed: float, cancel: CancelToken | None = None) -> None:
    """Write a mono WAV file that is ``speed`` times faster (0.5..2), to the sample as long as that makes it.
    Raises Faults and Cancelled."""
    with wave.open(str(sound), "rb") as wav:
        count = round(wav.getnframes() / speed)
    fitted = f"atempo={speed:.6f},apad=whole_len={count},atrim=end_sample={count}"
    run_ffmpeg(
        [*input_args(sound), "-af", fitted, "-c:a", "pcm_s16le", "-f", "wav", str(out_wav)], cancel=cancel
    )
