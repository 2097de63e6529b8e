"""Language model services on loopback: the published shapes of OpenAI's Responses API, of chat completions
and of Ollama's ``/api/chat``, whole and streamed, and their troubles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.loopback_http import LoopbackService, Respond, answer, streaming

from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.llm.base import LanguageModel, LlmRequest, LlmSetup
from viralclip_desktop.engines.llm.chat import ChatModel
from viralclip_desktop.engines.llm.ollama import OllamaModel
from viralclip_desktop.engines.llm.openai_api import OpenAiModel

KEY = "sk-test-0123456789abcdef"
SCHEMA = {
    "type": "object",
    "properties": {"cities": {"type": "array", "items": {"type": "string"}}},
    "required": ["cities"],
    "additionalProperties": False,
}
QUESTION = LlmRequest("You are terse.", "Name two cities.", SCHEMA, "cities", 500)
CITIES = json.dumps({"cities": ["Jakarta", "Bangkok"]})
UNITS = {"input_token": 120.0, "output_token": 30.0}


@dataclass(frozen=True)
class Shape:
    """How one service answers."""

    id: str
    path: str
    models_path: str
    said: Callable[[str], dict[str, Any]]
    capped: dict[str, Any]
    refused: dict[str, Any] | None
    models: dict[str, Any]
    pieces: Callable[[list[str]], list[bytes]]
    stream_kind: str
    over_long: dict[str, Any]

    def model(self, service: LoopbackService, policy: Policy, clock: Any, **options: Any) -> LanguageModel:
        """The provider that speaks this shape, with the running service as its address."""
        made = {f"providers.{self.id}.{key}": value for key, value in options.items()}
        if self.id == "openai":
            setup = LlmSetup(
                Path("models"),
                options={"openai_base_url": f"{service.url}/v1"} | made,
                secrets={"OPENAI_API_KEY": KEY},
            )
            return OpenAiModel(setup, policy, clock)
        kind = {"local": ChatModel, "ollama": OllamaModel}[self.id]
        address = f"{service.url}/v1" if self.id == "local" else service.url
        usual = {
            f"providers.{self.id}.address": address,
            f"providers.{self.id}.language_model": "little-one",
        }
        return kind(LlmSetup(Path("models"), options=usual | made), policy, clock)


def response(text: str, **changed: Any) -> dict[str, Any]:
    """A response object of OpenAI."""
    content = [{"type": "output_text", "text": text, "annotations": []}]
    return {
        "id": "resp_1",
        "object": "response",
        "status": "completed",
        "model": "gpt-5-mini-2025-08-07",
        "error": None,
        "incomplete_details": None,
        "output": [
            {"type": "reasoning", "id": "rs_1", "summary": []},
            {
                "type": "message",
                "id": "msg_1",
                "status": "completed",
                "role": "assistant",
                "content": content,
            },
        ],
        "usage": {
            "input_tokens": 120,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 30,
            "output_tokens_details": {"reasoning_tokens": 10},
            "total_tokens": 150,
        },
    } | changed


def refusal() -> dict[str, Any]:
    """A response whose content is a refusal."""
    found = response("")
    found["output"][1]["content"] = [{"type": "refusal", "refusal": "I can't help with that."}]
    return found


def chat(text: str, ended: str = "stop", **message: Any) -> dict[str, Any]:
    """A chat completion."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "little-one",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text} | message,
                "finish_reason": ended,
            }
        ],
        "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150},
    }


def ollama(text: str, **changed: Any) -> dict[str, Any]:
    """An answer of Ollama."""
    return {
        "model": "little-one",
        "created_at": "2026-11-27T00:00:00Z",
        "message": {"role": "assistant", "content": text},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 120,
        "eval_count": 30,
    } | changed


def _response_events(pieces: list[str]) -> list[bytes]:
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": response("", status="in_progress")}
    ]
    events += [
        {"type": "response.output_text.delta", "delta": piece, "item_id": "msg_1", "output_index": 1}
        for piece in pieces
    ]
    events.append({"type": "response.completed", "response": response("".join(pieces))})
    return [f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events]


def _chat_events(pieces: list[str]) -> list[bytes]:
    chunks: list[dict[str, Any]] = [
        {"model": "little-one", "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
        for piece in pieces
    ]
    chunks.append({"model": "little-one", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    chunks.append({"model": "little-one", "choices": [], "usage": chat("")["usage"]})
    return [f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks] + [b"data: [DONE]\n\n"]


def _ollama_lines(pieces: list[str]) -> list[bytes]:
    parts = [{"model": "little-one", "message": {"content": piece}, "done": False} for piece in pieces]
    return [json.dumps(part).encode() + b"\n" for part in [*parts, ollama("")]]


def _openai_error(message: str, code: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


SHAPES = (
    Shape(
        "openai",
        "/v1/responses",
        "/v1/models",
        response,
        response('{"cities": ["Jak', status="incomplete", incomplete_details={"reason": "max_output_tokens"}),
        refusal(),
        {"object": "list", "data": [{"id": "gpt-5-mini"}, {"id": "gpt-5"}]},
        _response_events,
        "text/event-stream",
        _openai_error("Your input exceeds the context window of this model.", "context_length_exceeded"),
    ),
    Shape(
        "local",
        "/v1/chat/completions",
        "/v1/models",
        chat,
        chat('{"cities": ["Jak', "length"),
        chat("", refusal="I can't help with that."),
        {"object": "list", "data": [{"id": "little-one"}]},
        _chat_events,
        "text/event-stream",
        {
            "error": {
                "code": 400,
                "message": "the request exceeds the available context size, try increasing it",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 9000,
                "n_ctx": 4096,
            }
        },
    ),
    Shape(
        "ollama",
        "/api/chat",
        "/api/tags",
        ollama,
        ollama('{"cities": ["Jak', prompt_eval_count=16_000, eval_count=384),
        None,
        {"models": [{"name": "little-one", "size": 1}]},
        _ollama_lines,
        "application/x-ndjson",
        {"error": "prompt too long; exceeded max context length by 4 tokens"},
    ),
)


def streamed(shape: Shape, pieces: list[str]) -> Respond:
    """A stream of an answer in pieces."""
    return streaming(*shape.pieces(pieces), kind=shape.stream_kind)


def said(shape: Shape, text: str) -> Respond:
    """A whole answer."""
    return answer(shape.said(text))
