"""Arguments that several commands share, and the parsing of their values."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput, NotFound, UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.rates import exact_rate, fraction_of
from viralclip_desktop.core.time import Time, TimeRange, format_clock
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.domain.properties.exports import RATE
from viralclip_desktop.domain.properties.framing import SHAPE
from viralclip_desktop.domain.properties.rows import Rate

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.batches import Readiness
    from viralclip_desktop.store.store import Store


_MOST_FIGURES = 7  # of a word's place: five hundred hours of talk
_TYPED_GRAIN = Time.from_seconds(0.1)
_SET = "(default: as in the settings)"


def frame_rate(text: str, row: Rate = RATE) -> Fraction | None:
    """``source`` or a number of frames a second (``30``, ``29.97``, ``30000/1001``)."""
    if text == "source":
        return None
    try:
        fps = exact_rate(fraction_of(text))
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError(f"“{text}” is no frame rate; give a number or “source”") from None
    if not row.low <= fps <= row.high:
        raise argparse.ArgumentTypeError(f"the frame rate has to lie between {row.low} and {row.high}")
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


def word_places(text: str) -> tuple[int, ...]:
    """Places of words or sentences: ``12``, ``12-15`` (both ends count), ``12-15,20``."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdecimal() or not (last or first).isdecimal() or int(last or first) < int(first):
            raise argparse.ArgumentTypeError(f"“{part}” names no places; write 12, 12-15 or 12-15,20")
        if max(len(first), len(last)) > _MOST_FIGURES:
            raise argparse.ArgumentTypeError(f"“{part}” lies beyond the end of any recording")
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def share(text: str) -> float:
    """A share of a whole, ``0`` to ``1``."""
    value = number(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("it has to lie between 0 and 1")
    return value


def number(text: str) -> float:
    """Any number that is one."""
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no number") from None
    if isnan(value):
        raise argparse.ArgumentTypeError(f"“{text}” is no number")
    if not -1e9 < value < 1e9:
        raise argparse.ArgumentTypeError(f"“{text}” is too large a number")
    return value


def on_clip(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    """An action on one clip."""
    return on_one(actions, name, help_text, run, "clip_id")


def on_one(actions: Any, name: str, help_text: str, run: Any, what: str) -> argparse.ArgumentParser:
    """An action on one thing; ``what`` names its argument, such as ``source_id``."""
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_text)
    action.add_argument(what, metavar=what.upper())
    action.set_defaults(run=run)
    return action


def add_range(parser: Any, clock: str) -> None:
    """``--from`` and ``--to``, on a clock that the help names."""
    for name, other, what in (("--from", "--start", "begins"), ("--to", "--end", "ends")):
        parser.add_argument(
            name,
            other,
            dest=other[2:],
            type=seconds,
            metavar="S",
            help=f"where it {what} ({clock})",
        )


def range_of(args: argparse.Namespace) -> TimeRange:
    """What ``--from`` and ``--to`` say. Raises :class:`UsageError` when they hold nothing."""
    if args.start is None or args.end is None or args.end <= args.start:
        raise UsageError("There is no time in that range.", "Give a --to after the --from.")
    return TimeRange.from_seconds(args.start, args.end)


def check_within(source: Source, *times: Time) -> None:
    """Raise :class:`UsageError` for a time after the end of a recording (lists show tenths)."""
    duration = source.info.duration
    if any(time - duration > _TYPED_GRAIN for time in times):
        raise UsageError(f"The recording ends at {format_clock(duration)}.", "Give times before that.")


def clips_of(store: Store, args: argparse.Namespace) -> list[Clip]:
    """The clips that were named, or those of ``--project``. Raises :class:`UsageError` for none or both."""
    if bool(args.clip_ids) == bool(args.project):
        raise UsageError("It is not said which clips.", "Name clips, or a project with --project.")
    if args.clip_ids:
        return [store.clip(clip_id) for clip_id in args.clip_ids]
    sources = store.sources(store.project(args.project).id)
    return [clip for source in sources for clip in store.clips(source.id)]


def existing_file(typed: str) -> Path:
    """The whole path of a file that is there. Raises :class:`BadInput`."""
    path = from_home(typed).absolute()
    if not path.is_file():
        raise BadInput(f"There is no file {path}.", "Check its name and folder.")
    return path


def existing_folder(typed: str) -> Path:
    """The whole path of a folder that is there. Raises :class:`BadInput`."""
    path = from_home(typed).absolute()
    if not path.is_dir():
        raise BadInput(f"There is no folder {path}.", "Check its name.")
    return path


def given(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed: the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def nearest(times: Sequence[Time], at_s: float, noun: str, listing: str) -> Time:
    """The time that was meant by typed seconds: the nearest, at most a tenth of a second away (lists show
    tenths). Raises :class:`NotFound`."""
    at = Time.from_seconds(at_s)
    found = min(times, key=lambda time: abs((time - at).ticks), default=None)
    if found is None or abs((found - at).ticks) > _TYPED_GRAIN.ticks:
        raise NotFound(f"There is no {noun} at {at_s:g} s.", f"See “viralclip {listing}”.")
    return found


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout")


def add_find_options(parser: argparse.ArgumentParser) -> None:
    """What kind of clips to look for."""
    parser.add_argument(
        "--count", type=int, metavar="N", help=f"so many clips, weaker ones among them {_SET}"
    )
    parser.add_argument("--min-length", type=seconds, metavar="S", help=f"shortest clip in seconds {_SET}")
    parser.add_argument("--max-length", type=seconds, metavar="S", help=f"longest clip in seconds {_SET}")
    parser.add_argument(
        "--llm", metavar="ID", help=f"language model: openai, local, ollama, llamacpp or none {_SET}"
    )
    parser.add_argument("--about", metavar="TEXT", help="what to look for, such as “the funniest exchanges”")


def add_audio_track(parser: argparse.ArgumentParser) -> None:
    """``--audio-track``."""
    parser.add_argument(
        "--audio-track",
        type=int,
        metavar="N",
        help="which sound track of VIDEO to hear, from 1 (default: the one it names, unless that is silent)",
    )


def add_ready_options(parser: argparse.ArgumentParser) -> None:
    """What is done to clips before and after their export."""
    parser.add_argument(
        "--tighten", action="store_true", help="take dead air, fillers, stutters and failed takes out"
    )
    names = ", ".join(_finish_names())
    parser.add_argument(
        "--finish",
        nargs="?",
        type=_elements,
        const="",
        metavar="NAMES",
        help=f"hook text and progress bar, or what is named, with commas between: {names} (music: the "
        "song that “viralclip finish” gave the clip, or one composed for it; broll: what it gave)",
    )
    parser.add_argument(
        "--package", action="store_true", help="a cover, a receipt and clips.json beside the finished files"
    )
    parser.add_argument(
        "--everything", action="store_true", help="all of these: --tighten, --finish and --package"
    )


def ready_asked(args: argparse.Namespace) -> tuple[Readiness, bool]:
    """What is to be done to clips before their export, and whether what belongs to it lies beside them."""
    from viralclip_desktop.features.batches import EVERYTHING, Readiness

    ready = EVERYTHING if args.everything else Readiness(args.tighten, isinstance(args.finish, list))
    named = list(args.finish or ())
    return replace(ready, keep_off_faces=args.keep_off_faces, elements=named), (
        args.package or args.everything
    )


def _finish_names() -> list[str]:
    return [str(element) for element in Element if element]


def _elements(typed: str) -> list[Element]:
    """The elements of a finish that were named; none for the usual ones. Raises ArgumentTypeError."""
    names = list(dict.fromkeys(name for part in typed.split(",") if (name := part.strip().lower())))
    unknown = next((name for name in names if name not in _finish_names()), None)
    if unknown is not None:
        raise argparse.ArgumentTypeError(
            f"there is no element “{unknown}” (choose from {', '.join(_finish_names())})"
        )
    return [Element(name) for name in names]


def bare_finish(argv: Sequence[str]) -> list[str]:
    """Arguments with ``--finish`` set apart from a file that comes right behind it: it takes names, and
    ``batch --finish talk.mp4`` has none."""
    return [
        f"{one}=" if one == "--finish" and _is_file(following) else one
        for one, following in zip(argv, [*argv[1:], ""], strict=True)
    ]


_TAKEN_OFF = "+-"
"""How the mark of a tag that is taken off gets by what takes it for an option."""


def tag_marks(argv: Sequence[str]) -> list[str]:
    """Arguments of ``library tag`` in which ``-calm`` is no option."""
    return [
        f"{_TAKEN_OFF}{one[1:]}" if one.startswith("-") and not one.startswith("--") and one != "-h" else one
        for one in argv
    ]


def tag_mark(text: str) -> tuple[str, str]:
    """``+`` or ``-`` and the tag. Raises UsageError."""
    sign, tag = ("-", text[2:]) if text.startswith(_TAKEN_OFF) else (text[:1], text[1:])
    if sign not in ("+", "-") or not tag.strip():
        raise UsageError(
            f"“{text}” is no change of a tag.", "Write +calm to give a tag, -calm to take it off."
        )
    return sign, tag


def _is_file(typed: str) -> bool:
    named = all(part.strip().lower() in _finish_names() for part in typed.split(","))
    return not named and (any(mark in typed for mark in "./\\:") or from_home(typed).exists())


def add_keep_off_faces(parser: argparse.ArgumentParser) -> None:
    """``--keep-off-faces``."""
    parser.add_argument(
        "--keep-off-faces", action="store_true", help="move captions where they would cover a face"
    )


def add_look_options(parser: argparse.ArgumentParser) -> None:
    """What new clips look like."""
    parser.add_argument("--aspect", choices=SHAPE.typed, help=SHAPE.help)
    parser.add_argument("--style", metavar="NAME", help=f"caption style {_SET}")
    add_keep_off_faces(parser)
    parser.add_argument("--brand", metavar="NAME", help="brand kit, or “none” (default: the default one)")


def add_speech_options(parser: argparse.ArgumentParser, *, subtitles: bool = True) -> None:
    """How speech becomes text; ``subtitles``: also by a file, which is for one recording."""
    parser.add_argument(
        "--stt", metavar="ID", help="speech engine: whisper, sphinx or openai (default: the best)"
    )
    parser.add_argument("--language", metavar="CODE", help="spoken language, such as en (default: detected)")
    if not subtitles:
        return
    parser.add_argument(
        "--subtitles", metavar="FILE", help="use this SRT, VTT, ASS or JSON file instead of listening"
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        default="",
        help="how the subtitle file was written, such as cp1251 (default: told from the file)",
    )


def search_asked(args: argparse.Namespace) -> dict[str, Any]:
    """Which clips to look for and their shape and style, as far as it was typed: fields of the main job's
    options."""
    asked = {
        "count": args.count,
        "min_length_s": args.min_length,
        "max_length_s": args.max_length,
        "aspect": Aspect(args.aspect) if args.aspect else None,
        "style": args.style,
        "llm": _known_llm(args.llm),
        "about": args.about,
    }
    return given(asked)


def _known_llm(typed: str | None) -> str | None:
    """The id of a language model as typed. Raises :class:`UsageError` for an unknown one, before any work."""
    if typed not in (None, "none", "auto"):
        from viralclip_desktop.engines.registry import LLM

        LLM.info(str(typed))
    return typed
