"""``viralclip translate``: what is said in a clip or a recording, in another language."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.messages import say_n

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.translate import StandingLine, TranslateDone

_FILE = "file"
"""The engine of lines that came from a file."""


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "translate",
        help="translate what is said in a clip or a recording",
        description="Translates the lines that have no translation yet and keeps them beside the captions, "
        "as one entry in the history. What is there stays: after a trouble it goes on with what is missing.",
    )
    parser.add_argument("subject", metavar="CLIP_ID|SOURCE_ID")
    parser.add_argument("--to", metavar="CODE", required=True, help="the language, such as es")
    parser.add_argument(
        "--engine",
        metavar="ID",
        default="",
        help="who translates, of “viralclip providers --kind translation” (default: as in the settings)",
    )
    parser.add_argument(
        "--glossary", metavar="FILE", help="terms with a fixed translation, one “term = translation” a line"
    )
    parser.add_argument(
        "--from-file", metavar="F.srt", help="take the lines of this SRT, VTT, ASS or JSON file"
    )
    parser.add_argument("--again", action="store_true", help="translate lines again that are there")
    parser.add_argument(
        "--shorten",
        metavar="LINE",
        type=int,
        help="ask a language model for a shorter wording of one line, by its number among the lines that "
        "this command prints (from 1); it is shown, and stored only with --take",
    )
    parser.add_argument(
        "--voice",
        metavar="ID",
        default="",
        help="who is to speak it: how much fits is told by its pace (default: the language's usual pace)",
    )
    parser.add_argument("--take", action="store_true", help="store the shorter wording that was found")
    parser.add_argument("--show", action="store_true", help="show the translation with the clip's captions")
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Translate and print every line; exit code 1 when some could not be translated."""
    from viralclip_desktop.features.workflows.translate import standing_lines

    services = build_services()
    services.notices.listen(output.notice)
    if args.shorten is not None:
        return _shorten(services, output, args)
    if args.take or args.voice:
        raise UsageError("Only a shorter wording can be taken, or fitted to a voice.", "Add --shorten LINE.")
    done = _from_file(services, args) if args.from_file else _translated(services, output, args)
    lines = standing_lines(services.store, args.subject, done.language, done.failed)
    output.result(
        {
            "language": done.language,
            "engine": done.engine or None,
            "model": done.model or None,
            "lines": [_shape(line) for line in lines],
        },
        [_row(line) for line in lines],
    )
    if not done.failed:
        return 0
    told = say_n(len(done.failed), "{n} line could not be translated.", "{n} lines could not be translated.")
    output.report(f"viralclip: {told} {done.failed[0].told} Run the same command again for what is missing.")
    return 1


def _translated(services: Services, output: Output, args: argparse.Namespace) -> TranslateDone:
    from viralclip_desktop.features.translation import read_glossary
    from viralclip_desktop.features.workflows.translate import TRANSLATE, TranslateOrder, submit_translation

    glossary = read_glossary(options.existing_file(args.glossary)) if args.glossary else {}
    order = TranslateOrder(args.subject, args.to, args.engine, glossary, args.again, args.show)
    (ended,) = follow(services, output, [submit_translation(services, order)])
    return TRANSLATE.result_of(succeed(ended))


def _from_file(services: Services, args: argparse.Namespace) -> TranslateDone:
    from viralclip_desktop.features.editing.translating import import_translation
    from viralclip_desktop.features.workflows.subjects import subject_clip
    from viralclip_desktop.features.workflows.translate import TranslateDone

    if args.engine or args.glossary or args.again:
        raise UsageError("A file needs no engine.", "Give either --from-file or the options of an engine.")
    clip = subject_clip(services.store, args.subject)
    shown = [clip.id] if args.show and clip.id == args.subject else []
    path = options.existing_file(args.from_file)
    added = import_translation(services.store, clip.source_id, path, args.to, shown)
    return TranslateDone(added.language, _FILE, "", len(added.lines), [])


def _shorten(services: Services, output: Output, args: argparse.Namespace) -> int:
    from viralclip_desktop.features.workflows.shorter import shorter_wording, take_wording

    if args.from_file or args.glossary or args.show:
        raise UsageError("A line is shortened by itself.", "Leave out --from-file, --glossary and --show.")
    found = shorter_wording(
        services,
        args.subject,
        args.to,
        args.shorten,
        voice=args.voice,
        engine=args.engine,
        anew=args.again,
    )
    if args.take:
        take_wording(services.store, found)
    told = "It is taken." if args.take else "Add --take to store it; it is not paid for again."
    fits = "" if found.fits else f" It is still long: about {found.most} characters can be said."
    output.result(
        {
            "engine": found.engine,
            "model": found.model,
            "start_s": round(found.range.start.seconds, 6),
            "end_s": round(found.range.end.seconds, 6),
            "source": found.said,
            "text": found.before,
            "shorter": found.text,
            "most_characters": found.most,
            "fits": found.fits,
            "taken": args.take,
        },
        [f"now      {found.before}", f"shorter  {found.text}", f"{told}{fits}"],
    )
    return 0


def _shape(line: StandingLine) -> dict[str, Any]:
    """A line; times in source seconds."""
    return {
        "start_s": round(line.range.start.seconds, 6),
        "end_s": round(line.range.end.seconds, 6),
        "source": line.said,
        "text": line.text,
        "state": str(line.state),
        "reason": str(line.reason) or None,
    }


def _row(line: StandingLine) -> str:
    told = f"  [{line.state}: {line.reason}]" if line.reason else ""
    return f"{line.range.start.seconds:9.2f}  {line.said}\n           {line.text or '-'}{told}"
