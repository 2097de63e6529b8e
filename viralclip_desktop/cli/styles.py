"""``viralclip styles``: caption styles, the shipped ones and the user's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, properties
from viralclip_desktop.cli.caption_properties import PROPERTY_HELP, adjusted
from viralclip_desktop.cli.output import Output
from viralclip_desktop.domain.properties.captions import BY_FIELD

if TYPE_CHECKING:
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("styles", help="caption styles: list, show, save, delete")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all caption styles")
    listing.set_defaults(run=run_list)
    options.on_one(actions, "show", "one style with every property", run_show, "style")
    save = options.on_one(actions, "save", "keep a style of your own", run_save, "style")
    save.add_argument("--name", metavar="NAME", help="its name; without it an own style is changed")
    save.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=PROPERTY_HELP)
    options.on_one(actions, "delete", "delete a style of your own; clips keep the look", run_delete, "style")
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the styles, the shipped ones first."""
    from viralclip_desktop.features.common.styles import caption_styles

    services = build_services()
    own = {style.id for style in services.store.caption_styles()}
    styles = caption_styles(services.store)
    shape = [{"id": style.id, "name": style.label, "own": style.id in own} for style in styles]
    lines = [f"{style.id}  {style.label}{'  (own)' if style.id in own else ''}" for style in styles]
    output.result(shape, lines)
    return 0


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print every property."""
    from viralclip_desktop.features.common.styles import known_style

    return _print(known_style(build_services().store, args.style), output)


def run_save(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Save a style under a name, or change an own one."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.common.styles import known_style

    services = build_services()
    style = adjusted(known_style(services.store, args.style), args.set)
    if args.name is not None:
        style = replace(style, id="", label=args.name)
    return _print(editing.save_style(services.store, style), output)


def run_delete(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Delete an own style."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.common.styles import known_style

    services = build_services()
    style = known_style(services.store, args.style)
    editing.delete_style(services.store, style.id)
    output.result({"id": style.id, "name": style.label, "deleted": True}, [f"Deleted: {style.label}"])
    return 0


def _print(style: CaptionStyle, output: Output) -> int:
    data = properties.shape(style, BY_FIELD.values())
    lines = [f"{style.id}  {style.label}", *(f"    {name}={_typed(data[name])}" for name in data)]
    output.result({"id": style.id, "name": style.label, "properties": data}, lines)
    return 0


def _typed(value: Any) -> str:
    """As ``--set`` takes it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, list) else str(value)
