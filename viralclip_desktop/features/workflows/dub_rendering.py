"""A plan of a dub as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.services import Services

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.media.segments import Kept


def render_plan(
    services: Services,
    plan: RenderPlan,
    out: Path,
    progress: Progress,
    cancel: CancelToken,
    *,
    title: str = "",
    language: str = "",
    kept: Kept | None = None,
) -> None:
    """The film, or the whole sound of what has no picture, by the settings of exports. The rest is as for
    :func:`~viralclip_desktop.media.render.render_export`."""
    from viralclip_desktop.media import encoders
    from viralclip_desktop.media.render import render_export
    from viralclip_desktop.media.sound_file import Tags, render_sound

    order, work = export_order(services.settings.values), services.paths.render_work
    if not plan.has_picture:
        render_sound(plan, out, work, progress=progress, cancel=cancel, tags=Tags(title))
        return
    render_export(
        plan,
        frame_size(plan.aspect, order.resolution.short_side_px),
        out,
        encoders.choose(order.encoder, services.paths.cache / "encoders.json"),
        work,
        progress=progress,
        cancel=cancel,
        title=title,
        language=language,
        kept=kept,
    )
