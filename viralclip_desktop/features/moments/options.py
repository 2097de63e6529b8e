"""What the user may ask of the finder."""

from __future__ import annotations

from dataclasses import dataclass

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect


@dataclass(frozen=True, slots=True)
class FindOptions:
    """How many clips at most, how long each (seconds, pre-roll and tail included), and how they look."""

    count: int = 10
    min_length_s: float = 15.0
    max_length_s: float = 60.0
    aspect: Aspect = Aspect.VERTICAL
    caption_style: str = "karaoke"
    brand_kit: str = ""
    """The id of the brand kit that the clips get; empty for none."""
    about: str = ""
    """What the clips should be about or like, in the user's words; empty for anything good."""

    like: str = ""
    """The id of a clip whose subject the new ones should share; empty for any subject."""
    fill: bool = False
    """Whether that many were asked for: weaker moments make up the number, as far as there are any."""

    def check(self) -> None:
        """Raise UsageError when the wishes contradict themselves."""
        if self.count < 1:
            raise UsageError("The number of clips must be at least 1.")
        if not 1.0 <= self.min_length_s <= self.max_length_s:
            raise UsageError(
                "The shortest length must be at least one second and no longer than the longest length."
            )

    def as_settings(self) -> dict[str, object]:
        """The options as plain values, kept with the batch."""
        return {
            "count": self.count,
            "min_length_s": self.min_length_s,
            "max_length_s": self.max_length_s,
            "aspect": self.aspect.value,
            "caption_style": self.caption_style,
            "brand_kit": self.brand_kit,
            "about": self.about,
            "like": self.like,
            "fill": self.fill,
        }
