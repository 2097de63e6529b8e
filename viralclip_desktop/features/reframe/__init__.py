"""The frame that holds who speaks: watching recordings, telling who speaks, directing shots."""

from viralclip_desktop.features.reframe.clip_frame import (
    FRAME,
    UNKNOWN,
    WATCH,
    face_near,
    faces_of,
    frame_of,
    plan_told,
    start_watching,
    watch_clip,
)

__all__ = [
    "FRAME",
    "UNKNOWN",
    "WATCH",
    "face_near",
    "faces_of",
    "frame_of",
    "plan_told",
    "start_watching",
    "watch_clip",
]
