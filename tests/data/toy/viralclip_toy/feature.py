"""What the toy declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.settings.declaration import feature_setting


@dataclass(frozen=True)
class Wind:
    turns: int


@dataclass(frozen=True)
class Wound:
    sound: str


def _wind(services: Any, request: Wind, _context: JobContext) -> Wound:
    return Wound(services.settings.value("toy.sound") * request.turns)


WIND = JobKind("toy_wind", "toys", Wind, Wound, _wind)
FEATURE = Feature(
    "toy",
    job_kinds=(WIND,),
    settings=(feature_setting("toy", "sound", "tick", section="Toy", label="Sound", about="What it says."),),
    commands=("viralclip_toy.commands",),
    window="viralclip_toy.window",
)
