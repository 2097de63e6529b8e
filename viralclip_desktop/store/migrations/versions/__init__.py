"""The revisions of the project database, oldest first. A revision never changes once it is released."""

from __future__ import annotations

from viralclip_desktop.store.migrations.versions import (
    r0001_foundation,
    r0002_editor,
    r0003_assets_and_parts,
    r0004_review,
    r0005_transcript_track,
    r0006_library,
)

REVISIONS = (
    r0001_foundation,
    r0002_editor,
    r0003_assets_and_parts,
    r0004_review,
    r0005_transcript_track,
    r0006_library,
)
