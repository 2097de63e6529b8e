"""Finding the moments: a deterministic local ranker over words and sound, no model needed.

``find_clips`` stores what ``ranker.rank`` finds; everything below the ranker is a pure function.
"""

from viralclip_desktop.features.moments.find import find_clips
from viralclip_desktop.features.moments.options import FindOptions

__all__ = ["FindOptions", "find_clips"]
