"""One selection: what is selected on the timeline is framed on the picture, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.compose.elements import CAPTIONS
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind, TimelineModel

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.picked import Picked
    from viralclip_desktop.gui.timeline.painting.scene import Scene
    from viralclip_desktop.gui.timeline.selection import Selection


class Picking:
    """Keeps a timeline's selection and what is picked the same. Several items at once, and those that have no
    place on the picture, leave nothing framed there."""

    def __init__(self, picked: Picked, scene: Scene, selection: Selection) -> None:
        self._picked, self._scene, self._selection = picked, scene, selection
        self._following = False
        picked.changed.connect(self._follow)

    def selected(self) -> None:
        """Another selection was made on the timeline."""
        if not self._following:
            self._picked.pick(self._on_picture())

    def remodelled(self) -> None:
        """What was picked while it was on its way may lie there now."""
        if self._picked.id and not self._selection.keys:
            self._follow(self._picked.id)

    def _on_picture(self) -> str:
        """What the selection is on the picture; empty for nothing that stands there."""
        keys = self._selection.keys
        key = next(iter(keys)) if len(keys) == 1 else None
        if key is not None and key.kind is Kind.CAPTION:
            return CAPTIONS
        return key.id if key is not None and key.kind is Kind.PICTURE else ""

    def _follow(self, item_id: str) -> None:
        if self._on_picture() == item_id:
            return
        key = _layer_key(self._scene.model, item_id)
        self._following = True
        if key is None:
            self._selection.clear()
        else:
            self._selection.only(key)
        self._following = False


def _layer_key(model: TimelineModel, layer_id: str) -> Key | None:
    """The item of a layer; None while there is none."""
    keys = (Key(kind, layer_id) for kind in LAYERS)
    return next((key for key in keys if model.find(key) is not None), None)
