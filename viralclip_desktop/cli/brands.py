"""``viralclip brands``: list, add, change, apply and remove brand kits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.brand_options import add_kit_options, changed
from viralclip_desktop.cli.clip_output import print_clips
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import shape
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.domain.brand import BrandKit, Logo, LowerThird
from viralclip_desktop.domain.properties.brand import CORNER, LOGO, PLACE

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.store import Store


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("brands", help="brand kits: list, add, change, apply, remove")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="all brand kits").set_defaults(run=run_list)
    adding = actions.add_parser("add", help="make a brand kit")
    adding.add_argument("name", metavar="NAME")
    adding.set_defaults(run=run_add)
    change = _on_kit(actions, "change", "change a brand kit; what is not given stays", run_change)
    change.add_argument("--name", metavar="NAME", help="its new name")
    for action in (adding, change):
        add_kit_options(action)
    _on_kit(actions, "show", "one brand kit", run_show)
    _on_kit(actions, "default", "give this kit to new clips; “none” gives them none", run_default)
    apply = _on_kit(actions, "apply", "put a kit on clips; “none” takes it off", run_apply)
    apply.add_argument("clip_ids", metavar="CLIP_ID", nargs="*")
    apply.add_argument("--project", metavar="PROJECT_ID", help="on all clips of a project")
    _on_kit(actions, "remove", "delete a brand kit; clips take it off, its files stay", run_remove)
    for action in actions.choices.values():
        options.add_json(action)


def _on_kit(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_text)
    action.add_argument("brand", metavar="NAME", help="name or ID of the brand kit")
    action.set_defaults(run=run)
    return action


def named(store: Store, brand: str) -> BrandKit:
    """The kit of that id or name (letter case does not count). Raises :class:`UsageError`."""
    kits = store.brand_kits()
    for kit in kits:
        if brand == kit.id or brand.casefold() == kit.name.casefold():
            return kit
    known = ", ".join(kit.name for kit in kits)
    hint = f"Choose one of: {known}." if known else "Make one with “viralclip brands add NAME”."
    raise UsageError(f"There is no brand kit “{brand}”.", hint)


def chosen(store: Store, args: argparse.Namespace) -> dict[str, Any]:
    """What ``--brand`` and ``--style`` say, as typed, for :class:`MainJobOptions`."""
    brand = args.brand
    if brand is not None:
        brand = "" if brand.casefold() == "none" else named(store, brand).id
    return {"brand": brand, "style_wins": args.style is not None}


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print every kit."""
    kits = build_services().store.brand_kits()
    lines = [_line(kit, output) for kit in kits] or ["No brand kits yet."]
    output.result([_shape(kit, output) for kit in kits], lines)
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make a kit from what was given."""
    from viralclip_desktop.features import editing

    services = build_services()
    _check_free(services.store, args.name)
    return _print(
        editing.put_brand_kit(services.store, changed(services, BrandKit("", args.name), args)), output
    )


def run_change(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Change a kit; its clips show it at once."""
    from viralclip_desktop.features import editing

    services = build_services()
    kit = named(services.store, args.brand)
    if args.name is not None and args.name.strip().casefold() != kit.name.casefold():
        _check_free(services.store, args.name)
    kit = replace(kit, name=kit.name if args.name is None else args.name)
    return _print(editing.put_brand_kit(services.store, changed(services, kit, args)), output)


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one kit."""
    return _print(named(build_services().store, args.brand), output)


def run_default(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose which kit new clips get."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.common.kits import default_kit

    services = build_services()
    none = args.brand.casefold() == "none"
    kit = default_kit(services.store) if none else named(services.store, args.brand)
    if kit is not None:
        kit = editing.put_brand_kit(services.store, replace(kit, is_default=not none))
    line = "New clips get no brand kit." if none or kit is None else f"New clips get: {kit.name}"
    output.result({"default": None if none or kit is None else _shape(kit, output)}, [line])
    return 0


def run_apply(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Put a kit on clips, or take it off."""
    from viralclip_desktop.features import editing

    services = build_services()
    clips = options.clips_of(services.store, args)
    kit_id = "" if args.brand.casefold() == "none" else named(services.store, args.brand).id
    if not clips:
        return print_clips([], output)
    return print_clips(editing.apply_brand_kit(services.store, kit_id, [clip.id for clip in clips]), output)


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Delete a kit."""
    from viralclip_desktop.features import editing

    services = build_services()
    kit = named(services.store, args.brand)
    editing.delete_brand_kit(services.store, kit.id)
    output.result({"id": kit.id, "name": kit.name, "removed": True}, [f"Removed: {kit.name}"])
    return 0


def _check_free(store: Store, name: str) -> None:
    if name.strip().casefold() == "none":
        raise UsageError("A brand kit cannot be called “none”.", "Choose another name.")
    if name.strip().casefold() in {kit.name.casefold() for kit in store.brand_kits()}:
        raise UsageError(f"There is a brand kit “{name}” already.", "Choose another name, or remove it.")


def _print(kit: BrandKit, output: Output) -> int:
    output.result(_shape(kit, output), [_line(kit, output)])
    return 0


def _line(kit: BrandKit, output: Output) -> str:
    parts = [kit.id, kit.name]
    parts += [f"logo {Path(output.path_of(kit.logo.asset_id)).name}, {kit.logo.corner}"] if kit.logo else []
    parts += ["default"] if kit.is_default else []
    return "  ".join(parts)


def _shape(kit: BrandKit, output: Output) -> dict[str, Any]:
    """A kit as JSON; sizes are shares of the picture's shorter side."""
    line = kit.lower_third or LowerThird("")
    return {
        "id": kit.id,
        "name": kit.name,
        "default": kit.is_default,
        "logo": _logo_shape(kit.logo, output),
        "watermark": _logo_shape(kit.watermark, output),
        "colours": list(kit.colours),
        "fonts": [output.path_of(font) for font in kit.fonts],
        "caption_style": kit.caption_style or None,
        "title": line.title or None,
        "subtitle": line.subtitle or None,
        "title_start_s": line.start_s,
        "title_length_s": line.duration_s,
        "intro": output.path_of(kit.intro) if kit.intro else None,
        "outro": output.path_of(kit.outro) if kit.outro else None,
    }


def _logo_shape(logo: Logo | None, output: Output) -> dict[str, Any] | None:
    if logo is None:
        return None
    return {"path": output.path_of(logo.asset_id)} | shape(logo, (CORNER, *LOGO, *PLACE))
