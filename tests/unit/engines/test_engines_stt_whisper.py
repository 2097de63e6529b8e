"""Whisper through the real faster-whisper, with a toy model of ours."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from support.speech import RATE_HZ, WHISPER_MINI, silence, spoken, write_speech, write_wav

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt import whisper
from viralclip_desktop.engines.stt.base import SttEvent, SttRequest, SttSegment, SttSetup
from viralclip_desktop.engines.stt.whisper import WhisperEngine
from viralclip_desktop.engines.stt.whisper_models import (
    find_model,
    installed_models,
    missing_files,
    refused_models,
)

FIVE = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json")


def engine(model: Path | str = WHISPER_MINI, models: Path = Path("none")) -> WhisperEngine:
    return WhisperEngine(SttSetup(models, model=str(model), device="cpu"))


def words_of(wav: Path) -> list[Word]:
    events: list[SttEvent] = []
    engine().transcribe(SttRequest(wav), events.append, CancelToken())
    return [word for event in events if isinstance(event, SttSegment) for word in event.words]


def plain(words: list[Word]) -> list[str]:
    return [word.text.strip(".,?").lower() for word in words]


def test_words_and_their_times_are_right(tmp_path: Path) -> None:
    first = spoken("The dog and the cat play music.", tmp_path)
    second = spoken("Today we open the window.", tmp_path)
    parts = [silence(1), first, silence(5), second, silence(1)]
    write_wav(tmp_path / "a.wav", np.concatenate(parts))
    words = words_of(tmp_path / "a.wav")
    assert " ".join(plain(words)) == "the dog and the cat play music today we open the window"
    assert words[6].text == "music."
    starts_s = (1.0, (len(parts[0]) + len(first) + len(parts[2])) / RATE_HZ)
    assert words[0].start.seconds == pytest.approx(starts_s[0], abs=0.1)
    assert words[7].start.seconds == pytest.approx(starts_s[1], abs=0.1)


def test_long_sound_is_read_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "_BLOCK_MIN_S", 4.0)
    monkeypatch.setattr(whisper, "_BLOCK_MAX_S", 6.0)
    sentences = ["This is a big river.", "The coffee is good.", "My world is a garden.", "The button is red."]
    parts: list[str | float] = [1.0]
    for sentence in sentences:
        parts += [sentence, 1.5]
    words = words_of(write_speech(tmp_path / "a.wav", parts))
    assert plain(words) == " ".join(sentences).replace(".", "").lower().split()


def test_the_network_is_never_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert words_of(write_speech(tmp_path / "a.wav", ["Hello world."]))


@pytest.mark.parametrize("missing", [name for name in FIVE if name != "preprocessor_config.json"])
def test_each_file_it_cannot_do_without_is_asked_for(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(WHISPER_MINI, folder)
    (folder / missing).unlink()
    wanted = engine(folder)
    assert Path(missing).stem in str(wanted.ready())
    with pytest.raises(EnvironmentLacks, match="not whole"):
        wanted.transcribe(SttRequest(tmp_path / "a.wav"), lambda event: None, CancelToken())


def test_without_a_model_it_says_how_to_get_one(tmp_path: Path) -> None:
    assert "viralclip models install small" in str(engine("", tmp_path).ready())
    assert "model large-v3 is not installed" in str(engine("large-v3", tmp_path).ready())


def test_a_damaged_model_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(WHISPER_MINI, folder)
    (folder / "model.bin").write_bytes(b"no model")
    wav = write_speech(tmp_path / "a.wav", ["Hello world."])
    with pytest.raises(EnvironmentLacks, match="cannot be loaded"):
        engine(folder).transcribe(SttRequest(wav), lambda event: None, CancelToken())


def test_models_are_found_and_the_best_comes_first(tmp_path: Path) -> None:
    for name in ("whisper/tiny", "whisper/small", "mine", "whisper/.medium.partial", "unfinished"):
        (tmp_path / name).mkdir(parents=True)
        for file in FIVE:
            (tmp_path / name / file).touch()
    (tmp_path / "unfinished" / "model.bin").unlink()
    assert list(installed_models(tmp_path)) == ["small", "tiny", "mine"]
    assert find_model(tmp_path) == tmp_path / "whisper" / "small"
    assert find_model(tmp_path, "mine") == tmp_path / "mine"
    assert find_model(tmp_path, str(tmp_path / "mine")) == tmp_path / "mine"
    assert find_model(tmp_path, "large-v3") is None
    assert find_model(tmp_path / "nothing here") is None
    assert "model.bin" in missing_files(tmp_path / "unfinished")


def test_a_cancel_between_segments_stops_it(tmp_path: Path) -> None:
    from viralclip_desktop.core.errors import Cancelled

    wav = write_speech(tmp_path / "a.wav", [0.5, "Hello world.", 1.0, "This is a test.", 1.0])
    cancel, events = CancelToken(), []

    def emit(event: SttEvent) -> None:
        events.append(event)
        if isinstance(event, SttSegment):
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine().transcribe(SttRequest(wav), emit, cancel)
    assert len([event for event in events if isinstance(event, SttSegment)]) == 1


@pytest.mark.models
def test_the_shared_model_is_found_by_its_folder(test_models: Path) -> None:
    assert engine("whisper-mini", test_models).ready() is None


def _model(folder: Path, **config: object) -> Path:
    """A copy of the small model, with other values in its configuration."""
    shutil.copytree(WHISPER_MINI, folder)
    known = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**known, **config}), "utf-8")
    return folder


def test_repositories_before_large_v3_need_no_preprocessor(tmp_path: Path) -> None:
    old, new = _model(tmp_path / "old"), _model(tmp_path / "new", lang_ids=list(range(100)))
    for folder in (old, new):
        (folder / "preprocessor_config.json").unlink()
    assert engine(old).ready() is None
    heard: list[SttEvent] = []
    wav = write_speech(tmp_path / "a.wav", ["Hello world."])
    engine(old).transcribe(SttRequest(wav), heard.append, CancelToken())
    assert any(event.words for event in heard if isinstance(event, SttSegment))
    assert "preprocessor_config.json missing" in str(engine(new).ready())


def test_the_hubs_own_layout_is_a_model_like_any_other(tmp_path: Path) -> None:
    _model(tmp_path / "models--Systran--faster-whisper-base" / "snapshots" / "0123abc")
    assert list(installed_models(tmp_path)) == ["base"]
    assert engine("base", tmp_path).ready() is None


def test_a_refused_folder_says_why(tmp_path: Path) -> None:
    (_model(tmp_path / "half") / "model.bin").unlink()
    torch = tmp_path / "torch"
    torch.mkdir()
    (torch / "tokenizer.json").write_text("{}")
    (torch / "pytorch_model.bin").write_bytes(b"")
    refused = refused_models(tmp_path)
    assert "model.bin missing" in refused["half"][1]
    assert "CTranslate2" in refused["torch"][1]
    assert "model.bin missing" in str(engine("half", tmp_path).ready())


def test_a_folder_of_another_kind_of_model_is_not_called_a_whisper_model(tmp_path: Path) -> None:
    other = tmp_path / "models--someone--sentences" / "snapshots" / "0123abc"
    other.mkdir(parents=True)
    (other / "config.json").write_text('{"model_type": "bert"}')
    (other / "model.safetensors").write_bytes(b"")
    assert refused_models(tmp_path) == {}


def test_a_folder_of_the_hubs_cache_may_be_named_by_its_path(tmp_path: Path) -> None:
    cached = tmp_path / "elsewhere" / "models--Systran--faster-whisper-base"
    _model(cached / "snapshots" / "0123abc")
    assert engine(str(cached), tmp_path).ready() is None


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ([" an", " ill", "-disposed", " man"], "an ill-disposed man"),
        ([" 40", "%", " of"], "40% of"),
        ([" $1", ",000", "."], "$1,000."),
        ([" don", "'t", " go"], "don't go"),
        ([" ครับ", "ขอบ"], "ครับ ขอบ"),
    ],
)
def test_what_has_no_space_before_it_goes_on_with_the_word_before(tokens: list[str], text: str) -> None:
    words = [
        SimpleNamespace(word=token, start=n / 2, end=n / 2 + 0.4, probability=0.9)
        for n, token in enumerate(tokens)
    ]
    found = whisper._words(SimpleNamespace(words=words), Time(0))
    assert " ".join(word.text for word in found) == text
    spoken = [word for word in words if any(character.isalnum() for character in word.word)]
    assert found[-1].end == Time.from_seconds(spoken[-1].end)


@pytest.mark.parametrize(("wanted", "told"), [(True, "um, uh, er, erm, uhm, umm…"), (False, None)])
def test_fillers_are_written_down_when_asked(
    wanted: bool, told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []

    def transcribe(_sound: object, **how: object) -> tuple[list[object], object]:
        heard.append(how["hotwords"])
        return [], SimpleNamespace(duration_after_vad=0.0)

    monkeypatch.setattr(
        whisper, "load_model", lambda _folder, _device: SimpleNamespace(transcribe=transcribe)
    )
    options = {WhisperEngine.info.setting_key("verbatim"): wanted}
    asked = WhisperEngine(SttSetup(Path("none"), model=str(WHISPER_MINI), device="cpu", options=options))
    wav = write_speech(tmp_path / "a.wav", ["Hello world."])
    asked.transcribe(SttRequest(wav, language="en"), lambda _event: None, CancelToken())
    assert heard == [told]
