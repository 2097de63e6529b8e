"""The job that composes music into a file. Light: the start of the program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


@dataclass(frozen=True)
class ComposeRequest:
    """What is wished for, as :class:`~viralclip_desktop.music.composer.Wishes` has it, and where it goes."""

    out: str
    seed: int
    duration_s: float
    preset: str | None = None
    mood: str | None = None
    tempo: float | None = None
    key: str | None = None
    loops: bool = False
    hits_s: tuple[float, ...] = ()
    stems: str | None = None


@dataclass(frozen=True)
class MusicMade:
    """What was made, and how it is made again."""

    path: str
    tempo: float
    key: str
    duration_s: float
    seed: int
    preset: str
    mood: str


def _run(_services: Services, request: ComposeRequest, context: JobContext) -> MusicMade:
    from pathlib import Path

    from viralclip_desktop.features.music.composing import compose_music
    from viralclip_desktop.features.music.wishes import wishes_of

    made = compose_music(
        wishes_of(
            seed=request.seed,
            duration_s=request.duration_s,
            preset=request.preset,
            mood=request.mood,
            tempo=request.tempo,
            key=request.key,
            loops=request.loops,
            hits_s=request.hits_s,
        ),
        Path(request.out),
        stems=None if request.stems is None else Path(request.stems),
        progress=context.progress,
        cancel=context.cancel,
    )
    return MusicMade(made.path, made.tempo, made.key, made.duration_s, made.seed, made.preset, made.mood)


COMPOSE = JobKind("compose_music", "music", ComposeRequest, MusicMade, _run)
