"""``viralclip frame``: one exact preview frame, as the editor shows it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import frame_size, preview_size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange, format_clock

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_NARROWEST, _WIDEST = 16, 7680  # px; wider than any export
_SHOWN_GRAIN = Time.from_seconds(0.1)  # times are shown in tenths


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("frame", help="save one exact frame of a clip as a picture")
    parser.add_argument("clip_id", metavar="CLIP_ID")
    at = "clip time in seconds; below 0 in the intro, after the clip's end in the outro"
    parser.add_argument("--at", type=_clip_time, required=True, metavar="S", help=at)
    parser.add_argument("--out", required=True, metavar="FILE.png")
    parser.add_argument("--width", type=_width, metavar="PX", help="default: as in a 1080p export")
    options.add_json(parser)
    parser.set_defaults(run=run)


def _clip_time(text: str) -> float:
    """A time that may lie before the clip: ``-1.5``."""
    return -options.seconds(text[1:]) if text.startswith("-") else options.seconds(text)


def _width(text: str) -> int:
    if not text.isdecimal() or not _NARROWEST <= int(text) <= _WIDEST:
        raise argparse.ArgumentTypeError(f"it has to be a whole number from {_NARROWEST} to {_WIDEST}")
    return int(text)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Render the frame and save it."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.preview import save_frame
    from viralclip_desktop.features.workflows.preview import look_now, preview_plan

    services = build_services()
    path = Path(args.out).absolute()
    check_target(services.store, services.paths, path, (".png",))
    services.notices.listen(output.notice)
    at = Time.from_seconds(args.at)
    look_now(services, args.clip_id, output.progress, CancelToken())
    plan = preview_plan(services.store, services.paths, args.clip_id, services.notices)
    _check(plan.file_range, at)
    size = preview_size(plan.aspect, args.width) if args.width else frame_size(plan.aspect, 1080)
    shown_at = save_frame(services.paths, plan, size, at, path)
    document = {"path": str(path), "width": size.width, "height": size.height, "at_s": shown_at.seconds}
    output.result(document, [str(path)])
    return 0


def _check(whole: TimeRange, at: Time) -> None:
    if whole.start - at > _SHOWN_GRAIN or at - whole.end > _SHOWN_GRAIN:
        plays = f"{format_clock(whole.start)} to {format_clock(whole.end)}"
        raise UsageError(f"The clip has no frame at {at.seconds:g} s.", f"It plays from {plays}.")
