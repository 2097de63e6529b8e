"""Voices that speak a text: which there are, and their words in files, each spoken once."""

from viralclip_desktop.features.voices.catalogue import (
    OfferedVoice,
    best_voice,
    category_of,
    find_voice,
    foretells,
    lacking_voices,
    lasting_voice_id,
    models_of,
    offered_voices,
    quota_of,
    quotas,
    ready_voices,
    tts_setup,
    voices_of,
)
from viralclip_desktop.features.voices.marks import speed_at, with_speed
from viralclip_desktop.features.voices.outlook import Outlook, outlook_of, unspoken_characters
from viralclip_desktop.features.voices.saving import (
    HIGHEST_ST,
    LOWEST_ST,
    Speech,
    SpeechRequest,
    checked_script,
    save_speech,
)
from viralclip_desktop.features.voices.script import is_mark
from viralclip_desktop.features.voices.script_file import text_in
from viralclip_desktop.features.voices.speaking import (
    Utterance,
    costs,
    predict_lines,
    price_of,
    speak_lines,
    spoken_lengths,
)

__all__ = [
    "HIGHEST_ST",
    "LOWEST_ST",
    "OfferedVoice",
    "Outlook",
    "Speech",
    "SpeechRequest",
    "Utterance",
    "best_voice",
    "category_of",
    "checked_script",
    "costs",
    "find_voice",
    "foretells",
    "is_mark",
    "lacking_voices",
    "lasting_voice_id",
    "models_of",
    "offered_voices",
    "outlook_of",
    "predict_lines",
    "price_of",
    "quota_of",
    "quotas",
    "ready_voices",
    "save_speech",
    "speak_lines",
    "speed_at",
    "spoken_lengths",
    "text_in",
    "tts_setup",
    "unspoken_characters",
    "voices_of",
    "with_speed",
]
