"""``viralclip transcribe``: write down what is said in a source."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("transcribe", help="write down what is said in a source")
    parser.add_argument("source_id", metavar="SOURCE_ID")
    options.add_speech_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_desk: Callable[[], Desk]) -> int:
    """Transcribe and print a summary."""
    desk = build_desk()
    desk.notices.listen(output.notice)
    if args.subtitles:
        transcript = desk.import_subtitles(args.source_id, Path(args.subtitles))
    else:
        cancel = CancelToken()
        transcript = desk.transcribe(args.source_id, args.stt, args.language, output.progress, cancel)
    line = f"{len(transcript.words)} words, {len(transcript.sentences)} sentences ({transcript.language})"
    output.result(shapes.transcript_shape(transcript), [line])
    return 0
