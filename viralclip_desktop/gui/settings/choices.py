"""What can be chosen for settings whose values depend on this computer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from viralclip_desktop.gui.text import tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk

Choices = list[tuple[object, str]]
_RATES = ("24", "25", "30", "50", "60")


def dynamic_choices(desk: Desk) -> dict[str, Choices]:
    """Setting key -> its values with words. Tests encoders the first time: off the GUI thread."""
    return {key: make(desk) for key, make in _MAKERS.items()}


def _encoders(desk: Desk) -> Choices:
    from viralclip_desktop.media.encoders import available_encoders

    remembered = desk.paths.cache / "encoders.json"
    found = [(choice.name, choice.label) for choice in available_encoders(remembered)]
    return [("auto", tr("The fastest that works here")), *found]


def _styles(desk: Desk) -> Choices:
    return [(style.id, tr_message(style.label)) for style in desk.caption_styles()]


def _engines(desk: Desk) -> Choices:
    from viralclip_desktop.engines.registry import STT

    found: Choices = [("auto", tr("The best that is ready"))]
    for standing in STT.standings(desk.stt_setup()):
        ready = standing.problem is None
        name = tr_message(standing.info.name)
        name = name if ready else tr("{name} (not ready)", name=name)
        found.append((standing.info.id, name))
    return found


def _models(desk: Desk) -> Choices:
    found = [(entry.id, entry.name) for entry in desk.models().list() if entry.installed]
    own = desk.settings.values.whisper_model
    chosen = [(own, own)] if own and own not in {name for name, _words in found} else []
    return [("", tr("The best that is installed")), *found, *chosen]


def rate_choices(own: Fraction | None) -> Choices:
    """Frame rates, with ``own`` among them."""
    found: Choices = [(None, tr("Same as the recording"))]
    found += [(Fraction(rate), tr("{rate} a second", rate=rate)) for rate in _RATES]
    if own is not None and own not in {rate for rate, _words in found}:
        found.append((own, tr("{rate} a second", rate=own)))
    return found


def _rates(desk: Desk) -> Choices:
    return rate_choices(desk.settings.values.fps)


_MAKERS: dict[str, Callable[[Desk], Choices]] = {
    "encoder": _encoders,
    "caption_style": _styles,
    "speech_engine": _engines,
    "whisper_model": _models,
    "fps": _rates,
}
DYNAMIC = frozenset(_MAKERS)
"""Settings that are chosen from what :func:`dynamic_choices` finds."""
