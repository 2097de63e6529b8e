"""Where faces are in a recording: looked for once, kept beside it."""

from viralclip_desktop.features.faces.finding import FacesKnown, faces_between, find_faces, finder_here

__all__ = ["FacesKnown", "faces_between", "find_faces", "finder_here"]
