"""``viralclip find``: find the best moments of a transcribed source."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import brands, options, shapes
from viralclip_desktop.cli.clip_output import clip_lines
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("find", help="find the best moments of a source")
    parser.add_argument("source_id", metavar="SOURCE_ID")
    options.add_find_options(parser)
    parser.add_argument("--like", metavar="CLIP_ID", default="", help="more on the subject of this clip")
    parser.add_argument(
        "--replace", action="store_true", help="in place of clips found before that you have not touched"
    )
    options.add_look_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Find and print the clips, best first."""
    from viralclip_desktop.features.common.orders import main_job_options
    from viralclip_desktop.features.workflows.main_job import find as find_moments
    from viralclip_desktop.features.workflows.versions import kept_off_faces

    services = build_services()
    services.notices.listen(output.notice)
    look = brands.chosen(services.store, args)
    wanted = main_job_options(
        services.settings.values, **options.search_asked(args), like=args.like or None, **look
    )
    clips = find_moments(
        services, args.source_id, wanted, output.progress, CancelToken(), instead=args.replace
    )
    if args.keep_off_faces:
        clips = kept_off_faces(services, clips)
    lines = [line for clip in clips for line in clip_lines(clip)]
    output.result([shapes.clip_shape(clip) for clip in clips], lines)
    return 0
