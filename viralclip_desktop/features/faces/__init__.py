"""Where faces are in a recording: looked for once, kept beside it."""

from viralclip_desktop.features.faces.captions import (
    FACES,
    FIND_FACES,
    FacesFound,
    FindFaces,
    known_faces,
    look_for_faces,
    start_face_search,
)
from viralclip_desktop.features.faces.finding import FacesKnown, faces_between, find_faces, finder_here

__all__ = [
    "FACES",
    "FIND_FACES",
    "FacesFound",
    "FacesKnown",
    "FindFaces",
    "faces_between",
    "find_faces",
    "finder_here",
    "known_faces",
    "look_for_faces",
    "start_face_search",
]
