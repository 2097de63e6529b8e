"""Presets for voices: what each does to the sound, as ffmpeg's filters.

Filters that ring for a few milliseconds at most, and a compressor that is settled after a tenth of a second:
a preview that begins anywhere sounds as the export does there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from viralclip_desktop.domain.mix import VoiceTone

_Filter = tuple[str, Mapping[str, object]]


def _cut_below(hz: int) -> _Filter:
    return "highpass", {"frequency": hz}


def _bell(hz: int, octaves: float, gain_db: float) -> _Filter:
    return "equalizer", {"frequency": hz, "width_type": "o", "width": octaves, "gain": gain_db}


def _shelf(kind: str, hz: int, gain_db: float) -> _Filter:
    return kind, {"frequency": hz, "width_type": "q", "width": 0.7, "gain": gain_db}


_FILTERS: Final[Mapping[VoiceTone, tuple[_Filter, ...]]] = {
    # the boom of a room goes, consonants come out
    VoiceTone.CRISP: (
        _cut_below(85),
        _bell(280, 1.4, -3),
        _bell(3600, 1.6, 3.5),
        _shelf("highshelf", 9000, 2),
    ),
    # a chest under a thin voice, and less of its edge
    VoiceTone.WARM: (
        _cut_below(55),
        _shelf("lowshelf", 210, 3.5),
        _bell(3300, 1.5, -2),
        _shelf("highshelf", 9000, -1.5),
    ),
    # near the microphone, every word as loud as the next
    VoiceTone.PODCAST: (
        _cut_below(70),
        _shelf("lowshelf", 140, 2),
        _bell(420, 1.2, -2),
        _bell(4500, 1.4, 2),
        (
            "acompressor",
            {
                "threshold": 0.06,
                "ratio": 3,
                "attack": 6,
                "release": 90,
                "knee": 4,
                "makeup": 2,
                "link": "maximum",
            },
        ),
    ),
}


def toned(stream: Any, tone: VoiceTone) -> Any:
    """A sound in a tone; as recorded it stays as it is."""
    for name, arguments in _FILTERS.get(tone, ()):
        stream = stream.filter(name, **arguments)
    return stream
