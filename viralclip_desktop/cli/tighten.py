"""``viralclip tighten``: take dead air, fillers, stutters and takes begun again out of a clip, or out of all
clips of a recording."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import format_clock

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.tighten import Outcome
    from viralclip_desktop.store.store import Store


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "tighten", help="take dead air, fillers, stutters and failed takes out of a clip or a recording"
    )
    parser.add_argument("id", metavar="CLIP_ID|SOURCE_ID", help="a clip, or a recording: all its clips")
    parser.add_argument(
        "--strength", type=options.share, default=0.5, metavar="0..1", help="how much goes (default: 0.5)"
    )
    parser.add_argument(
        "--whole", action="store_true", help="a recording: make one tightened clip of all of it"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Cut, and print every cut."""
    services = build_services()
    try:
        clip = services.store.clip(args.id)
    except NotFound:
        found, more = _of_source(services, _source(services.store, args.id), args, output)
    else:
        found, more = _of_clip(services, clip, args, output), {"clips": [clip.id]}
    output.result(_shape(found) | more, _lines(found, dry=args.dry_run))
    return 0


def _source(store: Store, typed: str) -> Source:
    try:
        return store.source(typed)
    except NotFound as error:
        raise NotFound(f"There is no clip and no recording {typed}.", error.hint) from error


def _of_clip(services: Services, clip: Clip, args: argparse.Namespace, output: Output) -> Outcome:
    from viralclip_desktop.features import tighten
    from viralclip_desktop.features.moments.judging import judge_again

    store, cancel = services.store, CancelToken()
    listened = tighten.listen_to_clip(store, services.paths, clip, progress=output.progress, cancel=cancel)
    if args.dry_run:
        return tighten.planned(clip, listened, args.strength)
    tightened = tighten.tighten_clip(store, clip.id, listened, args.strength)
    judge_again(store, services.paths, clip.id)
    return tighten.outcome(tightened)


def _of_source(
    services: Services, source: Source, args: argparse.Namespace, output: Output
) -> tuple[Outcome, dict[str, Any]]:
    from viralclip_desktop.features import tighten
    from viralclip_desktop.features.common.orders import new_clip_look
    from viralclip_desktop.features.moments.judging import judge_again
    from viralclip_desktop.features.workflows.whole_recording import tighten_whole

    store, cancel = services.store, CancelToken()
    if not (args.dry_run or args.whole or store.clips(source.id)):
        raise UsageError(
            "There are no clips of this recording yet.", "Find some first, or take all of it with --whole."
        )
    listened = tighten.listen(store, services.paths, source, progress=output.progress, cancel=cancel)
    if args.dry_run:
        return tighten.source_outcome(source, listened.cuts(args.strength)), {"clips": []}
    if args.whole:
        clip = tighten_whole(store, listened, new_clip_look(services.settings.values), args.strength)
        return tighten.outcome(clip), {"clips": [clip.id]}
    clips, outcome = tighten.tighten_source(store, listened, args.strength)
    for clip in clips:
        judge_again(store, services.paths, clip.id)
    return outcome, {"clips": [clip.id for clip in clips]}


def _shape(outcome: Outcome) -> dict[str, Any]:
    return {
        "before_s": shapes.seconds(outcome.before),
        "after_s": shapes.seconds(outcome.after),
        "cuts": [shapes.tight_cut_shape(cut) for cut in outcome.cuts],
    }


def _lines(outcome: Outcome, *, dry: bool) -> list[str]:
    cuts = [
        f"{format_clock(cut.range.start)}  {cut.range.duration.seconds:6.2f} s  {cut.kind:<8} {cut.text}"
        for cut in outcome.cuts
    ]
    saved = (outcome.before - outcome.after).seconds
    what = "would be shorter" if dry else "shorter"
    return [*(line.rstrip() for line in cuts), f"{saved:.1f} s {what}, {len(cuts)} cuts"]
