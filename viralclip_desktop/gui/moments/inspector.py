"""Everything about the selected clip: title, why it was chosen, shape, captions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.clip_time import to_source_time
from viralclip_desktop.domain.frame_plan import FramePlan, first_crop
from viralclip_desktop.features.editing import restyle_clip, switch_captions
from viralclip_desktop.features.reframe.job import FRAME
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.common.frame_panel import FramePanel
from viralclip_desktop.gui.common.style_gallery import StyleGallery
from viralclip_desktop.gui.moments.hands_list import HandsList
from viralclip_desktop.gui.moments.reasons import ReasonList
from viralclip_desktop.gui.moments.title_field import TitleField
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, follow
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class Inspector(QWidget):
    """Shows a clip and sends the user's choices to the session."""

    def __init__(
        self, session: ClipSession, context: Context, pictures: Pictures, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self._session, self._context = session, context
        self._shown_id = ""
        self.title = TitleField(session)
        self.reasons = ReasonList()
        self.hands = HandsList(session, context)
        self._frame_plan: FramePlan | None = None
        self.frame = FramePanel(session, context, self._first_crop)
        self.captions = Switch(tr("Captions"))
        self.gallery = StyleGallery(context, pictures)
        self.edit = Button(tr("Edit in detail"), "", "pencil-simple")
        follow(self.edit, actions["edit"])
        captions_head = row(label(tr("Captions"), "section"), None, self.captions)
        content = QWidget()
        content.setLayout(
            column(
                self.title,
                self.edit,
                self.reasons,
                self.hands,
                line(),
                self.frame,
                line(),
                captions_head,
                self.gallery,
                None,
                gap=12,
                margins=(16, 16, 16, 16),
            )
        )
        self.area = scrolled(content)
        self.setLayout(column(self.area))
        self.captions.clicked.connect(lambda on: session.edit(switch_captions, bool(on)))
        self.gallery.chosen.connect(lambda style: session.edit(restyle_clip, style))
        session.opened.connect(self._show_recording)
        session.reread.connect(self._show_recording)
        session.selected.connect(self.show_clip)
        session.clip_changed.connect(self._refresh)
        context.events.changed.connect(self._take_changes)

    def show_clip(self, clip: Clip | None) -> None:
        """Another clip, or the same one as it is now."""
        self.setEnabled(clip is not None)
        self.hands.show_clip(clip)
        self.reasons.setVisible(clip is not None)  # those of a clip that is gone would speak of nothing
        if clip is None:
            self._shown_id = ""
            self.title.show_title("", force=True)
            return
        self.title.show_title(clip.title, force=clip.id != self._shown_id)
        if clip.id != self._shown_id:
            self._frame_plan = None
        self._shown_id = clip.id
        self.reasons.show_clip(clip)
        self.frame.show_clip(clip)
        self._explain(clip)
        self.captions.setChecked(clip.captions_on)
        self.gallery.setEnabled(clip.captions_on)
        self.gallery.show_style(clip.caption_style)

    def _explain(self, clip: Clip) -> None:
        """Why its shots are framed so, as far as they were looked at."""
        services = self._context.services

        def show(plan: FramePlan) -> None:
            if clip.id == self._shown_id:
                self._frame_plan = plan
                self.frame.show_reasons(shot.reason for shot in plan.shots)

        def tell() -> FramePlan:
            from viralclip_desktop.features.reframe.clip_frame import plan_told  # with numpy

            return plan_told(services.store, services.paths, clip)

        self._context.tasks.run(tell, show)

    def _first_crop(self) -> FrameKey | None:
        """The crop that the clip begins with, in its recording's time, as far as it was looked at."""
        clip, plan = self._session.clip, self._frame_plan
        crop = first_crop(plan) if plan is not None and clip is not None else None
        return None if crop is None or clip is None else replace(crop, at=to_source_time(clip, crop.at))

    def _take_changes(self, changes: Changes) -> None:
        if changes.ids(FRAME) and self._session.clip is not None:
            self._explain(self._session.clip)

    def _show_recording(self, loaded: Loaded) -> None:
        self.gallery.show_styles(loaded.styles)
        self.frame.show_media(loaded.source.info)

    def _refresh(self, clip: Clip) -> None:
        if clip.id == self._shown_id:
            self.show_clip(clip)
