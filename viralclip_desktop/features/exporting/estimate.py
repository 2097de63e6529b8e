"""How large exports become and how long they take, learnt from the ones before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, NotFound
from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, WorkState
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_LEARNT_FROM = 20  # the newest exports: a new encoder or computer soon counts
_BITS_PER_PIXEL = 0.06  # talk with captions at CRF 20, before anything was exported here
_SOUND_BYTES_S = 24_500
_HIGHEST_FPS = 60.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of all files together. ``seconds`` is None before the first export on this computer."""

    files: int
    size_bytes: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class _Learnt:
    bytes_per_pixel: float
    pixels_a_second: float | None


def estimate(store: Store, clips: Sequence[Clip], orders: Sequence[ExportSettings]) -> Estimate:
    """What exporting each clip by each order comes to. Reads the store: off the GUI thread."""
    learnt = _learn(store)
    rates = {
        source_id: _fps(store, source_id) if source_id else 30.0
        for source_id in {clip.source_id for clip in clips}
    }
    size, pixels = 0.0, 0.0
    kits = {kit.id: kit for kit in store.brand_kits()}
    for clip in clips:
        length_s = clip.duration.seconds + _bookends_s(store, kits.get(clip.brand_kit))
        for order in orders:
            shown = (
                0.0 if order.audio_only else length_s * _pixels_a_second(clip, order, rates[clip.source_id])
            )
            bytes_now = shown * learnt.bytes_per_pixel + length_s * _SOUND_BYTES_S
            limit = order.max_size_mb * 1e6 if order.max_size_mb else bytes_now
            size, pixels = size + min(limit, bytes_now), pixels + shown
    speed = learnt.pixels_a_second
    return Estimate(len(clips) * len(orders), round(size), pixels / speed if speed else None)


def _bookends_s(store: Store, kit: BrandKit | None) -> float:
    """How long the intro and the outro of a kit are; those that can't be read are reported by the export."""
    length_s = 0.0
    for asset_id in filter(None, (kit.intro, kit.outro) if kit is not None else ()):
        with suppress(BadInput, NotFound):
            length_s += examine(Path(store.asset(asset_id).path)).duration.seconds
    return length_s


def _pixels_a_second(clip: Clip, order: ExportSettings, source_fps: float) -> float:
    size = frame_size(order.aspect or clip.aspect, order.resolution.short_side_px)
    fps = float(order.fps) if order.fps else source_fps
    return size.width * size.height * fps


def _fps(store: Store, source_id: str) -> float:
    video = store.source(source_id).info.video
    return min(_HIGHEST_FPS, float(video.fps)) if video else 30.0


def _learn(store: Store) -> _Learnt:
    done = [export for export in store.exports() if export.status is WorkState.COMPLETED]
    newest = sorted(done, key=lambda export: export.updated_at, reverse=True)[:_LEARNT_FROM]
    weights, spans, worked = [], [], 0.0
    for export in newest:
        if export.result is None or not (pixels := _shown(export.result)):
            continue
        if export.settings.max_size_mb is None:
            sound = export.result.duration_s * _SOUND_BYTES_S
            weights.append(max(0.0, export.result.size_bytes - sound) / pixels)
        if (span := _span(store, export)) is not None:
            spans.append(span)
            worked += pixels
    weight = median(weights) if weights else _BITS_PER_PIXEL / 8
    return _Learnt(weight, worked / _covered_s(spans) if spans else None)


def _shown(result: ExportResult) -> float:
    return result.width * result.height * float(result.fps) * result.duration_s


def _span(store: Store, export: Export) -> tuple[float, float] | None:
    """When it was worked on: from the last start of its job to the end."""
    events = store.jobs.events(export.job_id) if export.job_id else ()
    began, ended = _last(events, WorkState.RUNNING), _last(events, WorkState.COMPLETED)
    return (began, ended) if began is not None and ended is not None and ended > began else None


def _covered_s(spans: Iterable[tuple[float, float]]) -> float:
    """How long anything was worked on: exports that ran side by side share their time."""
    covered, until = 0.0, float("-inf")
    for began, ended in sorted(spans):
        covered += max(0.0, ended - max(began, until))
        until = max(until, ended)
    return covered


def _last(events: Iterable[tuple[float, WorkState, str]], state: WorkState) -> float | None:
    return max((at for at, reached, _message in events if reached is state), default=None)
