"""The one protocol of all language models: a question with the JSON Schema of its answer, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup

INPUT, OUTPUT = "input_token", "output_token"
"""The units that are counted and paid. Tokens read from a cache count as input."""
OnText = Callable[[str], None]
"""Takes the answer's text as it comes, piece by piece."""
_BYTES_A_TOKEN = 3.0  # of UTF-8; English has about 4.2, Thai 3.3 (o200k_base): never less than the real count


class LlmSetup(ProviderSetup):
    """What language models are built from."""


@dataclass(frozen=True, slots=True)
class LlmRequest:
    """One question. Nothing of it is kept by the model: each question stands alone."""

    system: str
    """What the model is to be and do."""
    prompt: str
    schema: Mapping[str, Any]
    """JSON Schema of the answer, an object; written for strict mode: every property required, no others."""
    name: str
    """The answer's name, at most 64 of ``a-zA-Z0-9_-``."""
    most_tokens: int = 4096
    """The longest answer, reasoning included."""

    @property
    def expected(self) -> dict[str, float]:
        """The most units it may use, for the budget and the cost shown before."""
        return {INPUT: float(tokens_of(self.system + self.prompt)), OUTPUT: float(self.most_tokens)}


@dataclass(frozen=True, slots=True)
class LlmAnswer:
    """An answer that fits the schema's types, and what it used."""

    data: dict[str, Any]
    model: str
    units: Mapping[str, float] = field(default_factory=dict)


class Reason(StrEnum):
    """Why there is no answer, though the service answered."""

    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"
    TOO_LONG = "too long"
    FAILED = "failed"


_TOLD: Mapping[Reason, tuple[str, str]] = {
    Reason.REFUSED: ("{model} refused to answer.", "Choose another model in the settings."),
    Reason.INCOMPLETE: (
        "{model} broke off its answer.",
        "Choose a model with a larger context, or a larger context in the settings.",
    ),
    Reason.UNREADABLE: (
        "{model} gave an answer that is not in the form asked for.",
        "Choose another model in the settings; small ones often cannot keep a form.",
    ),
    Reason.TOO_LONG: (
        "The text is too long for {model}.",
        "Choose a model with a larger context, or a larger context in the settings.",
    ),
    Reason.FAILED: ("{model} could not answer.", "Try again later, or choose another model."),
}


class AnswerFault(EnvironmentLacks):
    """The model answered, but not with what was asked for. ``units``: what it used all the same."""

    reason = Reason.FAILED
    units: Mapping[str, float] = {}


def answer_fault(
    model: str, reason: Reason, details: str = "", units: Mapping[str, float] | None = None
) -> AnswerFault:
    """The fault for an answer that cannot be used; ``model``: its shown name."""
    message, hint = _TOLD[reason]
    fault = AnswerFault(say(message, model=model), hint, details[:2000])
    fault.reason, fault.units = reason, dict(units or {})
    return fault


def tokens_of(text: str) -> int:
    """About how many tokens a text has; rather too many."""
    return int(len(text.encode("utf-8")) / _BYTES_A_TOKEN) + 1


class LanguageModel(Protocol):
    """Answers questions. Used by one thread (:meth:`ask`) or one event loop (:meth:`ask_async`) at a time."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is, with the price of the model that is set here."""

    @property
    def model(self) -> str:
        """The model's name as the settings have it; empty for the service's first one."""

    @property
    def context_tokens(self) -> int:
        """How much question and answer may have together."""

    def ready(self) -> str | None:
        """None if it can be asked, else why not, in one sentence. Opens no connection."""

    def ask(self, request: LlmRequest, cancel: CancelToken | None = None) -> LlmAnswer:
        """The answer; blocks. Raises :class:`AnswerFault`, the HTTP room's faults, EnvironmentLacks and
        Cancelled."""

    async def ask_async(
        self, request: LlmRequest, on_text: OnText | None = None, cancel: CancelToken | None = None
    ) -> LlmAnswer:
        """The same on a running event loop; ``on_text`` gets the text as it is written."""

    async def models(self) -> list[str]:
        """The names of the models it offers, as the service says. Raises as :meth:`ask` does."""
