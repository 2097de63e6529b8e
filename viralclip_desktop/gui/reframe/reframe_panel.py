"""The frame panel: shape, fill or fit, the crop at the playhead, keyframes, guides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from viralclip_desktop.compose.shots import key_at, shot_at
from viralclip_desktop.domain.clip import Clip, Easing, FaceLock, Framing
from viralclip_desktop.domain.clip_time import nearest_clip_time
from viralclip_desktop.domain.properties.framing import ACROSS, DOWN, EASING, ZOOM
from viralclip_desktop.features.common.derived import source_thumbnail
from viralclip_desktop.features.editing import lock_face
from viralclip_desktop.features.reframe.reasons import UNKNOWN
from viralclip_desktop.gui.bridge.images import read_image
from viralclip_desktop.gui.common.frame_panel import FramePanel
from viralclip_desktop.gui.common.handles_panel import HandlesPanel
from viralclip_desktop.gui.common.property_controls import (
    property_choice,
    property_slider,
    show_stored,
    stored,
)
from viralclip_desktop.gui.reframe.crop_editor import CropEditor
from viralclip_desktop.gui.reframe.crop_handles import CropHandles
from viralclip_desktop.gui.reframe.pictures_section import PicturesSection
from viralclip_desktop.gui.text import clock_time, plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, line, reveal_card, row, scrolled
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.images import Pictures
    from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded
    from viralclip_desktop.gui.session.player import Player


class ReframePanel(HandlesPanel):
    """``handles`` belongs over the preview: ``picture.add_overlay(panel.handles)``. They take hold of the
    picture while this panel is in sight."""

    handles: CropHandles

    def __init__(self, session: ClipSession, context: Context, _pictures: Pictures, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._told = False
        self.editor = CropEditor(session, player, self)
        self.handles = CropHandles(self.editor)
        self.frame = FramePanel(session, context, self.editor.automatic, with_centre=False)
        self.pictures = PicturesSection(session, context, player)
        self._build()
        self._connect(player)
        if session.loaded is not None:
            self._show_recording(session.loaded)
        self._show_clip(session.clip)

    def show_layer(self, layer_id: str) -> None:
        """Bring a picture's card into view, ready for the keyboard."""
        card = self.pictures.cards.get(layer_id)
        if card is not None:
            reveal_card(self.area, card, card.whole.button(card.whole.value))

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.across = property_slider(ACROSS, 0.5)
        self.down = property_slider(DOWN, 0.5)
        self.zoom = property_slider(ZOOM, 1)
        self.previous = IconButton("caret-left", tr("Previous keyframe"))
        self.following = IconButton("caret-right", tr("Next keyframe"))
        self.add = Button(tr("Add a keyframe here"), icon="diamond")
        self.remove = Button(tr("Remove this keyframe"), icon="trash")
        self.clear = Button(tr("Remove all"), "link")
        self.count = label("", "note", wrap=True)
        self.easing = property_choice(EASING)
        self.thirds, self.title_safe = Switch(tr("Rule of thirds")), Switch(tr("Title-safe area"))
        self._crop, self._keys, self._crop_line = QWidget(), QWidget(), line()
        hint = label(tr("Drag the picture to move the crop, turn the wheel to zoom."), "note", wrap=True)
        sliders = [
            setting_row(name, slider)
            for name, slider in (
                (tr(ACROSS.label), self.across),
                (tr(DOWN.label), self.down),
                (tr(ZOOM.label), self.zoom),
            )
        ]
        self._crop.setLayout(column(label(tr("Crop"), "section"), hint, *sliders))
        walking = row(gap=4)
        walking.addWidget(self.previous)
        walking.addWidget(self.add, 1)
        walking.addWidget(self.remove, 1)
        walking.addWidget(self.following)
        self.lock = Button(tr("Lock on this person"), icon="lock-simple")
        self.unlock = Button(tr("Follow who speaks"), icon="lock-simple-open")
        self._locking = QWidget()
        self._locking.setLayout(column(self.lock, self.unlock))
        keys_head = row(label(tr("Keyframes"), "section"), None, self.clear)
        self._moves = setting_row(tr(EASING.label), self.easing)
        self._keys.setLayout(column(keys_head, self.count, walking, self._moves))
        guides = [
            setting_row(tr("Rule of thirds"), self.thirds, wide=False, name_px=160),
            setting_row(tr("Title-safe area"), self.title_safe, wide=False, name_px=160),
        ]
        content = QWidget()
        first = column(self.frame, self._locking, self._crop_line, self._crop, self._keys, gap=12)
        second = column(self.pictures, line(), label(tr("Guides"), "section"), *guides, gap=12)
        content.setLayout(column(TwoColumns(first, second), None, margins=(16, 16, 16, 16)))
        self.area = scrolled(content)
        self.setLayout(column(self.area))

    def _connect(self, player: Player) -> None:
        session, editor = self._session, self.editor
        session.opened.connect(self._show_recording)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        editor.changed.connect(self._show_crop)
        editor.keyed.connect(self._tell_of_key)
        self.across.scaled.connect(
            lambda value, gesture: self._set(f"x-{gesture}", centre_x=stored(ACROSS, value))
        )
        self.down.scaled.connect(
            lambda value, gesture: self._set(f"y-{gesture}", centre_y=stored(DOWN, value))
        )
        self.zoom.scaled.connect(
            lambda value, gesture: self._set(f"zoom-{gesture}", zoom=stored(ZOOM, value))
        )
        on_click(self.previous, lambda: editor.go(-1))
        on_click(self.following, lambda: editor.go(1))
        on_click(self.add, editor.add_key)
        on_click(self.remove, editor.remove_key)
        on_click(self.clear, editor.clear)
        on_click(self.lock, self._lock)
        on_click(self.unlock, lambda: session.edit(lock_face, None))
        player.plan_changed.connect(lambda _plan: self._explain())
        self.easing.chosen.connect(lambda value: editor.ease(value) if isinstance(value, Easing) else None)
        self.thirds.clicked.connect(lambda on: self.handles.show_guides(thirds=bool(on)))
        self.title_safe.clicked.connect(lambda on: self.handles.show_guides(title_safe=bool(on)))

    def _tell_of_key(self) -> None:
        """Said once: what moves from now on was meant to stand, perhaps."""
        if not self._told:
            self._told = True
            text = tr("A keyframe was made here: the crop moves now.")
            self._context.tell(ToastText(text, action=tr("Undo"), then=self._session.undo))

    def _show_recording(self, loaded: Loaded) -> None:
        self.frame.show_media(loaded.source.info)
        services, source_id = self._context.services, loaded.source.id

        def read() -> QImage:
            path: Path | None = source_thumbnail(services.paths, source_id)
            return read_image(path, QSize(320, 180)) if path else QImage()

        self._context.tasks.run(read, self.handles.show_thumbnail)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self._show_clip(clip)

    def _show_clip(self, clip: Clip | None) -> None:
        self.setEnabled(clip is not None)
        if clip is not None:
            self.frame.show_clip(clip)
            self._show_crop()

    def _show_crop(self) -> None:
        """What holds at the playhead."""
        clip, editor = self.editor.clip, self.editor
        for part in (self._crop_line, self._crop, self._keys):
            part.setVisible(editor.possible and editor.by_hand)
        self._explain()
        if clip is None or not editor.possible:
            return
        crop, (width, height) = editor.crop, editor.shares(editor.crop.zoom)
        show_stored(self.across, ACROSS, crop.centre_x)
        show_stored(self.down, DOWN, crop.centre_y)
        show_stored(self.zoom, ZOOM, crop.zoom)
        self.across.setEnabled(width < 0.999)
        self.down.setEnabled(height < 0.999)
        self._show_keys(clip)

    def _explain(self) -> None:
        """Why the frame is where it is at the playhead, and whether it can be locked on somebody there."""
        clip, player = self.editor.clip, self._player
        plan = player.plan
        if clip is None or plan is None:
            return
        shot = shot_at(plan, player.position)
        waits = clip.follows_people and shot is None
        self.frame.show_reasons([shot.reason] if shot else [UNKNOWN] if waits else [])
        auto = clip.framing is Framing.AUTO and shot is not None
        self.lock.setVisible(auto and clip.face_lock is None and shot is not None and bool(shot.panels))
        self.unlock.setVisible(auto and clip.face_lock is not None)

    def _lock(self) -> None:
        """On the face nearest the middle of the frame."""
        clip, services, session = self.editor.clip, self._context.services, self._session
        plan, position = self._player.plan, self._player.position
        shot = shot_at(plan, position) if plan is not None else None
        if clip is None or shot is None or not shot.panels:
            return
        middle = key_at(shot.panels[0], position)

        def found(face: FaceLock | None) -> None:
            if face is not None:
                session.do(lock_face, clip.id, face)

        at = self.editor.playhead

        def nearest() -> FaceLock | None:
            from viralclip_desktop.features.reframe.clip_frame import face_near  # with numpy

            return face_near(services.store, services.paths, clip, at, (middle.centre_x, middle.centre_y))

        self._context.tasks.run(
            nearest,
            found,
        )

    def _show_keys(self, clip: Clip) -> None:
        editor, keys = self.editor, clip.frame_keys
        key, governing = editor.key, editor.governing
        self.add.setVisible(key is None)
        self.remove.setVisible(key is not None)
        here = key.at if key else editor.playhead
        self.previous.setEnabled(any(one.at < here for one in keys))
        self.following.setEnabled(any(one.at > here for one in keys))
        self.clear.setVisible(bool(keys))
        self._moves.setVisible(governing is not None and len(keys) > 1)
        if governing is not None:
            self.easing.show_value(governing.easing)
        if len(keys) < 2:
            text = tr("The crop stands still. Move it at another time, and it goes from here to there.")
        else:
            times = ", ".join(clock_time(nearest_clip_time(clip, one.at)) for one in keys[:8])
            text = f"{plural(len(keys), '{n} keyframe', '{n} keyframes')}: {times}"
        self.count.setText(text)

    def _set(self, gesture: str, **values: float) -> None:
        self.editor.move(replace(self.editor.crop, **values), gesture)  # type: ignore[arg-type]
