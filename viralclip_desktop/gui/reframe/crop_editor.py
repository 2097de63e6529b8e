"""What can be done to the crop at the playhead; shared by the panel and the handles on the preview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.compose.shots import key_at, shot_at
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip, Easing, FrameKey, Framing
from viralclip_desktop.domain.clip_time import SAME_MOMENT, nearest_clip_time, to_source_time
from viralclip_desktop.domain.crop_path import crop_at, crop_shares, held_inside
from viralclip_desktop.domain.frame_plan import FramePlan, first_crop
from viralclip_desktop.domain.properties.framing import LARGEST_BY_HAND
from viralclip_desktop.features.editing import (
    clear_frame_keys,
    reframe_clip,
    remove_frame_key,
    set_frame_key,
    set_frame_keys,
)

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player


class CropEditor(QObject):
    """A clip without keys has one still crop: moving it sideways stays that, anything more makes its first
    key. Moved at another time, the crop gets a key there (and one where it was moved before), so that it goes
    from the one to the other."""

    changed = Signal()
    """The crop at the playhead is another one now, or the playhead is elsewhere."""
    clip_left = Signal()
    """Another clip, or none, is edited from here on."""
    keyed = Signal()
    """Moving the crop made a key where there was none, and the crop no longer stands still."""

    def __init__(self, session: ClipSession, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._still: _Still | None = None
        self._opening: tuple[str | None, FrameKey] | None = None
        session.selected.connect(lambda _clip: self.clip_left.emit())
        session.selected.connect(lambda _clip: self.changed.emit())
        session.clip_changed.connect(lambda _clip: self.changed.emit())
        player.moved.connect(lambda _at: self.changed.emit())

    @property
    def clip(self) -> Clip | None:
        """The clip that is edited."""
        return self._session.clip

    @property
    def possible(self) -> bool:
        """Whether there is a crop to move: the user's, or one that follows people, which moving it takes
        over."""
        loaded, clip = self._session.loaded, self.clip
        if loaded is None or loaded.source.info.video is None or clip is None:
            return False
        return self.by_hand or (clip.framing is Framing.AUTO and self._followed() is not None)

    @property
    def by_hand(self) -> bool:
        """Whether the crop is where the user put it."""
        clip = self.clip
        return clip is not None and (clip.framing is Framing.CROP or bool(clip.frame_keys))

    def _followed(self) -> FrameKey | None:
        """The crop that follows people, at the playhead; None where there is none."""
        plan = self._player.plan
        shot = shot_at(plan, self._player.position) if plan is not None else None
        if shot is None or len(shot.panels) != 1:
            return None
        return key_at(shot.panels[0], self._player.position)

    def automatic(self) -> FrameKey | None:
        """The crop that follows people as it shows at the playhead (of two the upper one; else the first that
        the clip has), in the recording's time; None where nobody is followed."""
        plan, at = self._player.plan, self._player.position
        shot = shot_at(plan, at) if plan is not None else None
        if plan is None or shot is None:
            return None
        found = key_at(shot.panels[0], at) if shot.panels else first_crop(FramePlan(plan.shots))
        return None if found is None else replace(found, at=self.playhead, easing=self._easing())

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
        clip, followed = self.clip, None if self.by_hand else self._followed()
        if followed is not None:
            return replace(followed, at=self.playhead)
        return crop_at(clip, self.playhead) if clip is not None else FrameKey(self.playhead)

    @property
    def key(self) -> FrameKey | None:
        """The key at the playhead."""
        keys = self.clip.frame_keys if self.clip is not None else ()
        at = self.playhead
        near = [key for key in keys if -self._near < key.at - at < self._near]
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
        first = self._first_key(clip, gesture)
        key = replace(crop, at=self.key.at if self.key else self.playhead, easing=self._easing())
        if first is not None:
            self._session.edit(set_frame_keys, [first, replace(key, at=self.playhead)], gesture=gesture)
        elif clip.frame_keys or zoom > 1.0 or self.shares(1.0)[1] < 0.999:
            self._told(bool(clip.frame_keys) and self.key is None)
            self._session.edit(set_frame_key, key, gesture=gesture)
        else:
            self._still = _Still(clip.id, self.playhead, crop.centre_x)
            self._session.edit(reframe_clip, Framing.CROP, crop.centre_x, gesture=gesture)

    def _first_key(self, clip: Clip, gesture: str | None) -> FrameKey | None:
        """The still crop as a key where it was moved before, when it is moved at another time now. A gesture
        that began so goes on so."""
        if self._opening is not None and gesture is not None and self._opening[0] == gesture:
            return self._opening[1]
        self._opening = None
        still = self._still
        if still is None or not still.holds(clip) or abs((still.at - self.playhead).ticks) < self._near.ticks:
            return None
        self._opening = gesture, FrameKey(still.at, still.centre_x)
        self._told(True)
        return self._opening[1]

    def _told(self, made: bool) -> None:
        if made:
            self.keyed.emit()

    def add_key(self) -> None:
        """Hold on to the crop as it is at the playhead; from now on it moves."""
        key = replace(self.crop, at=self.playhead, easing=self._easing())
        self._session.edit(set_frame_key, key)

    def remove_key(self) -> None:
        """Take the key at the playhead away."""
        key = self.key
        if key is not None:
            self._session.edit(remove_frame_key, key.at)

    def clear(self) -> None:
        """Take all keys away."""
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

    def _easing(self) -> Easing:
        key = self.governing
        return key.easing if key is not None else Easing.SMOOTH

    @property
    def _near(self) -> Time:
        """Moments closer together show the same picture."""
        plan = self._player.plan
        half = Time(Time.from_frames(1, plan.fps).ticks // 2) if plan is not None else SAME_MOMENT
        return max(SAME_MOMENT, half)


@dataclass(frozen=True, slots=True)
class _Still:
    """Where a clip's still crop was put, and when in the recording it was moved there."""

    clip_id: str
    at: Time
    centre_x: float

    def holds(self, clip: Clip) -> bool:
        """Whether the crop is still that one."""
        same = clip.id == self.clip_id and abs(clip.centre_x - self.centre_x) < 1e-9
        return same and clip.framing is Framing.CROP and not clip.frame_keys
