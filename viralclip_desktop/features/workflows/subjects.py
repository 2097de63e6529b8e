"""What is dubbed or translated: a clip, or a whole recording as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.clip import Clip, Framing, Part

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


def subject_clip(store: Store, subject: str) -> Clip:
    """A clip as it stands, or a clip that is the whole recording. Raises NotFound."""
    if any(source.id == subject for source in store.sources()):
        return _whole(store, subject)
    return store.clip(subject)


def _whole(store: Store, source_id: str) -> Clip:
    source = store.source(source_id)
    video = source.info.video
    shapes = list(Aspect)
    ratio = video.size.width / video.size.height if video is not None else 16 / 9
    aspect = min(shapes, key=lambda shape: abs(shape.ratio - ratio))
    return Clip(
        id=f"{source.id}_whole",
        project_id=source.project_id,
        source_id=source.id,
        batch_id="",
        rank=0,
        parts=(Part(source.asset_id, TimeRange(ZERO, source.info.duration)),),
        title=source.title,
        score=None,
        reasons=(),
        quote_first="",
        quote_last="",
        aspect=aspect,
        framing=Framing.FIT,
        captions_on=False,
        asset_id=source.asset_id,
    )
