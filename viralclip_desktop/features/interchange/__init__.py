"""Timelines for other editors: OpenTimelineIO, Final Cut Pro XML and CMX3600 EDL."""

from viralclip_desktop.features.interchange.export import FORMATS, export_each, export_timeline, format_of

__all__ = ["FORMATS", "export_each", "export_timeline", "format_of"]
