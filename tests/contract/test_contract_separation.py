"""One suite over every separator: what each of them promises, whatever is inside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support import separated
from support.separated import RATE_HZ, Samples

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.engines.registry import SEPARATION
from viralclip_desktop.engines.separation import spleeter, worker
from viralclip_desktop.engines.separation.base import Parted, SeparationSetup, Separator
from viralclip_desktop.engines.separation.leftover import Leftover
from viralclip_desktop.engines.separation.worker import Wanted
from viralclip_desktop.jobs.worker import run_in_worker

PROVIDERS = tuple(SEPARATION.builtin)
LEFT_DB = {"spleeter": -12.0, "centre": -12.0}
"""How far down the voice has to be in a mix at equal level."""
MUSIC_DB = {"spleeter": 9.0, "centre": 3.0}
"""The least SDR of the music there."""


@pytest.fixture(scope="module", params=PROVIDERS)
def setup(request: pytest.FixtureRequest) -> tuple[str, SeparationSetup]:
    models = Path(os.environ.get("VIRALCLIP_MODELS_DIR", ""))
    if request.param == "spleeter" and not (models / spleeter.FOLDER).is_dir():
        pytest.skip("VIRALCLIP_MODELS_DIR names no folder with Spleeter")
    return request.param, SeparationSetup(models)


@pytest.fixture(scope="module")
def separator(setup: tuple[str, SeparationSetup]) -> Separator:
    return SEPARATION.make(*setup)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Samples, Samples, Samples]:
    """Speech, music, and both at equal level: longer than any separator hears at once."""
    said = np.tile(separated.voice(tmp_path_factory.mktemp("said")), (2, 1))
    music, both = separated.mixed(said, separated.song(len(said)))
    return said, music, both


@pytest.fixture(scope="module")
def parts(separator: Separator, known: tuple[Samples, Samples, Samples]) -> tuple[Samples, Samples]:
    """The mix in its two parts."""
    return taken_apart(separator, known[2])


def taken_apart(separator: Separator, sound: Samples, block: int = 50_000) -> tuple[Samples, Samples]:
    """Background and voice."""
    found = list(separator.separate(in_blocks(sound, block), RATE_HZ))
    nothing = [np.zeros((0, 2), np.float32)]
    return (
        np.concatenate([part.background for part in found] or nothing),
        np.concatenate([part.voice for part in found] or nothing),
    )


def in_blocks(sound: Samples, block: int) -> Iterator[Samples]:
    for at in range(0, len(sound), block):
        yield sound[at : at + block]


def test_it_says_who_it_is_and_that_it_is_ready(separator: Separator) -> None:
    assert separator.info.kind == "separation"
    assert separator.info.id in PROVIDERS
    assert separator.info.offline
    assert separator.ready() is None
    assert set(separator.rates_hz) <= {44_100, 48_000}


def test_the_voice_goes_and_the_music_stays(
    separator: Separator, known: tuple[Samples, Samples, Samples], parts: tuple[Samples, Samples]
) -> None:
    said, music, _ = known
    background, voice = parts
    name = separator.info.id
    assert separated.residue_db(background, said, music) <= LEFT_DB[name]
    assert separated.sdr_db(music, background) >= MUSIC_DB[name]
    assert separated.sdr_db(said, voice) >= MUSIC_DB[name]


def test_both_parts_are_as_long_as_the_sound_and_add_up_to_it(
    known: tuple[Samples, Samples, Samples], parts: tuple[Samples, Samples]
) -> None:
    background, voice = parts
    assert background.shape == voice.shape == known[2].shape
    assert np.abs(background + voice - known[2]).max() < 1e-5


def test_its_windows_join_without_a_sound(separator: Separator) -> None:
    """A steady chord, which no window has a reason to change, is as steady where two of them meet."""
    times = np.arange(16 * RATE_HZ) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hz * times) for hz in (220.0, 277.2, 329.6)) * 0.1
    background, _ = taken_apart(separator, np.repeat(chord[:, None], 2, axis=1).astype(np.float32))
    steps = np.abs(np.diff(background[:, 0], n=2))[RATE_HZ:-RATE_HZ]
    usual = np.abs(np.diff(chord, n=2)).max()
    assert steps.max() < 1.5 * usual, "no click"
    levels = np.sqrt((background[RATE_HZ:-RATE_HZ, 0].reshape(-1, 2205) ** 2).mean(axis=1))
    assert np.abs(20 * np.log10(levels[1:] / levels[:-1])).max() < 1.5, "no step"


@pytest.mark.parametrize("samples", [0, 1, 700, 44_101])
def test_a_short_sound_keeps_its_length(separator: Separator, samples: int) -> None:
    sound = 0.1 * np.random.default_rng(1).standard_normal((samples, 2)).astype(np.float32)
    background, voice = taken_apart(separator, sound, block=300)
    assert background.shape == voice.shape == (samples, 2)
    assert np.isfinite(background).all()


def test_it_reads_only_as_far_as_it_needs(separator: Separator) -> None:
    """An endless sound is separated as it comes: nothing waits for its end, and whoever stops is free."""
    read = 0

    def endless() -> Iterator[Samples]:
        nonlocal read
        noise = 0.01 * np.random.default_rng(2).standard_normal((RATE_HZ, 2)).astype(np.float32)
        while True:
            read += 1
            yield noise

    found = separator.separate(endless(), RATE_HZ)
    first = next(found)
    assert len(first.background) > 0
    assert read < 30


def test_what_is_left_of_the_voice_is_told(
    known: tuple[Samples, Samples, Samples], parts: tuple[Samples, Samples]
) -> None:
    said, music, _ = known
    leftover, nobody = Leftover(), Leftover()
    for background, voice in zip(*(in_blocks(part, RATE_HZ) for part in parts), strict=True):
        leftover.add(Parted(background, voice))
        nobody.add(Parted(background, 0 * voice))
    assert leftover.db == pytest.approx(separated.residue_db(parts[0], said, music), abs=6)
    assert nobody.db is None


def test_the_worker_writes_what_is_wanted_where_it_is_wanted(
    setup: tuple[str, SeparationSetup], separator: Separator, tmp_path: Path
) -> None:
    sound = 0.1 * np.random.default_rng(3).standard_normal((3 * RATE_HZ, 2)).astype("<f4")
    (tmp_path / "sound.f32").write_bytes(sound.tobytes())
    wanted = Wanted(
        tmp_path / "sound.f32", RATE_HZ, RATE_HZ, 5000, tmp_path / "b.s16", tmp_path / "v.s16", at=100
    )
    told: list[ProgressEvent] = []
    answer = run_in_worker(worker.TARGET, worker.request(SEPARATION, *setup, wanted), told.append)
    assert answer["samples"] == 5000
    assert told[-1].fraction == 1.0
    background, voice = (
        np.frombuffer((tmp_path / name).read_bytes(), "<i2").reshape(-1, 2) for name in ("b.s16", "v.s16")
    )
    assert background.shape == voice.shape == (5100, 2)
    assert not background[:100].any()
    both = (background[100:].astype(float) + voice[100:]) / 32767
    assert np.abs(both - sound[RATE_HZ : RATE_HZ + 5000]).max() < 1e-4
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run_in_worker(worker.TARGET, worker.request(SEPARATION, *setup, wanted), cancel=cancel)
