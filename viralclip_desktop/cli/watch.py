"""``viralclip watch``: what comes into a folder becomes clips, by itself."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.batch_options import (
    add_batch_options,
    batch_order,
    recording_lines,
    recording_shape,
)
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.batch_recording import BatchOrder

_INTERVAL_S, _QUIET_S = 5.0, 10.0


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "watch",
        help="turn what comes into a folder into clips, as batch does",
        description="Looks at FOLDER again and again, and makes clips of each new recording as “batch” does. "
        "What was done is remembered. Ctrl+C ends it.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="the folder to look at, with the folders in it")
    parser.add_argument("--once", action="store_true", help="do what is there, then end")
    parser.add_argument(
        "--interval",
        type=options.seconds,
        default=_INTERVAL_S,
        metavar="S",
        help=f"seconds between two looks (default: {_INTERVAL_S:g})",
    )
    parser.add_argument(
        "--settle",
        type=options.seconds,
        default=_QUIET_S,
        metavar="S",
        help=f"seconds a file has to stay unchanged before it is taken (default: {_QUIET_S:g})",
    )
    add_batch_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Watch until Ctrl+C (exit code 5), or do what is there with ``--once``: exit code 1 when some of it
    failed. With ``--json`` each recording's document is printed as it ends, with ``--once`` one of all."""
    from viralclip_desktop.features import upkeep
    from viralclip_desktop.features.workflows.watching import FolderWatch, watch_folder

    services = build_services()
    order = batch_order(services, args)
    folder = options.existing_folder(args.folder)
    services.notices.listen(output.notice)
    ended: list[dict[str, Any]] = []

    def work(path: Path) -> None:
        shape = _work(services, output, path, order)
        ended.append(shape)
        if not (args.once and output.json_mode):
            output.result(shape, recording_lines(shape))
        upkeep.keep_safe(services)

    if not args.once:
        output.report(f"Watching {folder}. Ctrl+C ends it.")
    watch = FolderWatch(services, folder, order, args.settle)
    pause = partial(time.sleep, max(0.1, args.interval))
    watch_folder(watch, work, once=args.once, clock=time.monotonic, pause=pause)
    if output.json_mode:
        output.result({"recordings": ended}, [])
    elif not ended:
        output.report("There is nothing new.")
    return 1 if any(shape["status"] != WorkState.COMPLETED for shape in ended) else 0


def _work(services: Services, output: Output, path: Path, order: BatchOrder) -> dict[str, Any]:
    """Make one recording's clips; what came of it, also where somebody else cancelled it. Raises Cancelled
    on Ctrl+C."""
    from viralclip_desktop.features.workflows.batch import recordings_of, submit_batch

    (job,) = follow(services, output, [submit_batch(services, [path], order)])
    recordings = recordings_of(services, job)
    if not recordings:
        succeed(job)
    return {"job_id": job.id} | recording_shape(services, recordings[0])
