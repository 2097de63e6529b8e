"""``viralclip parts``: the parts of a clip, split, placed and trimmed on their own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import ratio
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, format_clock, format_duration
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.domain.edits.new_layers import STILL_LENGTH
from viralclip_desktop.domain.edits.parts import LONGEST_STILL, SHORTEST_PART
from viralclip_desktop.domain.properties.parts import SPEED, TRANSITION

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip, Part
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "parts",
        help="split a clip into parts, add others, place and trim them",
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
    _add_adding(options.on_clip(actions, "add", "add a part: of a recording, a card, a picture", run_add))
    remove = options.on_clip(actions, "remove", "take a part out", run_remove)
    speed = options.on_clip(actions, "speed", "play a part faster or slower", run_speed)
    transition = options.on_clip(actions, "transition", "have a part come by a dissolve", run_transition)
    for action in (remove, speed, transition):
        action.add_argument("part", type=int, metavar="PART")
    speed.add_argument(SPEED.field, type=ratio(SPEED), metavar="SPEED", help=SPEED.help)
    kinds = [str(kind) for kind in Transition]
    transition.add_argument(
        "transition", choices=kinds, metavar="KIND", help=f"{TRANSITION.help}: {', '.join(kinds)}"
    )
    for action in actions.choices.values():
        options.add_json(action)


def _add_adding(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="source_id", metavar="SOURCE_ID", help="a recording")
    what.add_argument("--card", metavar="TEXT", help="a screen of text")
    what.add_argument("--still", metavar="FILE", help="a picture")
    for name, edge in (("--start", "start"), ("--end", "end")):
        help_text = f"recording: where the part {edge}s, in source time (default: its own {edge})"
        parser.add_argument(name, type=options.seconds, metavar="S", help=help_text)
    stays = f"card and picture: how long it stays (default: {STILL_LENGTH.seconds:g})"
    parser.add_argument("--length", type=options.seconds, metavar="S", help=stays)
    place = "its place in the order of play (default: the end)"
    parser.add_argument("--place", type=int, metavar="PLACE", help=place)


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

    store = build_services().store
    clip = store.clip(args.clip_id)
    at = options.nearest(clip.splits, args.at, "joint of two parts", f"parts list {clip.id}")
    return _print(editing.join(store, clip.id, at), output)


def run_move(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Play a part earlier or later."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    for place in (args.part, args.place):
        _check(clip, place)
    return _print_judged(services, editing.move_part(services.store, clip.id, args.part, args.place), output)


def run_trim(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a part another start or end."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    _check(clip, args.part)
    part = clip.parts[args.part].range
    args.start = part.start.seconds if args.start is None else args.start
    args.end = part.end.seconds if args.end is None else args.end
    within = options.range_of(args)
    after = editing.trim_part(services.store, clip.id, args.part, within.start, within.end)
    return _print_judged(services, after, output)


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Add a part."""
    from viralclip_desktop.features import editing

    services = build_services()
    store = services.store
    _check_adding(store.clip(args.clip_id), args)
    length = STILL_LENGTH if args.length is None else Time.from_seconds(args.length)
    if args.card is not None:
        return _print(editing.add_card(store, args.clip_id, args.card, length, args.place), output)
    if args.still is not None:
        still = options.existing_file(args.still)
        return _print(editing.add_still(store, args.clip_id, still, length, args.place), output)
    source = store.source(args.source_id)
    args.start = 0.0 if args.start is None else args.start
    args.end = source.info.duration.seconds if args.end is None else args.end
    within = options.range_of(args)
    after = editing.add_recording(store, args.clip_id, source.id, within, args.place)
    return _print_judged(services, after, output)


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take a part out."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    _check(clip, args.part)
    return _print_judged(services, editing.remove_part(services.store, clip.id, args.part), output)


def run_speed(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Play a part faster or slower."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    _check(clip, args.part)
    return _print(editing.set_speed(services.store, clip.id, args.part, args.speed), output)


def run_transition(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Have a part come after the one before it in another way."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    _check(clip, args.part)
    if args.part == 0:
        raise UsageError("Nothing plays before the first part.", "Choose a part after it.")
    kind = Transition(args.transition)
    return _print(editing.set_transition(services.store, clip.id, args.part, kind), output)


def _print_judged(services: Services, clip: Clip, output: Output) -> int:
    """The parts of a clip in which something else may be said now: how it stands, and why, is said anew."""
    from viralclip_desktop.features.moments.judging import judge_again

    return _print(judge_again(services.store, services.paths, clip.id) or clip, output)


def _check(clip: Clip, place: int) -> None:
    if not 0 <= place < len(clip.parts):
        hint = f"They are numbered from 0 to {len(clip.parts) - 1}; see “viralclip parts list {clip.id}”."
        raise UsageError(f"There is no part {place}.", hint)


def _check_adding(clip: Clip, args: argparse.Namespace) -> None:
    if args.place is not None and not 0 <= args.place <= len(clip.parts):
        hint = f"Parts can be added at places 0 to {len(clip.parts)}; see “viralclip parts list {clip.id}”."
        raise UsageError(f"There is no place {args.place}.", hint)
    if args.card is not None and not args.card.strip():
        raise UsageError("A card needs text.", "Say it after --card.")
    least, most = SHORTEST_PART.seconds, LONGEST_STILL.seconds
    if args.length is not None and not least <= args.length <= most:
        raise UsageError("A part can't be that long.", f"Give a --length from {least:g} to {most:g} seconds.")


def _print(clip: Clip, output: Output) -> int:
    lines = [f"{place:3d}  {_line(part)}" for place, part in enumerate(clip.parts)]
    output.result([shapes.part_shape(part) for part in clip.parts], lines)
    return 0


def _line(part: Part) -> str:
    came = "" if part.transition is Transition.CUT else f"  {part.transition}"
    if part.card is not None:
        return f"card, {format_duration(part.duration)}: {part.card.text}{came}"
    fast = "" if part.speed == 1 else f"  {float(part.speed):g}x"
    return f"{format_clock(part.range.start)} to {format_clock(part.range.end)}{fast}{came}  {part.asset_id}"
