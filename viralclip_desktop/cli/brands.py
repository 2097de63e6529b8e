"""``viralclip brands``: list, add and remove brand kits."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.domain.brand import BrandKit, Corner, Logo, LowerThird

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.store.store import Store


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("brands", help="list, add or remove brand kits")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all brand kits")
    listing.set_defaults(run=run_list)
    adding = actions.add_parser("add", help="make a brand kit")
    _declare_kit(adding)
    adding.set_defaults(run=run_add)
    removing = actions.add_parser("remove", help="delete a brand kit; clips take it off, its files stay")
    removing.add_argument("brand", metavar="NAME", help="name or ID of the brand kit")
    removing.set_defaults(run=run_remove)
    for action in (listing, adding, removing):
        options.add_json(action)


def _declare_kit(parser: argparse.ArgumentParser) -> None:
    usual = Logo("")
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--logo", metavar="FILE", help="picture laid over every frame")
    corners = [str(corner) for corner in Corner]
    parser.add_argument("--corner", choices=corners, default=str(usual.corner), help="where the logo sits")
    width = "width of the logo, as a share of the picture's shorter side (default: %(default)s)"
    parser.add_argument("--size", type=_share, default=usual.size, metavar="SHARE", help=width)
    parser.add_argument("--opacity", type=_share, default=1.0, metavar="SHARE", help="0 to 1")
    parser.add_argument("--watermark", metavar="FILE", help="a faint picture at the bottom right")
    parser.add_argument("--colours", metavar="HEX,HEX", type=_colours, default=(), help="main, accent")
    parser.add_argument("--font", metavar="FILE", action="append", default=[], help="font file (repeatable)")
    parser.add_argument("--style", metavar="NAME", default="", help="caption style of the brand")
    parser.add_argument("--title", default="", help="name line at the start of a clip")
    parser.add_argument("--subtitle", default="", help="second line of the name line")
    parser.add_argument("--default", action="store_true", help="give it to new clips")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no number") from None
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError("it has to lie above 0 and at most at 1")
    return value


def _colours(text: str) -> tuple[str, ...]:
    found = tuple(part.strip().upper() for part in text.split(","))
    for colour in found:
        if len(colour) != 7 or colour[0] != "#" or set(colour[1:]) - set("0123456789ABCDEF"):
            raise argparse.ArgumentTypeError(f"“{colour}” is no colour; write #RRGGBB")
    return found


def named(store: Store, brand: str) -> BrandKit:
    """The kit of that id or name (letter case does not count). Raises :class:`UsageError`."""
    kits = store.brand_kits()
    for kit in kits:
        if brand == kit.id or brand.casefold() == kit.name.casefold():
            return kit
    known = ", ".join(kit.name for kit in kits)
    hint = f"Choose one of: {known}." if known else "Make one with “viralclip brands add NAME”."
    raise UsageError(f"There is no brand kit “{brand}”.", hint)


def run_list(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print every kit."""
    kits = build_desk().store.brand_kits()
    lines = [_line(kit) for kit in kits] or ["No brand kits yet."]
    output.result([_shape(kit) for kit in kits], lines)
    return 0


def run_add(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Make a kit from what was given."""
    desk = build_desk()
    if args.name.strip().casefold() in {kit.name.casefold() for kit in desk.store.brand_kits()}:
        raise UsageError(f"There is a brand kit “{args.name}” already.", "Choose another name, or remove it.")
    if args.style:
        desk.caption_style(args.style)
    lower_third = LowerThird(args.title, args.subtitle) if args.title or args.subtitle else None
    kit = BrandKit(
        id="",
        name=args.name,
        colours=args.colours,
        fonts=tuple(_font(path) for path in args.font),
        caption_style=args.style,
        logo=_logo(args.logo, Corner(args.corner), args.size, args.opacity),
        watermark=_logo(args.watermark, Corner.BOTTOM_RIGHT, 0.12, 0.35),
        lower_third=lower_third,
        is_default=args.default,
    )
    kit = desk.editing.put_brand_kit(kit)
    output.result(_shape(kit), [_line(kit)])
    return 0


def run_remove(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Delete a kit."""
    desk = build_desk()
    kit = named(desk.store, args.brand)
    desk.editing.delete_brand_kit(kit.id)
    output.result({"id": kit.id, "name": kit.name, "removed": True}, [f"Removed: {kit.name}"])
    return 0


def _logo(path: str | None, corner: Corner, size: float, opacity: float) -> Logo | None:
    """Checked to be a picture or film that can be shown."""
    if path is None:
        return None
    from viralclip_desktop.core.errors import BadInput
    from viralclip_desktop.media.layer_files import examine

    found = Path(path).absolute()
    if examine(found).video is None:
        raise BadInput(f"{found.name} has no picture.", "Choose a PNG, JPEG or WebP file.")
    return Logo(str(found), corner=corner, size=size, opacity=opacity)


def _font(path: str) -> str:
    from viralclip_desktop.compose.captions.fonts import font_file
    from viralclip_desktop.core.errors import BadInput

    if font_file(path) is None:
        raise BadInput(f"{path} is no font that can be used.", "Choose a TTF or OTF file.")
    return str(Path(path).absolute())


def _line(kit: BrandKit) -> str:
    parts = [kit.id, kit.name]
    parts += [f"logo {Path(kit.logo.path).name}, {kit.logo.corner}"] if kit.logo else []
    parts += ["default"] if kit.is_default else []
    return "  ".join(parts)


def _shape(kit: BrandKit) -> dict[str, Any]:
    """A kit as JSON; sizes are shares of the picture's shorter side."""
    return {
        "id": kit.id,
        "name": kit.name,
        "default": kit.is_default,
        "logo": _logo_shape(kit.logo),
        "watermark": _logo_shape(kit.watermark),
        "colours": list(kit.colours),
        "fonts": list(kit.fonts),
        "caption_style": kit.caption_style or None,
        "title": kit.lower_third.title if kit.lower_third else None,
        "subtitle": kit.lower_third.subtitle if kit.lower_third else None,
        "intro": kit.intro or None,
        "outro": kit.outro or None,
    }


def _logo_shape(logo: Logo | None) -> dict[str, Any] | None:
    if logo is None:
        return None
    shares = {"size": logo.size, "margin": logo.margin, "opacity": logo.opacity}
    return {"path": logo.path, "corner": str(logo.corner), **shares}
