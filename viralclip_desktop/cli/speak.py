"""``viralclip speak``: a text spoken into a file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.engines.tts.base import Spoken
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.voices import SpeechRequest


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "speak",
        help="have a voice speak a text into a WAV file",
        description="Speaks a text into a WAV file. An empty line ends a paragraph, and a line [speed 0.9] "
        "sets how fast what follows is spoken, until the next such line or [speed normal]. What was spoken "
        "before is not spoken, or paid for, again: after a break, or where one paragraph is changed.",
    )
    text = parser.add_mutually_exclusive_group(required=True)
    text.add_argument("text", metavar="TEXT", nargs="?")
    text.add_argument("--file", metavar="F", help="a text file to speak (UTF-8)")
    parser.add_argument(
        "--voice",
        metavar="ID",
        required=True,
        help="as “viralclip voices list” prints it, or a blend of Kokoro's voices of one language, such as "
        "kokoro:af_heart*0.6+af_bella*0.4",
    )
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="0.5 to 2 (default: 1)")
    parser.add_argument(
        "--pitch", type=_pitch, default=0.0, metavar="ST", help="semitones higher, -12 to 12 (default: 0)"
    )
    parser.add_argument(
        "--again",
        type=options.word_places,
        default=(),
        metavar="N",
        help="speak these paragraphs anew (1, 2-3,5): services speak a text otherwise each time",
    )
    parser.add_argument("--out", metavar="F.wav", help="where to; not needed with --keep")
    parser.add_argument(
        "--keep", action="store_true", help="put it into the library, with the settings that made it"
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def _within(text: str, low: float, high: float) -> float:
    value = options.number(text)
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"it has to be from {low:g} to {high:g}")
    return value


def _speed(text: str) -> float:
    return _within(text, 0.5, 2.0)


def _pitch(text: str) -> float:
    return _within(text, -12.0, 12.0)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Speak it and print where it lies and when its words are heard."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.voices import SpeechRequest

    if not (args.out or args.keep):
        raise UsageError("It is not said where the speech goes.", "Give --out F.wav, or --keep, or both.")
    services, out = build_services(), Path(args.out).absolute() if args.out else None
    if out is not None and out.suffix.lower() != ".wav":
        raise UsageError("Only WAV files can be written.", "Let the name end in .wav.")
    if out is not None:
        check_target(services.store, services.paths, out, (".wav",))
    text = args.text if args.file is None else _read(options.existing_file(args.file))
    document = _spoken(services, SpeechRequest(text, args.voice, args.speed, args.pitch), args, out, output)
    output.result(document, [document["path"]])
    return 0


def _spoken(
    services: Services,
    request: SpeechRequest,
    args: argparse.Namespace,
    out: Path | None,
    output: Output,
) -> dict[str, Any]:
    from viralclip_desktop.features.voices import save_speech
    from viralclip_desktop.features.workflows.studio import keep_speech
    from viralclip_desktop.media.workdir import scratch

    with scratch(services.paths.render_work) as work:
        sound, cancel = out or work / "speech.wav", CancelToken()
        spoken = save_speech(
            services, request, sound, again=args.again, progress=output.progress, cancel=cancel
        )
        if not args.keep:
            return _shape(sound, spoken)
        kept = keep_speech(services, request, sound)
        return _shape(out or Path(kept.asset.path), spoken) | {"library_id": kept.id}


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path.name} cannot be read as text.", "Save it as UTF-8 and try again.", str(error)
        ) from error


def _shape(out: Path, spoken: Spoken) -> dict[str, Any]:
    return {
        "path": str(out),
        "duration_s": round(spoken.duration.seconds, 6),
        "words": [
            {
                "text": word.text,
                "start_s": round(word.range.start.seconds, 4),
                "end_s": round(word.range.end.seconds, 4),
            }
            for word in spoken.words
        ],
    }
