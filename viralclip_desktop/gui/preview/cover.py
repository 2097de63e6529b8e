"""The frame that shows, chosen as the clip's cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.domain.clip_time import part_at
from viralclip_desktop.features.editing import clear_cover, set_cover
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


def choose_cover(work: Workspace) -> None:
    """Make the frame that shows the cover of the clip; where it is already, let one be found again."""
    session, player = work.session, work.player
    clip, at = session.clip, player.clip_position
    here = part_at(clip, at) if clip is not None else None
    if clip is None or here is None or here.part.card is not None or here.part.still:
        work.context.tell(ToastText(tr("Go to a frame of the recording: a card or a picture is no cover.")))
        return
    player.pause()
    moment = here.part.reached(at - here.start)
    asset_id = "" if here.part.asset_id == clip.asset_id else here.part.asset_id
    if any(one.is_cover and (one.at, one.asset_id) == (moment, asset_id) for one in clip.markers):
        session.edit(clear_cover)
        work.context.tell(ToastText(tr("The cover is found by itself again.")))
        return
    session.edit(set_cover, moment, asset_id)
    text = tr("The frame at {time} is the cover of this clip.", time=clock_time(at))
    work.context.tell(ToastText(text, action=tr("Undo"), then=session.undo))
