"""``viralclip parts``: the parts of a clip, split, placed and trimmed on their own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, format_clock

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "parts",
        help="split a clip into parts, and place and trim them",
        description="The parts of a clip in the order of play, numbered from 0. Times are source time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    options.on_clip(actions, "list", "the parts of a clip", run_list)
    split = options.on_clip(actions, "split", "make two parts of one", run_split)
    join = options.on_clip(actions, "join", "make one part of two that meet", run_join)
    for action in (split, join):
        action.add_argument("--at", type=options.seconds, required=True, metavar="S", help="source time")
    move = options.on_clip(actions, "move", "play a part earlier or later", run_move)
    trim = options.on_clip(actions, "trim", "give a part another start or end", run_trim)
    for action in (move, trim):
        action.add_argument("part", type=int, metavar="PART")
    move.add_argument("place", type=int, metavar="PLACE", help="its place in the order of play")
    options.add_range(trim, "source time; what is not given stays")
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the parts."""
    return _print(build_services().store.clip(args.clip_id), output)


def run_split(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make two parts of one."""
    from viralclip_desktop.features import editing

    return _print(editing.split(build_services().store, args.clip_id, Time.from_seconds(args.at)), output)


def run_join(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make one part of two."""
    from viralclip_desktop.features import editing

    return _print(editing.join(build_services().store, args.clip_id, Time.from_seconds(args.at)), output)


def run_move(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Play a part earlier or later."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    for place in (args.part, args.place):
        _check(clip, place)
    return _print(editing.move_part(services.store, clip.id, args.part, args.place), output)


def run_trim(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a part another start or end."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    _check(clip, args.part)
    part = clip.kept[args.part]
    args.start = part.start.seconds if args.start is None else args.start
    args.end = part.end.seconds if args.end is None else args.end
    within = options.range_of(args)
    return _print(editing.trim_part(services.store, clip.id, args.part, within.start, within.end), output)


def _check(clip: Clip, place: int) -> None:
    if not 0 <= place < len(clip.kept):
        hint = f"They are numbered from 0 to {len(clip.kept) - 1}; see “viralclip parts list {clip.id}”."
        raise UsageError(f"There is no part {place}.", hint)


def _print(clip: Clip, output: Output) -> int:
    lines = [
        f"{place:3d}  {format_clock(part.start)} to {format_clock(part.end)}"
        for place, part in enumerate(clip.kept)
    ]
    output.result([shapes.range_shape(part) for part in clip.kept], lines)
    return 0
