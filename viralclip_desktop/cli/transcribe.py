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
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("transcribe", help="write down what is said in a source")
    parser.add_argument("source_id", metavar="SOURCE_ID")
    options.add_speech_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Transcribe and print a summary."""
    from viralclip_desktop.features.transcription import import_subtitles, transcribe

    services = build_services()
    services.notices.listen(output.notice)
    if args.subtitles:
        transcript = import_subtitles(
            services.store, args.source_id, Path(args.subtitles), args.encoding, args.language or ""
        )
    else:
        cancel = CancelToken()
        transcript = transcribe(
            services,
            args.source_id,
            engine=args.stt,
            language=args.language,
            progress=output.progress,
            cancel=cancel,
        )
    line = f"{len(transcript.words)} words, {len(transcript.sentences)} sentences"
    line += f" ({transcript.language})" if transcript.language else ""
    output.result(shapes.transcript_shape(transcript), [line])
    return 0
