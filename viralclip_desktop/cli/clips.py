"""``viralclip clips``: list, show, trim and add clips."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import clip_edits, clip_looks, options, shapes
from viralclip_desktop.cli.clip_output import clip_lines, print_clip, print_moved
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, TimeRange, format_clock
from viralclip_desktop.domain.edits.cuts import SHORTEST_CLIP
from viralclip_desktop.domain.edits.review import is_dropped

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "clips",
        help="list, show, add and edit clips",
        description="Every edit is stored at once, is one entry of the project's history, and can be undone.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all clips, or those of one source")
    listing.add_argument("source_id", metavar="SOURCE_ID", nargs="?")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one clip with everything about it")
    show.add_argument("clip_id", metavar="CLIP_ID")
    show.set_defaults(run=run_show)
    trim = actions.add_parser("trim", help="move the in and out points (source time)")
    trim.add_argument("clip_id", metavar="CLIP_ID")
    options.add_range(trim, "source time; what is not given stays")
    trim.set_defaults(run=run_trim)
    by_hand = actions.add_parser("add", help="make a clip by hand")
    by_hand.add_argument("source_id", metavar="SOURCE_ID")
    options.add_range(by_hand, "source time")
    by_hand.set_defaults(start=0.0)
    by_hand.add_argument("--title", default="")
    by_hand.set_defaults(run=run_add)
    clip_edits.add(actions)
    clip_looks.add(actions)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print clips, best first; those that were dropped come last."""
    store = build_services().store
    sources = [store.source(args.source_id)] if args.source_id else store.sources()
    clips = [clip for source in sources for clip in sorted(store.clips(source.id), key=is_dropped)]
    lines = [line for clip in clips for line in clip_lines(clip)] or ["No clips yet."]
    output.result([shapes.clip_detail_shape(clip, output.path_of) for clip in clips], lines)
    return 0


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one clip, its exports, and how it was dubbed into each language last."""
    store = build_services().store
    exports = [shapes.export_shape(export) for export in store.exports(args.clip_id)]
    dubs = [shapes.dub_shape(config) for config in store.audio_configs(args.clip_id)]
    return print_clip(store.clip(args.clip_id), output, exports, dubs)


def run_trim(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Trim one clip."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    start = clip.range.start if args.start is None else Time.from_seconds(args.start)
    end = clip.range.end if args.end is None else Time.from_seconds(args.end)
    options.check_within(services.store.source(clip.source_id), start, end)
    if end - start < SHORTEST_CLIP:
        raise UsageError("At least one second of a clip has to stay.", "Give a --to after the --from.")
    return print_moved(services, editing.trim_clip(services.store, clip.id, start, end), output)


def _up_to_the_end(source: Source, within: TimeRange, output: Output) -> TimeRange:
    """A typed range as far as the recording reaches, which is reported where that is less."""
    options.check_within(source, within.start + Time(1))
    if within.end <= source.info.duration:
        return within
    output.report(f"The recording ends at {format_clock(source.info.duration)}, and so does the clip.")
    return TimeRange(within.start, source.info.duration)


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make a clip from a range of source time."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.common.orders import new_clip_look

    within, services = options.range_of(args), build_services()
    within = _up_to_the_end(services.store.source(args.source_id), within, output)
    look = new_clip_look(services.settings.values)
    clip = editing.add_clip(services.store, args.source_id, within, args.title, look=look)
    return print_clip(clip, output)
