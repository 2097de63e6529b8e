"""``viralclip transcript``: what is said in a source, as subtitles or text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("transcript", help="print what is said in a source")
    parser.add_argument("source_id", metavar="SOURCE_ID")
    formats = ["srt", "vtt", "ass", "json", "txt"]
    parser.add_argument("--format", choices=formats, default="txt", help="default: %(default)s")
    parser.set_defaults(run=run, json=False)


def run(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Print the transcript on stdout."""
    from viralclip_desktop.features.transcription import export_transcript

    store = build_desk().store
    transcript = store.transcript(store.source(args.source_id).id)
    if transcript is None:
        hint = f"Run “viralclip transcribe {args.source_id}” first."
        raise BadInput("This source has no transcript yet.", hint)
    text = export_transcript(transcript, args.format)
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    return 0
