"""``viralclip jobs``: work in progress, and what to do with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("jobs", help="list, pause, resume, cancel or retry work")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all jobs, newest last")
    listing.set_defaults(run=run_list)
    options.on_one(actions, "cancel", "stop a job, also one of an open window", run_cancel, "job_id")
    again = "run a failed, cancelled or interrupted job again"
    options.on_one(actions, "retry", again, run_retry, "job_id")
    options.on_one(actions, "pause", "let a job rest, also one of an open window", run_pause, "job_id")
    resume = actions.add_parser("resume", help="go on with jobs that were paused or interrupted")
    resume.add_argument("job_ids", metavar="JOB_ID", nargs="*", help="(default: all of them)")
    resume.set_defaults(run=run_resume)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all jobs."""
    queue = build_services().jobs
    jobs, left = queue.list(), queue.left_behind()
    output.result(
        [shapes.job_shape(job, left) for job in jobs], [_line(job, left) for job in jobs] or ["No jobs."]
    )
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


def run_pause(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Let one job rest; it goes on with ``resume``."""
    queue = build_services().jobs
    job = queue.pause_job(queue.get(args.job_id).id)
    output.result(shapes.job_shape(job), [_line(job)])
    return 0


def run_resume(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Go on with jobs, and follow to their end those that no other program works on."""
    services = build_services()
    services.notices.listen(output.notice)
    queue = services.jobs
    ids = args.job_ids or [job.id for job in queue.at_rest()]
    resumed = [queue.resume_job(queue.get(job_id).id) for job_id in ids]
    followed = {job.id: job for job in follow(services, output, [j for j in resumed if queue.is_mine(j.id)])}
    jobs = [followed.get(job.id) or queue.get(job.id) for job in resumed]
    for job in followed.values():
        succeed(job)
    output.result(
        [shapes.job_shape(job) for job in jobs], [_line(job) for job in jobs] or ["Nothing to resume."]
    )
    return 0


def _line(job: Job, left_behind: Collection[str] = ()) -> str:
    tail = f"  {job.error}" if job.error else f"  {job.fraction:.0%}" if not job.state.ended else ""
    state = "paused" if job.paused else "interrupted" if job.id in left_behind else job.state
    return f"{job.id}  {job.kind}  {state}{tail}"
