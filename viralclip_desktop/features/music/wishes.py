"""Wishes for the composer, from words and numbers that were typed, and as they are kept beside a song."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.features.music.composing import EDITION
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
    without: tuple[str, ...] = (),
) -> Wishes:
    """``key``: ``C``, ``A:min``, ``Am``, ``F#``; one without a mode has that of the mood. Raises
    :class:`UsageError` for a mood, a preset, a key or a part that there is not."""
    _check_names(mood, preset)
    _check_parts(without)
    tonic = mode = None
    if key is not None:
        tonic, mode = _key(key)
    return Wishes(duration_s, mood, tempo, tonic, mode, seed, loops, preset, hits_s, without)


def settings_of(wishes: Wishes) -> dict[str, object]:
    """As JSON values, with the edition of the composer: what a song is made again of."""
    values = asdict(wishes) | {"hits_s": list(wishes.hits_s), "edition": EDITION}
    without = list(values.pop("without"))
    return values | ({"without": without} if without else {})


def wishes_from(settings: Mapping[str, Any]) -> Wishes:
    """The other side of :func:`settings_of`. Raises :class:`BadInput` for what is none."""
    values = {name: value for name, value in settings.items() if name != "edition"}
    try:
        without = tuple(map(str, values.get("without", ())))
        hits_s = tuple(map(float, values.get("hits_s", ())))
        wishes = Wishes(**values | {"hits_s": hits_s, "without": without})
        _check_names(wishes.mood, wishes.preset)
    except (TypeError, ValueError, UsageError) as error:
        raise BadInput("How this was composed is not known.", "Compose it anew.", str(error)) from error
    return wishes


def _check_names(mood: str | None, preset: str | None) -> None:
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


def _check_parts(names: tuple[str, ...]) -> None:
    known = dict.fromkeys(stem for preset in presets().values() for stem in preset.stems)
    for name in names:
        if name not in known:
            raise UsageError(
                say("There is no part “{name}”.", name=name),
                say("There are {names}.", names=", ".join(known)),
            )


def _key(text: str) -> tuple[int, str | None]:
    try:
        read = read_key(text, "")
    except ValueError:
        raise UsageError(
            say("“{text}” is no key.", text=text), "Keys are written as C, F#, Bb, Am or A:min."
        ) from None
    return read.tonic, read.mode or None
