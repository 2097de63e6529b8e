"""``viralclip sentences``: the sentences of a transcript, and who speaks them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.spoken import existing_sentences, existing_words, transcript_of
from viralclip_desktop.core.time import format_clock

if TYPE_CHECKING:
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "sentences",
        help="split and merge sentences, say who speaks",
        description="Sentences and words are numbered from 0 through the whole recording.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _on_source(actions, "list", "the sentences of a recording", run_list)
    split = _on_source(actions, "split", "begin a new sentence with a word", run_split)
    split.add_argument("word", type=int, metavar="WORD", help="as “viralclip words list” numbers them")
    merge = _on_source(actions, "merge", "join a sentence with the one after it", run_merge)
    merge.add_argument("place", type=int, metavar="PLACE")
    _on_source(actions, "tell", "tell the speakers apart by their voices", run_tell)
    speaker = _on_source(actions, "speaker", "say who speaks some sentences", run_speaker)
    speaker.add_argument("places", type=options.word_places, metavar="PLACES", help="such as 3-5,8")
    speaker.add_argument("name", metavar="NAME", help="empty for nobody")
    for action in actions.choices.values():
        options.add_json(action)


def _on_source(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    return options.on_one(actions, name, help_text, run, "source_id")


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print all sentences."""
    return _print(transcript_of(build_services().store, args.source_id), output)


def run_split(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Begin a new sentence."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_words(services.store, args.source_id, [args.word])
    return _print(editing.split_sentence(services.store, args.source_id, args.word), output)


def run_merge(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Join two sentences."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_sentences(services.store, args.source_id, [args.place])
    return _print(editing.merge_sentence(services.store, args.source_id, args.place), output)


def run_tell(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Tell the speakers apart; names that were given stay."""
    from viralclip_desktop.features.speakers import tell_speakers

    services = build_services()
    told = tell_speakers(services.store, services.paths, args.source_id, progress=output.progress)
    return _print(told, output)


def run_speaker(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Say who speaks."""
    from viralclip_desktop.features import editing

    services = build_services()
    existing_sentences(services.store, args.source_id, args.places)
    return _print(editing.assign_speaker(services.store, args.source_id, args.places, args.name), output)


def _print(transcript: Transcript, output: Output) -> int:
    shape, lines = [], []
    for place, sentence in enumerate(transcript.sentences):
        text, within = transcript.text_of(sentence), transcript.range_of(sentence)
        speaker = transcript.words[sentence.first].speaker
        words = {"first_word": sentence.first, "last_word": sentence.last - 1}
        shape.append(
            {"place": place, "text": text, "speaker": speaker or None} | words | shapes.range_shape(within)
        )
        said = f"{speaker}: {text}" if speaker else text
        lines.append(f"{place:4d}  {format_clock(within.start)}  {said}")
    output.result(shape, lines or ["No sentences."])
    return 0
