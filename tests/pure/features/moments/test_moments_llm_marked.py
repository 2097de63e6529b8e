"""What surrounds a good editor's answers never makes them worse: measured on the marked talks."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support.gold_editor import GoldEditor

from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.llm.base import LlmSetup
from viralclip_desktop.features.moments.llm.asking import Editor
from viralclip_desktop.features.moments.llm.rerank import Judged, rerank
from viralclip_desktop.features.moments.llm.script import Script
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import rank
from viralclip_desktop.features.transcription.importing import transcript_from

_FOLDER = Path(os.environ.get("VIRALCLIP_TEST_MEDIA", "none")).parent / "moments"
_TALKS = sorted(path for path in _FOLDER.glob("*.json"))
_SMALL = ("lesson-th", "talk-de", "podcast-fr")  # read in overlapping parts
_OPTIONS = FindOptions(count=8, min_length_s=20, max_length_s=60)

pytestmark = pytest.mark.skipif(not _TALKS, reason="the marked talks are not here")


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The set's own measures."""
    spec = importlib.util.spec_from_file_location("moments_score", _FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(data: dict[str, Any], score: ModuleType, folder: Path, context_tokens: int) -> list[Judged]:
    subtitles, _ = score.write_subtitles(data, folder)
    transcript = transcript_from(subtitles, Time.from_seconds(data["duration_s"]))
    local = rank(transcript, data["duration_s"], _OPTIONS)
    script = Script(transcript, _OPTIONS, None, data["duration_s"])
    model = GoldEditor(data).model(context_tokens)
    return rerank(script, local, Editor(model, LlmSetup(folder)))


def rows(data: dict[str, Any], score: ModuleType, found: list[Judged]) -> Any:
    clips = [
        {
            "rank": one.moment.rank,
            "start_s": one.moment.range.start.seconds,
            "end_s": one.moment.range.end.seconds,
            "title": one.moment.title,
        }
        for one in found
    ]
    return score.judge(data, clips)


def own_rows(data: dict[str, Any], score: ModuleType) -> Any:
    """The editor's answers taken as they are: each quote cut at its words' own times."""
    words = list(score.words_of(data))
    spans = [
        [word for word in words if mark["start_s"] - 0.01 <= word[1] < mark["end_s"] - 0.01]
        for mark in GoldEditor(data).marks()[: _OPTIONS.count]
    ]
    clips = [{"rank": n, "start_s": span[0][1], "end_s": span[-1][2]} for n, span in enumerate(spans, 1)]
    return score.judge(data, clips)


@pytest.mark.parametrize("path", _TALKS, ids=lambda path: path.stem)
def test_a_good_editor_s_picks_stay_as_good(path: Path, score: ModuleType, tmp_path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    small = path.stem in _SMALL
    found = judged(data, score, tmp_path, 8192 if small else 128_000)
    ours = score.summary(data, rows(data, score, found))
    own = score.summary(data, own_rows(data, score))
    assert ours["P@5"] >= own["P@5"]
    assert ours["clean starts"] >= own["clean starts"]
    assert ours["complete ends"] >= own["complete ends"]
    for one in found:
        assert 20 - 1e-6 <= one.moment.range.duration.seconds <= 60 + 1e-6
