"""The player: exact stills, the latest wish wins, playing at the source's rate through the real graph."""

from __future__ import annotations

import itertools

from PySide6.QtGui import QImage
from support.makers import make_video
from support.projects import add_project

from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.features import editing
from viralclip_desktop.features.preview import exact_frame, player_frame
from viralclip_desktop.gui.session.clock import PlayClock
from viralclip_desktop.gui.session.player import fitted


def _expected(window) -> QImage:
    """What the preview renders for where the player stands."""
    player = window.clips_page.stage.player
    size = fitted(player.plan.aspect, window.clips_page.stage.picture.room())
    return _image(exact_frame(window.services.paths, player.plan, size, player.position), size)


def _image(pixels: bytes, size: Size) -> QImage:
    return QImage(pixels, size.width, size.height, size.width * 3, QImage.Format.Format_RGB888).copy()


def test_seek_shows_the_exact_frame(qtbot, clips_window) -> None:
    stage = clips_window.clips_page.stage
    stage.player.seek(Time.from_seconds(2.5))
    qtbot.waitUntil(lambda: stage.player.current, timeout=5000)
    assert stage.player.position == Time.from_seconds(2.5)
    assert stage.picture.image == _expected(clips_window)


def test_last_of_many_seeks_is_what_stays(qtbot, clips_window) -> None:
    stage = clips_window.clips_page.stage
    for tenth in range(5, 45):
        stage.player.seek(Time.from_seconds(tenth / 10))
    qtbot.waitUntil(lambda: stage.player.current, timeout=10000)
    assert stage.player.position == Time.from_seconds(4.4)
    assert stage.picture.image == _expected(clips_window)


def test_edit_never_leaves_an_older_picture_standing(qtbot, clips_window) -> None:
    page = clips_window.clips_page
    before = page.stage.picture.image
    page.inspector.captions.click()
    qtbot.waitUntil(lambda: page.stage.player.plan.words == () and page.stage.player.current, timeout=8000)
    assert page.stage.picture.image == _expected(clips_window)
    page.session.edit(editing.reshape_clip, Aspect.SQUARE)
    qtbot.waitUntil(lambda: page.stage.player.plan.aspect is Aspect.SQUARE, timeout=8000)
    assert page.stage.picture.image.isNull()
    qtbot.waitUntil(lambda: page.stage.player.current, timeout=8000)
    assert page.stage.picture.image != before


def test_arrows_step_single_frames_and_home_and_end_work(qtbot, clips_window) -> None:
    player, actions = clips_window.clips_page.stage.player, clips_window.actions_by_id
    for _ in range(3):
        actions["next_frame"].trigger()
    assert player.position == Time.from_frames(3, player.plan.fps)
    actions["previous_frame"].trigger()
    assert player.position == Time.from_frames(2, player.plan.fps)
    actions["to_end"].trigger()
    assert player.position == Time.from_frames(player.plan.frame_count - 1, player.plan.fps)
    actions["to_start"].trigger()
    assert player.position == ZERO


def test_plays_in_time_and_pauses_on_an_exact_frame(qtbot, clips_window, clock) -> None:
    stage, actions = clips_window.clips_page.stage, clips_window.actions_by_id
    times: list[Time] = []
    stage.player.moved.connect(times.append)
    actions["play"].trigger()
    qtbot.waitUntil(lambda: bool(times))
    first = times[-1]
    clock.play(1.0, stage.player, qtbot)
    assert 0.9 <= (times[-1] - first).seconds <= 1.1
    assert times == sorted(times)
    actions["play"].trigger()
    assert not stage.player.playing
    qtbot.waitUntil(lambda: stage.player.current, timeout=5000)
    assert stage.picture.image == _expected(clips_window)


def test_seek_while_playing_goes_on_from_there(qtbot, clips_window) -> None:
    player = clips_window.clips_page.stage.player
    player.play()
    player.seek(Time.from_seconds(4))
    times: list[Time] = []
    player.moved.connect(times.append)
    qtbot.waitUntil(lambda: len(times) > 3, timeout=10000)
    assert min(times) >= Time.from_seconds(4)
    assert player.playing
    player.pause()


def test_playing_ends_at_the_last_frame_and_begins_anew(qtbot, clips_window) -> None:
    player = clips_window.clips_page.stage.player
    player.seek(player.duration - Time.from_seconds(0.7))
    player.play()
    qtbot.waitUntil(lambda: not player.playing, timeout=10000)
    assert player.position == Time.from_frames(player.plan.frame_count - 1, player.plan.fps)
    player.play()
    assert player.position == ZERO
    player.pause()


