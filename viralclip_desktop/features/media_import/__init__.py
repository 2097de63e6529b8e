"""Getting a recording in: looked into, known by its content, seen, heard; the original is never touched."""

from viralclip_desktop.features.common.derived import ensure_sound, ensure_thumbnail
from viralclip_desktop.features.media_import.importing import import_media, known_source, tidy_title
from viralclip_desktop.features.media_import.own_sound import choose_sound, other_track, remarks_of

__all__ = [
    "choose_sound",
    "ensure_sound",
    "ensure_thumbnail",
    "import_media",
    "known_source",
    "other_track",
    "remarks_of",
    "tidy_title",
]
