"""Wishes for the composer, from words and numbers that were typed."""

from __future__ import annotations

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.music.composer import MOOD_NAMES, Wishes
from viralclip_desktop.music.presets import presets
from viralclip_desktop.music.theory import read_key


def wishes_of(
    *,
    seed: int,
    duration_s: float,
    preset: str | None = None,
    mood: str | None = None,
    tempo: float | None = None,
    key: str | None = None,
    loops: bool = False,
    hits_s: tuple[float, ...] = (),
) -> Wishes:
    """``key``: ``C``, ``A:min``, ``Am``, ``F#``; one without a mode has that of the mood. Raises
    :class:`UsageError` for a mood, a preset or a key that there is not."""
    if mood is not None and mood not in MOOD_NAMES:
        raise UsageError(
            say("There is no mood “{name}”.", name=mood),
            say("There are {names}.", names=", ".join(MOOD_NAMES)),
        )
    if preset is not None and preset not in presets():
        raise UsageError(
            say("There is no preset “{name}”.", name=preset),
            say("There are {names}.", names=", ".join(presets())),
        )
    tonic = mode = None
    if key is not None:
        tonic, mode = _key(key)
    return Wishes(duration_s, mood, tempo, tonic, mode, seed, loops, preset, hits_s)


def _key(text: str) -> tuple[int, str | None]:
    try:
        read = read_key(text, "")
    except ValueError:
        raise UsageError(
            say("“{text}” is no key.", text=text), "Keys are written as C, F#, Bb, Am or A:min."
        ) from None
    return read.tonic, read.mode or None
