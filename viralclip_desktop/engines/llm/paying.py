"""A question to a language model, inside the budget and written down."""

from __future__ import annotations

from collections.abc import Callable

from viralclip_desktop.engines.http.faults import ServiceLacks, Trouble
from viralclip_desktop.engines.ledger import Ledger
from viralclip_desktop.engines.llm.base import INPUT, AnswerFault, LlmAnswer, LlmRequest
from viralclip_desktop.engines.provider import ProviderInfo


def paid_answer(
    info: ProviderInfo,
    model: str,
    request: LlmRequest,
    ask: Callable[[LlmRequest], LlmAnswer],
    ledger: Ledger,
    *,
    project_id: str = "",
) -> LlmAnswer:
    """The answer of ``ask``. The budget is asked before anything is sent; what was used is written down
    after, also for an answer that is of no use. Raises OverBudget, and what ``ask`` raises."""
    expected = request.expected
    paying = ledger.paying(info, expected, model=model, project_id=project_id, note=request.name)
    with paying as payment:
        try:
            answer = ask(request)
        except AnswerFault as fault:
            payment.add(fault.units)
            raise
        except ServiceLacks as fault:
            if fault.trouble in (Trouble.SLOW, Trouble.CUT):  # it was read, and that is billed
                payment.add({INPUT: expected[INPUT]})
            raise
        payment.add(answer.units or expected)
    return answer
