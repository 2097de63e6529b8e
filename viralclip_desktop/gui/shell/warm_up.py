"""What the window will need sooner or later is imported while nobody waits for it."""

from __future__ import annotations

import importlib
import pkgutil
from functools import partial

from PySide6.QtCore import QObject

import viralclip_desktop as program
from viralclip_desktop import gui
from viralclip_desktop.gui.bridge.later import later
from viralclip_desktop.gui.bridge.slices import Slices

_UNDER_IT = (
    "compose.captions", "compose", "features.exporting", "engines.stt", "features.transcription",
    "features.finish", "features.tighten",
)  # fmt: skip
"""What the window works with, from the ground up: small pieces, each on top of those before it."""
_LATER = (
    "widgets", "preview", "editor", "transcript", "timeline.painting", "timeline", "captions", "brand_kit",
    "reframe", "audio", "history", "exporting", "models", "settings", "shortcuts", "finish", "tighten",
    "dubbing", "studio",
)  # fmt: skip
_LIBRARIES = ("numpy", "miniaudio")
_AFTER_MS = 100  # the first page has been painted, and what it asked for has come


def later_modules() -> list[str]:
    """The modules of the editor, its panels and the dialogs, and what they stand on: none is needed for the
    first paint."""
    below = [(f"{program.__name__}.{room}", list(program.__path__), room) for room in _UNDER_IT]
    rooms = [(f"{gui.__name__}.{room}", list(gui.__path__), room) for room in _LATER]
    found = [
        f"{package}.{module.name}"
        for package, folders, room in [*below, *rooms]
        for module in pkgutil.iter_modules([f"{folder}/{room.replace('.', '/')}" for folder in folders])
        if not module.ispkg
    ]
    return [*_LIBRARIES, *found]


def warm_up(parent: QObject) -> Slices:
    """Import them, one in a round of the event loop. Not on a thread: an import holds Python's lock for
    milliseconds at a time, over and over, and every paint would wait for it again and again."""
    slices = Slices(parent)
    pieces = [partial(importlib.import_module, name) for name in later_modules()]
    later(slices, _AFTER_MS, lambda: slices.add(*pieces))
    return slices
