"""The library of sounds: all that was spoken, composed or brought, with tags, folders and search."""

from viralclip_desktop.features.library.items import (
    Removal,
    add_sound,
    change_sound,
    find_sounds,
    keep_sound,
    remove_sound,
)
from viralclip_desktop.features.library.making import Making

__all__ = [
    "Making",
    "Removal",
    "add_sound",
    "change_sound",
    "find_sounds",
    "keep_sound",
    "remove_sound",
]
