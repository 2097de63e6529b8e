"""What calls of paid services cost, and how much may be spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import Number, say

_CENTS = 1e-9  # what adding floats is off by


@dataclass(frozen=True, slots=True)
class Usage:
    """One call (or run of calls) of a provider. ``at``: Unix seconds; ``kind``: what was asked for (``stt``,
    ``llm``, ``tts``...); ``units``: what was counted (``{"minute": 12.5}``); ``cost_usd``: US dollars."""

    id: str
    at: float
    provider: str
    kind: str
    model: str = ""
    units: Mapping[str, float] = field(default_factory=dict)
    cost_usd: float = 0.0
    job_id: str = ""
    project_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Budgets:
    """The most that may be spent in a calendar day and month, in US dollars."""

    day_usd: float
    month_usd: float


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent so far today and this month, in US dollars."""

    day_usd: float
    month_usd: float


class OverBudget(EnvironmentLacks):
    """A paid call would cost more than is left of a budget; nothing was sent."""


def day_and_month(at: float) -> tuple[float, float]:
    """When the local day and the local month of a moment began (all Unix seconds)."""
    day = datetime.fromtimestamp(at).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return day.timestamp(), day.replace(day=1).timestamp()


def check_budget(cost_usd: float, spent: Spent, budgets: Budgets) -> None:
    """Raise :class:`OverBudget` when ``cost_usd`` more is over one of the budgets."""
    hint = "Raise the budget in the settings, or choose something that works offline."
    day, month = budgets.day_usd - spent.day_usd, budgets.month_usd - spent.month_usd
    cost, left = Number(cost_usd, 2), Number(max(0.0, min(day, month)), 2)
    if cost_usd > day + _CENTS:
        text = "This would cost about ${cost}, and ${left} of today's budget is left."
        raise OverBudget(say(text, cost=cost, left=left), hint)
    if cost_usd > month + _CENTS:
        text = "This would cost about ${cost}, and ${left} of this month's budget is left."
        raise OverBudget(say(text, cost=cost, left=left), hint)
