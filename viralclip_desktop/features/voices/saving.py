"""A text spoken into a file of the user's."""

from __future__ import annotations

import shutil
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.engines.tts.base import Line, Spoken
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices.catalogue import find_voice
from viralclip_desktop.features.voices.speaking import speak_lines
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.run import input_args, run_ffmpeg

LOWEST_ST, HIGHEST_ST = -12.0, 12.0
_LONGEST_TEXT = 100_000  # characters: two hours


def save_speech(
    services: Services,
    text: str,
    voice_id: str,
    out_wav: Path,
    *,
    speed: float = 1.0,
    pitch_st: float = 0.0,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Spoken:
    """Speak ``text`` into a WAV file, ``pitch_st`` semitones higher or lower, as long as it was. Raises
    BadInput for a text without words, Faults and Cancelled."""
    if not any(character.isalnum() for character in text):
        raise BadInput("There is nothing to speak.", "Give a text with words in it.")
    if len(text) > _LONGEST_TEXT:
        raise BadInput(
            say("The text is too long: {count} characters.", count=Number(len(text))),
            say("Speak it in pieces of up to {most} characters.", most=Number(_LONGEST_TEXT)),
        )
    voice = find_voice(services, voice_id)
    (spoken,) = speak_lines(services, voice, [Line(text, voice.name, speed)], progress, cancel)
    try:
        with written_beside(out_wav) as partial:
            if pitch_st:
                _pitched(spoken.path, partial, pitch_st, cancel)
            else:
                shutil.copyfile(spoken.path, partial)
    except OSError as error:
        raise disk_fault(error, out_wav) from error
    return spoken.spoken


def _pitched(sound: Path, out: Path, semitones: float, cancel: CancelToken | None) -> None:
    """Rubber Band moves the pitch and leaves the length; formants stay, so that a voice stays a person's."""
    ratio = 2 ** (semitones / 12)
    run_ffmpeg(
        [*input_args(sound), "-af", f"rubberband=pitch={ratio:.6f}:formant=preserved", "-f", "wav", str(out)],
        cancel=cancel,
    )
