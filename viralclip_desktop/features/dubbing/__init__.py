"""Dubbing: what is to be said and where, the voice track, the captions of the new voice, and how good it
became.

Plain functions; the work itself is ``features/workflows/dub.py``.
"""

from viralclip_desktop.features.dubbing.lines import ScriptLine, script_of, spoken_of
from viralclip_desktop.features.dubbing.report import DubReport, word_error
from viralclip_desktop.features.dubbing.track import VoicedLine, dub_words, write_track

__all__ = [
    "DubReport",
    "ScriptLine",
    "VoicedLine",
    "dub_words",
    "script_of",
    "spoken_of",
    "word_error",
    "write_track",
]
