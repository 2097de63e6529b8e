"""Exporting: a clip becomes a finished MP4 file, and what the preview needs of the same plan."""
