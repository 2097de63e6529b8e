"""``viralclip finish``: hook text, progress bar, title card, lower third and more on a clip."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import format_clock
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.layers import Element, LayerKind
from viralclip_desktop.domain.properties.parts import TRANSITION

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.layers import Layer
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.finish import Wanted
    from viralclip_desktop.store.store import Store

_NAMES = [str(element) for element in Element if element]
_TEXTS = {
    "hook": Element.HOOK,
    "title": Element.CARD,
    "name": Element.LOWER_THIRD,
    "role": Element.LOWER_THIRD,
    "music": Element.MUSIC,
    "broll": Element.BROLL,
    "transition": Element.TRANSITIONS,
}
"""The options that ask for an element by saying what is on it."""


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("finish", help="hook text, progress bar, title card and more on a clip")
    parser.add_argument("clip_id", metavar="CLIP_ID")
    names = "one of: " + ", ".join(_NAMES)
    for option, note in (("--with", "add it to the usual ones"), ("--only", "nothing but it")):
        parser.add_argument(
            option,
            dest=option[2:] + "_",
            action="append",
            default=[],
            choices=_NAMES,
            metavar="ELEMENT",
            help=f"{note}; repeat it for more ({names})",
        )
    parser.add_argument(
        "--without", action="append", default=[], choices=_NAMES, metavar="ELEMENT", help="take it off"
    )
    parser.add_argument("--hook", default="", metavar="TEXT", help="the hook's text (default: of the clip)")
    parser.add_argument("--title", default="", metavar="TEXT", help="a title card with this text")
    parser.add_argument("--name", default="", metavar="TEXT", help="a lower third with this name")
    parser.add_argument("--role", default="", metavar="TEXT", help="the line below the name")
    parser.add_argument(
        "--music",
        default="",
        metavar="FILE",
        help="a song under all of the clip (“--with music” alone has one composed)",
    )
    kinds = [str(kind) for kind, _ in TRANSITION.choices[1:]]
    parser.add_argument(
        "--transition",
        default="",
        choices=kinds,
        metavar="KIND",
        help=f"where the subject changes: {', '.join(kinds)}",
    )
    parser.add_argument(
        "--broll",
        action="append",
        default=[],
        metavar="DIR",
        help="show its pictures and films where their names are said; repeat it for more folders",
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Lay the elements, and print which ones are on the clip."""
    from viralclip_desktop.features.workflows.finishing import finish_now

    services = build_services()
    services.notices.listen(output.notice)
    clip = services.store.clip(args.clip_id)
    finished = finish_now(
        services,
        clip.id,
        _wanted(services.store, args),
        output.progress,
        CancelToken(),
        elements=_chosen(args, clip),
        without=[Element(name) for name in args.without],
        folders=[options.existing_folder(typed) for typed in args.broll],
    )
    _print(finished, output)
    return 0


def _chosen(args: argparse.Namespace, clip: Clip) -> list[Element]:
    """What is asked for; the usual ones too, unless only some of a finish that is there is named."""
    from viralclip_desktop.features.finish import USUAL

    asked = [Element(name) for name in (*args.only_, *args.with_)]
    asked += [element for option, element in _TEXTS.items() if getattr(args, option)]
    is_finished = any(layer.element for layer in clip.layers)  # what was made by hand is no finish
    if not args.only_ and not (is_finished and (asked or args.without)):
        asked += USUAL
    return [element for element in dict.fromkeys(asked) if element.value not in args.without]


def _wanted(store: Store, args: argparse.Namespace) -> Wanted:
    from viralclip_desktop.features.common.assets import layer_file
    from viralclip_desktop.features.finish import Wanted

    song = ""
    if args.music:
        song = layer_file(store, options.existing_file(args.music), LayerKind.MUSIC).id
    wanted = Wanted(hook=args.hook, title=args.title, name=args.name, role=args.role, music=song)
    return replace(wanted, transition=Transition(args.transition)) if args.transition else wanted


def _print(clip: Clip, output: Output) -> None:
    from viralclip_desktop.features.finish import ELEMENTS

    found, lines = [], []
    for row in ELEMENTS:
        layers = [layer for layer in clip.layers if layer.element is row.id]
        on = row.has(clip, row.id)
        shaped = [shapes.layer_shape(layer, clip, output.path_of) for layer in layers]
        found.append({"id": str(row.id), "on": on, "layers": shaped})
        lines.append(f"{row.id!s:<12} {'on' if on else '-'}  {_when(layers)}".rstrip())
    output.result({"clip_id": clip.id, "elements": found}, lines)


def _when(layers: Sequence[Layer]) -> str:
    if not layers:
        return ""
    return f"{format_clock(layers[0].range.start)} to {format_clock(layers[-1].range.end)}"
