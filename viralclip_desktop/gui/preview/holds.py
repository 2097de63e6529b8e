"""What is held on the picture: a layer, a picture of the brand, the captions.

Each way and each factor counts from where it was when it was taken hold of; every step is stored, all of them
are one entry in the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.compose.captions.layout import Block, Box
from viralclip_desktop.compose.elements import shifted
from viralclip_desktop.compose.handling import (
    Corner,
    LogoPlace,
    Placeable,
    caption_position,
    caption_size,
    caption_way,
    corner_point,
    layer_box,
    logo_box,
    logo_place,
    moved_layer,
    moved_logo,
    opposite,
    scaled_layer,
    scaled_logo,
)
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.compose.standing_things import things_to_keep_off
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.layers import ProgressLayer
from viralclip_desktop.features.captions.looks import adjust_look
from viralclip_desktop.features.editing import change_layer, place_logo

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.session.clip_session import ClipSession


class Hold(Protocol):
    """Something taken hold of. ``box``: where it stood then, in pixels of the canvas."""

    box: Box
    goes_across: bool
    """Whether it can be moved sideways."""
    scalable: bool

    def moved(self, across: float, down: float) -> Box:
        """Put it elsewhere; returns where it stands then."""

    def scaled(self, corner: Corner, factor: float) -> Box:
        """Make it larger by one of its corners; returns where it stands then."""

    def still(self, corner: Corner) -> tuple[float, float]:
        """The point that stays where it is while a corner is dragged."""

    def is_on(self, clip: Clip) -> bool:
        """Whether a clip still has it."""


class LayerHold:
    """A picture, a title or a bar."""

    goes_across = True

    def __init__(self, session: ClipSession, layer: Placeable, plan: RenderPlan) -> None:
        self._session, self._layer, self._plan = session, layer, plan
        self._gesture = f"{layer.id}-{new_id('hold')}"
        self.box = layer_box(layer, plan) or Box(0, 0, 0, 0)
        self.scalable = not isinstance(layer, ProgressLayer)

    def moved(self, across: float, down: float) -> Box:
        """Put it elsewhere."""
        return self._put(moved_layer(self._layer, self._plan, across, down))

    def scaled(self, corner: Corner, factor: float) -> Box:
        """Make it larger."""
        return self._put(scaled_layer(self._layer, self._plan, factor, opposite(corner)))

    def still(self, corner: Corner) -> tuple[float, float]:
        """The corner across from it."""
        return corner_point(self.box, opposite(corner))

    def is_on(self, clip: Clip) -> bool:
        """Whether it is one of the clip's layers."""
        return any(layer.id == self._layer.id for layer in clip.layers)

    def _put(self, layer: Placeable) -> Box:
        self._session.edit(change_layer, layer, gesture=self._gesture)
        return layer_box(layer, self._plan) or self.box


class LogoHold:
    """The logo or the watermark of the clip's brand kit."""

    goes_across = scalable = True

    def __init__(self, session: ClipSession, overlay: Overlay, plan: RenderPlan, box: Box) -> None:
        self._session, self._overlay, self._plan = session, overlay, plan
        self._place, self.box = logo_place(overlay, plan), box
        self._gesture = new_id("hold")
        self._kit = session.clip.brand_kit if session.clip is not None else ""

    def moved(self, across: float, down: float) -> Box:
        """Put it elsewhere."""
        place = moved_logo(self._place, self._plan, across, down)
        return self._put(place, {"x": place.x, "y": place.y})

    def scaled(self, corner: Corner, factor: float) -> Box:
        """Make it larger."""
        place = scaled_logo(self._overlay, self._plan, factor, opposite(corner))
        return self._put(place, {"x": place.x, "y": place.y, "size": place.size})

    def still(self, corner: Corner) -> tuple[float, float]:
        """The corner across from it."""
        return corner_point(self.box, opposite(corner))

    def is_on(self, clip: Clip) -> bool:
        """Whether the clip still has that kit."""
        return clip.brand_kit == self._kit

    def _put(self, place: LogoPlace, fields: dict[str, float]) -> Box:
        session, name = self._session, self._overlay.id
        if session.clip is not None:
            session.do(place_logo, self._kit, name, fields, session.clip.project_id, gesture=self._gesture)
        return logo_box(place, self._overlay, self._plan)


class CaptionsHold:
    """The captions, which go up and down and grow about their middle."""

    goes_across, scalable = False, True

    def __init__(self, session: ClipSession, block: Block, plan: RenderPlan, box: Box) -> None:
        self._session, self._block, self._plan, self.box = session, block, plan, box
        self._gesture = f"caption-{new_id('hold')}"
        style = plan.style
        self._off_faces = style is not None and style.keep_off_faces and _are_kept_off(plan)
        self.left_off = False
        """Whether they no longer keep off faces by what was done."""

    def moved(self, across: float, down: float) -> Box:  # noqa: ARG002 - they stand in the middle
        """Put them higher or lower, where they stand then: by hand counts more than keeping off faces."""
        if self._off_faces:
            self._adjust("keep_off_faces", False)
            self.left_off = True
        self._adjust("position", caption_position(self._block, self._plan, down))
        return shifted(self.box, 0, caption_way(self._block, self._plan, down))

    def scaled(self, corner: Corner, factor: float) -> Box:
        """Make their letters larger."""
        style = self._plan.style
        if style is None:
            return self.box
        size = caption_size(style.size, factor)
        self._adjust("size", size)
        (x, y), by = self.still(corner), size / style.size
        box = self.box
        return Box(*(at + (edge - at) * by for edge, at in zip(_edges(box), (x, y, x, y), strict=True)))

    def still(self, corner: Corner) -> tuple[float, float]:  # noqa: ARG002 - all corners are alike
        """Their middle."""
        return self.box.centre[0], self._block.middle

    def is_on(self, clip: Clip) -> bool:
        """Whether they are switched on."""
        return clip.captions_on

    def _adjust(self, field: str, value: object) -> None:
        self._session.edit(adjust_look, field, value, gesture=self._gesture)


def _are_kept_off(plan: RenderPlan) -> bool:
    """Whether there is anything that captions would move away for."""
    return bool(plan.faces) or any(things_to_keep_off(plan))


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
