"""Arguments that several commands share, and the parsing of their values."""

from __future__ import annotations

import argparse
from fractions import Fraction

from viralclip_desktop.core.geometry import Aspect, Resolution


def frame_rate(text: str) -> Fraction | None:
    """``source`` or a number of frames a second (``30``, ``29.97``, ``30000/1001``)."""
    if text == "source":
        return None
    try:
        fps = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"“{text}” is no frame rate; give a number or “source”") from None
    for exact in (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)):
        if abs(fps - exact) < Fraction(1, 100):
            fps = exact
    if not 1 <= fps <= 60:
        raise argparse.ArgumentTypeError("the frame rate has to lie between 1 and 60")
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
        "--out", metavar="DIR", help="folder for the finished files (default: the data folder)"
    )
    parser.add_argument("--aspect", choices=[str(a) for a in Aspect], help="picture shape (default: 9:16)")
    parser.add_argument(
        "--resolution", choices=[str(r) for r in Resolution], default="1080p", help="default: %(default)s"
    )
    parser.add_argument(
        "--fps", type=frame_rate, default=None, metavar="N", help="frames a second, or “source” (default)"
    )
    parser.add_argument("--encoder", metavar="NAME", help="video encoder (default: the best that works here)")


def add_find_options(parser: argparse.ArgumentParser) -> None:
    """What kind of clips to look for."""
    parser.add_argument("--count", type=int, default=10, metavar="N", help="at most N clips (default: 10)")
    parser.add_argument(
        "--min-length", type=seconds, default=15.0, metavar="S", help="shortest clip in seconds (default: 15)"
    )
    parser.add_argument(
        "--max-length", type=seconds, default=60.0, metavar="S", help="longest clip in seconds (default: 60)"
    )


def add_speech_options(parser: argparse.ArgumentParser) -> None:
    """How speech becomes text."""
    parser.add_argument(
        "--stt", metavar="ID", help="speech engine: whisper, sphinx or openai (default: the best)"
    )
    parser.add_argument("--language", metavar="CODE", help="spoken language, such as en (default: detected)")
    parser.add_argument(
        "--subtitles", metavar="FILE", help="use this SRT, VTT, ASS or JSON file instead of listening"
    )
