"""How pictures over the frame come and go: the motions of titles, as expressions of time for ffmpeg."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from viralclip_desktop.compose.plan import Overlay
from viralclip_desktop.compose.title_motion import BACK, LEAVE, SMALL
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.layers import TitleMotion

_RISE, _SLIDE = 0.25, 0.8  # of the picture's own height and width


@dataclass(frozen=True, slots=True)
class MovedPicture:
    """``there``: how much of the way in it has gone at a moment, 0..1; ``leaving``: whether it goes."""

    motion: TitleMotion
    there: str
    leaving: str

    def grown(self, stream: Any, place: Size) -> Any:
        """The picture (in clip time) at its size of each moment."""
        if self.motion is not TitleMotion.POP:
            return stream
        size = f"({SMALL}+{1 - SMALL:.2f}*if({self.leaving},{self._eased},{self._swung}))"
        sides = {"w": f"2*round({place.width / 2}*{size})", "h": f"2*round({place.height / 2}*{size})"}
        return stream.filter("scale", eval="frame", flags="bicubic", **sides)

    def where(self, x: int, y: int, place: Size) -> dict[str, Any]:
        """Its corner at each moment."""
        if self.motion is TitleMotion.POP:
            across, down = x + place.width / 2, y + place.height / 2
            return {"x": f"{across}-overlay_w/2", "y": f"{down}-overlay_h/2"}
        away = f"(1-{self._eased})"
        if self.motion is TitleMotion.SLIDE:
            return {"x": f"{x}-{_SLIDE * place.width:.1f}*{away}", "y": y}
        return {"x": x, "y": f"{y}+{_RISE * place.height:.1f}*{away}*if({self.leaving},-{LEAVE},1)"}

    @property
    def _eased(self) -> str:
        return f"(1-pow(1-{self.there},3))"

    @property
    def _swung(self) -> str:
        rest = f"({self.there}-1)"
        return f"(1+{BACK + 1}*pow({rest},3)+{BACK}*pow({rest},2))"


def moved_picture(overlay: Overlay, frames: tuple[int, int], fps: Fraction) -> MovedPicture:
    """The motion of a picture that shows from one frame of the clip up to another."""
    count = frames[1] - frames[0]
    length = min(max(0, overlay.fade.nearest_frame(fps)), count // 2)
    frame = f"(round(t*{fps.numerator}/{fps.denominator})-{frames[0]})"
    there = f"clip(min({frame}+1,{count}-{frame})/{length + 1},0,1)"
    return MovedPicture(overlay.motion, there, f"gt({frame},{count // 2})")
