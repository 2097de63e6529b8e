"""What all models behind an address have in common: two faces, the ladder of forms, one repair.

A form of answer that a server does not know is answered with 400 or 422; then the next simpler one is asked
for and remembered: JSON Schema, any JSON object, plain text.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.faults import ServiceLacks, ServiceRefused, Trouble, service_fault
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.llm.base import (
    INPUT,
    OUTPUT,
    AnswerFault,
    LlmAnswer,
    LlmRequest,
    LlmSetup,
    OnText,
    Reason,
    answer_fault,
)
from viralclip_desktop.engines.llm.reading import read_object
from viralclip_desktop.engines.provider import ProviderInfo

# A model of one's own may be loaded first and then read 8000 tokens on a processor: minutes before the first
# token. Asking again after that would only double the load.
OWN_SERVER = Policy(read_s=900.0, total_s=1800.0, attempts=4, first_wait_s=1.0)
_TRIES = 2  # an answer in the wrong form is sent back once
_TOO_LONG = re.compile(
    r"context.{0,12}(length|size|window)|exceeds?.{0,30}context|prompt.{0,12}too long|too many tokens", re.I
)


class Form(StrEnum):
    """How strictly an answer's form can be asked for, the strictest first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    PLAIN = "text"


_FORMS = tuple(Form)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote."""

    text: str
    model: str
    units: Mapping[str, float] = field(default_factory=dict)


class RemoteModel:
    """Base of the models that are asked over HTTP."""

    info: ProviderInfo
    purpose: ClassVar[str]
    """Begins the sentence told when the offline switch is on."""

    def __init__(self, setup: LlmSetup, policy: Policy, clock: Clock = SYSTEM_CLOCK) -> None:
        self._setup, self._clock = setup, clock
        self._gate = NetworkGate(setup.offline)
        self._form = Form.SCHEMA
        self._service = self._at(policy)

    def _at(self, policy: Policy) -> Service:
        raise NotImplementedError

    async def _prepare(self) -> None:
        """What has to be known before a question is put together."""

    def _body(self, request: LlmRequest, form: Form, prompt: str) -> dict[str, Any]:
        raise NotImplementedError

    async def _whole(self, body: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    async def _stream(self, body: dict[str, Any], on_text: OnText) -> dict[str, Any]:
        """A stream put together as the whole answer would be."""
        raise NotImplementedError

    def _read(self, answer: dict[str, Any]) -> Reply:
        """The text of an answer. Raises :class:`AnswerFault` for one that is of no use."""
        raise NotImplementedError

    async def _once(self, request: LlmRequest, form: Form, prompt: str, on_text: OnText | None) -> Reply:
        """Ask once. Raises the HTTP room's faults and :class:`AnswerFault`."""
        await self._prepare()
        body = self._body(request, form, prompt)
        if on_text is not None:
            try:
                return self._read(await self._stream(body, on_text))
            except ServiceLacks as fault:
                if fault.trouble is not Trouble.UNREADABLE:
                    raise  # only a server, or something before it, that streams nothing is asked again
        return self._read(await self._whole(body))

    @property
    def model(self) -> str:
        """See :class:`LanguageModel`."""
        return str(self._setup.option(self.info, "language_model")).strip()

    @property
    def shown(self) -> str:
        """The model's name in sentences."""
        return f"{self._service.name} ({self.model})" if self.model else self._service.name

    def ready(self) -> str | None:
        """See :class:`LanguageModel`."""
        return self._gate.problem(self.purpose)

    def ask(self, request: LlmRequest, cancel: CancelToken | None = None) -> LlmAnswer:
        """See :class:`LanguageModel`."""
        return asyncio.run(self.ask_async(request, None, cancel))

    async def ask_async(
        self, request: LlmRequest, on_text: OnText | None = None, cancel: CancelToken | None = None
    ) -> LlmAnswer:
        """See :class:`LanguageModel`."""
        from viralclip_desktop.engines.http.client import stops_with

        async with stops_with(cancel):
            return await self._answered(request, on_text)

    async def _answered(self, request: LlmRequest, on_text: OnText | None) -> LlmAnswer:
        used: dict[str, float] = {}
        problem = ""
        for _ in range(_TRIES):
            try:
                reply = await self._in_some_form(request, problem, on_text)
            except AnswerFault as fault:
                fault.units = _sum(used, fault.units)
                raise
            used = _sum(used, reply.units)
            try:
                return LlmAnswer(read_object(reply.text, request.schema), reply.model or self.model, used)
            except ValueError as error:
                problem = str(error)
        raise answer_fault(self.shown, Reason.UNREADABLE, problem, used)

    async def _in_some_form(self, request: LlmRequest, problem: str, on_text: OnText | None) -> Reply:
        first: ServiceRefused | None = None
        for form in _FORMS[_FORMS.index(self._form) :]:
            try:
                reply = await self._once(request, form, _prompt(request, form, problem), on_text)
            except ServiceRefused as refusal:
                if _TOO_LONG.search(f"{refusal.code} {refusal.hint} {refusal.details}".replace("_", " ")):
                    raise answer_fault(self.shown, Reason.TOO_LONG, refusal.details) from refusal
                if refusal.status not in (400, 422):
                    raise
                first = first or refusal
                continue
            self._form = form
            return reply
        assert first is not None
        raise first

    def _senseless(self, details: str) -> ServiceLacks | ServiceRefused:
        return service_fault(
            self._service.name, Trouble.UNREADABLE, details=details, secrets=self._service.secrets
        )


