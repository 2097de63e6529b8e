"""Whisper base as it is published (without ``preprocessor_config.json``) on real recordings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from support.caption_pictures import caption_plan

from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.small_words import small_words
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.base import SttEvent, SttRequest, SttSegment, SttSetup
from viralclip_desktop.engines.stt.whisper import WhisperEngine
from viralclip_desktop.engines.stt.whisper_models import installed_models
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.media.audio import extract_speech
from viralclip_desktop.media.probe import probe

pytestmark = [pytest.mark.real, pytest.mark.media]

TALK = (
    "hello this is an example video for your convenience and pleasure you are allowed to use this voice for "
    "any purpose including commercial use on the bottom right you can see the time when the time reaches 40 "
    "seconds i will say banana banana"
)
TALK_STARTS_S = {0: 0.19, 1: 1.32, 11: 5.08, 24: 10.72, 33: 13.86, 39: 16.09, 43: 39.96}
"""Words by their place that begin after a pause, and where the sound begins there."""
SPEECH = (
    "and so my fellow americans ask not what your country can do for you ask what you can do for your country"
)
SPEECH_STARTS_S = {0: 0.33, 5: 3.29, 6: 4.01, 7: 5.42, 14: 8.19}


@pytest.fixture(scope="module")
def words(
    test_media: Path, real_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Word]]:
    """What Whisper base hears in both recordings."""
    folder = tmp_path_factory.mktemp("heard")
    heard: dict[str, list[Word]] = {}
    for name in ("talk-sample-42s.mp4", "speech-en-11s.flac"):
        path = test_media / name
        wav = extract_speech(path, probe(path).audio[0].index, folder / f"{name}.wav")
        events: list[SttEvent] = []
        engine = WhisperEngine(SttSetup(real_models, model="base", device="cpu"))
        engine.transcribe(SttRequest(wav), events.append, CancelToken())
        heard[name] = [word for event in events if isinstance(event, SttSegment) for word in event.words]
    return heard


def plain(words: list[Word]) -> list[str]:
    return [re.sub(r"[^\w']", "", word.text).lower() for word in words]


def word_errors(said: list[str], found: list[str]) -> int:
    """The edit distance in words."""
    row = list(range(len(found) + 1))
    for i, word in enumerate(said, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


def test_the_published_folder_is_a_model_like_any_other(real_models: Path, tmp_path: Path) -> None:
    published = real_models / "whisper" / "base"
    assert not (published / "preprocessor_config.json").exists()
    cached = tmp_path / "hub" / "models--Systran--faster-whisper-base" / "snapshots" / "0123abc"
    cached.parent.mkdir(parents=True)
    cached.symlink_to(published)
    assert list(installed_models(tmp_path)) == ["base"]
    for folder in (real_models, tmp_path):
        assert WhisperEngine(SttSetup(folder, model="base")).ready() is None


@pytest.mark.parametrize(
    ("name", "said", "most"), [("talk-sample-42s.mp4", TALK, 3), ("speech-en-11s.flac", SPEECH, 1)]
)
def test_nearly_every_word_is_right(words: dict[str, list[Word]], name: str, said: str, most: int) -> None:
    assert word_errors(said.split(), plain(words[name])) <= most


@pytest.mark.parametrize(
    ("name", "said", "starts_s"),
    [("talk-sample-42s.mp4", TALK, TALK_STARTS_S), ("speech-en-11s.flac", SPEECH, SPEECH_STARTS_S)],
)
def test_words_begin_where_they_are_heard(
    words: dict[str, list[Word]], name: str, said: str, starts_s: dict[int, float]
) -> None:
    """Within a tenth of a second mostly, never more than a quarter off."""
    found = words[name]
    assert len(found) == len(said.split())
    off = [abs(found[place].start.seconds - start_s) for place, start_s in starts_s.items()]
    assert median(off) <= 0.1
    assert max(off) <= 0.25


@pytest.mark.parametrize("style", sorted(set(caption_styles()) - {"punch"}))
def test_captions_of_real_words_break_well(words: dict[str, list[Word]], style: str) -> None:
    for said in words.values():
        laid = laid_out(replace(caption_plan(said, style), language="en"))
        assert laid is not None
        for tokens in (block.phrase.tokens for block in laid.first):
            assert not any(token.ends_sentence for token in tokens[:-1])
            assert tokens[-1].word.text.lower() not in small_words("en")
