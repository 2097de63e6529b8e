"""What can be set of a recording's own sound in a clip."""

from __future__ import annotations

from viralclip_desktop.domain.edits.layers import LOUDEST_DB
from viralclip_desktop.domain.mix import MUTE_DB, NoiseReduction, VoiceTone
from viralclip_desktop.domain.properties.rows import Choice, Number

OWN_VOLUME = Number(
    "original_volume_db",
    "Volume of the original sound",
    MUTE_DB,
    LOUDEST_DB,
    "dB",
    decimals=1,
    option="volume",
    metavar="DB",
    help="0 is as recorded, 12 the most",
)
_NOISE = (
    (NoiseReduction.OFF, "Off"),
    (NoiseReduction.GENTLE, "Gentle"),
    (NoiseReduction.STRONG, "Strong"),
)
NOISE = Choice("noise", "Noise reduction", _NOISE, help="how much of the noise around the voices goes")
_TONES = (
    (VoiceTone.AS_RECORDED, "As recorded"),
    (VoiceTone.CRISP, "Crisp"),
    (VoiceTone.WARM, "Warm"),
    (VoiceTone.PODCAST, "Podcast"),
)
TONE = Choice("tone", "Voice", _TONES, help="how the voices are coloured")