def test_clock_follows_the_sound_smoothly_and_never_runs_back() -> None:
    clock = PlayClock()
    clock.start(100.0)
    readings = []
    for tick in range(100):
        sound_s = (tick // 4) * 0.04  # a sound card that counts in steps of 40 ms
        readings.append(clock.reading(100.0 + tick * 0.01, sound_s))
    assert readings == sorted(readings)
    steps = [after - before for before, after in itertools.pairwise(readings)]
    assert max(steps[20:]) < 0.02
    assert abs(readings[-1] - 0.97) < 0.04


def test_clock_jumps_after_a_gap_in_the_sound() -> None:
    clock = PlayClock()
    clock.start(0.0)
    assert clock.reading(1.0, 1.0) == 1.0
    assert clock.reading(2.0, 1.1) < 1.2


class _Card:
    """A sound card as the player sees it: takes what it is given, and counts as it is told."""

    def __init__(self, counts) -> None:
        self.works, self.drained, self.room_bytes = True, False, 40_000
        self._counts, self.given = counts, 0

    def write(self, samples: bytes) -> None:
        self.given += len(samples)

    def played_s(self) -> float | None:
        return self._counts() if self.works else None

    def mute(self, muted: bool) -> None:
        pass

    def close(self) -> None:
        self.works = False


def test_picture_follows_a_slow_sound_card(qtbot, clips_window, clock, monkeypatch) -> None:
    started: list[float] = []

    def half_speed() -> float:
        started.append(clock())
        return (started[-1] - started[0]) / 2

    card = _Card(half_speed)
    monkeypatch.setattr("viralclip_desktop.gui.session.playback.SoundOut", lambda *_how: card)
    player = clips_window.clips_page.stage.player
    player.play()
    clock.run_until(lambda: player.position >= Time.from_seconds(1), qtbot)
    assert clock() - started[0] >= 1.6
    assert card.given > 100_000
    player.pause()


def test_player_goes_on_without_a_sound_card_that_is_stuck(qtbot, clips_window, clock, monkeypatch) -> None:
    card = _Card(lambda: 0.0)
    monkeypatch.setattr("viralclip_desktop.gui.session.playback.SoundOut", lambda *_how: card)
    player = clips_window.clips_page.stage.player
    player.play()
    clock.run_until(lambda: player.position >= Time.from_seconds(1), qtbot)
    assert not card.works
    player.pause()


def test_a_recording_with_far_keyframes_gets_a_quick_copy_for_the_player_alone(
    qtbot, services, open_window, tmp_path
) -> None:
    one_keyframe = ("-keyint_min", "999", "-sc_threshold", "0", "-vf", "noise=alls=8:allf=t")
    film = make_video(tmp_path / "far.mp4", 12.0, "1280x720", "30", gop=999, extra=one_keyframe)
    source = add_project(services, film, clips=1)
    window = open_window()
    window.navigation.open_source(source.id)
    stage, paths = window.clips_page.stage, services.paths
    player = stage.player
    qtbot.waitUntil(lambda: bool(list(paths.cache.glob("proxies/*/*.mp4"))))
    qtbot.waitUntil(lambda: not services.jobs.list(active_only=True) and player.current)
    player.seek(Time.from_seconds(3.0))
    qtbot.waitUntil(lambda: player.current)
    size = fitted(player.plan.aspect, stage.picture.room())
    assert stage.picture.image == _image(player_frame(paths, player.plan, size, player.position), size)
    assert stage.picture.image != _expected(window)
    window.actions_by_id["full_still"].trigger()
    qtbot.waitUntil(lambda: player.full_quality)
    large = Size(stage.picture.image.width(), stage.picture.image.height())
    assert stage.picture.image == _image(exact_frame(paths, player.plan, large, player.position), large)


def test_a_frame_that_comes_late_does_not_cover_the_one_that_is_wanted(qtbot, clips_window) -> None:
    player = clips_window.player
    player.seek(Time.from_seconds(1))
    qtbot.waitUntil(lambda: player.current)
    player.seek(Time.from_seconds(2))  # has to be made
    player.seek(Time.from_seconds(1))  # is in hand
    assert player.current
    qtbot.waitUntil(lambda: clips_window.context.idle)
    assert player.current
