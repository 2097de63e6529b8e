"""What stands in the studio before a test begins: pieces that were composed, and voices of one's own."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.features.music.wishes import settings_of
from viralclip_desktop.features.workflows import studio_music
from viralclip_desktop.music.composer import Wishes

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

SHORT = Wishes(3.0, preset="sad-piano", seed=7)
ANA = ClonedVoice(
    "voice_1", "Ana", "elevenlabs", "abc", "en", "Ana Putri, by mail", 1e9, uses=2, created_at=1e9
)
NIGHT = ClonedVoice("voice_2", "Night", "kokoro", "af_heart*0.6+bm_george*0.4", "en", created_at=2e9)


def put_piece(services: Services, wishes: Wishes = SHORT) -> str:
    """A take of a second of silence; its key."""
    settings = settings_of(wishes)
    key = studio_music.key_of(settings)
    sound = services.paths.home / "piece.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((2, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(4 * 48_000))
    composed = {
        "preset": wishes.preset,
        "mood": "sad",
        "key": "A:min",
        "tempo": 66.0,
        "duration_s": 1.0,
        "sections": [["intro", 0.0], ["A", 0.5]],
    }
    studio_music.put_take(services.paths, key, sound, settings, {"composed": composed, "wave": [100, 900]})
    return key


def put_voices(services: Services, *voices: ClonedVoice) -> None:
    """Voices of the user's own; one that was copied and one that was blended unless told otherwise."""
    with services.store.transaction("Set up", undoable=False) as tx:
        for voice in voices or (ANA, NIGHT):
            tx.put(voice)
