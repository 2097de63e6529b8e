"""The sound of a recording as the finder hears it: measured once, and kept beside what is derived of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.derived import MEASURED_SOUND, ensure_speech

if TYPE_CHECKING:
    from viralclip_desktop.features.moments.sound import Sound

_log = logging.getLogger(__name__)


def sound_of(source: Source, paths: DataPaths, progress: Progress, cancel: CancelToken) -> Sound | None:
    """Loudness and pitch of a source, measured once and kept; None without readable sound."""
    from viralclip_desktop.features.moments.sound import load_sound, save_sound

    folder = paths.source_cache(source.id)
    kept = load_sound(folder / MEASURED_SOUND)
    if kept is not None:
        return kept
    try:
        sound = _measure(source, paths, progress, cancel)
    except BadInput as fault:
        _log.warning("the sound of %s cannot be read: %s", source.id, fault.message)
        return None
    if sound is not None:
        save_sound(sound, folder / MEASURED_SOUND)
    return sound


def _measure(source: Source, paths: DataPaths, progress: Progress, cancel: CancelToken) -> Sound | None:
    from viralclip_desktop.features.moments.sound import listen

    speech = ensure_speech(paths, source, staged(progress, "find", 0.0, 0.6), cancel)
    return None if speech is None else listen(speech, staged(progress, "find", 0.6, 1.0), cancel)
