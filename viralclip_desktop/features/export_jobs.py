"""Exports as jobs; going: see ``features.workflows.exports``."""

from viralclip_desktop.features.workflows.exports import EXPORT, LANE

KIND = EXPORT.name
__all__ = ["KIND", "LANE"]
