"""Where the recording's picture lies in the frame: the way from shares of the one to pixels of the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from viralclip_desktop.compose.framing import fit_size
from viralclip_desktop.compose.plan import CropMove, RenderPlan
from viralclip_desktop.core.geometry import Size, cover_crop
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import FrameKey, Framing
from viralclip_desktop.domain.crop_path import between, crop_shares, held_inside
from viralclip_desktop.domain.media import VideoStream


@dataclass(frozen=True, slots=True)
class PicturePlace:
    """The whole source picture in pixels of the frame; what a crop cuts away lies outside the frame."""

    left: float
    top: float
    width: float
    height: float


def picture_place(plan: RenderPlan, video: VideoStream, size: Size, at: Time) -> PicturePlace:
    """Where the picture lies at a clip time, in a frame of ``size``; see :mod:`framing`."""
    if plan.framing is Framing.FIT:
        inner = fit_size(video.size, size)
        left, top = (size.width - inner.width) / 2, (size.height - inner.height) / 2
        return PicturePlace(left, top, inner.width, inner.height)
    moves = _moves_at(plan, at)
    if moves:
        return _moved(_crop_at(moves, at), video, size)
    crop = cover_crop(video.size, size.ratio, plan.centre_x)
    across, down = size.width / crop.width, size.height / crop.height
    return PicturePlace(-crop.x * across, -crop.y * down, video.size.width * across, video.size.height * down)


def _moved(key: FrameKey, video: VideoStream, size: Size) -> PicturePlace:
    shares = crop_shares(video.size, float(size.ratio), key.zoom)
    held = held_inside(key, *shares)
    width, height = size.width / shares[0], size.height / shares[1]
    return PicturePlace(
        size.width / 2 - held.centre_x * width, size.height / 2 - held.centre_y * height, width, height
    )


def _moves_at(plan: RenderPlan, at: Time) -> tuple[CropMove, ...]:
    """The path of the crop in the part that plays at a clip time."""
    if not plan.moves or len(plan.recordings) < 2:
        return plan.moves
    recording = plan.part_at(at).recording
    return () if recording is None else plan.moves_in(recording)


def _crop_at(moves: tuple[CropMove, ...], at: Time) -> FrameKey:
    place = bisect_right([move.until for move in moves], at)
    move = moves[min(place, len(moves) - 1)]
    return between(move.one, move.other, at)
