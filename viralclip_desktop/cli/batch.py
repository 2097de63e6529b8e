"""``viralclip batch``: recordings and whole folders become clips in every version that is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
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
from viralclip_desktop.cli.translations import add_second_language
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.batch_recording import BatchOrder


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
    add_second_language(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Do it; exit code 0 when every recording was finished, 1 when some were not."""
    from viralclip_desktop.features import upkeep
    from viralclip_desktop.features.workflows.batch import recordings_of, submit_batch

    services = build_services()
    inputs = [from_home(typed) for typed in args.inputs]
    order = _with_second_language(batch_order(services, args), inputs, args)
    services.notices.listen(output.notice)
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


def _with_second_language(order: BatchOrder, inputs: list[Path], args: argparse.Namespace) -> BatchOrder:
    """The order with the subtitle file that was typed, which is read now: better than in an hour. Raises
    UsageError for several recordings, BadInput for a file that cannot be used."""
    from viralclip_desktop.features.editing.translating import read_translation

    if not args.second_subtitles:
        return order
    if len(inputs) != 1 or inputs[0].is_dir():
        raise UsageError(
            "--second-subtitles is for a single recording.",
            "For several, put a file such as talk.th.srt beside each, and give --caption-language th.",
        )
    path = from_home(args.second_subtitles).absolute()
    code, _ = read_translation(path, args.second_language)
    return replace(order, second_subtitles=path, second_language=code)
