"""One suite over every language model: what each of them promises, whatever is behind it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.loopback_http import FakeTime, LoopbackService, answer, loopback_service
from support.loopback_llm import CITIES, QUESTION, SHAPES, Shape, said

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.llm import worker
from viralclip_desktop.engines.llm.base import LanguageModel, LlmSetup
from viralclip_desktop.engines.llm.llama_cpp import PACKAGE, LlamaCppModel
from viralclip_desktop.engines.registry import LLM
from viralclip_desktop.jobs.worker import run_in_worker

MODELS = tuple(LLM.builtin)
GGUF = "VIRALCLIP_REAL_MODELS"


def shape_of(model_id: str) -> Shape | None:
    return next((shape for shape in SHAPES if shape.id == model_id), None)


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest, service: LoopbackService) -> LanguageModel:
    """Each one ready to answer: over its service, or with a real model where there is one."""
    shape = shape_of(request.param)
    if shape is not None:
        service.script = [answer(shape.models)] if "which_models" in request.node.name else []
        service.usual = said(shape, CITIES)
        return shape.model(service, Policy(), FakeTime().clock)
    return LlamaCppModel(LlmSetup(gguf_folder()))


def gguf_folder() -> Path:
    pytest.importorskip(PACKAGE)
    folder = Path(os.environ.get(GGUF, "none"))
    if not list(folder.glob("*.gguf")) and not list(folder.glob("llm/*.gguf")):
        pytest.skip(f"there is no GGUF model in {GGUF}")
    return folder


def test_it_says_who_it_is_and_that_it_is_ready(model: LanguageModel) -> None:
    assert model.info.kind == "llm"
    assert model.info.id in MODELS
    assert "schema" in model.info.capabilities
    assert model.context_tokens >= 2048
    assert model.model
    assert model.ready() is None


def test_it_answers_in_the_form_asked_for_and_counts(model: LanguageModel) -> None:
    if "worker" in model.info.capabilities:
        pytest.skip("asked in its worker below")
    got = model.ask(QUESTION)
    assert all(isinstance(city, str) for city in got.data["cities"])
    assert set(got.units) == {"input_token", "output_token"}
    assert asyncio.run(model.ask_async(QUESTION)).data == got.data


def test_it_says_which_models_there_are(model: LanguageModel) -> None:
    assert asyncio.run(model.models())


def test_a_model_of_this_computer_answers_in_a_process_of_its_own() -> None:
    setup = LlmSetup(gguf_folder(), options={"providers.llamacpp.context_tokens": 2048})
    cities = {"type": "array", "items": {"type": "string", "maxLength": 12}, "minItems": 2, "maxItems": 2}
    question = replace(QUESTION, schema={**QUESTION.schema, "properties": {"cities": cities}})
    result = run_in_worker(worker.TARGET, worker.request("llamacpp", setup, question), name="language model")
    got = worker.answer_of(result)
    assert len(got.data["cities"]) == 2
    assert got.units["output_token"] > 0


def test_without_its_model_it_says_what_is_missing(tmp_path: Path) -> None:
    model = LLM.make("llamacpp", LlmSetup(tmp_path))
    assert "GGUF" in str(model.ready())
    assert asyncio.run(model.models()) == []


def test_a_model_that_is_none_is_told(tmp_path: Path) -> None:
    pytest.importorskip(PACKAGE)
    (tmp_path / "half.gguf").write_bytes(b"GGUF but no more")
    setup = LlmSetup(tmp_path)
    assert LLM.make("llamacpp", setup).model == "half.gguf"
    with pytest.raises(EnvironmentLacks, match="cannot be read"):
        run_in_worker(worker.TARGET, worker.request("llamacpp", setup, QUESTION), name="language model")
