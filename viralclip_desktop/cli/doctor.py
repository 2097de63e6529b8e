"""``viralclip doctor``: what works here, what is missing, how to get it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("doctor", help="what works here, what is missing, how to get it")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Check everything the main job needs; exit code 4 when something it cannot do without is missing."""
    from viralclip_desktop.features.checkup import check_all
    from viralclip_desktop.features.transcription import speech_setup

    services = build_services()
    findings = check_all(services.paths, speech_setup(services))
    marks = {"good": "ok  ", "optional": "  - ", "missing": "MISS"}
    lines = [
        f"{marks[f.state]} {f.what}: {f.detail}" + (f"\n      {f.hint}" if f.hint else "") for f in findings
    ]
    shape = [{"what": f.what, "state": f.state, "detail": f.detail, "hint": f.hint} for f in findings]
    output.result({"findings": shape}, lines)
    return 4 if any(f.state == "missing" for f in findings) else 0
