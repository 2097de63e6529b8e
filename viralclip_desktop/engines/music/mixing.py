"""The mix: tracks set to their levels, a room around them, brought to loudness, written."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.engines.music import filters, levels
from viralclip_desktop.engines.music.filters import RATE_HZ
from viralclip_desktop.engines.music.playing import TAIL_S, played
from viralclip_desktop.engines.music.room import in_room

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.music.soundfont import SoundFont
    from viralclip_desktop.music.song import Song, Track

    Samples = NDArray[np.float32]

TARGET_LUFS = -14.0
CEILING_DBTP = -1.9  # what an encoder adds still stays below -1.5
_TRACK_LUFS = -20.0  # where a track with a level of 0 stands before the whole is brought to loudness
_CREST_DB, _DRUM_CREST_DB = 13.0, 11.5
"""How far above its loudness the peaks of a track may stand; from there on they are rounded, as tape does."""
_AIR_HZ = 3500
_EVENED = 0.5
_EVENED_OVER_S = 0.4
_BLOCK = 1 << 20
_LONGEST_FADE_S = 2.5
_TOLERANCE_LU = 0.1
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Mix:
    """The finished sound, (2, samples), and the gain that each sample of it was given, for its stems."""

    sound: Samples
    gain: Samples


def mixed(
    song: Song,
    font: SoundFont,
    progress: Callable[[float], None],
    check: filters.Check,
    keep: Callable[[int, Samples], None] | None = None,
) -> Mix:
    """A song as sound, at 48 kHz.

    ``progress`` is told shares of the whole; ``check`` raises where the work is to stop; ``keep`` is given
    every track (by its index) as it stands in the mix before the last gain, :attr:`Mix.gain`.
    """
    import numpy as np

    length = round(song.duration_s * RATE_HZ)
    whole, send = _silence(song), _silence(song)
    for index, track in enumerate(song.tracks):
        check()
        dry = _levelled(song, track, played(song, track, font, check), check)
        whole += dry
        if keep is not None:
            alone = dry + in_room(dry * np.float32(track.voice.room), song.room_s, dry.shape[1], check)
            keep(index, _mastered(song, alone, length, check))
        send += dry * np.float32(track.voice.room)
        progress(0.8 * (index + 1) / len(song.tracks))
    check()
    whole += in_room(send, song.room_s, send.shape[1], check)
    del send
    sound = _mastered(song, whole, length, check)
    del whole
    check()
    progress(0.88)
    even = _evened(song, sound)
    gain = even * _finished_gain(song, sound * even, check)
    progress(1.0)
    return Mix(sound * gain, gain)


def _silence(song: Song) -> Samples:
    import numpy as np

    return np.zeros((2, round((song.duration_s + TAIL_S) * RATE_HZ)), np.float32)


def _levelled(song: Song, track: Track, dry: Samples, check: filters.Check) -> Samples:
    """A track at its own level: measured where it plays, so that how often it does makes no difference."""
    import numpy as np

    found = levels.loudness(dry, check)
    if found <= levels.SILENT_LUFS:
        return dry
    wanted = _TRACK_LUFS + track.voice.level_lu
    crest = np.float32(10 ** ((wanted + (_DRUM_CREST_DB if track.voice.is_kit else _CREST_DB)) / 20))
    gain = np.float32(10 ** ((wanted - found) / 20))
    for start in range(0, dry.shape[1], _BLOCK):
        check()
        part = dry[:, start : start + _BLOCK]
        part *= gain / crest
        np.tanh(part, out=part)
        part *= crest
    if track.voice.pump:
        dry *= _pumped(song, dry.shape[1], track.voice.pump)
    return dry


def _pumped(song: Song, length: int, depth: float) -> Samples:
    """A gain that gives way to each kick and comes back before the next eighth."""
    import numpy as np

    made = np.ones(length, np.float32)
    back = round(30 / song.tempo * RATE_HZ * 0.9)
    share = np.arange(back, dtype=np.float32) / back
    dip = 1 - depth * np.minimum(1, share / 0.03) * (1 - share) ** 1.5
    kicks = {
        note.start for track in song.tracks if track.voice.is_kit for note in track.notes if note.pitch == 36
    }
    for start in kicks:
        at = max(0, round(song.time.seconds(start) * RATE_HZ))
        made[at : at + back] = np.minimum(made[at : at + back], dip[: max(0, length - at)])
    return made


def _mastered(song: Song, sound: Samples, length: int, check: filters.Check) -> Samples:
    """The tone of the whole; a loop's tail comes round to its beginning, another song fades as it ends."""
    import numpy as np

    air = filters.shelf(_AIR_HZ, song.air_db)
    tone = filters.all_of([filters.high_pass(28), filters.low_pass(song.high_hz), air])
    sound = filters.filtered(sound, tone, check)
    made: Samples = sound[:, :length].copy()
    if song.loops:
        rest = sound[:, length:]
        while rest.shape[1]:
            part = rest[:, :length]
            made[:, : part.shape[1]] += part
            rest = rest[:, length:]
        return made
    last = song.time.seconds(song.bars * 4)
    fade = round(min(_LONGEST_FADE_S, max(0.3, 0.65 * (song.duration_s - last))) * RATE_HZ)
    fade = min(fade, length)
    made[:, length - fade :] *= (np.cos(np.linspace(0, np.pi, fade, dtype=np.float32)) + 1) / 2
    return made


