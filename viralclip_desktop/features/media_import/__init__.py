"""Getting a recording in: looked into, known by its content, seen, heard; the original is never touched."""

from viralclip_desktop.features.common.derived import ensure_sound, ensure_thumbnail
from viralclip_desktop.features.media_import.importing import import_media, known_source, tidy_title

__all__ = ["ensure_sound", "ensure_thumbnail", "import_media", "known_source", "tidy_title"]
