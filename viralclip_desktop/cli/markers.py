"""``viralclip markers``: named moments of a clip."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import Clip, Marker
from viralclip_desktop.domain.properties.parts import LABEL

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "markers",
        help="named moments of a clip",
        description="Markers stay on their word whatever is cut. Times are source time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    options.on_clip(actions, "list", "the markers of a clip", run_list)
    adding = options.on_clip(actions, "add", "set a marker, or relabel the one there", run_add)
    adding.add_argument("--label", default="", metavar=LABEL.metavar)
    rename = options.on_clip(actions, "rename", "give a marker another label", run_rename)
    rename.add_argument("--label", required=True, metavar=LABEL.metavar)
    move = options.on_clip(actions, "move", "put a marker elsewhere", run_move)
    move.add_argument("--to", type=options.seconds, required=True, metavar="S", help="source time")
    remove = options.on_clip(actions, "remove", "take a marker away", run_remove)
    cover = options.on_clip(actions, "cover", "choose the frame that is the clip's cover", run_cover)
    cover.add_argument("--at", type=options.seconds, metavar="S", help="source time (default: by itself)")
    for action in (adding, rename, move, remove):
        action.add_argument("--at", type=options.seconds, required=True, metavar="S", help="source time")
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the markers."""
    return _print(build_services().store.clip(args.clip_id), output)


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Set a marker."""
    from viralclip_desktop.features import editing

    marker = Marker(Time.from_seconds(args.at), args.label)
    return _print(editing.add_marker(build_services().store, args.clip_id, marker), output)


def run_rename(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give the marker at a time another label."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = _nearest(services.store.clip(args.clip_id), args.at)
    return _print(editing.rename_marker(services.store, args.clip_id, at, args.label), output)


def run_move(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Put the marker at a time elsewhere."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = _nearest(services.store.clip(args.clip_id), args.at)
    return _print(editing.move_marker(services.store, args.clip_id, at, Time.from_seconds(args.to)), output)


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take the marker at a time away."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = _nearest(services.store.clip(args.clip_id), args.at)
    return _print(editing.remove_marker(services.store, args.clip_id, at), output)


def run_cover(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose a cover, or let it be found by itself again."""
    from viralclip_desktop.features import editing

    store = build_services().store
    if args.at is None:
        return _print(editing.clear_cover(store, args.clip_id), output)
    return _print(editing.set_cover(store, args.clip_id, Time.from_seconds(args.at)), output)


def _nearest(clip: Clip, at_s: float) -> Time:
    return options.nearest([marker.at for marker in clip.markers], at_s, "marker", f"markers list {clip.id}")


def _print(clip: Clip, output: Output) -> int:
    lines = [
        f"{format_clock(marker.at)}  {marker.label or 'cover' * marker.is_cover}".rstrip()
        for marker in clip.markers
    ]
    output.result([shapes.marker_shape(marker) for marker in clip.markers], lines or ["No markers yet."])
    return 0
