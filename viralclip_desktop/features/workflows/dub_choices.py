"""How a clip was dubbed is kept by clip and language (``audio_configs``): its next dub starts from that."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import Fault, NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.audio_config import AS_IN_THE_CLIP, AudioConfig, DubLevels, DubMode, config_of
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import find_voice

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.engines.tts.base import Voice
    from viralclip_desktop.store.store import Store


def kept_choice(store: Store, subject: str, code: str) -> AudioConfig | None:
    """How a clip sounds in a language since it was dubbed last; None for one that never was, and for a whole
    recording."""
    return next((one for one in store.audio_configs(subject) if one.language == code), None)


def still_there(services: Services, voice_id: str, code: str) -> str:
    """The id of the voice that spoke a language last; empty where it cannot speak here now, which is told."""
    try:
        return find_voice(services, voice_id).id
    except Fault as fault:
        told = say(
            "{voice}, which spoke {language} last time, cannot speak here now.",
            voice=voice_id,
            language=language_name(code),
        )
        services.notices.info(told, fault.hint)
        return ""


def levels_for(
    store: Store, subject: str, code: str, music_db: float | None, original_db: float | None
) -> DubLevels:
    """The levels of a dub: as they are asked for, else as in the last dub of the clip into the language."""
    kept = kept_choice(store, subject, code)
    levels = kept.levels if kept is not None else AS_IN_THE_CLIP
    return DubLevels(
        levels.music_db if music_db is None else music_db,
        levels.original_db if original_db is None else original_db,
    )


def keep_choice(
    store: Store, clip: Clip, code: str, voice: Voice, *, mode: DubMode, levels: DubLevels
) -> None:
    """Note how a clip was dubbed. A clip that was deleted meanwhile keeps nothing."""
    known = kept_choice(store, clip.id, code)
    # the same id wherever it is made: two programs may note it at once
    own = f"audio_{sha256(f'{clip.id} {code}'.encode()).hexdigest()[:20]}"
    config = config_of(clip, code, mode, voice.id, config_id=known.id if known else own, levels=levels)
    with suppress(NotFound), store.transaction("Dub", clip.project_id, undoable=False) as tx:
        tx.put(config)
