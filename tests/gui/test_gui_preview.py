"""The preview: speeds, playing backwards, the loop, full-quality stills, full screen. Exact, never stale."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from support.shown import button, says, words_on

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.features import editing
from viralclip_desktop.features.preview import exact_frame
from viralclip_desktop.gui.session.player import fitted


@pytest.fixture
def player(qtbot, clips_window):
    """The window's player in the editor, standing on the first frame of an eight-second clip."""
    clips_window.session.select(clips_window.session.clips[2].id)
    clips_window.navigation.open_editor()
    clips_window.activateWindow()
    qtbot.waitUntil(lambda: clips_window.player.current, timeout=15000)
    yield clips_window.player
    clips_window.player.pause()


def _exact(window, size) -> QImage:
    player = window.player
    pixels = exact_frame(window.services.paths, player.plan, size, player.position)
    return QImage(pixels, size.width, size.height, size.width * 3, QImage.Format.Format_RGB888).copy()


def _covered(qtbot, clock, player, seconds: float) -> float:
    """How far the position came on in some time, seconds."""
    times: list[Time] = []
    player.moved.connect(times.append)
    qtbot.waitUntil(lambda: bool(times))
    first = times[-1]
    clock.play(seconds, player, qtbot)
    player.moved.disconnect(times.append)
    return abs((player.position - first).seconds)


def test_forward_again_doubles_the_speed_and_pause_ends_it(qtbot, clips_window, player, clock) -> None:
    forward, pause = clips_window.actions_by_id["forward"], clips_window.actions_by_id["pause"]
    forward.trigger()
    assert player.speed == 1
    forward.trigger()
    assert player.speed == 2
    assert 1.7 <= _covered(qtbot, clock, player, 1.0) <= 2.2
    forward.trigger()
    forward.trigger()
    assert player.speed == 4
    pause.trigger()
    assert (player.playing, player.speed) == (False, 1)
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    picture = clips_window.editor.preview.picture
    assert picture.image == _exact(clips_window, fitted(player.plan.aspect, picture.room()))


def test_speed_is_shown_and_normal_again_after_the_end(qtbot, clips_window, player) -> None:
    transport = clips_window.editor.preview.transport
    player.seek(player.duration - Time.from_seconds(1))
    player.faster()
    player.faster()
    assert "2×" in words_on(transport)
    qtbot.waitUntil(lambda: not player.playing, timeout=10000)
    assert not says(transport, "×")
    assert player.position == Time.from_frames(player.plan.frame_count - 1, player.plan.fps)


def test_backwards_walks_to_the_start_with_pictures(qtbot, clips_window, player, clock) -> None:
    reverse = clips_window.actions_by_id["reverse"]
    player.seek(Time.from_seconds(3))
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    pictures: list[QImage] = []
    player.pictured.connect(pictures.append)
    reverse.trigger()
    assert player.playing
    assert 0.8 <= _covered(qtbot, clock, player, 1.0) <= 1.1
    reverse.trigger()
    assert player.speed == -2
    clock.run_until(lambda: not player.playing, qtbot)
    assert player.position == ZERO
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    assert len(pictures) >= 4
    player.pictured.disconnect(pictures.append)


def test_turning_round_while_it_plays(qtbot, clips_window, player) -> None:
    player.seek(Time.from_seconds(2))
    player.backwards()
    qtbot.waitUntil(lambda: player.position < Time.from_seconds(1.7), timeout=5000)
    player.faster()
    assert player.speed == 1
    here = player.position
    qtbot.waitUntil(lambda: player.position > here + Time.from_seconds(0.3), timeout=10000)
    player.toggle()
    assert not player.playing


def test_a_loop_whose_last_frames_are_dropped_begins_again(qtbot, clips_window, player, clock) -> None:
    player.set_loop(TimeRange.from_seconds(2, 2.6))
    player.play()
    clock.run_until(lambda: player.position >= Time.from_seconds(2.3), qtbot)
    seen: list[Time] = []
    player.moved.connect(seen.append)
    clock.now_s += 0.5  # the window stood still meanwhile
    qtbot.waitUntil(
        lambda: player.position < Time.from_seconds(2.3) or not player.loop.contains(player.position)
    )
    player.moved.disconnect(seen.append)
    assert seen[-1] == Time.from_seconds(2)


