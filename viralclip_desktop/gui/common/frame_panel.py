"""Framing and picture shape of a clip."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.crop_path import crop_shares, held_inside
from viralclip_desktop.domain.properties.framing import CENTRE, FRAMING, SHAPE
from viralclip_desktop.features.editing import reframe_clip, reshape_clip, take_over_crop
from viralclip_desktop.features.reframe.job import WATCH
from viralclip_desktop.features.reframe.reasons import UNKNOWN
from viralclip_desktop.gui.common.property_controls import (
    property_choice,
    property_slider,
    show_stored,
    stored,
)
from viralclip_desktop.gui.common.work_line import WorkLine
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip, FrameKey
    from viralclip_desktop.domain.media import MediaInfo
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession


class FramePanel(QWidget):
    """Who decides where the frame looks and why, its shape, and (unless somebody else does it better) where a
    crop that stands looks."""

    def __init__(
        self,
        session: ClipSession,
        context: Context,
        automatic: Callable[[], FrameKey | None],
        with_centre: bool = True,
    ) -> None:
        """``automatic``: the crop (source time) that shows while the frame follows people, which the user
        begins with; None where that is not known."""
        super().__init__()
        self._session, self._automatic, self._with_centre = session, automatic, with_centre
        self._framing = Framing.CROP
        self._has_picture = self._still = True
        self.shape = SegmentedControl(tr(SHAPE.label), list(SHAPE.choices))
        self.framing = property_choice(FRAMING)
        self.reason = label("", "note", wrap=True)
        self.reason.setAccessibleName(tr("Why the frame is where it is"))
        self.watching = WorkLine(
            context, WATCH, tr("Looking at who speaks…"), lambda job: WATCH.request_of(job).source_id
        )
        self.centre = property_slider(CENTRE, 0.5)
        self._centre_name = label(tr("Centre"), "note")
        self.setLayout(
            column(
                label(tr(FRAMING.label), "section"),
                self.framing,
                self.reason,
                self.watching,
                label(tr(SHAPE.label), "section"),
                self.shape,
                self._centre_name,
                self.centre,
            )
        )
        self.show_reasons(())
        self._show_centre()
        self.shape.chosen.connect(self._shape_chosen)
        self.framing.chosen.connect(self._framing_chosen)
        self.centre.scaled.connect(self._centre_moved)

    def show_clip(self, clip: Clip) -> None:
        """The clip as it is stored."""
        self._framing = clip.framing
        self.shape.show_value(clip.aspect)
        self.framing.show_value(Framing.CROP if clip.frame_keys else clip.framing)  # keys are the user's
        show_stored(self.centre, CENTRE, clip.centre_x)
        self._still = clip.framing is Framing.CROP or bool(clip.frame_keys)
        self.centre.setEnabled(self._still)
        self._show_centre()

    def show_reasons(self, reasons: Iterable[str]) -> None:
        """Why the frame is where it is, as it is told, each sentence once; and while that is not known, how
        far the looking is."""
        told, clip = list(dict.fromkeys(reasons)), self._session.clip
        text = "\n".join(tr_message(reason) for reason in told)
        self.watching.follow(clip.source_id if clip is not None and UNKNOWN in told else "")
        self.reason.setText(text)
        self.reason.setVisible(bool(text))

    def show_media(self, info: MediaInfo) -> None:
        """Sound alone has no picture to frame."""
        self.framing.setVisible(info.video is not None)
        self._has_picture = info.video is not None
        self._show_centre()

    def _show_centre(self) -> None:
        shown = self._has_picture and self._with_centre and self._still
        self.centre.setVisible(shown)
        self._centre_name.setVisible(shown)

    def _shape_chosen(self, aspect: object) -> None:
        if isinstance(aspect, Aspect):
            self._session.edit(reshape_clip, aspect)

    def _framing_chosen(self, framing: object) -> None:
        clip = self._session.clip
        if not isinstance(framing, Framing) or clip is None:
            return
        crop = self._crop_that_shows(clip) if framing is Framing.CROP else None
        if crop is not None:
            self._session.edit(take_over_crop, crop)
        else:
            self._session.edit(reframe_clip, framing, clip.centre_x)

    def _crop_that_shows(self, clip: Clip) -> FrameKey | None:
        loaded = self._session.loaded
        video = loaded.source.info.video if loaded is not None else None
        crop = self._automatic() if clip.follows_people else None
        if video is None or crop is None:
            return None
        return held_inside(crop, *crop_shares(video.size, float(clip.aspect.ratio), crop.zoom))

    def _centre_moved(self, value: float, gesture: int) -> None:
        self._session.edit(reframe_clip, self._framing, stored(CENTRE, value), gesture=f"centre-{gesture}")