def _evened(song: Song, sound: Samples) -> Samples:
    """The hand on the fader: sections that are far softer or louder than the whole come halfway to it."""
    import numpy as np

    edges = [round(song.time.seconds(section.start_bar * 4) * RATE_HZ) for section in song.sections]
    found = np.array(
        [
            levels.loudness(sound[:, start:end])
            for start, end in zip(edges, [*edges[1:], sound.shape[1]], strict=True)
        ]
    )
    moved = np.clip(_EVENED * (levels.loudness(sound) - found), -4.0, 6.0)
    half = round(_EVENED_OVER_S * RATE_HZ / 2)
    at, value = [0], [moved[0]]
    for index, edge in enumerate(edges[1:], start=1):
        at += [edge - half, edge]
        value += [moved[index - 1], moved[index]]
    at.append(sound.shape[1])
    value.append(moved[-1])
    if song.loops:  # the end leads to the beginning
        at[-1:] = [sound.shape[1] - half, sound.shape[1]]
        value[-1:] = [moved[-1], moved[0]]
    curve = np.interp(np.arange(sound.shape[1]), at, value)
    return np.asarray(10 ** (curve / 20), dtype=np.float32)


def _finished_gain(song: Song, sound: Samples, check: filters.Check) -> Samples:
    """The gain of each sample that brings the whole to :data:`TARGET_LUFS`, its peaks below the ceiling."""
    import numpy as np

    found = levels.loudness(sound, check)
    if found <= levels.SILENT_LUFS:
        return np.ones(sound.shape[1], np.float32)
    gain_db, peaks = TARGET_LUFS - found, levels.peaks_of(sound, check)
    for attempt in range(_ROUNDS):
        check()
        curve = levels.limiting(peaks, sound.shape[1], 10 ** (gain_db / 20), CEILING_DBTP, loops=song.loops)
        check()
        off = TARGET_LUFS - levels.loudness(sound * curve, check)
        if abs(off) <= _TOLERANCE_LU or attempt == _ROUNDS - 1:
            break
        gain_db += 1.1 * off
    return curve


def write_wav(sound: Samples, path: Path) -> None:
    """Write (2, samples) as 16 bits. Raises OSError."""
    import numpy as np

    with path.open("wb") as raw, wave.open(raw, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        for start in range(0, sound.shape[1], RATE_HZ * 30):
            part = np.clip(sound[:, start : start + RATE_HZ * 30].T * 32767, -32767, 32767)
            file.writeframes(np.rint(part).astype("<i2").tobytes())
