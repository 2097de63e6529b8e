"""What the player shows: single frames, and the stream that plays."""

from viralclip_desktop.features.preview.frames import exact_frame, open_preview, player_frame, save_frame

__all__ = ["exact_frame", "open_preview", "player_frame", "save_frame"]
