"""Sound out: what the device gets, what counts as heard, and what happens without a device."""

from __future__ import annotations

import struct
from collections.abc import Generator
from typing import Any

import miniaudio
import pytest

from viralclip_desktop.gui.session.sound import RATE_HZ, SoundOut

PERIOD = RATE_HZ // 25  # frames the device asks for at a time: 40 ms
IN_HAND = 5  # periods that the device has before they are heard


class Device:
    """A sound device that asks when the test says so."""

    def __init__(self, **_how: Any) -> None:
        self.callback_generator: Generator[bytes, int, None] | None = None
        self.closed = False

    def start(self, answers: Generator[bytes, int, None]) -> None:
        self.callback_generator = answers

    def ask(self, periods: int = 1) -> bytes:
        answers = self.callback_generator
        return b"".join(answers.send(PERIOD) for _ in range(periods)) if answers is not None else b""

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> list[Device]:
    made: list[Device] = []

    def make(**how: Any) -> Device:
        made.append(Device(**how))
        return made[-1]

    monkeypatch.setattr(miniaudio, "PlaybackDevice", make)
    return made


def _tone(frames: int, level: int = 1000) -> bytes:
    return struct.pack("<hh", level, -level) * frames


def test_what_is_given_comes_out_in_order_and_once(devices: list[Device]) -> None:
    sound = SoundOut()
    first, second = _tone(PERIOD, 100), _tone(PERIOD, 200)
    sound.write(first[:100])
    sound.write(first[100:] + second)
    assert devices[0].ask(2) == first + second
    assert devices[0].ask() == b""  # the device fills up with silence
    sound.close()


def test_heard_is_what_left_the_device(devices: list[Device]) -> None:
    sound = SoundOut()
    sound.write(_tone(2 * PERIOD))
    devices[0].ask(IN_HAND)
    assert sound.played_s() == 0
    devices[0].ask()
    assert sound.played_s() == pytest.approx(0.04)
    assert not sound.drained
    devices[0].ask(9)
    assert sound.played_s() == pytest.approx(0.08)
    assert sound.drained
    sound.close()


def test_silence_of_a_device_that_waited_is_not_counted(devices: list[Device]) -> None:
    sound = SoundOut()
    devices[0].ask(10)
    sound.write(_tone(PERIOD))
    devices[0].ask(1 + IN_HAND)
    assert sound.played_s() == pytest.approx(0.04)
    sound.close()


def test_no_more_is_wanted_than_rides_out_a_stall(devices: list[Device]) -> None:
    sound = SoundOut()
    assert sound.room_bytes == RATE_HZ * 4 // 4
    sound.write(_tone(RATE_HZ // 4))
    assert sound.room_bytes == 0
    devices[0].ask()
    assert sound.room_bytes == PERIOD * 4
    sound.close()


@pytest.mark.parametrize(
    ("muted", "volume", "level"), [(False, 0.5, 250), (True, 1.0, 0), (False, 1.0, 1000)]
)
def test_the_volume_goes_as_the_ear_counts(
    devices: list[Device], muted: bool, volume: float, level: int
) -> None:
    sound = SoundOut(muted, volume)
    sound.write(_tone(10))
    assert devices[0].ask() == _tone(10, level)
    sound.mute(False)
    sound.set_volume(1.0)
    sound.write(_tone(10))
    assert devices[0].ask() == _tone(10)
    sound.close()


def test_closed_it_is_silent_at_once(devices: list[Device]) -> None:
    sound = SoundOut()
    sound.write(_tone(PERIOD))
    sound.close()
    assert devices[0].ask() == b""
    assert (sound.works, sound.played_s(), sound.room_bytes, sound.drained) == (False, None, 0, True)


def test_without_a_device_the_player_keeps_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_how: Any) -> Device:
        raise miniaudio.MiniaudioError("no device")

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    sound = SoundOut()
    sound.write(_tone(10))
    assert (sound.works, sound.played_s(), sound.room_bytes) == (False, None, 0)


def test_a_real_device_of_the_library_plays_all(qtbot: Any) -> None:
    sound = SoundOut(backends=[miniaudio.Backend.NULL])
    assert sound.works
    sound.write(_tone(PERIOD * 3))
    qtbot.waitUntil(lambda: sound.drained)
    assert sound.played_s() == pytest.approx(0.12)
    sound.close()
