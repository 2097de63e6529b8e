"""What can be done to the crop at the playhead; shared by the panel and the handles on the preview."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey, Framing
from viralclip_desktop.domain.clip_time import SAME_MOMENT, nearest_clip_time, to_source_time
from viralclip_desktop.domain.crop_path import crop_at, crop_shares, held_inside
from viralclip_desktop.domain.properties.framing import LARGEST_BY_HAND
from viralclip_desktop.features.editing import clear_frame_keys, reframe_clip, remove_frame_key, set_frame_key

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player


class CropEditor(QObject):
    """A clip without keys has one still crop: moving it sideways stays that, anything more makes its first
    key. One key is a still crop too and is changed in place. From two on, or once the user asked for a key,
    the key at the playhead is changed, or one is added there."""

    changed = Signal()
    """The crop at the playhead is another one now, or the playhead is elsewhere."""

    def __init__(self, session: ClipSession, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._animating = ""
        session.selected.connect(lambda _clip: self.changed.emit())
        session.clip_changed.connect(lambda _clip: self.changed.emit())
        player.moved.connect(lambda _at: self.changed.emit())

    @property
    def clip(self) -> Clip | None:
        """The clip that is edited."""
        return self._session.clip

    @property
    def possible(self) -> bool:
        """Whether there is a crop to move."""
        loaded, clip = self._session.loaded, self.clip
        has_picture = loaded is not None and loaded.source.info.video is not None
        return has_picture and clip is not None and clip.framing is Framing.CROP

    @property
    def in_sight(self) -> bool:
        """Whether the picture that shows is cropped so: the clip's own, not its intro or outro."""
        return self.possible and self._player.position == self._player.clip_position

    @property
    def playhead(self) -> Time:
        """The moment of the recording that shows."""
        clip = self.clip
        return to_source_time(clip, self._player.position) if clip is not None else self._player.position

    @property
    def crop(self) -> FrameKey:
        """The crop that shows."""
        clip = self.clip
        return crop_at(clip, self.playhead) if clip is not None else FrameKey(self.playhead)

    @property
    def key(self) -> FrameKey | None:
        """The key at the playhead."""
        keys = self.clip.frame_keys if self.clip is not None else ()
        at = self.playhead
        tolerance = max(SAME_MOMENT, self._half_frame())
        near = [key for key in keys if -tolerance < key.at - at < tolerance]
        return min(near, key=lambda key: abs((key.at - at).ticks)) if near else None

    @property
    def governing(self) -> FrameKey | None:
        """The key at the playhead, or the one before it, whose easing counts here."""
        keys = self.clip.frame_keys if self.clip is not None else ()
        return self.key or next((key for key in reversed(keys) if key.at <= self.playhead), None)

    def shares(self, zoom: float) -> tuple[float, float]:
        """Width and height of the crop as shares of the source picture."""
        loaded, clip = self._session.loaded, self.clip
        video = loaded.source.info.video if loaded is not None else None
        if video is None or clip is None:
            return 1.0, 1.0
        return crop_shares(video.size, float(clip.aspect.ratio), zoom)

    def move(self, crop: FrameKey, gesture: str | None) -> None:
        """Make the crop at the playhead this one."""
        clip = self.clip
        if clip is None or not self.possible:
            return
        zoom = min(LARGEST_BY_HAND, max(1.0, crop.zoom))
        crop = held_inside(replace(crop, zoom=zoom), *self.shares(zoom))
        if not clip.frame_keys and zoom == 1.0 and self.shares(1.0)[1] >= 0.999:
            self._session.edit(reframe_clip, clip.framing, crop.centre_x, gesture=gesture)
            return
        key = replace(crop, at=self._target(clip), easing=self._easing())
        self._session.edit(set_frame_key, key, gesture=gesture)

    def add_key(self) -> None:
        """Hold on to the crop as it is at the playhead; from now on it moves."""
        self._animating = self.clip.id if self.clip is not None else ""
        key = replace(self.crop, at=self.playhead, easing=self._easing())
        self._session.edit(set_frame_key, key)

    def remove_key(self) -> None:
        """Take the key at the playhead away."""
        key = self.key
        if key is not None:
            self._session.edit(remove_frame_key, key.at)

    def clear(self) -> None:
        """Take all keys away."""
        self._animating = ""
        self._session.edit(clear_frame_keys)

    def ease(self, easing: Easing) -> None:
        """How the crop moves from the key here (or before here) to the next one."""
        key = self.governing
        if key is not None and key.easing is not easing:
            changed = replace(key, easing=easing)
            self._session.edit(set_frame_key, changed)

    def go(self, step: int) -> None:
        """Put the playhead on the next (+1) or previous (-1) key."""
        clip, at = self.clip, self.playhead
        if clip is None:
            return
        here = self.key.at if self.key else at
        keys = clip.frame_keys if step > 0 else tuple(reversed(clip.frame_keys))
        found = next((key for key in keys if (key.at > here if step > 0 else key.at < here)), None)
        if found is not None:
            self._player.pause()
            self._player.seek(nearest_clip_time(clip, found.at))

    def _target(self, clip: Clip) -> Time:
        if not clip.frame_keys:
            return clip.range.start
        if len(clip.frame_keys) == 1 and self._animating != clip.id:
            return clip.frame_keys[0].at
        return self.key.at if self.key else self.playhead

    def _easing(self) -> Easing:
        key = self.governing
        return key.easing if key is not None else Easing.SMOOTH

    def _half_frame(self) -> Time:
        plan = self._player.plan
        return Time(Time.from_frames(1, plan.fps).ticks // 2) if plan is not None else SAME_MOMENT
