"""Recordings without their voices: made once, and kept by what is in them."""

from viralclip_desktop.features.separation.backgrounds import (
    Separated,
    background_of,
    chosen_separator,
    separation_setup,
)

__all__ = ["Separated", "background_of", "chosen_separator", "separation_setup"]
