"""The sound of a clip's parts, one after the other: read from each recording, silent for stills and cards."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.compose.inputs import opened_at
from viralclip_desktop.compose.levels import bus_level
from viralclip_desktop.compose.parts import Run, Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.soundtrack import (
    SAMPLE_RATE_HZ,
    Piece,
    first_sample,
    joined,
    run_silence,
    run_sound,
    silence,
)


def clip_sound(plan: RenderPlan, reading: list[Run], inputs: list[Any], window: Window) -> Any:
    """The samples of a window at the level of its bus, with time stamps in clip time."""
    first, last = first_sample(plan, window.first), first_sample(plan, window.last)
    if not plan.has_own_sound:
        return silence(last - first)
    streams, frame = [], window.first
    for number, (run, source) in enumerate(zip(reading, inputs, strict=True)):
        pieces, frame = _pieces(plan, run, frame, window)
        streams += _heard(run, source, pieces, number)
    return bus_level(joined(streams, first), plan.own_level, plan.duration)


def _pieces(plan: RenderPlan, run: Run, frame: int, window: Window) -> tuple[list[Piece], int]:
    """A run's pieces from a frame of the clip on, and the frame they end at."""
    pieces, lead = [], run.parts[0]
    for part in run.parts:
        first, last = first_sample(plan, frame), first_sample(plan, frame + part.frames)
        inner = (frame > window.first, frame + part.frames < window.last)
        skipped = lead.planned.part.played(part.heard) - lead.planned.part.played(lead.heard)
        pieces.append(Piece(skipped.samples(SAMPLE_RATE_HZ), last - first, *inner))
        frame += part.frames
    return pieces, frame


def _heard(run: Run, source: Any, pieces: list[Piece], number: int) -> list[Any]:
    recording, start = run.recording, run.parts[0].heard
    if recording is None or recording.audio_stream is None or source is None:
        return run_silence(pieces, number)
    if recording.heard_from is not None:
        recording = recording.heard_from
        source = opened_at(recording.path, recording.info, start, sound=True)
    track = next(track for track in recording.info.audio if track.index == recording.audio_stream)
    return run_sound(source.stream(selector=str(track.index)), track, start, pieces, speed=run.speed)
