"""Voices that speak a text: which there are, and their words in files, each spoken once."""

from viralclip_desktop.features.voices.catalogue import (
    OfferedVoice,
    best_voice,
    find_voice,
    foretells,
    lasting_voice_id,
    offered_voices,
    quotas,
    ready_voices,
)
from viralclip_desktop.features.voices.saving import SpeechRequest, save_speech
from viralclip_desktop.features.voices.speaking import (
    Utterance,
    costs,
    predict_lines,
    price_of,
    speak_lines,
    spoken_lengths,
)

__all__ = [
    "OfferedVoice",
    "SpeechRequest",
    "Utterance",
    "best_voice",
    "costs",
    "find_voice",
    "foretells",
    "lasting_voice_id",
    "offered_voices",
    "predict_lines",
    "price_of",
    "quotas",
    "ready_voices",
    "save_speech",
    "speak_lines",
    "spoken_lengths",
]
