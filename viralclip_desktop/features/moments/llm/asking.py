"""Asking a language model: within the budget, in the right process, and never to the end of the search."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.notices import NoticeBoard
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.engines.llm.base import (
    AnswerFault,
    LanguageModel,
    LlmAnswer,
    LlmRequest,
    LlmSetup,
)
from viralclip_desktop.engines.llm.paying import paid_answer
from viralclip_desktop.engines.registry import LLM, secrets_for

NONE, AUTO = "none", "auto"
"""How "no language model" and "the one that is set up" are written in the settings and on the command
line."""
_MOST_TROUBLES = 3  # answers of no use before a model is asked no more
_ANSWER_SHARE = 3  # an answer may take a third of the context


@dataclass
class Editor:
    """A model that is asked in the course of one search, and what went wrong with it."""

    model: LanguageModel
    setup: LlmSetup
    ledger: Ledger | None = None
    notices: NoticeBoard | None = None
    project_id: str = ""
    cancel: CancelToken = field(default_factory=CancelToken)
    troubles: list[Fault] = field(default_factory=list)
    asked: int = 0
    """Questions that were answered."""
    _stopped: bool = False

    @property
    def name(self) -> str:
        """The model's name in sentences."""
        return f"{self.model.info.name} ({self.model.model})" if self.model.model else self.model.info.name

    @property
    def answer_tokens(self) -> int:
        """The longest answer that leaves room for the question."""
        return self.model.context_tokens // _ANSWER_SHARE

    @property
    def room(self) -> int:
        """Tokens for the text in a question, beside the instructions and the answer."""
        return max(800, self.model.context_tokens - self.answer_tokens - 800)

    def answer(self, request: LlmRequest) -> dict[str, Any]:
        """The answer, paid for. Raises AnswerFault for one of no use, Cancelled, and any other Fault."""
        self.cancel.raise_if_cancelled()
        request = replace(request, most_tokens=min(request.most_tokens, self.answer_tokens))
        answer = self._ask(request) if self.ledger is None else self._paid(self.ledger, request)
        self.asked += 1
        return answer.data

    def try_answer(self, request: LlmRequest) -> dict[str, Any]:
        """The answer, or an empty one; the trouble is kept. Raises Cancelled."""
        if self._stopped:
            return {}
        try:
            return self.answer(request)
        except Cancelled:
            raise
        except Fault as fault:
            self.keep(fault)
            return {}

    @property
    def stopped(self) -> bool:
        """Whether it makes no sense to ask on: the service is away, or answers nothing of use."""
        return self._stopped

    def keep(self, fault: Fault) -> None:
        """Note a trouble."""
        self.troubles.append(fault)
        self._stopped = not isinstance(fault, AnswerFault) or len(self.troubles) >= _MOST_TROUBLES

    def tell(self) -> None:
        """Say once what went wrong, if anything did."""
        if not self.troubles or self.notices is None:
            return
        fault = self.troubles[0]
        part = "{problem} What it did not answer was chosen on this computer."
        whole = "{problem} The moments were chosen on this computer alone."
        told = say(part if self.asked else whole, problem=say(fault.message))
        self.notices.caution(told, fault.hint)

    def tell_cost(self, expected: Mapping[str, float]) -> None:
        """Say before asking what it will cost at most; nothing where it is free."""
        if not self.model.info.costs or self.notices is None:
            return
        cost = self.model.info.price_usd(expected, self.model.model)
        told = say(
            "{model} is asked about this recording: at most {tokens} tokens, ${cost}.",
            model=self.name,
            tokens=int(sum(expected.values())),
            cost=Number(cost, 3),
        )
        self.notices.info(told)

    def _paid(self, ledger: Ledger, request: LlmRequest) -> LlmAnswer:
        info, model = self.model.info, self.model.model
        return paid_answer(info, model, request, self._ask, ledger, project_id=self.project_id)

    def _ask(self, request: LlmRequest) -> LlmAnswer:
        if "worker" not in self.model.info.capabilities:
            return self.model.ask(request, self.cancel)
        from viralclip_desktop.engines.llm import worker
        from viralclip_desktop.jobs.worker import run_in_worker

        question = worker.request(self.model.info.id, self.setup, request)
        result = run_in_worker(worker.TARGET, question, cancel=self.cancel, name="language model")
        return worker.answer_of(result)


def llm_setup(
    models: Path,
    *,
    offline: bool,
    options: Mapping[str, Any],
    secret: Callable[[str], str | None],
    environ: Mapping[str, str] = os.environ,
) -> LlmSetup:
    """What language models are built from. ``options``: the providers' own settings and ``openai_base_url``;
    ``secret`` gives a stored key by its environment name, and the environment wins."""
    keys = secrets_for(LLM, lambda name: environ.get(name) or secret(name))
    return LlmSetup(models, offline=offline, options=options, secrets=keys)


def chosen_model(wanted: str, setup: LlmSetup) -> LanguageModel | None:
    """The model that is wanted; None for none. :data:`AUTO` takes the first one with a key or an address.

    Raises UsageError for an id that does not exist, EnvironmentLacks where the wanted one cannot be asked.
    """
    if wanted == NONE:
        return None
    if wanted == AUTO:
        return next((model for one in LLM.ids() if (model := _set_up(one, setup)) is not None), None)
    model = LLM.make(wanted, setup)
    problem = model.ready()
    if problem is not None:
        raise EnvironmentLacks(problem, "Look at “Language models” in the settings.")
    return model


def _set_up(provider_id: str, setup: LlmSetup) -> LanguageModel | None:
    info = next((info for info in LLM.infos() if info.id == provider_id), None)
    if info is None or not {need.kind for need in info.needs} & {"key", "address"}:
        return None
    model = LLM.make(provider_id, setup)
    return model if model.ready() is None else None
