"""The built-in voice: real speech in a file, from any thread."""

from __future__ import annotations

import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.engines.tts.espeak import speak, voices


def samples(path: Path) -> np.ndarray:
    with wave.open(str(path)) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (1, 2, 22_050)
        return np.frombuffer(wav.readframes(wav.getnframes()), np.int16)


def test_it_speaks(tmp_path: Path) -> None:
    speak("Hello world. This is a video clip.", tmp_path / "a.wav")
    sound = samples(tmp_path / "a.wav")
    assert 1.5 < len(sound) / 22_050 < 5
    assert np.abs(sound).max() > 3000


def test_rate_pitch_and_variant_change_the_speech(tmp_path: Path) -> None:
    text = "Hello world, this is a video clip."
    for name, options in {
        "usual": {},
        "slow": {"rate_wpm": 90},
        "other": {"voice": "en-us+f3", "pitch": 80},
    }.items():
        speak(text, tmp_path / f"{name}.wav", **options)  # type: ignore[arg-type]
    usual, slow, other = (samples(tmp_path / f"{name}.wav") for name in ("usual", "slow", "other"))
    assert len(slow) > 1.4 * len(usual)
    assert len(other) != len(usual) or not np.array_equal(other, usual)


@pytest.mark.parametrize("voice", ["en-gb", "en-gb+m3", "id", "ar", "th", "cmn"])
def test_voices_by_language(tmp_path: Path, voice: str) -> None:
    speak("Hello, مرحبا, สวัสดี, 你好.", tmp_path / "a.wav", voice=voice)
    assert len(samples(tmp_path / "a.wav")) > 10_000


def test_an_unknown_voice_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no voice named klingon-x"):
        speak("Hello.", tmp_path / "a.wav", voice="klingon-x")
    assert not (tmp_path / "a.wav").exists()


def test_the_list_of_voices() -> None:
    assert {"en-us", "en-gb", "id", "th"} <= set(voices())


def test_threads_do_not_mix_their_speech(tmp_path: Path) -> None:
    texts = ["One.", "A much longer sentence that takes quite some time to say."] * 3
    threads = [
        threading.Thread(target=speak, args=(text, tmp_path / f"{index}.wav"))
        for index, text in enumerate(texts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lengths = [len(samples(tmp_path / f"{index}.wav")) for index in range(len(texts))]
    assert max(lengths[0::2]) < 0.5 * min(lengths[1::2])
    assert max(lengths[0::2]) - min(lengths[0::2]) < 200
