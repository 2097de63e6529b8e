"""Voices of the user's own: samples judged, a voice copied with consent or blended, kept, shared, removed."""

from viralclip_desktop.features.cloning.quality import SampleQuality, Verdict, check_samples
from viralclip_desktop.features.cloning.sharing import export_voice, import_voice
from viralclip_desktop.features.cloning.voices import (
    CloneOrder,
    add_voice,
    own_voice,
    remove_voice,
    rename_voice,
)

__all__ = [
    "CloneOrder",
    "SampleQuality",
    "Verdict",
    "add_voice",
    "check_samples",
    "export_voice",
    "import_voice",
    "own_voice",
    "remove_voice",
    "rename_voice",
]
