"""``viralclip jobs``: work in progress, and what to do with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("jobs", help="list, cancel or retry work")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all jobs, newest last")
    listing.set_defaults(run=run_list)
    cancel = actions.add_parser("cancel", help="stop a job, also one of an open window")
    cancel.add_argument("job_id", metavar="JOB_ID")
    cancel.set_defaults(run=run_cancel)
    retry = actions.add_parser("retry", help="run a failed, cancelled or interrupted job again")
    retry.add_argument("job_id", metavar="JOB_ID")
    retry.set_defaults(run=run_retry)
    for action in (listing, cancel, retry):
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all jobs."""
    jobs = build_services().jobs.list()
    output.result([shapes.job_shape(job) for job in jobs], [_line(job) for job in jobs] or ["No jobs."])
    return 0


def run_cancel(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Cancel one job."""
    queue = build_services().jobs
    queue.cancel(queue.get(args.job_id).id)
    job = queue.get(args.job_id)
    output.result(shapes.job_shape(job), [_line(job)])
    return 0


def run_retry(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Run one job again and follow it to its end."""
    services = build_services()
    services.notices.listen(output.notice)
    job = succeed(follow(services, output, [services.jobs.retry(args.job_id)])[0])
    output.result(shapes.job_shape(job), [_line(job)])
    return 0


def _line(job: Job) -> str:
    tail = f"  {job.error}" if job.error else f"  {job.fraction:.0%}" if not job.state.ended else ""
    return f"{job.id}  {job.kind}  {job.state}{tail}"