def test_loop_plays_over_and_over_inside_its_points(qtbot, clips_window, player, clock) -> None:
    player.set_loop(TimeRange.from_seconds(2, 2.6))
    times: list[Time] = []
    player.moved.connect(times.append)
    player.play()
    assert player.position == Time.from_seconds(2)
    clock.run_until(lambda: any(b < a for a, b in pairwise(times)), qtbot)
    player.pause()
    player.moved.disconnect(times.append)
    played = [at for at in times if at]
    assert min(played) >= Time.from_seconds(2)
    assert max(played) < Time.from_seconds(2.6)
    assert max(played) >= Time.from_seconds(2.5)


def test_loop_that_ends_with_the_clip_goes_on(qtbot, clips_window, player) -> None:
    player.set_loop(TimeRange(player.duration - Time.from_seconds(0.5), player.duration))
    starts: list[Time] = []
    player.moved.connect(starts.append)
    player.play()
    begins = player.loop.start.snapped(player.plan.fps)
    qtbot.waitUntil(lambda: starts.count(begins) >= 2, timeout=15000)
    assert player.playing
    player.pause()
    player.moved.disconnect(starts.append)


def test_loop_stays_on_its_words_when_the_start_is_trimmed(qtbot, clips_window, player) -> None:
    session = clips_window.session
    player.set_loop(TimeRange.from_seconds(3, 4))
    session.edit(
        editing.trim_clip,
        session.clip.range.start + Time.from_seconds(1),
        session.clip.range.end,
        gesture="t",
    )
    qtbot.waitUntil(lambda: player.loop == TimeRange.from_seconds(2, 3), timeout=5000)
    session.select(session.clips[0].id)
    assert player.loop is None


def test_full_quality_still_until_the_next_move(qtbot, clips_window, player) -> None:
    picture = clips_window.editor.preview.picture
    player.seek(Time.from_seconds(1))
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    assert not player.full_quality
    clips_window.actions_by_id["full_still"].trigger()
    qtbot.waitUntil(lambda: player.full_quality, timeout=15000)
    assert (picture.image.width(), picture.image.height()) == (1080, 1920)
    picture.grab()
    assert "Full quality" in words_on(clips_window.editor.preview.transport)
    clips_window.actions_by_id["next_frame"].trigger()
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    assert not player.full_quality


def test_full_screen_shows_the_same_picture_larger_and_escape_leaves(qtbot, clips_window, player) -> None:
    editor = clips_window.editor
    qtbot.keyClick(editor.preview, Qt.Key.Key_F)
    full = editor.full_preview
    qtbot.waitUntil(lambda: full is not None and full.isVisible() and player.current, timeout=10000)
    assert full.picture.image == _exact(clips_window, fitted(player.plan.aspect, full.picture.room()))
    full.activateWindow()
    qtbot.keyClick(full, Qt.Key.Key_Right)
    assert player.position == Time.from_frames(1, player.plan.fps)
    qtbot.keyClick(full, Qt.Key.Key_Escape)
    assert editor.full_preview is None
    qtbot.waitUntil(lambda: player.current, timeout=10000)
    inside = editor.preview.picture
    assert inside.image == _exact(clips_window, fitted(player.plan.aspect, inside.room()))
    clips_window.session.select(clips_window.session.clips[0].id)  # nothing of the old window listens on
    qtbot.waitUntil(lambda: player.current, timeout=10000)
    player.play()
    player.pause()


def test_one_decoder_serves_both_pages(qtbot, clips_window, player) -> None:
    player.play()
    clips_window.navigation.show_clips()
    assert not player.playing
    stage = clips_window.clips_page.stage
    assert stage.player is player
    qtbot.waitUntil(lambda: player.current, timeout=10000)
    assert stage.picture.image == _exact(clips_window, fitted(player.plan.aspect, stage.picture.room()))


def test_mute_is_one_for_all_transports(qtbot, clips_window, player) -> None:
    button(clips_window.clips_page.stage.transport, "Mute").click()
    assert player.muted
    assert button(clips_window.editor.preview.transport, "Sound on").isEnabled()


def test_another_style_for_everyone_redraws_this_clip(qtbot, clips_window, player) -> None:
    """A change behind the clip (a style, a kit, a word) is never left out of the picture."""
    player.seek(Time.from_seconds(2))
    qtbot.waitUntil(lambda: player.current, timeout=5000)
    plans: list[RenderPlan] = []
    player.plan_changed.connect(plans.append)
    clips_window.session.do(editing.correct_words, clips_window.session.source_id, {0: "Zero"})
    qtbot.waitUntil(lambda: bool(plans) and player.current, timeout=10000)
