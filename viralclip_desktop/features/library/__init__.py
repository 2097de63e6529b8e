"""The library of sounds: all that was spoken, composed or brought, with tags, folders and search."""

from viralclip_desktop.features.library.items import (
    MUSIC_FROM,
    Brought,
    Removal,
    add_sound,
    bring_sounds,
    change_sound,
    find_sounds,
    keep_sound,
    likely_kind,
    removal_of,
    remove_sound,
)
from viralclip_desktop.features.library.making import Making

__all__ = [
    "MUSIC_FROM",
    "Brought",
    "Making",
    "Removal",
    "add_sound",
    "bring_sounds",
    "change_sound",
    "find_sounds",
    "keep_sound",
    "likely_kind",
    "removal_of",
    "remove_sound",
]
