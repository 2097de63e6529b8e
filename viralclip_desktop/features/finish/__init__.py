"""Finishing a clip: hook text, progress bar, title card, lower third and what else makes it ready to post.

Every element lies on the clip as a layer (or as a look of its captions) that can be moved, changed and taken
off; one list names them all (:data:`ELEMENTS`).
"""

from viralclip_desktop.features.finish.cold_open import lines_of
from viralclip_desktop.features.finish.elements import BY_ITSELF, ELEMENTS, USUAL, ElementRow, is_on, row_of
from viralclip_desktop.features.finish.finishing import finish_clip, lay_element, remove_all, remove_element
from viralclip_desktop.features.finish.scene import Palette, Scene, Wanted, palette_of
from viralclip_desktop.features.finish.sounds import effect_file
from viralclip_desktop.features.finish.synth import Effect
from viralclip_desktop.features.finish.transitions import subject_changes

__all__ = [
    "BY_ITSELF",
    "ELEMENTS",
    "USUAL",
    "Effect",
    "ElementRow",
    "Palette",
    "Scene",
    "Wanted",
    "effect_file",
    "finish_clip",
    "is_on",
    "lay_element",
    "lines_of",
    "palette_of",
    "remove_all",
    "remove_element",
    "row_of",
    "subject_changes",
]
