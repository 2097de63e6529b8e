"""A song played: each track by its instrument, into one place in the mix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.engines.music import filters
from viralclip_desktop.engines.music.filters import RATE_HZ, filtered_note
from viralclip_desktop.engines.music.sounds import made_sound
from viralclip_desktop.engines.music.tones import Tones, let_go, step_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.music.soundfont import SoundFont
    from viralclip_desktop.music.song import Note, Song, Track, Voice

    Samples = NDArray[np.float32]

TAIL_S = 3.0
"""How long after the end of a song notes and room may ring; a loop hears it at its beginning."""
_CHOKE_S = 0.02
_KIT_PANS = {
    37: -0.1, 39: -0.05, 42: 0.2, 43: 0.28, 44: 0.2, 46: 0.2, 47: 0.08, 49: -0.24, 50: -0.2, 51: 0.28,
    54: -0.28, 63: -0.32, 64: -0.24, 70: 0.32,
}  # fmt: skip
"""Where the pieces of a kit stand, as its listener sees it; the others are in the middle."""


def played(song: Song, track: Track, font: SoundFont, check: filters.Check) -> Samples:
    """One track, dry, (2, samples), longer than the song by :data:`TAIL_S`. ``check`` raises where the work
    is to stop."""
    import numpy as np

    voice = track.voice
    length = round((song.duration_s + TAIL_S) * RATE_HZ)
    out = np.zeros((2, length), np.float32)
    if voice.sound:
        _lay_sounds(song, track, out)
    elif voice.is_kit:
        _lay_kit(song, track, Tones(font, voice.bank, voice.program, _tone_of(voice), check=check), out)
    else:
        for detune, side in _players(voice):
            tones = Tones(
                font,
                voice.bank,
                voice.program,
                _tone_of(voice),
                detune_cents=detune,
                release=voice.release,
                check=check,
            )
            _lay_notes(song, track.notes, tones, out, side)
    return out


def _players(voice: Voice) -> list[tuple[float, float]]:
    """How much each one is out of tune, and where it stands."""
    if not voice.width:
        return [(0.0, voice.pan)]
    apart = 0.75
    left, right = max(-1.0, voice.pan - apart), min(1.0, voice.pan + apart)
    return [(-voice.width / 2, left), (voice.width / 2, right)]


def _tone_of(voice: Voice) -> filters.Response:
    return filters.all_of([filters.high_pass(voice.low_hz), filters.low_pass(voice.high_hz)])


def panned(pan: float) -> tuple[float, float]:
    """Left and right of a place from -1 to 1, with equal power."""
    import math

    angle = (pan + 1) * math.pi / 4
    return math.cos(angle), math.sin(angle)


def _place(song: Song, note: Note) -> int:
    return round((song.time.seconds(note.start) + note.late_s) * RATE_HZ)


def _held(song: Song, note: Note) -> float:
    return max(0.03, song.time.seconds(note.start + note.length) - song.time.seconds(note.start))


def _add(out: Samples, at: int, made: Samples, left: float, right: float) -> None:
    import numpy as np

    if at < 0:  # a player who is early on the first beat of a loop: at its end, which :func:`wrapped` knows
        made, at = made[-at:], 0
    made = made[: out.shape[1] - at]
    out[0, at : at + len(made)] += made * np.float32(left)
    out[1, at : at + len(made)] += made * np.float32(right)


def _lay_notes(song: Song, notes: Sequence[Note], tones: Tones, out: Samples, side: float) -> None:
    import numpy as np

    left, right = panned(side)
    longest: dict[tuple[int, int], float] = {}
    for note in notes:
        which = (note.pitch, step_of(note.velocity))
        longest[which] = max(longest.get(which, 0.0), _held(song, note))
    for note in notes:
        tone = tones.tone(note.pitch, note.velocity, longest[(note.pitch, step_of(note.velocity))])
        made = let_go(tone, _held(song, note)) * np.float32(_gain(note.velocity))
        at = _place(song, note)
        if song.loops and at < 0:
            at += round(song.duration_s * RATE_HZ)
        _add(out, at, made, left, right)


def _gain(velocity: int) -> float:
    return float((velocity / 127) ** 1.6)


def _lay_kit(song: Song, track: Track, tones: Tones, out: Samples) -> None:
    import numpy as np

    choked = _choked(song, track, tones)
    for index, note in enumerate(track.notes):
        tone = tones.tone(note.pitch, note.velocity, 0.0)
        made = tone.samples * np.float32(_gain(note.velocity))
        if index in choked:
            made = _cut(made, choked[index])
        left, right = panned(_KIT_PANS.get(note.pitch, 0.0))
        at = _place(song, note)
        if song.loops and at < 0:
            at += round(song.duration_s * RATE_HZ)
        _add(out, at, made, left, right)


def _choked(song: Song, track: Track, tones: Tones) -> dict[int, int]:
    """After how many samples a hit is ended by another one of its kind."""
    last: dict[int, tuple[int, int]] = {}
    found: dict[int, int] = {}
    for index, note in enumerate(track.notes):
        number = tones.tone(note.pitch, note.velocity, 0.0).choke
        if not number:
            continue
        at = _place(song, note)
        if number in last:
            found[last[number][0]] = max(1, at - last[number][1])
        last[number] = (index, at)
    return found


def _cut(made: Samples, after: int) -> Samples:
    import numpy as np

    fade = round(_CHOKE_S * RATE_HZ)
    if after + fade >= len(made):
        return made
    shorter = made[: after + fade].copy()
    shorter[after:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return shorter


def _lay_sounds(song: Song, track: Track, out: Samples) -> None:
    import numpy as np

    for index, note in enumerate(track.notes):
        at = round(song.time.seconds(note.start) * RATE_HZ)
        for side, (left, right) in enumerate(((1.0, 0.25), (0.25, 1.0))):
            seed = 100 * index + (0 if track.voice.sound == "impact" else side)
            made = filtered_note(
                made_sound(track.voice.sound, _held(song, note), seed), _tone_of(track.voice)
            )
            _add(out, at, made * np.float32(_gain(note.velocity)), left, right)
