"""The recording's sound as a wave, read from the pyramid of peaks for just the pixels that show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, TimeRange
from viralclip_desktop.domain.layers import SoundLayer
from viralclip_desktop.gui.timeline.clip_times import ClipTimes, Ticks
from viralclip_desktop.gui.timeline.geometry import Row
from viralclip_desktop.gui.timeline.painting.ink import shades, tinted
from viralclip_desktop.gui.timeline.painting.scene import Scene
from viralclip_desktop.gui.timeline.rhythm import file_times

if TYPE_CHECKING:
    from viralclip_desktop.media.peaks import Peaks

_QUIET_POWER = 0.7  # quiet speech stays visible
_AIR_PX, _LAYER_AIR_PX = 4.0, 2.0
_BEHIND_A_NAME = 90  # opacity of a layer's wave, 0..255: its name has to be read over it
_MOST_GAIN = 12.0  # noise alone stays a thin line
_ENOUGH = 256  # buckets that tell how loud a recording is


def paint_wave(painter: QPainter, scene: Scene, row: Row, exposed: QRectF) -> None:
    """The wave of the recording as far as it is exposed, one column to a device pixel."""
    if scene.peaks is None:
        return
    wave = Wave(scene.peaks, scene.model.times, scene.gain, scene.ink.tracks[row.track].full, _AIR_PX)
    whole = TimeRange(ZERO, scene.model.duration)
    _paint(painter, scene, wave, scene.box(whole, row.top_px, row.height_px), exposed)


def paint_layer_wave(painter: QPainter, scene: Scene, row: Row, layer: SoundLayer, box: QRectF) -> None:
    """The wave of music or a voice inside its block: where the file begins again, so does its wave."""
    sound = scene.sounds.get(layer.asset_id)
    if sound is not None:
        colour = tinted(scene.ink.tracks[row.track].full, _BEHIND_A_NAME)
        wave = Wave(sound.peaks, file_times(layer, sound.length), gain(sound.peaks), colour, _LAYER_AIR_PX)
        _paint(painter, scene, wave, box, box.adjusted(0, 0, -1, 0))


@dataclass(frozen=True)
class Wave:
    """A wave to be drawn: peaks, and what plays of them."""

    peaks: Peaks
    times: ClipTimes
    gain: float
    colour: QColor
    air_px: float


def _paint(painter: QPainter, scene: Scene, wave: Wave, box: QRectF, exposed: QRectF) -> None:
    """``box`` is where time 0 to the end of the wave lies."""
    start = max(exposed.left(), box.left(), -1.0)
    end = min(exposed.right() + 1, box.right(), scene.view.width_px + 1)
    end = min(end, box.left() + wave.times.duration.seconds * scene.view.px_per_s)
    if end - start < 1:
        return
    start = float(int(start))
    scale, count = scene.scale, int((end - start) * scene.scale)
    xs = start + np.arange(count + 1) / scale
    seconds = (xs - box.left()) / scene.view.px_per_s
    loud = loudness(wave.peaks, wave.times, (seconds * TICKS_PER_SECOND).astype(np.int64))
    pixels = _pixels((loud * wave.gain) ** _QUIET_POWER, int(box.height() * scale), wave.air_px * scale)
    coloured = np.ascontiguousarray(
        shades(wave.colour)[(pixels.astype(np.int64) * wave.colour.alpha()) // 255].astype(np.uint32)
    )
    height, width = coloured.shape
    image = QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(QRectF(start, box.top(), width / scale, height / scale), image, QRectF(image.rect()))


def gain(peaks: Peaks | None) -> float:
    """How much higher the wave is drawn, so that a quiet recording fills its track as a loud one does."""
    if peaks is None:
        return 1.0
    level = next((one for one in reversed(peaks.levels) if len(one) >= _ENOUGH), peaks.levels[0])
    swing = np.abs(np.asarray(level, dtype=np.float64)).max(axis=1) / 32768.0
    loudest = float(np.percentile(swing, 99)) if len(swing) else 1.0
    return min(_MOST_GAIN, 1.0 / max(1e-6, loudest))


def loudness(peaks: Peaks, times: ClipTimes, edges: Ticks) -> NDArray[np.float64]:
    """The largest swing (0..1) between each two of ``edges`` (clip ticks, in order)."""
    found = np.zeros(max(0, len(edges) - 1))
    if len(found) == 0 or not times.kept:
        return found
    lefts = np.clip(edges[:-1], 0, max(0, times.duration.ticks - 1))
    part = np.maximum(0, np.searchsorted(times.clip_starts, lefts, side="right") - 1)
    source = times.source_ticks(lefts, part)
    until = np.minimum(times.source_ticks(lefts + np.diff(edges), part), times.source_ends[part])
    playing = (source < times.source_ends[part]) & (lefts >= times.clip_starts[part])
    source = np.minimum(source, until)
    level, size = _level(peaks, float(np.diff(edges[:2])[0]) / TICKS_PER_SECOND * peaks.rate_hz)
    if len(level) < 2:
        return found
    per_bucket = TICKS_PER_SECOND * size / peaks.rate_hz
    low = np.clip((source / per_bucket).astype(np.int64), 0, len(level) - 2)
    high = np.clip(np.ceil(until / per_bucket).astype(np.int64), low + 1, len(level) - 1)
    base = int(low.min())
    rows = np.asarray(level[base : int(high.max()) + 1])
    places = np.stack([low, high], axis=1).ravel() - base
    up = np.maximum.reduceat(rows[:, 1], places)[::2]
    down = np.minimum.reduceat(rows[:, 0], places)[::2]
    swing: NDArray[np.float64] = np.maximum(up.astype(np.float64), -down.astype(np.float64)) / 32768.0
    return np.where(playing, np.clip(swing, 0.0, 1.0), 0.0)


def _level(peaks: Peaks, width_samples: float) -> tuple[NDArray[np.int16], int]:
    """The coarsest level with at least two buckets to a column."""
    size = peaks.bucket_samples
    for level, coarser in zip(peaks.levels, peaks.levels[1:], strict=False):
        if size * 8 > width_samples or len(coarser) < 4:
            return level, size
        size *= 4
    return peaks.levels[-1], size


def _pixels(shares: NDArray[np.float64], height: int, air: float) -> NDArray[np.uint8]:
    """Opacities of columns standing on the middle, their ends smoothed by the part of a pixel they fill."""
    middle = height / 2
    reach = np.maximum(0.6, np.minimum(1.0, shares) * (middle - air))
    away = np.abs(np.arange(height) + 0.5 - middle)
    opacity = np.clip(reach[None, :] - away[:, None] + 0.5, 0.0, 1.0)
    pixels: NDArray[np.uint8] = (opacity * 255).astype(np.uint8)
    return pixels
