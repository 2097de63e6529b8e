"""A title laid over the clip where the playhead stands, and its words typed on the picture."""

from __future__ import annotations

from viralclip_desktop.domain.edits.new_layers import new_title
from viralclip_desktop.features.editing import put_layer
from viralclip_desktop.gui.preview.element_overlay import ElementOverlay
from viralclip_desktop.gui.session.workspace import Workspace
from viralclip_desktop.gui.text import tr


def add_title(work: Workspace) -> None:
    """Lay a title over the selected clip; it is selected on the picture, ready for its words."""
    clip, player = work.session.clip, work.player
    if clip is None:
        return
    player.pause()
    player.seek(player.clip_position)  # out of the intro and the outro, where no layer shows
    title = new_title(tr("Title"), player.clip_position, clip)
    overlay = work.made(ElementOverlay)
    if overlay is not None:
        overlay.write_when_shown(title.id)
    work.session.edit(put_layer, title)
