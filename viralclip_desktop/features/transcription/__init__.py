"""Transcription: what is said in a source, from an engine or a subtitle file, and out again as files."""

from viralclip_desktop.features.transcription.export import (
    FORMATS,
    export_captions,
    export_transcript,
    transcript_json,
)
from viralclip_desktop.features.transcription.importing import import_subtitles
from viralclip_desktop.features.transcription.start import speech_setup, transcribe
from viralclip_desktop.features.transcription.transcribing import Follower, stt_setup, transcribe_source

__all__ = [
    "FORMATS",
    "Follower",
    "export_captions",
    "export_transcript",
    "import_subtitles",
    "speech_setup",
    "stt_setup",
    "transcribe",
    "transcribe_source",
    "transcript_json",
]
