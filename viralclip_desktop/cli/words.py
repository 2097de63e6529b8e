"""``viralclip words``: what is said in a recording, word by word."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.spoken import existing_words, transcript_of
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.time import Time, format_clock

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "words",
        help="find and correct the words of a transcript",
        description="Words are numbered from 0 through the whole recording. To cut words out of a clip see "
        "“viralclip clips cut --words”. Times are source time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = _on_source(actions, "list", "words with their places, times and confidence", run_list)
    options.add_range(listing, "source time")
    below = "only words the recogniser was less sure of"
    listing.add_argument("--unsure", type=options.share, metavar="SHARE", help=below)
    find = _on_source(actions, "find", "where a text is said", run_find)
    replace = _on_source(actions, "replace", "write a text otherwise, everywhere", run_replace)
    for action in (find, replace):
        action.add_argument("text", metavar="TEXT")
        action.add_argument("--whole-words", action="store_true", help="not inside longer words")
        action.add_argument("--match-case", action="store_true", help="capitals count")
    replace.add_argument("by", metavar="BY", help="empty takes it out")
    correct = _on_source(actions, "correct", "write one word otherwise; its time stays", run_correct)
    correct.add_argument("place", type=int, metavar="PLACE")
    correct.add_argument("text", metavar="TEXT")
    drop = _on_source(actions, "drop", "take words out of the transcript; the sound stays", run_drop)
    nudge = _on_source(actions, "nudge", "move neighbouring words earlier or later", run_nudge)
    for action in (drop, nudge):
        action.add_argument("places", type=options.word_places, metavar="PLACES", help="such as 12-15")
    by = "seconds; below 0 is earlier"
    nudge.add_argument("--by", type=options.number, required=True, metavar="S", help=by)
    retime = _on_source(actions, "retime", "give a word another start or end", run_retime)
    retime.add_argument("place", type=int, metavar="PLACE")
    options.add_range(retime, "source time; what is not given stays")
    for action in actions.choices.values():
        options.add_json(action)


def _on_source(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    return options.on_one(actions, name, help_text, run, "source_id")


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print words, all or some."""
    transcript = transcript_of(build_services().store, args.source_id)
    low, high = args.start or 0.0, 1e9 if args.end is None else args.end
    places = [
        place
        for place, word in enumerate(transcript.words)
        if low <= word.start.seconds < high and (args.unsure is None or word.confidence < args.unsure)
    ]
    return _print(transcript, places, output)


def run_find(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the words of every place."""
    from viralclip_desktop.features import editing

    services = build_services()
    found = editing.find_words(
        services.store, args.source_id, args.text, whole_words=args.whole_words, match_case=args.match_case
    )
    places = [place for match in found for place in range(match.first, match.last)]
    return _print(transcript_of(services.store, args.source_id), places, output)


def run_replace(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Replace and print how often."""
    from viralclip_desktop.features import editing

    if not args.text.strip():
        raise UsageError("It is not said what to look for.")
    count = editing.find_replace(
        build_services().store,
        args.source_id,
        args.text,
        args.by,
        whole_words=args.whole_words,
        match_case=args.match_case,
    )
    output.result({"replaced": count}, [f"Replaced {count} time{'' if count == 1 else 's'}."])
    return 0


def run_correct(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Correct one word and print what stands there now."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_words(services.store, args.source_id, [args.place])
    texts = args.text.split()
    if not texts:
        raise UsageError("A word needs letters.", "To take it out use “viralclip words drop”.")
    transcript = editing.correct_word(services.store, args.source_id, args.place, args.text)
    return _print(transcript, range(args.place, args.place + len(texts)), output)


def run_drop(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take words out and print how many are left."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_words(services.store, args.source_id, args.places)
    transcript = editing.drop_words(services.store, args.source_id, args.places)
    output.result(shapes.transcript_shape(transcript), [f"{len(transcript.words)} words are left."])
    return 0


def run_nudge(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Move words and print where they are now."""
    from viralclip_desktop.features import editing

    services = build_services()
    places = existing_words(services.store, args.source_id, args.places)
    first, last = places[0], places[-1] + 1
    if list(places) != list(range(first, last)):
        raise UsageError(
            "These words are not neighbours.", "Nudge one run of words at a time, such as 12-15."
        )
    by = Time.from_seconds(args.by)
    return _print(editing.nudge_words(services.store, args.source_id, first, last, by), places, output)


def run_retime(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a word other times and print what they are now."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_words(services.store, args.source_id, [args.place])
    word = transcript_of(services.store, args.source_id).words[args.place]
    args.start = word.start.seconds if args.start is None else args.start
    args.end = word.end.seconds if args.end is None else args.end
    within = options.range_of(args)
    transcript = editing.retime_word(services.store, args.source_id, args.place, within.start, within.end)
    return _print(transcript, [args.place], output)


def _print(transcript: Transcript, places: Iterable[int], output: Output) -> int:
    shape, lines = [], []
    for place in places:
        word = transcript.words[place]
        times = {"start_s": shapes.seconds(word.start), "end_s": shapes.seconds(word.end)}
        known = {"confidence": round(word.confidence, 3), "speaker": word.speaker or None}
        shape.append({"place": place, "text": word.text} | times | known)
        lines.append(f"{place:5d}  {format_clock(word.start)}  {word.confidence:4.0%}  {word.text}")
    output.result(shape, lines or ["No words."])
    return 0
