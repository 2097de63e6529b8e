"""``viralclip clips``, what plays and in what order: cut, restore, split, order, delete and more."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.clip_output import print_clip, print_clips, print_moved
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.spoken import existing_words
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import Review

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.features.common.services import Services

_REVIEWS = {"keep": Review.KEPT, "drop": Review.DROPPED, "clear": Review.NOT_YET}
_PLACES = "words as “viralclip words list” numbers them, such as 12-15,20"


def add(actions: Any) -> None:
    """Declare the actions."""
    cut = options.on_clip(actions, "cut", "take a part out; what follows plays earlier", run_cut)
    _add_what(cut, "source time, or clip time with --clip-time")
    cut.add_argument("--clip-time", action="store_true", help="the times count from the clip's start")
    restore = options.on_clip(actions, "restore", "bring back what was cut out", run_restore)
    _add_what(restore, "source time")
    restore.add_argument("--all", action="store_true", help="everything that was cut out")
    restore.add_argument("--cut", metavar="CUT_ID", help="one cut of “viralclip tighten”")
    split = options.on_clip(actions, "split", "make two clips of one", run_split)
    split.add_argument("--at", type=options.seconds, required=True, metavar="S", help="source time")
    options.on_clip(actions, "duplicate", "the same clip again, right behind it", run_duplicate)
    rename = options.on_clip(actions, "rename", "give a clip another title", run_rename)
    rename.add_argument("title", metavar="TITLE")
    review = options.on_clip(actions, "review", "keep or drop a clip, or take that back", run_review)
    review.add_argument("verdict", choices=list(_REVIEWS), help="a dropped clip stays, behind the others")
    order = actions.add_parser("order", help="put clips of one recording into this order")
    order.set_defaults(run=run_order)
    delete = actions.add_parser("delete", help="delete clips (undo brings them back; finished files stay)")
    delete.set_defaults(run=run_delete)
    for several in (order, delete):
        several.add_argument("clip_ids", metavar="CLIP_ID", nargs="+")


def _add_what(action: argparse.ArgumentParser, clock: str) -> None:
    options.add_range(action, clock)
    action.add_argument("--words", type=options.word_places, metavar="PLACES", help=_PLACES)


def run_cut(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take a range or words out."""
    services = build_services()
    clip = services.store.clip(args.clip_id)
    after = _cut(services, clip, args)
    if after == clip:
        plays = f"{format_clock(clip.range.start)} to {format_clock(clip.range.end)}"
        clock = (
            f"{format_clock(clip.duration)} of clip time" if args.clip_time else f"{plays} of the recording"
        )
        raise UsageError("Nothing of the clip plays there.", f"It plays {clock}.")
    return print_moved(services, after, output)


def _cut(services: Services, clip: Clip, args: argparse.Namespace) -> Clip:
    from viralclip_desktop.features import editing

    if args.words is not None:
        words = existing_words(services.store, clip.source_id, args.words)
        return editing.cut_words(services.store, clip.id, words)
    within = options.range_of(args)
    if args.clip_time:
        return editing.ripple_delete(services.store, clip.id, within)
    if clip.source_id:
        options.check_within(services.store.source(clip.source_id), within.start)
    return editing.cut(services.store, clip.id, [within])


def run_restore(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Bring a range, words, one cut or everything back."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.tighten import restore_cut

    services = build_services()
    clip = services.store.clip(args.clip_id)
    if args.all:
        return print_moved(services, editing.restore_all(services.store, clip.id), output)
    if args.cut is not None:
        return print_moved(services, restore_cut(services.store, clip.id, args.cut), output)
    if args.words is not None:
        words = existing_words(services.store, clip.source_id, args.words)
        return print_moved(services, editing.restore_words(services.store, clip.id, words), output)
    if args.start is None and args.end is None:
        raise UsageError(
            "It is not said what to bring back.", "Give --from and --to, --words, --cut or --all."
        )
    return print_moved(services, editing.restore(services.store, clip.id, options.range_of(args)), output)


def run_split(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make two clips of one."""
    from viralclip_desktop.features import editing

    parts = editing.split_clip(build_services().store, args.clip_id, Time.from_seconds(args.at))
    return print_clips(parts, output)


def run_duplicate(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the copy."""
    from viralclip_desktop.features import editing

    return print_clip(editing.duplicate_clip(build_services().store, args.clip_id), output)


def run_rename(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a clip another title."""
    from viralclip_desktop.features import editing

    if not args.title.strip():
        raise UsageError("A clip needs a title.")
    return print_clip(editing.rename_clip(build_services().store, args.clip_id, args.title), output)


def run_review(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Note what the user thinks of a clip."""
    from viralclip_desktop.features import editing

    return print_clip(
        editing.review_clip(build_services().store, args.clip_id, _REVIEWS[args.verdict]), output
    )


def run_order(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the clips of the recording in their new order."""
    from viralclip_desktop.features import editing

    services = build_services()
    _one_recording(services, args.clip_ids)
    return print_clips(editing.reorder_clips(services.store, args.clip_ids), output)


def run_delete(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the clips that remain."""
    from viralclip_desktop.features import editing

    services = build_services()
    _one_recording(services, args.clip_ids)
    return print_clips(editing.delete_clips(services.store, args.clip_ids), output)


def _one_recording(services: Services, clip_ids: list[str]) -> None:
    if len({services.store.clip(clip_id).source_id for clip_id in clip_ids}) > 1:
        raise UsageError("These clips are of several recordings.", "Name those of one at a time.")
