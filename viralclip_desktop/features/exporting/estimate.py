"""How large exports become, measured on a little of them, and how long they take, learnt from earlier."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from viralclip_desktop.compose.graph import whole_file
from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, NotFound
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, ExportResult, ExportSettings, WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.features.exporting.plans import plan_of
from viralclip_desktop.media import encoders
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.weight import picture_bytes

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_LEARNT_FROM = 20  # the newest exports: a new encoder or computer soon counts
_BITS_PER_PIXEL = 0.06  # talk with captions at CRF 20, before anything was exported here
_SOUND_BYTES_S = 24_500
_HIGHEST_FPS = 60.0
_WHERE_PEOPLE_ARE = (0.25, 0.75, 0.5)  # two at a table, or one in the middle
_MEASURED = 4  # clips: those of one recording weigh alike


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of all files together. ``seconds`` is None before the first export on this computer."""

    files: int
    size_bytes: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Measuring:
    """What measuring needs. ``known``: what is known of the picture of a clip (by its id) in a shape."""

    paths: DataPaths
    known: Callable[[str, Aspect | None], PictureKnown] = lambda _clip_id, _aspect: PictureKnown()
    cancel: CancelToken | None = None


@dataclass(frozen=True, slots=True)
class _Learnt:
    bytes_per_pixel: float
    pixels_a_second: float | None


def estimate(
    store: Store,
    clips: Sequence[Clip],
    orders: Sequence[ExportSettings],
    measuring: Measuring | None = None,
) -> Estimate:
    """What exporting each clip by each order comes to. Reads the store: off the GUI thread.

    With ``measuring`` a little of the picture is encoded to find its size (some seconds a clip, of at most
    four clips; what was measured is kept); without, the size is only learnt from the exports before. Raises
    :class:`Cancelled`.
    """
    learnt = _learn(store)
    weights = _measured(store, clips, orders, measuring) if measuring is not None else {}
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
            weight = weights.get((clip.id, order), weights.get(("", order), learnt.bytes_per_pixel))
            bytes_now = shown * weight + length_s * _SOUND_BYTES_S
            limit = order.max_size_mb * 1e6 if order.max_size_mb else bytes_now
            size, pixels = size + min(limit, bytes_now), pixels + shown
    speed = learnt.pixels_a_second
    return Estimate(len(clips) * len(orders), round(size), pixels / speed if speed else None)


def _measured(
    store: Store, clips: Sequence[Clip], orders: Sequence[ExportSettings], measuring: Measuring
) -> dict[tuple[str, ExportSettings], float]:
    """Bytes a pixel by clip and order; by "" and order the median, for clips that were not measured."""
    found: dict[tuple[str, ExportSettings], float] = {}
    step = max(1, -(-len(clips) // _MEASURED))
    for order in orders:
        if order.audio_only:
            continue
        for clip in clips[::step]:
            with suppress(BadInput, EnvironmentLacks, NotFound):  # reported by the export
                found[clip.id, order] = _weight(store, clip, order, measuring)
        of_order = [weight for (_, known), weight in found.items() if known == order]
        if of_order:
            found["", order] = median(of_order)
    return found


def _weight(store: Store, clip: Clip, order: ExportSettings, measuring: Measuring) -> float:
    """Bytes a pixel of a clip's picture."""
    paths, known = measuring.paths, measuring.known(clip.id, order.aspect)
    plan = plan_of(store, clip, fps=order.fps, aspect=order.aspect, known=known)
    plans = [plan]
    if clip.follows_people and not plan.shots:  # the middle, where it stands meanwhile, may show nobody
        plans = [replace(plan, centre_x=x) for x in _WHERE_PEOPLE_ARE]
    size = frame_size(plan.aspect, order.resolution.short_side_px)
    encoder = encoders.choose(order.encoder, paths.cache / "encoders.json")
    pixels = size.width * size.height * whole_file(plan).frames
    return picture_bytes(plans, size, encoder, paths.render_work, measuring.cancel) / max(1, pixels)


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
    results = [(export, export.result) for export in done if export.result and _shown(export.result)]
    newest = sorted(results, key=lambda one: one[0].updated_at, reverse=True)
    free = [one for one in newest if one[0].settings.max_size_mb is None]
    whole = [one for one in newest if not one[1].reused_s]  # they were made from beginning to end
    weights = [_bytes_per_pixel(result) for _, result in free[:_LEARNT_FROM]]
    timed = [(_span(store, export), _shown(result)) for export, result in whole[:_LEARNT_FROM]]
    spans = [span for span, _ in timed if span is not None]
    worked = sum(pixels for span, pixels in timed if span is not None)
    weight = median(weights) if weights else _BITS_PER_PIXEL / 8
    return _Learnt(weight, worked / _covered_s(spans) if spans else None)


def _bytes_per_pixel(result: ExportResult) -> float:
    sound = result.duration_s * _SOUND_BYTES_S
    return max(0.0, result.size_bytes - sound) / _shown(result)


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
