"""``viralclip batch``: recordings and whole folders become clips in every version that is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
from viralclip_desktop.core.files import from_home
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "batch",
        help="turn recordings and folders into clips in several versions",
        description="Imports, transcribes and searches every recording (each once), and exports each clip "
        "once for every combination of shape, style, hook and caption language. The same command again goes "
        "on where it was stopped, and makes nothing twice.",
    )
    parser.add_argument(
        "inputs", nargs="+", metavar="FILE|FOLDER", help="recordings, or folders (and the folders in them)"
    )
    add_batch_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Do it; exit code 0 when every recording was finished, 1 when some were not."""
    from viralclip_desktop.features import upkeep
    from viralclip_desktop.features.workflows.batch import recordings_of, submit_batch

    services = build_services()
    order = batch_order(services, args)
    services.notices.listen(output.notice)
    inputs = [from_home(typed) for typed in args.inputs]
    (job,) = follow(services, output, [submit_batch(services, inputs, order)])
    if job.state is not WorkState.FAILED or not job.result.get("recording_ids"):
        succeed(job)
    shaped = [recording_shape(services, one) for one in recordings_of(services, job)]
    output.result(
        {"job_id": job.id, "recordings": shaped}, [x for one in shaped for x in recording_lines(one)]
    )
    upkeep.keep_safe(services)
    if job.state is WorkState.FAILED:
        output.report(f"viralclip: {job.error} {job.hint}".strip())
        return 1
    return 0
