"""The sound of a clip's parts, one after the other: read from each recording, silent for stills and cards."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from viralclip_desktop.compose.inputs import opened_at
from viralclip_desktop.compose.levels import bus_level
from viralclip_desktop.compose.parts import Part, Run, Window
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.soundtrack import (
    SAMPLE_RATE_HZ,
    Piece,
    first_sample,
    joined,
    overlap,
    run_silence,
    run_sound,
    silence,
)
from viralclip_desktop.core.time import ZERO


def clip_sound(plan: RenderPlan, reading: list[Run], inputs: list[Any], window: Window) -> Any:
    """The samples of a window at the level of its bus, with time stamps in clip time."""
    first, last = first_sample(plan, window.first), first_sample(plan, window.last)
    if not plan.has_own_sound:
        return silence(last - first)
    pieces = _pieces(plan, [part for run in reading for part in run.parts], window)
    streams, place = [], 0
    for number, (run, source) in enumerate(zip(reading, inputs, strict=True)):
        own = _in_run(run, pieces[place : place + len(run.parts)])
        streams += _heard(run, source, own, number)
        place += len(run.parts)
    return bus_level(joined(streams, pieces, first), plan.own_level, plan.duration)


def _pieces(plan: RenderPlan, shown: list[Part], window: Window) -> list[Piece]:
    """The parts of a window as pieces of sound that overlap where they meet."""
    ends, frame = [first_sample(plan, window.first)], window.first
    for part in shown:
        frame += part.frames
        ends.append(first_sample(plan, frame))
    lengths = [last - first for first, last in pairwise(ends)]
    over = [
        overlap(part.planned.crossfade if _begins(part) else ZERO, min(two))
        for part, two in zip(shown[1:], pairwise(lengths), strict=True)
    ]
    return [
        Piece(0, length, after, before)
        for length, after, before in zip(lengths, [0, *over], [*over, 0], strict=True)
    ]


def _begins(part: Part) -> bool:
    """Whether a part is shown from its own first frame on."""
    return part.heard == part.planned.range.start


def _in_run(run: Run, pieces: list[Piece]) -> list[Piece]:
    """Pieces with their places in the sound of their run."""
    lead = run.parts[0]
    placed = []
    for part, piece in zip(run.parts, pieces, strict=True):
        skipped = lead.planned.part.played(part.heard) - lead.planned.part.played(lead.heard)
        placed.append(replace(piece, first=skipped.samples(SAMPLE_RATE_HZ)))
    return placed


def _heard(run: Run, source: Any, pieces: list[Piece], number: int) -> list[Any]:
    recording, start = run.recording, run.parts[0].heard
    if recording is None or recording.audio_stream is None or source is None:
        return run_silence(pieces, number)
    if recording.heard_from is not None:
        recording = recording.heard_from
        source = opened_at(recording.path, recording.info, start, sound=True, begins=recording.begins)
    track = next(track for track in recording.info.audio if track.index == recording.audio_stream)
    return run_sound(source.stream(selector=str(track.index)), track, start, pieces, speed=run.speed)
