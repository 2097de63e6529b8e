"""What a worker process runs to ask a language model of this computer: one question, one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viralclip_desktop.engines.llm.base import LlmAnswer, LlmRequest, LlmSetup
from viralclip_desktop.engines.registry import LLM

TARGET = "viralclip_desktop.engines.llm.worker:run"


def request(provider: str, setup: LlmSetup, what: LlmRequest) -> dict[str, Any]:
    """The request for :func:`run`, as JSON."""
    question = {
        "system": what.system,
        "prompt": what.prompt,
        "schema": dict(what.schema),
        "name": what.name,
        "most_tokens": what.most_tokens,
    }
    return {"provider": provider, "setup": setup.as_json(), "question": question}


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Ask; a cancel is the end of the process."""
    del emit
    model = LLM.make(data["provider"], LlmSetup.from_json(data["setup"]))
    answer = model.ask(LlmRequest(**data["question"]))
    return {"data": answer.data, "model": answer.model, "units": dict(answer.units)}


def answer_of(result: dict[str, Any]) -> LlmAnswer:
    """The answer in what :func:`run` gave."""
    return LlmAnswer(result["data"], result["model"], result["units"])
