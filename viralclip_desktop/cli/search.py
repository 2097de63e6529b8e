"""``viralclip search``: find what was said, in every transcript of every project."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import format_clock

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.records import SearchHit
    from viralclip_desktop.store.store import Store


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "search",
        help="find what was said, in every project",
        description="Finds the sentences that hold all words of TEXT; the last word may be a beginning.",
    )
    parser.add_argument("text", metavar="TEXT", nargs="+")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="at most N (default: %(default)s)")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print project, time and the words around each hit, the best first."""
    if args.limit < 1:
        raise UsageError("At least one hit has to be asked for.", "Give a --limit of 1 or more.")
    store = build_services().store
    shapes = [_shape(store, hit) for hit in store.search(" ".join(args.text), args.limit)]
    lines = [f"{shape['project']}  {shape['clock']}  {shape['snippet']}" for shape in shapes]
    output.result(shapes, lines or ["Nothing found."])
    return 0


def _shape(store: Store, hit: SearchHit) -> dict[str, Any]:
    """A hit; ``start_s`` is source time, ``clip_ids`` are the clips that hold that moment."""
    return {
        "project_id": hit.project_id,
        "project": store.project(hit.project_id).name,
        "source_id": hit.source_id,
        "start_s": round(hit.start.seconds, 6),
        "clock": format_clock(hit.start),
        "snippet": hit.snippet,
        "language": hit.language or None,
        "clip_ids": [clip.id for clip in store.clips(hit.source_id) if clip.range.contains(hit.start)],
    }
