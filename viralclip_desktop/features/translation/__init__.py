"""Translation of what is said: the engine that is set up, the lines, and what was translated before."""

from viralclip_desktop.features.translation.choosing import (
    AUTO,
    SETTING,
    Engine,
    any_engine,
    chosen_engine,
    translation_setup,
)
from viralclip_desktop.features.translation.glossary import read_glossary
from viralclip_desktop.features.translation.lines import SpokenLine, line_state, request_for, spoken_lines
from viralclip_desktop.features.translation.translating import shorter_line, translate_lines

__all__ = [
    "AUTO",
    "SETTING",
    "Engine",
    "SpokenLine",
    "any_engine",
    "chosen_engine",
    "line_state",
    "read_glossary",
    "request_for",
    "shorter_line",
    "spoken_lines",
    "translate_lines",
    "translation_setup",
]
