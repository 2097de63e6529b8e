"""Tightening: dead air, fillers, stutters and takes begun again go; every cut is listed and can be brought
back.

``tightening`` works on the store; everything below :func:`plan_cuts` is a pure function of words and sound.
"""

from viralclip_desktop.features.tighten.tightening import (
    DEFAULT_STRENGTH,
    Listened,
    Outcome,
    cut_again,
    listen,
    listen_to_clip,
    outcome,
    planned,
    restore_cut,
    slow_in,
    source_outcome,
    tighten_clip,
    tighten_source,
    untighten,
)

__all__ = [
    "DEFAULT_STRENGTH",
    "Listened",
    "Outcome",
    "cut_again",
    "listen",
    "listen_to_clip",
    "outcome",
    "planned",
    "restore_cut",
    "slow_in",
    "source_outcome",
    "tighten_clip",
    "tighten_source",
    "untighten",
]
