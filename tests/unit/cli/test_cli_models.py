"""``viralclip models list`` and ``viralclip doctor``: a folder that can't be used says why."""

from __future__ import annotations

import shutil

from support.command_line import CommandLine
from support.speech import WHISPER_MINI

from viralclip_desktop.engines.stt.base import SttSetup
from viralclip_desktop.features.checkup import check_all


def test_a_model_that_is_not_whole_says_what_is_missing(viralclip: CommandLine) -> None:
    paths = viralclip.services.paths
    for name in ("mine", "large-v3"):
        shutil.copytree(WHISPER_MINI, paths.models / "whisper" / name)
        (paths.models / "whisper" / name / "tokenizer.json").unlink()
    listed = {model["id"]: model for model in viralclip.json("models", "list")}
    for name in ("mine", "large-v3"):
        assert not listed[name]["installed"]
        assert "tokenizer.json missing" in listed[name]["refused"]
    assert "tokenizer.json missing" in viralclip("models", "list")[1]
    findings = {finding.what: finding for finding in check_all(paths, SttSetup(models=paths.models))}
    assert "tokenizer.json missing" in findings["Model: mine"].detail
    assert "Built-in separator" in findings["Background of a dub"].detail
    assert "vocals.fp16.onnx" in findings["Background of a dub"].hint


def test_each_model_names_its_licence(viralclip: CommandLine) -> None:
    licences = {model["id"]: model["licence"] for model in viralclip.json("models", "list")}
    assert licences["spleeter-2stems"] == "MIT"
    assert licences["deepfilter"] == "MIT or Apache-2.0"
    assert None not in licences.values()
    assert "takes noise off voices (MIT or Apache-2.0)" in viralclip("models", "list")[1]


def test_a_model_of_the_hubs_cache_is_listed_like_any_other(viralclip: CommandLine) -> None:
    cached = (
        viralclip.services.paths.models / "hub" / "models--Systran--faster-whisper-base" / "snapshots" / "1a"
    )
    shutil.copytree(WHISPER_MINI, cached)
    (cached / "preprocessor_config.json").unlink()
    listed = {model["id"]: model for model in viralclip.json("models", "list")}
    assert listed["base"]["installed"]
    assert not listed["base"]["refused"]
