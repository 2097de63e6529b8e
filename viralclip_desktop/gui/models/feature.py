"""The models' section of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.models.models_section import ModelsSection


def _section(context: Context) -> ModelsSection:
    from viralclip_desktop.gui.models.models_section import ModelsSection

    return ModelsSection(context)


SECTIONS = (_section,)
