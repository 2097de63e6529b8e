"""Editing: every edit of clips, transcripts, styles and brand kits, each one transaction with a name."""

from viralclip_desktop.features.editing.editing import Editing

__all__ = ["Editing"]
