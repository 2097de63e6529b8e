"""Which clips are reviewed, in what order, and where one is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viralclip_desktop.domain.clip import Clip, Review


@dataclass(frozen=True)
class Tally:
    """How the clips of a recording stand: how many of each."""

    kept: int = 0
    dropped: int = 0
    to_fix: int = 0
    left: int = 0
    """Neither kept, dropped nor to be fixed."""


class ReviewQueue:
    """The clips that were not reviewed when it began, by their ids.

    What is decided is noted here at once, before it is stored. Decided clips keep their places, so that one
    can go back to them.
    """

    def __init__(self, clips: Iterable[Clip] = ()) -> None:
        self.ids: list[str] = []
        self.place = 0
        """Of the clip that is shown; behind the last one when all is done."""
        self._reviews: dict[str, Review] = {}
        self._to_fix: set[str] = set()
        self.follow(list(clips))

    @property
    def current(self) -> str:
        """The clip that is shown; empty when all is done."""
        return self.ids[self.place] if self.place < len(self.ids) else ""

    @property
    def following(self) -> str:
        """The clip that is shown after a decision about this one; empty for none."""
        place = self._place_after()
        return self.ids[place] if place < len(self.ids) else ""

    def review_of(self, clip_id: str) -> Review:
        """What was decided about a clip."""
        return self._reviews.get(clip_id, Review.NOT_YET)

    def is_to_fix(self, clip_id: str) -> bool:
        """Whether it went into the editor and nothing was decided since."""
        return clip_id in self._to_fix and self.review_of(clip_id) is Review.NOT_YET

    def note(self, clip_id: str, review: Review) -> None:
        """Something was decided about a clip, or taken back."""
        self._reviews[clip_id] = review

    def note_fix(self, clip_id: str) -> None:
        """A clip goes into the editor."""
        self._to_fix.add(clip_id)

    @property
    def fixed(self) -> list[str]:
        """Those that went into the editor and were kept after that."""
        return [one for one in self.ids if one in self._to_fix and self.review_of(one) is Review.KEPT]

    def go_on(self) -> None:
        """To the next clip that is open; behind the last one when there is none."""
        self.place = self._place_after()

    def step(self, by: int) -> None:
        """To the clip before (-1) or after (1), decided or not; after the last one comes the end."""
        self.place = min(len(self.ids), max(0, self.place + by))

    def go_to(self, clip_id: str) -> None:
        """To a clip; nothing happens where it is not among them."""
        if clip_id in self.ids:
            self.place = self.ids.index(clip_id)

    def follow(self, clips: Sequence[Clip]) -> None:
        """The clips there are now, in order: those that are gone leave, new ones come at the end."""
        there = {clip.id for clip in clips}
        here = self.current
        before = sum(one in there for one in self.ids[: self.place])
        self.ids = [one for one in self.ids if one in there]
        self.ids += [one.id for one in clips if not one.review and one.id not in self.ids]
        self.place = self.ids.index(here) if here in self.ids else before

    def tally(self, clips: Iterable[Clip]) -> Tally:
        """How all clips of the recording stand."""
        reviews = {clip.id: self._reviews.get(clip.id, clip.review) for clip in clips}
        counts = list(reviews.values())
        to_fix = sum(self.is_to_fix(one) for one in reviews)
        left = counts.count(Review.NOT_YET) - to_fix
        return Tally(counts.count(Review.KEPT), counts.count(Review.DROPPED), to_fix, left)

    def _place_after(self) -> int:
        behind = range(self.place + 1, len(self.ids))
        before = range(min(self.place, len(self.ids)))
        return next((place for place in (*behind, *before) if self._is_open(self.ids[place])), len(self.ids))

    def _is_open(self, clip_id: str) -> bool:
        return self.review_of(clip_id) is Review.NOT_YET and clip_id not in self._to_fix
