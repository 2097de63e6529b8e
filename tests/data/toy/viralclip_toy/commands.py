"""``viralclip wind``: wind the toy up."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("wind", help="wind the toy up")
    parser.add_argument("turns", type=int)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Any, build_services: Callable[[], Any]) -> int:
    """Do it as a job."""
    from viralclip_toy.feature import WIND, Wind

    jobs = build_services().jobs
    done = WIND.result_of(jobs.wait(jobs.submit(WIND, Wind(args.turns)).id, 20.0))
    output.result({"sound": done.sound}, [done.sound])
    return 0
