"""OpenAI's language models through the Responses API, with the answer's form held to a schema.

Nothing is kept at the service (``store`` is false). The key comes with the request and is neither stored nor
logged.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.llm.base import (
    INPUT,
    OUTPUT,
    LlmRequest,
    LlmSetup,
    OnText,
    Reason,
    answer_fault,
)
from viralclip_desktop.engines.llm.openai_sdk import listed, streamed, whole_answer
from viralclip_desktop.engines.llm.remote import Form, RemoteModel, Reply, as_dict, as_list, units_of
from viralclip_desktop.engines.provider import NETWORK, Cost, Need, ProviderInfo
from viralclip_desktop.settings.declaration import provider_setting

KEY = "OPENAI_API_KEY"
_URL = "https://api.openai.com/v1"
# A model that reasons over an hour of talk is silent for a minute or two; three tries at most.
_POLICY = Policy(read_s=300.0, total_s=900.0, attempts=3)
_INPUT_USD, _OUTPUT_USD, _PER = 0.25, 2.0, 1_000_000.0  # assumed for gpt-5-mini; settings of the provider
_REASONS = re.compile(r"gpt-[5-9]|o\d")  # models that take an effort


class OpenAiModel(RemoteModel):
    """A model of OpenAI."""

    purpose = "OpenAI"
    info = ProviderInfo(
        "openai",
        "OpenAI language models",
        "llm",
        needs=(Need("key", KEY, "OpenAI"), NETWORK),
        capabilities=("schema", "stream"),
        costs=(Cost(INPUT, _INPUT_USD, _PER), Cost(OUTPUT, _OUTPUT_USD, _PER)),
        settings=(
            provider_setting(
                "language_model",
                "gpt-5-mini",
                "OpenAI language model",
                "Chooses moments and writes titles. Set the two prices below when you choose another one.",
            ),
            provider_setting(
                "input_price_usd",
                _INPUT_USD,
                "Price of a million tokens read",
                "In US dollars, for the budget and the cost shown; 0 for a server that costs nothing.",
                low=0,
                high=1000,
            ),
            provider_setting(
                "output_price_usd",
                _OUTPUT_USD,
                "Price of a million tokens written",
                "In US dollars, for the budget and the cost shown; 0 for a server that costs nothing.",
                low=0,
                high=1000,
            ),
        ),
    )
    context_tokens = 128_000

    def __init__(self, setup: LlmSetup, policy: Policy = _POLICY, clock: Clock = SYSTEM_CLOCK) -> None:
        """``setup``: the key, and ``openai_base_url`` (empty: OpenAI itself)."""
        self._key = setup.secret(KEY)
        super().__init__(setup, policy, clock)
        prices = {
            INPUT: setup.option(self.info, "input_price_usd"),
            OUTPUT: setup.option(self.info, "output_price_usd"),
        }
        # an instance with the prices that are set here
        costs = tuple(Cost(unit, price, _PER) for unit, price in prices.items() if price)
        self.info = replace(self.info, costs=costs)

    def _at(self, policy: Policy) -> Service:
        return Service(
            "OpenAI",
            self._setup.options.get("openai_base_url") or _URL,
            headers={"Authorization": " ".join(("Bearer", self._key))},
            secrets=(self._key,),
            policy=policy,
            purpose=self.purpose,
        )

    def ready(self) -> str | None:
        """None if a key is given and the offline switch is off."""
        if not self._key:
            return "No OpenAI key is given. Set OPENAI_API_KEY, or type the key into the settings."
        return super().ready()

    async def models(self) -> list[str]:
        """See :class:`LanguageModel`."""
        return await listed(self._service, self._gate, self._clock)

    def _body(self, request: LlmRequest, form: Form, prompt: str) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "instructions": request.system,
            "input": prompt,
            "max_output_tokens": request.most_tokens,
            "store": False,
            "text": {"format": _format(request, form)},
        }
        return body | ({"reasoning": {"effort": "low"}} if _REASONS.match(self.model) else {})

    async def _whole(self, body: dict[str, Any]) -> dict[str, Any]:
        return await whole_answer(
            self._service,
            self._gate,
            self._clock,
            lambda client: client.responses.with_raw_response.create(**body),
            key=self._key,
            repeatable=True,
        )

    async def _stream(self, body: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        last: dict[str, Any] = {}
        async for event in streamed(self._service, self._gate, self._clock, "responses", body):
            match event.get("type"):
                case "response.output_text.delta":
                    on_text(str(event.get("delta", "")))
                case "response.completed" | "response.incomplete" | "response.failed":
                    last = as_dict(event.get("response"))
                case "error":
                    last = {"status": "failed", "error": event}
        if not last:
            raise service_fault(self._service.name, Trouble.CUT, details="the stream ended early")
        return last

    def _read(self, answer: dict[str, Any]) -> Reply:
        """The text of a response object. Raises AnswerFault for anything but a completed one."""
        units = units_of(answer.get("usage"), "input_tokens", "output_tokens")
        status, model = answer.get("status", "completed"), str(answer.get("model", ""))
        parts = [
            as_dict(part)
            for item in as_list(answer.get("output"))
            if as_dict(item).get("type") == "message"
            for part in as_list(item.get("content"))
        ]
        if status == "incomplete":
            why = as_dict(answer.get("incomplete_details")).get("reason")
            reason = Reason.REFUSED if why == "content_filter" else Reason.INCOMPLETE
            raise answer_fault(self.shown, reason, str(why), units)
        if status != "completed":
            error = as_dict(answer.get("error"))
            told = f"{status} {error.get('code', '')} {error.get('message', '')}"
            raise answer_fault(self.shown, Reason.FAILED, told, units)
        refusals = [str(part.get("refusal", "")) for part in parts if part.get("type") == "refusal"]
        if refusals:
            raise answer_fault(self.shown, Reason.REFUSED, refusals[0], units)
        if "output" not in answer:
            raise self._senseless("a response without output")
        text = "".join(str(part.get("text", "")) for part in parts if part.get("type") == "output_text")
        return Reply(text, model, units)


def _format(request: LlmRequest, form: Form) -> dict[str, Any]:
    if form is not Form.SCHEMA:
        return {"type": form.value}
    return {"type": form.value, "name": request.name, "schema": dict(request.schema), "strict": True}
