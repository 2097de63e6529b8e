"""``viralclip usage``: what paid services were asked for, and what is left of the budgets."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.domain.usage import Usage
    from viralclip_desktop.features.common.services import Services

_DAY_S = 24 * 3600.0


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "usage",
        help="what paid services cost, and the budgets",
        description="Every paid call with what it used and cost. The budgets are the settings budget_day_usd "
        "and budget_month_usd.",
    )
    parser.add_argument("--days", type=int, default=31, metavar="N", help="how far back (default: 31)")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the ledger and the budgets."""
    services, now = build_services(), time.time()
    calls = services.store.usage.list(now - args.days * _DAY_S)
    spent, chosen = services.store.usage.spent(now), services.settings.values
    budgets = {
        "day": _budget(chosen.budget_day_usd, spent.day_usd),
        "month": _budget(chosen.budget_month_usd, spent.month_usd),
    }
    lines = [_line(call) for call in calls] or ["No paid calls."]
    lines += [
        f"{title}: ${budgets[name]['spent_usd']:.2f} of ${budgets[name]['limit_usd']:.2f}"
        for name, title in (("day", "Today"), ("month", "This month"))
    ]
    output.result({"entries": [_shape(call) for call in calls], "budgets": budgets}, lines)
    return 0


def _budget(limit_usd: float, spent_usd: float) -> dict[str, float]:
    left = max(0.0, limit_usd - spent_usd)
    return {"limit_usd": limit_usd, "spent_usd": round(spent_usd, 6), "left_usd": round(left, 6)}


def _shape(call: Usage) -> dict[str, Any]:
    """A call as JSON; ``at`` in Unix seconds, ``units`` such as ``{"minute": 12.5}``."""
    return {
        "id": call.id,
        "at": call.at,
        "provider": call.provider,
        "kind": call.kind,
        "model": call.model,
        "units": dict(call.units),
        "cost_usd": round(call.cost_usd, 6),
        "job_id": call.job_id or None,
        "project_id": call.project_id or None,
        "note": call.note,
    }


def _line(call: Usage) -> str:
    at = datetime.fromtimestamp(call.at).astimezone().strftime("%Y-%m-%d %H:%M")
    units = ", ".join(f"{count:.4g} {unit}s" for unit, count in call.units.items())
    return (
        f"{at}  {call.provider} {call.kind} {call.model}  {units}  ${call.cost_usd:.4f}  {call.note}".rstrip()
    )
