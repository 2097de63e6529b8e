"""One suite over every noise reducer: what each of them promises, whatever is inside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from support import separated, speech
from support.separated import Samples

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.engines.denoising import deepfilter
from viralclip_desktop.engines.denoising.base import DenoisingSetup
from viralclip_desktop.engines.registry import DENOISING
from viralclip_desktop.engines.separation import worker
from viralclip_desktop.engines.separation.base import Separator
from viralclip_desktop.engines.separation.worker import Wanted
from viralclip_desktop.jobs.worker import run_in_worker

RATE_HZ = 48_000
PROVIDERS = tuple(DENOISING.builtin)
NOISES = ("white", "pink", "hum")
IN_PAUSES_DB = {"white": -15.0, "hum": -15.0, "pink": -9.0}
"""How far down noise is where nobody speaks. The rumble of pink noise comes and goes like a voice."""


@pytest.fixture(scope="module", params=PROVIDERS)
def setup(request: pytest.FixtureRequest) -> tuple[str, DenoisingSetup]:
    models = Path(os.environ.get("VIRALCLIP_REAL_MODELS", ""))
    if request.param == "deepfilter" and not (models / deepfilter.FOLDER / deepfilter.ARCHIVE).is_file():
        pytest.skip("VIRALCLIP_REAL_MODELS names no folder with DeepFilterNet3")
    return request.param, DenoisingSetup(models)


@pytest.fixture(scope="module")
def reducer(setup: tuple[str, DenoisingSetup]) -> Separator:
    return DENOISING.make(*setup)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.float64]:
    """Somebody speaks, with pauses, for longer than any reducer hears at once."""
    folder, parts = tmp_path_factory.mktemp("said"), []
    for text in separated.SAID:
        spoken = speech.spoken(text, folder) / 32768
        heard = separated.at_rate(spoken, speech.RATE_HZ, RATE_HZ)
        parts += [np.zeros(RATE_HZ), 0.3 * heard / np.abs(heard).max()]
    once = np.concatenate(parts)
    return np.tile(once, 1 + 20 * RATE_HZ // len(once))


def noise(kind: str, samples: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(3)
    if kind == "hum":
        times = np.arange(samples) / RATE_HZ
        return sum((np.sin(2 * np.pi * 50 * n * times) / n for n in (1, 2, 3, 5, 7)), np.zeros(samples))
    white = rng.standard_normal(samples)
    if kind == "white":
        return white
    spectrum = np.fft.rfft(white)
    return np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), samples)


def noisy(said: NDArray[np.float64], kind: str, below_db: float) -> Samples:
    """Speech in noise, softer at the right."""
    found = noise(kind, len(said))
    found *= np.std(said) / np.std(found) * 10 ** (-below_db / 20)
    return np.stack([said + found, 0.5 * (said + found)], axis=1).astype(np.float32)


def second_pause(said: NDArray[np.float64]) -> slice:
    """Half a second in which nobody speaks, when somebody did before."""
    spoken_before = np.concatenate([[0], np.cumsum(said != 0)])
    silent = spoken_before[RATE_HZ // 2 :] == spoken_before[: -(RATE_HZ // 2)]
    first = int(np.flatnonzero(silent[2 * RATE_HZ :])[0]) + 2 * RATE_HZ
    return slice(first, first + RATE_HZ // 2)


def taken_apart(reducer: Separator, sound: Samples, block: int = 50_000) -> tuple[Samples, Samples]:
    """The speech and the noise."""
    found = list(reducer.separate(in_blocks(sound, block), RATE_HZ))
    nothing = [np.zeros((0, 2), np.float32)]
    return (
        np.concatenate([part.voice for part in found] or nothing),
        np.concatenate([part.background for part in found] or nothing),
    )


def in_blocks(sound: Samples, block: int) -> Iterator[Samples]:
    for at in range(0, len(sound), block):
        yield sound[at : at + block]


def distortion_db(wanted: NDArray[np.float64], found: Samples) -> float:
    """How far what is wrong in the left channel lies below what is right (scale-invariant)."""
    right = (wanted @ found[:, 0]) / (wanted @ wanted) * wanted
    return float(10 * np.log10((right @ right) / ((found[:, 0] - right) @ (found[:, 0] - right))))


def test_it_says_who_it_is_and_that_it_is_ready(reducer: Separator) -> None:
    assert reducer.info.kind == "denoising"
    assert reducer.info.id in PROVIDERS
    assert reducer.info.offline
    assert reducer.ready() is None
    assert reducer.rates_hz == (RATE_HZ,)


@pytest.mark.parametrize("kind", NOISES)
def test_noise_goes_and_speech_stays(reducer: Separator, said: NDArray[np.float64], kind: str) -> None:
    sound = noisy(said, kind, below_db=10)
    voice, rest = taken_apart(reducer, sound)
    assert voice.shape == rest.shape == sound.shape
    assert np.abs(voice + rest - sound).max() < 1e-5
    assert distortion_db(said, sound) == pytest.approx(10, abs=1)
    assert distortion_db(said, voice) >= 13
    pause = second_pause(said)
    gone_db = 20 * np.log10(np.std(voice[pause, 0]) / np.std(sound[pause, 0]))
    assert gone_db <= IN_PAUSES_DB[kind], "in a pause hardly any of it is left"
    assert np.allclose(voice[:, 1], 0.5 * voice[:, 0], atol=1e-3), "both sides are treated alike"


def test_what_has_no_noise_is_left_alone(reducer: Separator, said: NDArray[np.float64]) -> None:
    sound = noisy(said, "white", below_db=70)
    assert distortion_db(said, taken_apart(reducer, sound)[0]) >= 20


def test_its_windows_join_without_a_click(reducer: Separator, said: NDArray[np.float64]) -> None:
    sound = noisy(said, "white", below_db=30)
    voice, _ = taken_apart(reducer, sound)
    steps = np.abs(np.diff(voice[:, 0], n=2))
    assert steps.max() <= 1.2 * np.abs(np.diff(sound[:, 0], n=2)).max()


@pytest.mark.parametrize("samples", [0, 1, 700, 48_001])
def test_a_short_sound_keeps_its_length(reducer: Separator, samples: int) -> None:
    sound = 0.1 * np.random.default_rng(1).standard_normal((samples, 2)).astype(np.float32)
    voice, rest = taken_apart(reducer, sound, block=300)
    assert voice.shape == rest.shape == (samples, 2)
    assert np.isfinite(voice).all()


def test_silence_stays_silent(reducer: Separator) -> None:
    voice, _ = taken_apart(reducer, np.zeros((RATE_HZ, 2), np.float32))
    assert np.abs(voice).max() == 0


def test_it_reads_only_as_far_as_it_needs(reducer: Separator) -> None:
    """Whoever stops reading an endless sound is free."""
    read = 0

    def endless() -> Iterator[Samples]:
        nonlocal read
        block = 0.01 * np.random.default_rng(2).standard_normal((RATE_HZ, 2)).astype(np.float32)
        while True:
            read += 1
            yield block

    assert len(next(reducer.separate(endless(), RATE_HZ)).voice) > 0
    assert read < 30


def test_the_worker_writes_the_speech_with_as_much_of_the_rest_as_is_wanted(
    setup: tuple[str, DenoisingSetup], reducer: Separator, said: NDArray[np.float64], tmp_path: Path
) -> None:
    sound = noisy(said[: 3 * RATE_HZ], "white", below_db=10)
    (tmp_path / "in.f32").write_bytes(sound.astype("<f4").tobytes())
    out = tmp_path / "out.s16"
    wanted = Wanted(tmp_path / "in.f32", RATE_HZ, first=RATE_HZ, count=RATE_HZ, voice=out, kept=0.25)
    answer = run_in_worker(worker.TARGET, worker.request(DENOISING, *setup, wanted))
    assert answer["samples"] == RATE_HZ
    voice, rest = taken_apart(reducer, sound, block=1 << 17)
    told = np.frombuffer(out.read_bytes(), "<i2").reshape(-1, 2) / 32767
    asked = (voice + 0.25 * rest)[RATE_HZ : 2 * RATE_HZ]
    assert np.abs(told - asked).max() < 1e-3


@pytest.mark.parametrize("data", [b"", b"no archive", b"\x1f\x8b\x08\x00" + bytes(40)])
def test_a_damaged_archive_is_told_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    archive = tmp_path / deepfilter.FOLDER / deepfilter.ARCHIVE
    archive.parent.mkdir()
    archive.write_bytes(data)
    with pytest.raises(EnvironmentLacks) as told:
        taken_apart(DENOISING.make("deepfilter", DenoisingSetup(tmp_path)), np.zeros((100, 2), np.float32))
    assert str(told.value).startswith(f"{deepfilter.ARCHIVE} cannot be read.")
    assert str(archive.parent) in str(told.value.hint)


def test_without_its_model_deepfilter_says_where_to_put_it(tmp_path: Path) -> None:
    problem = DENOISING.make("deepfilter", DenoisingSetup(tmp_path)).ready()
    assert deepfilter.ARCHIVE in str(problem)
    assert DENOISING.best(DenoisingSetup(tmp_path)).id == "wiener"
