"""How clips are listed once they were reviewed."""

from __future__ import annotations

from support import stored

from viralclip_desktop.domain.clip import Review
from viralclip_desktop.domain.edits.review import best_first, reviewed


def test_dropped_clips_come_last_and_the_rest_stays_best_first() -> None:
    clips = [stored.clip(f"clip_{rank}", rank=rank) for rank in (3, 1, 2, 4)]
    clips[1] = reviewed(clips[1], Review.DROPPED)
    clips[3] = reviewed(clips[3], Review.KEPT)
    assert [clip.rank for clip in best_first(clips)] == [2, 3, 4, 1]
