"""``viralclip keys``: keys of cloud services, kept in the system keyring and never printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.settings.secrets import Secrets

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "keys",
        help="keys of cloud services, in the system keyring",
        description="A key is typed unseen, or read from stdin; it is never an argument and never printed.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="which keys there are").set_defaults(run=run_list)
    change = actions.add_parser("set", help="keep a key")
    change.set_defaults(run=run_set)
    remove = actions.add_parser("remove", help="forget a key")
    remove.set_defaults(run=run_remove)
    for action in (change, remove):
        action.add_argument(
            "name", metavar="NAME", help="such as OPENAI_API_KEY; “viralclip keys list” has all"
        )
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print where each key comes from."""
    secrets = Secrets()
    origins = {name: secrets.origin(name) for name in _known()}
    if problem := secrets.problem():
        output.report(problem)
    shape = [{"name": name, "origin": origin or None} for name, origin in origins.items()]
    output.result(shape, [f"{name}  {origin or 'not set'}" for name, origin in origins.items()])
    return 0


def run_set(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Keep a key."""
    name = _checked(args.name)
    Secrets().set(name, _read(name))
    return _print(args.name, output)


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Forget a key; one of the environment stays."""
    Secrets().remove(_checked(args.name))
    return _print(args.name, output)


def _known() -> list[str]:
    from viralclip_desktop.engines.registry import known_keys

    return list(known_keys())


def _checked(name: str) -> str:
    if name not in _known():
        raise UsageError(f"There is no key named {name}.", f"Known ones: {', '.join(_known())}.")
    return name


def _read(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    from getpass import getpass

    try:
        return getpass(f"{name}: ", sys.stderr)
    except EOFError:
        raise UsageError("The key is empty.", "Paste the whole key.") from None


def _print(name: str, output: Output) -> int:
    origin = Secrets().origin(name)
    words = {"keyring": "kept in the system keyring", "environment": "set by the environment"}
    output.result({"name": name, "origin": origin or None}, [f"{name}: {words.get(origin, 'not set')}"])
    return 0
