"""``viralclip clips``: list, show, trim and add clips."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, TimeRange, format_clock, format_duration

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("clips", help="list, show, trim or add clips")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all clips, or those of one source")
    listing.add_argument("source_id", metavar="SOURCE_ID", nargs="?")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one clip with everything about it")
    show.add_argument("clip_id", metavar="CLIP_ID")
    show.set_defaults(run=run_show)
    trim = actions.add_parser("trim", help="move the in and out points (source time)")
    trim.add_argument("clip_id", metavar="CLIP_ID")
    trim.add_argument("--start", type=options.seconds, metavar="S", help="new in point")
    trim.add_argument("--end", type=options.seconds, metavar="S", help="new out point")
    trim.set_defaults(run=run_trim)
    by_hand = actions.add_parser("add", help="make a clip by hand")
    by_hand.add_argument("source_id", metavar="SOURCE_ID")
    by_hand.add_argument("--start", type=options.seconds, metavar="S", default=0.0, help="in point")
    by_hand.add_argument("--end", type=options.seconds, metavar="S", required=True, help="out point")
    by_hand.add_argument("--title", default="")
    by_hand.set_defaults(run=run_add)
    for action in (listing, show, trim, by_hand):
        options.add_json(action)


def clip_lines(clip: Clip) -> list[str]:
    """A clip for people: two lines."""
    span = f"{format_clock(clip.range.start)} to {format_clock(clip.range.end)}"
    head = f"{clip.id}  {clip.score:2d}  {span} ({format_duration(clip.duration)})  {clip.title}"
    return [head, *(f"    {reason.text}" for reason in clip.reasons[:3])]


def run_list(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print clips, best first."""
    store = build_desk().store
    sources = [store.source(args.source_id)] if args.source_id else store.sources()
    clips = [clip for source in sources for clip in store.clips(source.id)]
    lines = [line for clip in clips for line in clip_lines(clip)] or ["No clips yet."]
    output.result([shapes.clip_detail_shape(clip) for clip in clips], lines)
    return 0


def run_show(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print one clip and its exports."""
    store = build_desk().store
    return _print_clip(
        store.clip(args.clip_id), output, [shapes.export_shape(e) for e in store.exports(args.clip_id)]
    )


def run_trim(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Trim one clip."""
    desk = build_desk()
    clip = desk.store.clip(args.clip_id)
    start = clip.range.start if args.start is None else Time.from_seconds(args.start)
    end = clip.range.end if args.end is None else Time.from_seconds(args.end)
    return _print_clip(desk.trim_clip(clip.id, start, end), output, [])


def run_add(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Make a clip from a range of source time."""
    if args.end <= args.start:
        raise UsageError("The clip would end before it starts.", "Give an --end after the --start.")
    within = TimeRange.from_seconds(args.start, args.end)
    return _print_clip(build_desk().add_clip(args.source_id, within, args.title), output, [])


def _print_clip(clip: Clip, output: Output, exports: list[dict[str, Any]]) -> int:
    lines = [*clip_lines(clip), f"    first: {clip.quote_first}", f"    last: {clip.quote_last}"]
    lines += [f"    export {export['id']}: {export['status']}, {export['path']}" for export in exports]
    output.result(shapes.clip_detail_shape(clip) | {"exports": exports}, lines)
    return 0
