"""Ollama through its own ``/api/chat``.

Its OpenAI address leaves ``num_ctx`` out of account and silently cuts everything to 4096 tokens, so that one
is of no use here. An answer that ends where the context ends is told as broken off.
"""

from __future__ import annotations

from typing import Any

from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.llm.base import (
    INPUT,
    OUTPUT,
    LlmRequest,
    OnText,
    Reason,
    answer_fault,
)
from viralclip_desktop.engines.llm.remote import (
    Form,
    OwnServer,
    Reply,
    as_dict,
    as_list,
    from_json,
    messages,
    units_of,
)
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.settings.declaration import provider_setting


class OllamaModel(OwnServer):
    """A model served by Ollama."""

    purpose = "Ollama"
    info = ProviderInfo(
        "ollama",
        "Ollama",
        "llm",
        needs=(Need("address", "address", "Ollama"), NETWORK),
        capabilities=("schema", "stream"),
        settings=(
            provider_setting("address", "", "Ollama address", "Usually http://127.0.0.1:11434."),
            provider_setting(
                "language_model", "", "Model name", "A model's name in Ollama. Empty takes its first one."
            ),
            provider_setting(
                "context_tokens",
                16_384,
                "Context",
                "How many tokens question and answer may have together; more needs more memory.",
                low=2048,
                high=1_000_000,
            ),
        ),
    )

    def _at(self, policy: Policy) -> Service:
        address = str(self._setup.option(self.info, "address")).strip().rstrip("/")
        address = address if "://" in address or not address else f"http://{address}"
        return Service("Ollama", address.removesuffix("/v1"), policy=policy, purpose=self.purpose)

    async def models(self) -> list[str]:
        """See :class:`LanguageModel`."""
        from viralclip_desktop.engines.http.client import Http

        async with Http(self._service, self._gate, clock=self._clock) as http:
            answer = await http.request("GET", "api/tags")
        found = as_list(as_dict(answer.json()).get("models"))
        return [str(one["name"]) for one in found if isinstance(one, dict) and one.get("name")]

    def _body(self, request: LlmRequest, form: Form, prompt: str) -> dict[str, Any]:
        formats: dict[Form, Any] = {Form.SCHEMA: dict(request.schema), Form.OBJECT: "json"}
        body: dict[str, Any] = {
            "model": self.model_name,
            "messages": messages(request, prompt),
            "options": {
                "num_ctx": self.context_tokens,
                "num_predict": request.most_tokens,
                "temperature": 0.2,
            },
        }
        return body | ({"format": formats[form]} if form in formats else {})

    async def _whole(self, body: dict[str, Any]) -> dict[str, Any]:
        from viralclip_desktop.engines.http.client import Http

        async with Http(self._service, self._gate, clock=self._clock) as http:
            answer = await http.request("POST", "api/chat", json=body | {"stream": False})
        return as_dict(answer.json())

    async def _stream(self, body: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        """A stream put together as the whole answer would be."""
        from viralclip_desktop.engines.http.client import Http

        text, last = "", {}
        async with Http(self._service, self._gate, clock=self._clock) as http:
            async for line in http.lines("POST", "api/chat", json=body | {"stream": True}):
                part = as_dict(from_json(line))
                if piece := str(as_dict(part.get("message")).get("content") or ""):
                    text += piece
                    on_text(piece)
                if part.get("done") or "error" in part:
                    last = part
        if last:
            return last | {"message": {"content": text}}
        raise service_fault(self._service.name, Trouble.CUT, details="the stream ended early")

    def _read(self, answer: dict[str, Any]) -> Reply:
        """The text of an answer. Raises AnswerFault for one that was capped."""
        units = units_of(answer, "prompt_eval_count", "eval_count")
        if "error" in answer:
            raise answer_fault(self.shown, Reason.FAILED, str(answer["error"]), units)
        if not isinstance(answer.get("message"), dict):
            raise self._senseless("an answer without a message")
        full = units.get(INPUT, 0.0) + units.get(OUTPUT, 0.0) >= self.context_tokens
        if answer.get("done_reason") == "length" or full:
            raise answer_fault(
                self.shown, Reason.INCOMPLETE, "the context is full" if full else "length", units
            )
        return Reply(str(answer["message"].get("content") or ""), str(answer.get("model", "")), units)
