"""``viralclip transcript``: what is said in a recording or a clip, as subtitles or text."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.spoken import transcript_of
from viralclip_desktop.cli.translations import translation_of
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.files import from_home, write_whole

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.domain.translation import Translation
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.store import Store

_FORMATS = ("srt", "vtt", "ass", "json", "txt")


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("transcript", help="print what is said in a recording or a clip")
    whose = "a recording, or a clip for what is said in it, in clip time"
    parser.add_argument("source_id", metavar="SOURCE_ID|CLIP_ID", help=whose)
    parser.add_argument("--format", choices=_FORMATS, help="default: by the ending of FILE, else txt")
    parser.add_argument("--out", metavar="FILE", help="write it there instead of on stdout")
    parser.add_argument("--language", metavar="CODE", help="the translation into this language instead")
    parser.add_argument("--both", action="store_true", help="what is said and the translation, line by line")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the transcript, or write it and print where; ``--json`` alone is ``--format json``."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.transcription import export_captions

    if args.both and not args.language:
        raise UsageError("It is not said which translation is meant.", "Give a --language with --both.")
    services = build_services()
    store = services.store
    transcript = _spoken(store, args.source_id) if args.both or not args.language else None
    translation = _translated(store, args.source_id, args.language) if args.language else None
    out = None if args.out is None else from_home(args.out).absolute()
    ending = out.suffix.lstrip(".").lower() if out else ""
    usual = ending if ending in _FORMATS else "json" if args.json and out is None else "txt"
    form = args.format or usual
    text = export_captions(transcript, translation, form)
    text = text if text.endswith("\n") else text + "\n"
    if out is None:
        output.document(text, is_json=form == "json")
        return 0
    check_target(store, services.paths, out, [f".{name}" for name in _FORMATS])
    _write(out, text)
    output.result({"path": str(out), "format": form}, [str(out)])
    return 0


def _spoken(store: Store, whose: str) -> Transcript:
    from viralclip_desktop.features.captions.spoken import clip_transcript

    try:
        clip = store.clip(whose)
    except NotFound:
        return transcript_of(store, whose)
    return clip_transcript(transcript_of(store, clip.source_id), clip)


def _translated(store: Store, whose: str, language: str) -> Translation:
    from viralclip_desktop.features.captions import clip_translation

    try:
        clip = store.clip(whose)
    except NotFound:
        return translation_of(store, whose, language)
    return clip_translation(translation_of(store, clip.source_id, language), clip)


def _write(out: Path, text: str) -> None:
    from viralclip_desktop.media.faults import disk_fault

    try:
        write_whole(out, text.encode())
    except OSError as error:
        raise disk_fault(error, out) from error
