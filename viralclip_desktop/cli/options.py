"""Arguments that several commands share, and the parsing of their values."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import TYPE_CHECKING

from viralclip_desktop.core.geometry import Aspect, Resolution

if TYPE_CHECKING:
    from viralclip_desktop.settings.declaration import Settings


_SET = "(default: as in the settings)"


def frame_rate(text: str) -> Fraction | None:
    """``source`` or a number of frames a second (``30``, ``29.97``, ``30000/1001``)."""
    if text == "source":
        return None
    try:
        fps = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"“{text}” is no frame rate; give a number or “source”") from None
    fps = _exact_rate(fps)
    if not 1 <= fps <= 60:
        raise argparse.ArgumentTypeError("the frame rate has to lie between 1 and 60")
    return fps


def _exact_rate(fps: Fraction) -> Fraction:
    """The broadcast rate that is meant by 23.976, 29.97 or 59.94."""
    for exact in (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)):
        if abs(fps - exact) < Fraction(1, 100):
            return exact
    return fps


def seconds(text: str) -> float:
    """Seconds (``12.5``) or a clock time (``1:02.5``, ``1:00:02``)."""
    try:
        total = 0.0
        for part in text.split(":"):
            total = total * 60 + float(part)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no time; write 12.5 or 1:02.5") from None
    if not 0 <= total < 1e7:
        raise argparse.ArgumentTypeError(f"“{text}” is no time in a recording")
    return total


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout")


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """What a finished file looks like."""
    parser.add_argument(
        "--out",
        metavar="DIR",
        help="folder for the finished files (default: as in the settings, else the data folder)",
    )
    parser.add_argument("--resolution", choices=[str(r) for r in Resolution], help=f"shorter side {_SET}")
    # “source” is None, so what was not given has to be told by its absence
    parser.add_argument(
        "--fps",
        type=frame_rate,
        default=argparse.SUPPRESS,
        metavar="N",
        help=f"frames a second, or “source” {_SET}",
    )
    parser.add_argument("--encoder", metavar="NAME", help=f"video encoder {_SET}")


def add_find_options(parser: argparse.ArgumentParser) -> None:
    """What kind of clips to look for."""
    parser.add_argument("--count", type=int, metavar="N", help=f"at most N clips {_SET}")
    parser.add_argument("--min-length", type=seconds, metavar="S", help=f"shortest clip in seconds {_SET}")
    parser.add_argument("--max-length", type=seconds, metavar="S", help=f"longest clip in seconds {_SET}")


def add_look_options(parser: argparse.ArgumentParser) -> None:
    """What new clips look like."""
    parser.add_argument("--aspect", choices=[str(a) for a in Aspect], help=f"picture shape {_SET}")
    parser.add_argument("--style", metavar="NAME", help=f"caption style {_SET}")


def add_speech_options(parser: argparse.ArgumentParser) -> None:
    """How speech becomes text."""
    parser.add_argument(
        "--stt", metavar="ID", help="speech engine: whisper, sphinx or openai (default: the best)"
    )
    parser.add_argument("--language", metavar="CODE", help="spoken language, such as en (default: detected)")
    parser.add_argument(
        "--subtitles", metavar="FILE", help="use this SRT, VTT, ASS or JSON file instead of listening"
    )


def fill(args: argparse.Namespace, settings: Settings) -> None:
    """Take what was not given on the command line from the settings (``viralclip settings list``).

    ``--aspect`` is left to the command: a clip that exists has a shape of its own.
    """
    defaults = {
        "count": settings.clip_count,
        "min_length": settings.min_length_s,
        "max_length": settings.max_length_s,
        "style": settings.caption_style,
        "resolution": str(settings.resolution),
        "encoder": None if settings.encoder == "auto" else settings.encoder,
        "out": settings.export_folder or None,
    }
    for name, value in defaults.items():
        if getattr(args, name, None) is None:
            setattr(args, name, value)
    if "fps" not in args:
        args.fps = None if settings.fps is None else _exact_rate(settings.fps)
