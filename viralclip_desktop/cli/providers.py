"""``viralclip providers``: what can do the work, what each needs and costs, and whether it works here."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import EnvironmentLacks

if TYPE_CHECKING:
    from viralclip_desktop.engines.provider import Cost, Need, ProviderInfo
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "providers", help="what can do the work: needs, costs, settings and keys of each"
    )
    parser.add_argument(
        "action", nargs="?", choices=("list",), default="list", metavar="list", help="may be left out"
    )
    parser.add_argument("--kind", metavar="KIND", help="one kind only, such as stt")
    parser.add_argument(
        "--models", metavar="ID", help="instead: the models that this language model service offers"
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all providers by kind."""
    from viralclip_desktop.engines.registry import KINDS

    if args.models:
        names = _models(build_services(), args.models)
        output.result(names, names)
        return 0
    found = [info for name, kind in KINDS.items() if args.kind in (None, name) for info in kind.infos()]
    output.result([_shape(info) for info in found], [line for info in found for line in _lines(info)])
    return 0


def _models(services: Services, provider_id: str) -> list[str]:
    """What the service itself says it has. Raises EnvironmentLacks when it cannot be asked."""
    from viralclip_desktop.engines.registry import LLM
    from viralclip_desktop.features.moments.llm.start import services_setup

    model = LLM.make(provider_id, services_setup(services))
    problem = model.ready()
    if problem is not None:
        raise EnvironmentLacks(problem)
    return asyncio.run(model.models())


def _shape(info: ProviderInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "name": info.name,
        "kind": info.kind,
        "offline": info.offline,
        "capabilities": list(info.capabilities),
        "needs": [{"kind": need.kind, "name": need.name} for need in info.needs],
        "costs": [
            {"unit": cost.unit, "price_usd": cost.price_usd, "per": cost.per, "model": cost.model or None}
            for cost in info.costs
        ],
        "settings": [setting.key for setting in info.declared()],
    }


def _lines(info: ProviderInfo) -> list[str]:
    needs = ", ".join(map(need_words, info.needs)) or "nothing"
    costs = ", ".join(map(cost_words, info.costs)) or "free"
    return [f"{info.kind}  {info.id}  {info.name}", f"      needs {needs}; {costs}"]


def need_words(need: Need) -> str:
    """A need in the user's words."""
    name = need.label or need.name
    words = {
        "model": f"the model {name}",
        "key": f"a key of {name}",
        "address": f"the address of {name}",
        "program": f"the program {name}",
        "package": f"the package {name}",
        "network": "the network",
    }
    return words[need.kind]


def cost_words(cost: Cost) -> str:
    """A price in the user's words."""
    unit = cost.unit.replace("_", " ")
    amount = f"a {unit}" if cost.per == 1 else f"for {cost.per:,.0f} {unit}s"
    return f"${cost.price_usd:g} {amount}" + (f" ({cost.model})" if cost.model else "")
