"""Music that is composed here: a file of any length, in a mood, with its stems."""

from viralclip_desktop.features.music.composing import Composed, compose_music

__all__ = ["Composed", "compose_music"]
