"""The preview holds what the export holds: the intro, the outro, and its loudness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from support import stored
from support.projects import make_recording
from support.shown import words_on

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.features import editing
from viralclip_desktop.features.exporting.plans import levelled
from viralclip_desktop.features.preview import exact_frame
from viralclip_desktop.features.workflows.preview import preview_plan
from viralclip_desktop.gui.preview.position_words import position_words
from viralclip_desktop.gui.session.player import fitted

INTRO_S, OUTRO_S = 2, 3


@pytest.fixture
def player(qtbot, clips_window, tmp_path):
    """In the editor, a clip with an intro of two seconds and an outro of three; the player at clip time 0."""
    window, store = clips_window, clips_window.services.store
    intro = make_recording(tmp_path / "intro.mp4", INTRO_S, "smptebars")
    outro = make_recording(tmp_path / "outro.mp4", OUTRO_S, "rgbtestsrc")
    files = {"intro": stored.taken_in(store, intro), "outro": stored.taken_in(store, outro)}
    with store.transaction("Kit", undoable=False) as tx:
        tx.put(BrandKit("kit_1", "Ours", **files))
        tx.put(replace(window.session.clip, brand_kit="kit_1"))
    window.navigation.open_editor()
    window.activateWindow()
    player = window.player
    qtbot.waitUntil(lambda: player.plan.intro is not None and player.current, timeout=15000)
    yield player
    player.pause()


def _exact(window) -> QImage:
    player = window.player
    size = fitted(player.plan.aspect, window.editor.preview.picture.room())
    pixels = exact_frame(window.services.paths, player.plan, size, player.position)
    return QImage(pixels, size.width, size.height, size.width * 3, QImage.Format.Format_RGB888).copy()


def test_home_and_end_go_to_the_clip_and_then_to_its_ends(qtbot, clips_window, player) -> None:
    actions, picture = clips_window.actions_by_id, clips_window.editor.preview.picture
    clip = picture.image
    actions["to_start"].trigger()
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    assert player.position == Time.from_seconds(-INTRO_S)
    intro = picture.image
    assert intro == _exact(clips_window)
    assert intro != clip
    actions["to_end"].trigger()
    assert player.position == Time.from_frames(player.plan.frame_count - 1, player.plan.fps)
    actions["to_end"].trigger()
    assert player.position == player.duration + Time.from_seconds(OUTRO_S) - Time.from_frames(
        1, player.plan.fps
    )
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    assert picture.image == _exact(clips_window)
    actions["next_frame"].trigger()
    assert player.position == player.span.end - Time.from_frames(1, player.plan.fps)
    actions["to_start"].trigger()
    assert player.position == ZERO


def test_playing_goes_from_the_intro_into_the_clip(qtbot, clips_window, player) -> None:
    times: list[Time] = []
    player.seek(Time.from_seconds(-0.3))
    player.moved.connect(times.append)
    player.play()
    qtbot.waitUntil(lambda: bool(times) and times[-1] > Time.from_seconds(0.3), timeout=10000)
    assert times[0] < ZERO
    assert times == sorted(times)
    player.pause()


def test_after_the_end_it_plays_from_the_intro(qtbot, player) -> None:
    player.seek(player.span.end)
    player.play()
    qtbot.waitUntil(lambda: ZERO > player.position > player.span.start, timeout=10000)
    player.pause()


def test_the_timeline_waits_at_the_edge_and_the_time_says_where_it_is(qtbot, clips_window, player) -> None:
    transport, timeline = clips_window.editor.preview.transport, clips_window.editor.panel("timeline")
    player.seek(Time.from_seconds(-0.5))
    assert "Intro 0:01.5 / 0:02.0" in words_on(transport)
    assert timeline.control.scene.playhead == ZERO
    player.seek(player.duration + Time.from_seconds(1))
    assert "Outro 0:01.0 / 0:03.0" in words_on(transport)
    last = player.duration - Time.from_frames(1, player.plan.fps)
    assert timeline.control.scene.playhead == last == player.clip_position
    player.set_loop_edge("in")
    assert player.loop == TimeRange(last, player.duration)


def test_the_seek_bar_reaches_over_all_of_it_and_names_the_parts(qtbot, clips_window, player) -> None:
    bar = clips_window.editor.preview.transport.bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(9, 10))
    assert player.position < Time.from_seconds(-1.9)
    where = QPoint(bar.width() - 12, 10)
    QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, where, bar.mapToGlobal(where)))
    assert QToolTip.text().startswith("Outro 0:02.")
    assert "Intro" in bar.accessibleDescription()
    QToolTip.hideText()


def test_a_trim_keeps_the_place_in_the_outro(qtbot, clips_window, player) -> None:
    clip = clips_window.session.clip
    player.seek(player.duration + Time.from_seconds(1))
    editing.trim_clip(
        clips_window.services.store, clip.id, clip.range.start, clip.range.end - Time.from_seconds(2)
    )
    shorter = clip.duration - Time.from_seconds(2)
    qtbot.waitUntil(lambda: player.duration == shorter and player.current, timeout=10000)
    assert player.position == shorter + Time.from_seconds(1)


def test_a_clip_without_either_ends_where_it_ends() -> None:
    clip = Time.from_seconds(6)
    assert position_words(clip, TimeRange(ZERO, clip), clip) == "0:06.0 / 0:06.0"
    assert position_words(ZERO, TimeRange(ZERO, clip), clip) == "0:00.0 / 0:06.0"


def test_the_crop_is_not_dragged_on_the_intro(qtbot, clips_window, player) -> None:
    clips_window.editor.docks.reveal("frame")
    handles = clips_window.editor.panel("frame").handles
    handles.set_active(True)
    before = clips_window.session.clip
    player.seek(Time.from_seconds(-1))
    qtbot.mousePress(handles, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    qtbot.mouseMove(handles, QPoint(90, 100))
    qtbot.mouseRelease(handles, Qt.MouseButton.LeftButton, pos=QPoint(90, 100))
    player.pause()
    assert clips_window.context.edits.last.settled
    assert clips_window.session.clip == before


# --- loudness ----------------------------------------------------------------------------------------------


def test_the_preview_becomes_as_loud_as_the_export(qtbot, clips_window, monkeypatch) -> None:
    player, services = clips_window.player, clips_window.services
    asked = []
    monkeypatch.setattr(
        "viralclip_desktop.features.exporting.plans.levelled",
        lambda paths, plan, cancel: asked.append(plan) or levelled(paths, plan, cancel),
    )
    clips_window.session.select(clips_window.session.clips[1].id)
    qtbot.waitUntil(lambda: player.plan.loudness.gain_db is not None, timeout=20000)
    assert len(asked) == 1
    assert preview_plan(services.store, services.paths, player.clip.id).loudness == player.plan.loudness, (
        "the export begins with it"
    )
    clips_window.session.edit(editing.restyle_clip, "pop")
    qtbot.waitUntil(lambda: player.plan.style.id == "pop", timeout=5000)
    assert player.plan.loudness.gain_db is not None
    assert not player.measuring, "another style sounds the same"


def test_an_edit_keeps_the_level_until_the_new_one_is_known(qtbot, clips_window) -> None:
    player, services = clips_window.player, clips_window.services
    qtbot.waitUntil(lambda: player.plan.loudness.gain_db is not None, timeout=20000)
    before, clip = player.plan, player.clip
    editing.trim_clip(services.store, clip.id, clip.range.start, clip.range.end - Time.from_seconds(1))
    qtbot.waitUntil(lambda: player.plan.kept != before.kept, timeout=10000)
    assert preview_plan(services.store, services.paths, clip.id).loudness.gain_db is None
    assert player.plan.loudness == before.loudness, "no jump"
    qtbot.waitUntil(
        lambda: preview_plan(services.store, services.paths, clip.id).loudness.gain_db is not None,
        timeout=20000,
    )
    known = preview_plan(services.store, services.paths, clip.id).loudness
    qtbot.waitUntil(lambda: player.plan.loudness == known, timeout=5000)


def test_what_plays_is_not_disturbed_when_the_level_is_found(qtbot, clips_window) -> None:
    player = clips_window.player
    player.play()
    playback = player.playback
    qtbot.waitUntil(lambda: player.plan.loudness.gain_db is not None, timeout=20000)
    assert player.playback is playback or not player.playing
    player.pause()


def test_the_volume_is_the_preview_alone(qtbot, clips_window) -> None:
    player, slider = clips_window.player, clips_window.clips_page.stage.transport.volume
    before = player.plan
    slider.setValue(40)
    assert player.volume == 0.4
    assert player.plan == before
    slider.mouseDoubleClickEvent(None)
    assert player.volume == 1
