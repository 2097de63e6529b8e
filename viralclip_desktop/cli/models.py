"""``viralclip models``: speech models on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.engines.downloads.models import ModelEntry, ModelShop
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("models", help="list, install, remove or verify speech models")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="models that can be had, and those installed")
    listing.set_defaults(run=run_list)
    runs = {"install": run_install, "remove": run_remove, "verify": run_verify}
    helps = {"install": "download a model", "remove": "delete a model", "verify": "check a model's files"}
    for name, run in runs.items():
        action = actions.add_parser(name, help=helps[name])
        action.add_argument("model", metavar="MODEL", help="such as small or large-v3-turbo")
        action.set_defaults(run=run)
        options.add_json(action)
    options.add_json(listing)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the catalogue."""
    models = _shop(build_services()).list()
    shape = [
        {
            "id": m.id,
            "name": m.name,
            "installed": m.installed,
            "size_bytes": m.size_bytes,
            "note": m.note,
            "licence": m.licence or None,
            "refused": m.refused,
        }
        for m in models
    ]
    lines = [f"{m.id:<18} {m.size_bytes / 1e6:7.0f} MB  {_state(m):9}  {_told(m)}" for m in models]
    output.result(shape, lines)
    return 0


def _state(model: ModelEntry) -> str:
    return "installed" if model.installed else "refused" if model.refused else ""


def _told(model: ModelEntry) -> str:
    return model.refused or f"{model.note}{f' ({model.licence})' if model.licence else ''}"


def run_install(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Download a model."""
    folder = _shop(build_services()).install(args.model, output.progress, CancelToken())
    output.result({"id": args.model, "path": str(folder)}, [f"Installed in {folder}"])
    return 0


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Delete a model."""
    _shop(build_services()).remove(args.model)
    output.result({"id": args.model, "removed": True}, [f"Removed {args.model}."])
    return 0


def run_verify(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Check a model's files against their checksums; raises BadInput when one differs."""
    _shop(build_services()).verify(args.model)
    output.result({"id": args.model, "valid": True}, [f"{args.model} is complete and undamaged."])
    return 0


def _shop(services: Services) -> ModelShop:
    from viralclip_desktop.features.models import model_shop

    return model_shop(services.paths, services.gate)
