"""Notes as they sound: pitch, loops and tails of the instruments; loudness, peaks and room of the mix."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import music as heard

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.resources import resource
from viralclip_desktop.engines.music import filters, levels
from viralclip_desktop.engines.music.mixing import mixed, write_wav
from viralclip_desktop.engines.music.room import in_room
from viralclip_desktop.engines.music.soundfont import SoundFont, soundfont
from viralclip_desktop.engines.music.tones import Tones, let_go, without_seam
from viralclip_desktop.media.loudness import measure
from viralclip_desktop.music.composer import Wishes, compose
from viralclip_desktop.music.presets import presets


def _font() -> SoundFont:
    return soundfont(resource("music", "FluidR3Mono_GM.sf3"))


def _open(hz: Any) -> Any:
    return np.ones(len(hz))


def _hz(samples: Any) -> float:
    """The pitch, by the autocorrelation of half a second."""
    part = samples[9600 : 9600 + 24_000].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(part - part.mean(), 1 << 17)) ** 2
    correlation = np.fft.irfft(spectrum)[: 48_000 // 40]
    start = int(np.argmax(correlation < 0))
    first = start + int(np.argmax(correlation[start:]))
    best = next(
        lag
        for lag in range(start + 1, len(correlation) - 1)
        if correlation[lag - 1] < correlation[lag] >= correlation[lag + 1]
        and correlation[lag] > 0.9 * correlation[first]
    )
    left, middle, right = correlation[best - 1 : best + 2]
    return float(48_000 / (best + 0.5 * (left - right) / (left - 2 * middle + right)))


@pytest.mark.parametrize(("program", "key"), [(0, 57), (4, 69), (42, 48), (24, 64), (73, 76), (48, 60)])
def test_a_note_has_its_pitch_long_after_its_sample_is_over(program: int, key: int) -> None:
    tone = Tones(_font(), 0, program, _open).tone(key, 90, 6.0)
    late = tone.samples[-round((tone.release_s + 1.0) * 48_000) :]
    assert _hz(late) == pytest.approx(440 * 2 ** ((key - 69) / 12), rel=0.008)


def test_a_note_that_is_let_go_rings_out_without_a_click() -> None:
    tone = Tones(_font(), 0, 48, _open).tone(60, 90, 1.0)
    made = let_go(tone, 1.0)
    assert len(made) > 48_000
    assert np.abs(made[-48:]).max() < 1e-3
    inside = np.abs(np.diff(made[24_000:47_000], 2)).max()
    assert np.abs(np.diff(made[47_900:48_100], 2)).max() <= inside * 1.5


def test_softer_notes_are_darker() -> None:
    tones = Tones(_font(), 0, 0, _open)
    soft, hard = (tones.tone(60, velocity, 1.0).samples[None] for velocity in (44, 112))
    assert heard.band_db(soft, 2000, 20_000) < heard.band_db(hard, 2000, 20_000) - 1


def test_every_voice_of_every_preset_is_in_the_soundfont() -> None:
    for preset in presets().values():
        for layer in preset.layers:
            key = 36 if layer.voice.is_kit else layer.centre
            known = layer.voice.sound or _font().zones(layer.voice.bank, layer.voice.program, key, 90)
            assert known, f"{preset.id}: {layer.voice.bank}/{layer.voice.program}"


def test_what_is_no_soundfont_is_told(tmp_path: Path) -> None:
    odd = tmp_path / "odd.sf3"
    odd.write_bytes(b"RIFF0000WAVE")
    with pytest.raises(EnvironmentLacks, match=r"odd\.sf3"):
        SoundFont(odd)
    with pytest.raises(EnvironmentLacks):
        SoundFont(tmp_path / "missing.sf3")


def test_plain_samples_are_read_too(tmp_path: Path) -> None:
    """A SoundFont of one looped sine, of 16-bit samples, made by hand."""
    font = SoundFont(_small_font(tmp_path / "small.sf2"))
    tone = Tones(font, 0, 0, _open).tone(72, 100, 2.0)
    assert _hz(tone.samples) == pytest.approx(880, rel=0.005), "an octave above its root of 440 Hz"


def _small_font(path: Path) -> Path:
    import struct

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    def listed(kind: bytes, *chunks: bytes) -> bytes:
        return chunk(b"LIST", kind + b"".join(chunks))

    period, count = 100, 4400
    sine = (20_000 * np.sin(2 * np.pi * np.arange(count) / period)).astype("<i2").tobytes() + bytes(92)

    def gens(*rows: tuple[int, int]) -> bytes:
        return b"".join(struct.pack("<Hh", *row) for row in (*rows, (0, 0)))

    names = [name.ljust(20, b"\0") for name in (b"Sine", b"EOP", b"EOI", b"EOS")]
    data = listed(
        b"pdta",
        chunk(b"phdr", b"".join(struct.pack("<20sHHHIII", names[one], 0, 0, one, 0, 0, 0) for one in (0, 1))),
        chunk(b"pbag", struct.pack("<4H", 0, 0, 1, 0)),
        chunk(b"pmod", bytes(10)),
        chunk(b"pgen", gens((41, 0))),
        chunk(b"inst", struct.pack("<20sH", names[0], 0) + struct.pack("<20sH", names[2], 1)),
        chunk(b"ibag", struct.pack("<4H", 0, 0, 2, 0)),
        chunk(b"imod", bytes(10)),
        chunk(b"igen", gens((54, 1), (53, 0))),
        chunk(
            b"shdr",
            struct.pack("<20sIIIIIBbHH", names[0], 0, count, 1000, 4000, 44_000, 60, 0, 0, 1)
            + struct.pack("<20sIIIIIBbHH", names[3], 0, 0, 0, 0, 0, 0, 0, 0, 0),
        ),
    )  # fmt: skip
    whole = b"sfbk" + listed(b"INFO", chunk(b"ifil", bytes(4))) + listed(b"sdta", chunk(b"smpl", sine)) + data
    path.write_bytes(chunk(b"RIFF", whole))
    return path


@pytest.fixture(scope="module")
def busy() -> Any:
    """Noise and tones with loud moments, 12 s."""
    rng, at = np.random.default_rng(4), np.arange(12 * 48_000) / 48_000
    sound = np.stack([0.08 * rng.standard_normal(len(at)), 0.2 * np.sin(2 * np.pi * 110 * at) * (at % 1.5)])
    sound[:, ::24_000] += 0.9
    return sound.astype(np.float32)


def test_loudness_and_peak_are_those_of_the_meter_of_ffmpeg(busy: Any, tmp_path: Path) -> None:
    write_wav(busy, tmp_path / "busy.wav")
    found = measure(tmp_path / "busy.wav")
    assert found.integrated_lufs is not None
    assert found.true_peak_dbtp is not None
    assert levels.loudness(busy) == pytest.approx(found.integrated_lufs, abs=0.15)
    assert levels.true_peak_db(busy) == pytest.approx(found.true_peak_dbtp, abs=0.25)


@pytest.mark.parametrize("loops", [False, True])
def test_the_limiter_keeps_peaks_down_and_moves_smoothly(busy: Any, loops: bool) -> None:
    gain = levels.limiting(levels.peaks_of(busy), busy.shape[1], 3.0, -2.0, loops=loops)
    assert levels.true_peak_db(busy * gain) <= -1.9
    assert np.abs(np.diff(gain)).max() < 0.05
    assert gain.max() == pytest.approx(3.0, rel=0.02), "what is soft is not touched"


def test_a_room_dies_away_and_is_wide() -> None:
    click = np.zeros((2, 1000), np.float32)
    click[:, 0] = 1
    tail = in_room(click, 1.2, 96_000)
    power = np.mean(tail**2, axis=0).reshape(-1, 4800).mean(axis=1)
    fall = 10 * np.log10(power[2] / power[8])
    assert 20 < fall < 45, "60 dB in 1.2 s, high tones sooner"
    assert abs(np.corrcoef(tail[0, 3000:40_000], tail[1, 3000:40_000])[0, 1]) < 0.2


def test_a_shelf_and_a_bell_do_what_they_say() -> None:
    hz = np.array([50.0, 1000.0, 20_000.0])
    lifted = 20 * np.log10(np.abs(filters.shelf(1000, 6)(hz)))
    assert lifted == pytest.approx([0, 3, 6], abs=0.3)
    assert 20 * np.log10(np.abs(filters.bell(1000, -4)(hz))) == pytest.approx([0, -4, 0], abs=0.3)


def test_tracks_as_they_are_kept_add_up_to_the_mix() -> None:
    song = compose(Wishes(6, preset="happy-ukulele", seed=1))
    kept: dict[int, Any] = {}
    mix = mixed(song, _font(), lambda _share: None, lambda: None, kept.__setitem__)
    assert len(kept) == len(song.tracks)
    assert np.abs(sum(kept.values()) * mix.gain - mix.sound).max() < 2e-4


def test_a_written_file_is_what_was_made(busy: Any, tmp_path: Path) -> None:
    write_wav(busy, tmp_path / "busy.wav")
    with wave.open(str(tmp_path / "busy.wav")) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 48_000, busy.shape[1])
    assert np.abs(heard.read(tmp_path / "busy.wav") - np.clip(busy, -1, 1)).max() < 1e-4


def test_a_note_that_is_held_past_its_sample_does_not_buzz() -> None:
    """Half the loops of compressed samples do not meet: the synth bass bends there 150 times as sharply."""
    for program, key in ((39, 43), (32, 31), (33, 38), (4, 55), (35, 33)):
        [zone] = _font().zones(0, program, key, 90)[:1]
        sample = _font().sample(zone.sample)
        start, end = zone.loop
        looped = np.concatenate([without_seam(sample[:end], start)[start:]] * 3)
        bends = np.abs(np.diff(looped, 3))
        seams = bends[[end - start - 2, 2 * (end - start) - 2]].max()
        assert seams <= np.quantile(bends, 0.999) * 1.2, f"program {program}"
