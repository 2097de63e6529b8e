"""Recordings without their voices or without their noise: made once, and kept by what is in them."""

from viralclip_desktop.features.separation.backgrounds import (
    background_of,
    chosen_separator,
    separation_setup,
)
from viralclip_desktop.features.separation.kept import Separated, stem_of

__all__ = ["Separated", "background_of", "chosen_separator", "separation_setup", "stem_of"]
