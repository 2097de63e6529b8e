"""Servers of one's own that speak OpenAI's chat completions: LM Studio, llama.cpp, vLLM and others.

Not the Responses API: llama.cpp's leaves the answer's form (``text.format``) out of account.
"""

from __future__ import annotations

from typing import Any

from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.llm.base import LlmRequest, OnText, Reason, answer_fault
from viralclip_desktop.engines.llm.openai_sdk import listed, streamed, whole_answer
from viralclip_desktop.engines.llm.remote import (
    Form,
    OwnServer,
    Reply,
    as_dict,
    as_list,
    messages,
    units_of,
)
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.settings.declaration import provider_setting

_NAME = "local server"


class ChatModel(OwnServer):
    """A model behind a chat completions address."""

    purpose = "A language model server"
    info = ProviderInfo(
        "local",
        "Language model server",
        "llm",
        needs=(Need("address", "address", "the server"), NETWORK),
        capabilities=("schema", "stream"),
        settings=(
            provider_setting(
                "address",
                "",
                "Server address",
                "Such as http://127.0.0.1:1234/v1 (LM Studio) or http://127.0.0.1:8080/v1 (llama.cpp).",
            ),
            provider_setting(
                "language_model", "", "Model name", "A model's name on the server. Empty takes its first one."
            ),
            provider_setting(
                "context_tokens",
                8192,
                "Context",
                "How many tokens question and answer may have together; as the server was started with.",
                low=2048,
                high=1_000_000,
            ),
        ),
    )

    def _at(self, policy: Policy) -> Service:
        address = str(self._setup.option(self.info, "address")).strip()
        return Service(_NAME, address, policy=policy, purpose=self.purpose)

    async def models(self) -> list[str]:
        """See :class:`LanguageModel`."""
        return await listed(self._service, self._gate, self._clock)

    def _body(self, request: LlmRequest, form: Form, prompt: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model_name,
            "messages": messages(request, prompt),
            "max_tokens": request.most_tokens,
            "temperature": 0.2,
        }
        return body | _format(request, form)

    async def _whole(self, body: dict[str, Any]) -> dict[str, Any]:
        return await whole_answer(
            self._service,
            self._gate,
            self._clock,
            lambda client: client.chat.completions.with_raw_response.create(**body),
        )

    async def _stream(self, body: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        """A stream put together as the whole answer would be."""
        text, refusal, last = "", "", ""
        found: dict[str, Any] = {}
        asked = body | {"stream_options": {"include_usage": True}}
        async for chunk in streamed(self._service, self._gate, self._clock, "chat/completions", asked):
            found |= {key: chunk[key] for key in ("model", "usage", "error") if chunk.get(key)}
            for choice in map(as_dict, as_list(chunk.get("choices"))):
                delta, last = as_dict(choice.get("delta")), choice.get("finish_reason") or last
                refusal += str(delta.get("refusal") or "")
                if piece := str(delta.get("content") or ""):
                    text += piece
                    on_text(piece)
        if "error" in found:
            raise answer_fault(self.shown, Reason.FAILED, str(found["error"]))
        if not last:
            raise service_fault(self._service.name, Trouble.CUT, details="the stream ended early")
        message = {"content": text, "refusal": refusal}
        return found | {"choices": [{"message": message, "finish_reason": last}]}

    def _read(self, answer: dict[str, Any]) -> Reply:
        """The text of a chat completion. Raises AnswerFault for a refusal and a capped answer."""
        units = units_of(answer.get("usage"), "prompt_tokens", "completion_tokens")
        choices = as_list(answer.get("choices"))
        if not choices or not isinstance(choices[0], dict):
            raise self._senseless("a chat completion without choices")
        choice, message = choices[0], as_dict(choices[0].get("message"))
        refusal, ended = message.get("refusal"), choice.get("finish_reason")
        if refusal or ended == "content_filter":
            raise answer_fault(self.shown, Reason.REFUSED, str(refusal or ended), units)
        if ended == "length":
            raise answer_fault(self.shown, Reason.INCOMPLETE, "finish_reason length", units)
        return Reply(str(message.get("content") or ""), str(answer.get("model", "")), units)


def _format(request: LlmRequest, form: Form) -> dict[str, Any]:
    if form is Form.PLAIN:
        return {}
    wanted: dict[str, Any] = {"type": form.value}
    if form is Form.SCHEMA:
        wanted["json_schema"] = {"name": request.name, "schema": dict(request.schema), "strict": True}
    return {"response_format": wanted}
