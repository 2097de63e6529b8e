"""Captions: words -> phrases -> lines laid out by ourselves -> one ASS document for libass."""

from viralclip_desktop.compose.captions.document import CaptionDocument, caption_document

__all__ = ["CaptionDocument", "caption_document"]
