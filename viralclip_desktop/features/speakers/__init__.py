"""Who speaks in a recording: voices told apart by their sound, written into the transcript."""

from viralclip_desktop.features.speakers.telling import tell_speakers, told_by

__all__ = ["tell_speakers", "told_by"]
