"""The waveform pyramid shows what is in the sound, at any zoom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support import makers

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.media.peaks import BUCKET_SAMPLES, Peaks, PeaksWriter, build_peaks, load_peaks
from viralclip_desktop.media.probe import probe

RATE_HZ = 16_000


def _written(samples: np.ndarray, out: Path, block_bytes: int = 1001) -> Peaks:
    data = samples.astype("<i2").tobytes()
    with PeaksWriter(out) as writer:
        for start in range(0, len(data), block_bytes):
            writer.add(data[start : start + block_bytes])
        writer.finish()
    return load_peaks(out)


def test_clicks_stand_where_they_are_heard(tmp_path: Path) -> None:
    film = makers.make_late_sound(tmp_path / "late.ts", 0.5)
    info = probe(film)
    peaks = build_peaks(film, info, info.audio[0].index, tmp_path / "late.peaks")
    shown = peaks.between(TimeRange.from_seconds(0, 3), 300)
    assert shown.shape == (300, 2)
    loud = np.flatnonzero(shown[:, 1] > 0.2)
    assert {round(place / 100, 1) for place in loud} == {0.5, 1.5, 2.5}
    assert np.abs(shown[60:140]).max() < 0.05


@pytest.mark.parametrize("count", [1, 127, 128, 129, 128 * 4, 128 * 17 + 5, 100_000])
def test_every_level_holds_the_extremes(tmp_path: Path, count: int) -> None:
    samples = np.random.default_rng(count).integers(-30000, 30000, count)
    peaks = _written(samples, tmp_path / "a.peaks")
    for level in peaks.levels:
        assert (level[:, 0].min(), level[:, 1].max()) == (samples.min(), samples.max())
    assert len(peaks.levels[0]) == -(-count // BUCKET_SAMPLES)
    assert len(peaks.levels[-1]) == 1


@pytest.mark.parametrize("buckets", [1, 7, 100, 1500])
@pytest.mark.parametrize(("start_s", "end_s"), [(0.0, 20.0), (3.2, 4.1), (10.0, 10.05)])
def test_parts_show_their_extremes(tmp_path: Path, buckets: int, start_s: float, end_s: float) -> None:
    samples = np.random.default_rng(1).normal(0, 5000, 20 * RATE_HZ).clip(-32768, 32767)
    peaks = _written(samples, tmp_path / "a.peaks", 1 << 16)
    shown = peaks.between(TimeRange.from_seconds(start_s, end_s), buckets)
    width = (end_s - start_s) * RATE_HZ / buckets
    for number in range(0, buckets, max(1, buckets // 50)):
        low = start_s * RATE_HZ + number * width
        inner = samples.astype(int)[int(low) + 130 : int(low + width) - 130] / 32768
        around = (
            samples.astype(int)[max(0, int(low - width / 4) - 130) : int(low + width * 5 / 4) + 130] / 32768
        )
        if width > 1000:  # wider than the rounding to buckets: nothing inside may be missed
            assert shown[number, 0] <= np.quantile(inner, 0.3)
            assert shown[number, 1] >= np.quantile(inner, 0.7)
        assert around.min() - 1e-4 <= shown[number, 0] <= shown[number, 1] <= around.max() + 1e-4


def test_outside_the_sound_is_silence(tmp_path: Path) -> None:
    peaks = _written(np.full(RATE_HZ, 20000), tmp_path / "a.peaks")
    shown = peaks.between(TimeRange.from_seconds(-1, 3), 8)
    assert shown[2:4, 1] == pytest.approx([0.61, 0.61], abs=0.01)
    assert not shown[:2].any()
    assert not shown[5:].any()
    assert not peaks.between(TimeRange.from_seconds(5, 5), 3).any()


def test_flat_memory_is_mapped_not_read(tmp_path: Path) -> None:
    peaks = _written(np.zeros(RATE_HZ), tmp_path / "a.peaks")
    assert isinstance(peaks.levels[0].base, np.memmap) or isinstance(peaks.levels[0], np.memmap)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    _written(np.zeros(RATE_HZ), tmp_path / "a.peaks")
    data = (tmp_path / "a.peaks").read_bytes()
    for wrong in (b"", data[:10], data[:-4], b"VCPEAKS9" + data[8:]):
        (tmp_path / "b.peaks").write_bytes(wrong)
        with pytest.raises(BadInput):
            load_peaks(tmp_path / "b.peaks")
    with pytest.raises(BadInput):
        load_peaks(tmp_path / "gone.peaks")


def test_cancel_leaves_nothing(tmp_path: Path) -> None:
    sound = makers.make_sound(tmp_path / "talk.wav")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        build_peaks(sound, probe(sound), 0, tmp_path / "out" / "a.peaks", cancel=token)
    assert not list((tmp_path / "out").iterdir())


def test_a_silent_track_without_samples(tmp_path: Path) -> None:
    with PeaksWriter(tmp_path / "a.peaks") as writer:
        writer.finish()
    assert not load_peaks(tmp_path / "a.peaks").between(TimeRange.from_seconds(0, 1), 10).any()
