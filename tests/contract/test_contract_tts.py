"""One suite over every provider of voices: what each of them promises, whatever is inside."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from support import system_speech
from support.kokoro import real_kokoro, toy_kokoro
from support.loopback_http import loopback_service
from support.loopback_voices import SERVICES, options_of, secrets_of

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES
from viralclip_desktop.engines.tts import worker
from viralclip_desktop.engines.tts.base import FASTEST, SLOWEST, Line, Spoken, TextToSpeech, TtsSetup, Voice
from viralclip_desktop.jobs.worker import run_in_worker

PROVIDERS = tuple(TTS.builtin)
DOORS = tuple(f"system {door}" for door in system_speech.PROGRAMS)
"""The voices of the system, by each of the ways to them."""
TEXT = "We started in 2024, for a reason that is easy to explain: nobody else would do it. Would you?"
_CLOSE_S = 0.08
"""How far a length may be from what was predicted: 8 % of a line of one second."""


@pytest.fixture(scope="module", params=[*(one for one in PROVIDERS if one != "system"), *DOORS])
def setup(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, TtsSetup]]:
    models, provider = tmp_path_factory.mktemp("models"), request.param
    if provider == "kokoro":
        toy_kokoro(models)
    if provider in DOORS:
        with pytest.MonkeyPatch.context() as patch:
            _, door = provider.split()
            patch.setenv("PATH", str(system_speech.install(models, door)))
            yield "system", TtsSetup(models)
        return
    if provider not in SERVICES:
        yield provider, TtsSetup(models)
        return
    with loopback_service() as service:
        service.usual = SERVICES[provider]
        options, secrets = options_of(provider, service.url), secrets_of(provider)
        yield provider, TtsSetup(models, options=options, secrets=secrets)


def can(provider: TextToSpeech, capability: str) -> bool:
    return capability in provider.info.capabilities


@pytest.fixture(scope="module")
def provider(setup: tuple[str, TtsSetup]) -> TextToSpeech:
    return TTS.make(*setup)


@pytest.fixture(scope="module")
def voice(provider: TextToSpeech) -> Voice:
    return next(voice for voice in provider.voices() if voice.language == "en")


def speak(provider: TextToSpeech, out: Path, line: Line) -> tuple[Spoken, np.ndarray, int]:
    spoken = provider.speak(line, out, CancelToken())
    with wave.open(str(out), "rb") as wav:
        assert (wav.getnchannels(), wav.getsampwidth()) == (1, 2)
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2")
        return spoken, samples, wav.getframerate()


def test_it_says_who_it_is_and_that_it_is_ready(provider: TextToSpeech) -> None:
    assert provider.info.kind == "tts"
    assert provider.info.id in PROVIDERS
    assert provider.ready() is None


def test_its_voices_have_what_is_asked_of_voices(provider: TextToSpeech) -> None:
    voices = provider.voices()
    assert voices
    assert len({voice.id for voice in voices}) == len(voices)
    for voice in voices:
        assert voice.provider == provider.info.id
        assert voice.id == f"{voice.provider}:{voice.name}"
        assert voice.language in LANGUAGE_NAMES
        assert voice.label


def test_a_line_is_as_long_as_its_file_and_begins_and_ends_with_sound(
    provider: TextToSpeech, voice: Voice, tmp_path: Path
) -> None:
    spoken, samples, rate = speak(provider, tmp_path / "line.wav", Line(TEXT, voice.name))
    assert spoken.duration.samples(rate) == len(samples)
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 300)
    assert loud[0] / rate < 0.1
    assert (len(samples) - loud[-1]) / rate < 0.15
    assert np.abs(samples[:2].astype(int)).max() < 300  # no click
    assert np.abs(samples[-2:].astype(int)).max() < 300


def test_every_word_has_its_time_in_order(provider: TextToSpeech, voice: Voice, tmp_path: Path) -> None:
    spoken, _, _ = speak(provider, tmp_path / "line.wav", Line(TEXT, voice.name))
    if not can(provider, "word_times"):
        assert spoken.words == ()
        return
    assert [word.text for word in spoken.words] == TEXT.split()
    assert all(word.range.start <= word.range.end for word in spoken.words)
    assert all(one.range.end <= after.range.start for one, after in pairwise(spoken.words))
    assert spoken.words[0].range.start >= ZERO
    assert spoken.words[-1].range.end <= spoken.duration


@pytest.mark.parametrize("speed", [SLOWEST, 0.9, 1.0, 1.3, FASTEST])
def test_its_length_is_known_before(
    provider: TextToSpeech, voice: Voice, tmp_path: Path, speed: float
) -> None:
    line = Line(TEXT, voice.name, speed)
    (predicted,) = provider.predict([line])
    if not can(provider, "prediction"):
        assert 2.0 < predicted.seconds * speed < 15.0, "a rough idea"
        return
    spoken, _, _ = speak(provider, tmp_path / "line.wav", line)
    assert abs((predicted - spoken.duration).seconds) <= _CLOSE_S


def test_faster_is_shorter(provider: TextToSpeech, voice: Voice) -> None:
    speeds = (0.5, 0.8, 1.0, 1.25, 2.0)
    lengths = provider.predict([Line(TEXT, voice.name, speed) for speed in speeds])
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0].seconds > 2.2 * lengths[-1].seconds


def test_one_that_knows_one_speed_alone_refuses_the_others(
    provider: TextToSpeech, voice: Voice, tmp_path: Path
) -> None:
    if can(provider, "speed"):
        return
    with pytest.raises(BadInput, match="natural speed"):
        provider.speak(Line(TEXT, voice.name, 1.2), tmp_path / "line.wav", CancelToken())
    assert not (tmp_path / "line.wav").exists()


@pytest.mark.parametrize("text", ["", "   ", "...", "—"])
def test_a_text_without_words_is_no_sound(
    provider: TextToSpeech, voice: Voice, tmp_path: Path, text: str
) -> None:
    spoken, samples, _ = speak(provider, tmp_path / "line.wav", Line(text, voice.name))
    assert spoken.duration == ZERO
    assert len(samples) == 0
    assert provider.predict([Line(text, voice.name)]) == [ZERO]


def test_a_long_text_is_spoken_to_its_last_word(provider: TextToSpeech, voice: Voice, tmp_path: Path) -> None:
    text = " ".join([TEXT] * 12)
    spoken, samples, rate = speak(provider, tmp_path / "long.wav", Line(text, voice.name))
    assert [word.text for word in spoken.words] == (text.split() if can(provider, "word_times") else [])
    assert len(samples) / rate > 40
    alone, _, _ = speak(provider, tmp_path / "one.wav", Line(TEXT, voice.name))
    assert spoken.duration.seconds == pytest.approx(12 * alone.duration.seconds, rel=0.2)


@pytest.mark.parametrize("speed", [0.0, 0.49, 2.01, -1.0, float("nan")])
def test_other_speeds_are_refused(provider: TextToSpeech, voice: Voice, speed: float) -> None:
    with pytest.raises(BadInput, match="speed"):
        provider.predict([Line(TEXT, voice.name, speed)])


@pytest.mark.parametrize("name", ["nobody", "", "../x", "zf_xiaobei"])
def test_a_voice_that_is_not_there_is_told(provider: TextToSpeech, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="no voice"):
        provider.predict([Line(TEXT, name)])
    with pytest.raises(BadInput, match="no voice"):
        provider.speak(Line(TEXT, name), tmp_path / "line.wav", CancelToken())


def test_in_a_process_of_its_own_it_speaks_the_same(
    setup: tuple[str, TtsSetup], provider: TextToSpeech, voice: Voice, tmp_path: Path
) -> None:
    lines = [
        Line(TEXT, voice.name),
        Line("And one more.", voice.name, 1.2 if can(provider, "speed") else 1.0),
    ]
    out = [tmp_path / "a.wav", tmp_path / "b.wav"]
    heard: list[dict[str, object]] = []
    answer = run_in_worker(
        worker.TARGET, worker.request(*setup, lines, out), on_message=heard.append, name="voice"
    )
    assert answer == {"lines": 2}
    assert [message["line"] for message in heard] == [0, 1]
    for line, path, message in zip(lines, out, heard, strict=True):
        told = worker.spoken_from_json(message["spoken"])  # type: ignore[arg-type]
        with wave.open(str(path), "rb") as wav:
            assert told.duration.samples(wav.getframerate()) == wav.getnframes()
        assert [word.text for word in told.words] == (
            line.text.split() if can(provider, "word_times") else []
        )
        here, _, _ = speak(provider, tmp_path / "here.wav", line)
        assert abs((told.duration - here.duration).seconds) <= _CLOSE_S


def test_kokoro_without_its_files_says_what_is_missing(tmp_path: Path) -> None:
    provider = TTS.make("kokoro", TtsSetup(tmp_path))
    assert "voices.npz" in str(provider.ready())
    assert provider.voices() == []
    toy_kokoro(tmp_path)
    (network,) = (tmp_path / "kokoro").glob("*.onnx")
    network.write_bytes(network.read_bytes()[:500])
    assert provider.ready() is None
    with pytest.raises(EnvironmentLacks, match="cannot be read"):
        provider.predict([Line(TEXT, "af_heart")])


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("af_heart", TEXT),
        ("ef_dora", "Empezamos hace dos años porque nadie más quería hacerlo."),
        ("if_sara", "Abbiamo iniziato due anni fa perché nessun altro voleva farlo."),
    ],
)
def test_kokoro_as_published_is_as_long_as_it_said_to_the_sample(
    real_models: Path, tmp_path: Path, name: str, text: str
) -> None:
    provider = TTS.make("kokoro", TtsSetup(real_kokoro(real_models, tmp_path)))
    lines = [Line(text, name, speed) for speed in (0.88, 1.0, 1.3)]
    predicted = provider.predict(lines)
    spoken, samples, rate = speak(provider, tmp_path / "line.wav", lines[-1])
    assert predicted[-1] == spoken.duration
    assert spoken.duration.samples(rate) == len(samples)
    assert [word.text for word in spoken.words] == text.split()
    assert predicted == sorted(predicted, reverse=True)


@pytest.mark.real
def test_a_blend_of_kokoro_as_published_lies_between_its_voices(real_models: Path, tmp_path: Path) -> None:
    provider = TTS.make("kokoro", TtsSetup(real_kokoro(real_models, tmp_path)))
    text = "Nobody else would ever have done it like that."
    heard: dict[str, tuple[Spoken, np.ndarray, int]] = {}
    for name in ("af_heart", "am_michael", "af_heart*0.5+am_michael*0.5", "af_heart*2+af_heart*3"):
        line = Line(text, name)
        heard[name] = speak(provider, tmp_path / "line.wav", line)
        assert provider.predict([line]) == [heard[name][0].duration]
        assert [word.text for word in heard[name][0].words] == text.split()
    her, him, both, same = heard.values()
    assert (same[1] == her[1]).all(), "a voice mixed with itself is that voice"
    low, between, high = (pitch_hz(samples, rate) for _, samples, rate in (him, both, her))
    assert low * 1.05 < between < high / 1.05


def pitch_hz(samples: np.ndarray, rate: int) -> float:
    """The pitch of a voice: the median over its voiced stretches, by autocorrelation."""
    length, found = rate // 20, []
    for at in range(0, len(samples) - length, length // 2):
        part = samples[at : at + length].astype(float)
        part -= part.mean()
        same = np.correlate(part, part, "full")[length - 1 :]
        first, last = rate // 400, rate // 60
        lag = first + int(np.argmax(same[first:last]))
        if same[0] > length * 300**2 and same[lag] > 0.5 * same[0]:
            found.append(rate / lag)
    return float(np.median(found))
