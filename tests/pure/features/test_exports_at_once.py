"""How many exports run side by side."""

from __future__ import annotations

from viralclip_desktop.features.workflows.exports import exports_at_once


def test_exports_side_by_side() -> None:
    assert [exports_at_once(processors) for processors in (1, 2, 8, 18, 64)] == [2, 2, 2, 3, 4]
