"""What a brand kit is, as options: the same for a new kit and for a change of one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.cli import options
from viralclip_desktop.cli.properties import add_options, given
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import from_home
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import NEW_WATERMARK, BrandKit, Logo, LowerThird
from viralclip_desktop.domain.properties.brand import CORNER, LOGO, NAME_LINE, PLACE

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_LOGO = Logo("")
_NONE = "“none” takes it off"


def add_kit_options(parser: argparse.ArgumentParser) -> None:
    """Everything about a kit but its name; what is not given stays as it is."""
    _add_logo(parser, "", "logo", "picture laid over every frame", _LOGO)
    _add_logo(parser, "watermark-", "watermark", "a second, faint picture", NEW_WATERMARK)
    colours = "main, accent and any others as #RRGGBB, with commas"
    parser.add_argument("--colours", metavar="HEX,HEX", type=_colours, help=colours)
    fonts = "font file (repeatable; in the place of all fonts there are); " + _NONE
    parser.add_argument("--font", metavar="FILE", action="append", help=fonts)
    parser.add_argument("--style", metavar="STYLE", help=f"caption style of the brand; {_NONE}")
    add_options(parser, NAME_LINE, usual=LowerThird(""))
    parser.add_argument("--intro", metavar="FILE", help=f"film played before the clip; {_NONE}")
    parser.add_argument("--outro", metavar="FILE", help=f"film played after the clip; {_NONE}")
    default = "give it to new clips"
    parser.add_argument("--default", action=argparse.BooleanOptionalAction, help=default)


def _add_logo(parser: argparse.ArgumentParser, before: str, name: str, help_text: str, usual: Logo) -> None:
    parser.add_argument(f"--{name}", metavar="FILE", help=f"{help_text}; {_NONE}")
    add_options(parser, (CORNER, *LOGO, *PLACE), before, usual, name=name)


def _colours(text: str) -> tuple[str, ...]:
    found = tuple(part.strip().upper() for part in text.split(",") if part.strip())
    for colour in found:
        if len(colour) != 7 or colour[0] != "#" or set(colour[1:]) - set("0123456789ABCDEF"):
            raise argparse.ArgumentTypeError(f"“{colour}” is no colour; write #RRGGBB")
    return found


def changed(services: Services, kit: BrandKit, args: argparse.Namespace) -> BrandKit:
    """The kit with what was given. Files are checked; raises :class:`BadInput` or :class:`UsageError`."""
    from viralclip_desktop.features.common.styles import known_style

    if args.style is not None and not _is_none(args.style):
        known_style(services.store, args.style)
    values = {
        "colours": args.colours,
        "fonts": _fonts(services, args.font),
        "caption_style": "" if _is_none(args.style) else args.style,
        "intro": _film(services, args.intro),
        "outro": _film(services, args.outro),
        "is_default": args.default,
    }
    return replace(
        kit,
        **options.given(values),
        logo=_logo(services, kit.logo, _LOGO, args, "logo"),
        watermark=_logo(services, kit.watermark, NEW_WATERMARK, args, "watermark"),
        lower_third=_name_line(kit.lower_third, args),
    )


def _is_none(text: str | None) -> bool:
    return text is not None and text.casefold() in ("", "none")


def _logo(
    services: Services, old: Logo | None, usual: Logo, args: argparse.Namespace, name: str
) -> Logo | None:
    """The logo or watermark with what was given; without a file there is none to change."""
    path, before = getattr(args, name), "" if name == "logo" else f"{name}_"
    if _is_none(path):
        return None
    logo = old if path is None else replace(old or usual, asset_id=_picture(services, path))
    if logo is None:
        return None
    if given(args, (CORNER,), before):
        logo = replace(logo, x=None, y=None)
    return replace(logo, **given(args, (CORNER, *LOGO, *PLACE), before))


def _name_line(old: LowerThird | None, args: argparse.Namespace) -> LowerThird | None:
    line = replace(old or LowerThird(""), **given(args, NAME_LINE))
    return line if line.title or line.subtitle else None


def _picture(services: Services, path: str) -> str:
    """The asset of a picture or film, checked to be one that can be shown."""
    from viralclip_desktop.features.common.assets import add_file
    from viralclip_desktop.media.layer_files import examine

    found = options.existing_file(path)
    info = examine(found)
    if info.video is None:
        raise BadInput(f"{found.name} has no picture.", "Choose a PNG, JPEG or WebP file.")
    return add_file(services.store, found, AssetKind.FILM if info.duration else AssetKind.PICTURE).id


def _film(services: Services, path: str | None) -> str | None:
    from viralclip_desktop.features.common.assets import add_file
    from viralclip_desktop.media.layer_files import examine

    if path is None or _is_none(path):
        return None if path is None else ""
    found = options.existing_file(path)
    info = examine(found)
    if info.video is None or not info.duration:
        raise BadInput(f"{found.name} is no film.", "Choose a video file.")
    return add_file(services.store, found, AssetKind.FILM).id


def _fonts(services: Services, paths: list[str] | None) -> tuple[str, ...] | None:
    return None if paths is None else tuple(_font(services, path) for path in paths if not _is_none(path))


def _font(services: Services, path: str) -> str:
    from viralclip_desktop.compose.captions.fonts import font_file
    from viralclip_desktop.features.common.assets import add_file

    if font_file(str(from_home(path))) is None:
        raise BadInput(f"{path} is no font that can be used.", "Choose a TTF or OTF file.")
    return add_file(services.store, from_home(path).absolute(), AssetKind.FONT).id
