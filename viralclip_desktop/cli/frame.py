"""``viralclip frame``: one exact preview frame, as the editor shows it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.geometry import frame_size, preview_size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("frame", help="save one exact frame of a clip as a picture")
    parser.add_argument("clip_id", metavar="CLIP_ID")
    at = "clip time in seconds; below 0 in the intro, after the clip's end in the outro"
    parser.add_argument("--at", type=_clip_time, required=True, metavar="S", help=at)
    parser.add_argument("--out", required=True, metavar="FILE.png")
    parser.add_argument("--width", type=int, default=None, metavar="PX", help="default: as in a 1080p export")
    options.add_json(parser)
    parser.set_defaults(run=run)


def _clip_time(text: str) -> float:
    """A time that may lie before the clip: ``-1.5``."""
    return -options.seconds(text[1:]) if text.startswith("-") else options.seconds(text)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Render the frame and save it."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.preview import save_frame
    from viralclip_desktop.features.workflows.preview import look_now, preview_plan

    services = build_services()
    path = Path(args.out).absolute()
    check_target(services.store, services.paths, path, (".png",))
    services.notices.listen(output.notice)
    look_now(services, args.clip_id, output.progress, CancelToken())
    plan = preview_plan(services.store, services.paths, args.clip_id, services.notices)
    size = preview_size(plan.aspect, args.width) if args.width else frame_size(plan.aspect, 1080)
    shown_at = save_frame(services.paths, plan, size, Time.from_seconds(args.at), path)
    document = {"path": str(path), "width": size.width, "height": size.height, "at_s": shown_at.seconds}
    output.result(document, [str(path)])
    return 0