class OwnServer(RemoteModel):
    """Base of servers of one's own: an address, a context, and their first model where none is named."""

    def __init__(self, setup: LlmSetup, policy: Policy = OWN_SERVER, clock: Clock = SYSTEM_CLOCK) -> None:
        super().__init__(setup, policy, clock)
        self._first = ""

    async def models(self) -> list[str]:
        """See :class:`LanguageModel`."""
        raise NotImplementedError

    @property
    def context_tokens(self) -> int:
        """See :class:`LanguageModel`."""
        return int(self._setup.option(self.info, "context_tokens"))

    @property
    def model_name(self) -> str:
        """The model that is asked: the one named in the settings, else the server's first."""
        return self.model or self._first

    def ready(self) -> str | None:
        """None if an address is given and the offline switch is off."""
        if not self._service.base_url:
            return say("No address of {name} is given. Type it into the settings.", name=self.info.name)
        return super().ready()

    async def _prepare(self) -> None:
        if not self.model_name:
            self._first = next(iter(await self.models()), "default")


def messages(request: LlmRequest, prompt: str) -> list[dict[str, str]]:
    """A question as a conversation."""
    return [{"role": "system", "content": request.system}, {"role": "user", "content": prompt}]


def units_of(used: Any, given: str, written: str) -> dict[str, float]:
    """Tokens from a usage object with counts named ``given`` and ``written``; empty where it says nothing."""
    if not isinstance(used, dict):
        return {}
    counts = {INPUT: used.get(given), OUTPUT: used.get(written)}
    return {
        unit: float(count)
        for unit, count in counts.items()
        if isinstance(count, int | float) and not isinstance(count, bool) and count >= 0
    }


def as_dict(found: Any) -> dict[str, Any]:
    """``found`` where it is an object, else an empty one."""
    return found if isinstance(found, dict) else {}


def as_list(found: Any) -> list[Any]:
    """``found`` where it is a list, else an empty one."""
    return found if isinstance(found, list) else []


def from_json(text: str) -> Any:
    """A line of a stream as JSON; None for anything else."""
    try:
        return read_json(text)
    except ValueError:
        return None


def _prompt(request: LlmRequest, form: Form, problem: str) -> str:
    prompt = request.prompt
    if form is not Form.SCHEMA:
        prompt += "\n\nAnswer with one JSON object of this JSON Schema and nothing else:\n"
        prompt += json.dumps(request.schema, ensure_ascii=False)
    if problem:
        prompt += f"\n\nYour last answer could not be used: {problem}. Answer again, the JSON object alone."
    return prompt


def _sum(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {unit: one.get(unit, 0.0) + other.get(unit, 0.0) for unit in [*one, *other]}
