"""The sound of a recording as the finder hears it: measured once, and kept beside what is derived of it."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.media import Source

if TYPE_CHECKING:
    from viralclip_desktop.features.moments.sound import Sound

_SPEECH_FILE = "speech.wav"  # left by the transcription where it keeps it; 16 kHz mono in source time
_SOUND_FILE = "sound.npz"

_log = logging.getLogger(__name__)


def sound_of(source: Source, paths: DataPaths, progress: Progress, cancel: CancelToken) -> Sound | None:
    """Loudness and pitch of a source, measured once and kept; None without readable sound."""
    from viralclip_desktop.features.moments.sound import load_sound, save_sound

    folder = paths.source_cache(source.id)
    kept = load_sound(folder / _SOUND_FILE)
    if kept is not None:
        return kept
    try:
        sound = _measure(source, folder, progress, cancel)
    except BadInput as fault:
        _log.warning("the sound of %s cannot be read: %s", source.id, fault.message)
        return None
    if sound is not None:
        save_sound(sound, folder / _SOUND_FILE)
    return sound


def _measure(source: Source, folder: Path, progress: Progress, cancel: CancelToken) -> Sound | None:
    from viralclip_desktop.features.moments.sound import listen

    speech = folder / _SPEECH_FILE
    if speech.is_file():
        return listen(speech, progress, cancel)
    if source.audio is None or not Path(source.path).is_file():
        return None
    from viralclip_desktop.media.audio import extract_speech

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="listen-") as work:
        wav = Path(work) / _SPEECH_FILE
        part = staged(progress, "find", 0.0, 0.6)
        extract_speech(Path(source.path), source.audio.index, wav, part, cancel)
        return listen(wav, staged(progress, "find", 0.6, 1.0), cancel)
