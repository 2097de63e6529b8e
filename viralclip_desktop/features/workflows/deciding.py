"""What decides the picture and sound of an export, in one name."""

from __future__ import annotations

import hashlib
from typing import Final

from viralclip_desktop.domain.exports import ExportSettings
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.preview import picture_known

DECIDED_BY: Final = "decided_by"
"""In the result of an export's job: the name of what decided it."""


def decided_by(services: Services, clip_id: str, settings: ExportSettings) -> str:
    """A name for everything that decides a clip's picture and sound."""
    from viralclip_desktop.features.exporting.plans import plan_of

    store, clip = services.store, services.store.clip(clip_id)
    known = picture_known(store, services.paths, clip_id, settings.aspect)
    plan = plan_of(store, clip, fps=settings.fps, aspect=settings.aspect, known=known)
    return hashlib.sha256(f"{clip.title}\n{plan!r}".encode()).hexdigest()
