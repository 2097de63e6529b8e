"""``viralclip translations``: a second language beside the captions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    from viralclip_desktop.domain.translation import Translation
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.store import Store

LANGUAGE_HELP = "such as th (default: as the file's name or script tells, as in talk.th.srt)"


def add_second_language(parser: argparse.ArgumentParser) -> None:
    """``--second-subtitles`` and ``--second-language``."""
    shown = "show this SRT, VTT, ASS or JSON file as a second language"
    parser.add_argument("--second-subtitles", metavar="FILE", default="", help=shown)
    parser.add_argument("--second-language", metavar="CODE", default="", help=LANGUAGE_HELP)


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "translations",
        help="add a second language to captions",
        description="“viralclip transcript SOURCE_ID --language CODE” prints the lines of a translation.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the translations of one recording, or of all")
    listing.add_argument("source_id", metavar="SOURCE_ID", nargs="?")
    listing.set_defaults(run=run_list)
    adding = actions.add_parser("add", help="take a translation from an SRT, VTT, ASS or JSON file")
    adding.add_argument("source_id", metavar="SOURCE_ID")
    adding.add_argument("file", metavar="FILE")
    adding.add_argument("--language", metavar="CODE", default="", help=LANGUAGE_HELP)
    adding.add_argument("--show", action="store_true", help="show it on all clips of the recording")
    adding.set_defaults(run=run_add)
    showing = actions.add_parser("show", help="show a translation with the captions of a clip")
    showing.add_argument("clip_id", metavar="CLIP_ID")
    showing.add_argument("language", metavar="CODE", help="such as th, or “none”")
    showing.set_defaults(run=run_show)
    shifting = _on_translation(actions, "shift", "move all lines earlier or later", run_shift)
    shifting.add_argument(
        "--by", type=options.number, required=True, metavar="S", help="seconds; below 0 is earlier"
    )
    _on_translation(actions, "remove", "delete a translation; clips no longer show it", run_remove)
    for action in actions.choices.values():
        options.add_json(action)


def _on_translation(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_text)
    action.add_argument("source_id", metavar="SOURCE_ID")
    action.add_argument("language", metavar="CODE", help="such as th")
    action.set_defaults(run=run)
    return action


def translation_of(store: Store, source_id: str, language: str) -> Translation:
    """A recording's translation. Raises :class:`NotFound`."""
    from viralclip_desktop.domain.translation import in_language
    from viralclip_desktop.engines.stt.languages import language_code, language_name

    there = store.translations(store.source(source_id).id)
    found = in_language(there, language_code(language))
    if found is None:
        known = ", ".join(one.language for one in there)
        hint = f"It has: {known}." if known else "Add them with “viralclip translations add”."
        raise NotFound(f"The recording has no {language_name(language)} captions.", hint)
    return found


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print which languages there are."""
    store = build_services().store
    sources = [store.source(args.source_id)] if args.source_id else store.sources()
    found = [one for source in sources for one in store.translations(source.id)]
    output.result([_shape(one) for one in found], [_line(one) for one in found] or ["No translations yet."])
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take one from a file."""
    from viralclip_desktop.features import editing

    services = build_services()
    clips = [clip.id for clip in services.store.clips(args.source_id)] if args.show else []
    added = editing.import_translation(services.store, args.source_id, Path(args.file), args.language, clips)
    output.result(_shape(added) | {"clip_ids": clips}, [_line(added)])
    return 0


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose the second language of a clip."""
    from viralclip_desktop.features import editing

    language = "" if args.language == "none" else args.language
    clip = editing.show_second_language(build_services().store, args.clip_id, language)
    shown = clip.second_language or None
    output.result({"clip_id": clip.id, "second_language": shown}, [f"{clip.id}  {shown or 'one language'}"])
    return 0


def run_shift(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Move all lines."""
    from viralclip_desktop.features import editing

    services = build_services()
    found = translation_of(services.store, args.source_id, args.language)
    moved = editing.shift_lines(services.store, found.id, Time.from_seconds(args.by))
    output.result(_shape(moved), [_line(moved)])
    return 0


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Delete one."""
    from viralclip_desktop.features import editing

    services = build_services()
    gone = translation_of(services.store, args.source_id, args.language)
    editing.remove_translation(services.store, gone.id)
    output.result(_shape(gone) | {"removed": True}, [f"Removed: {_line(gone)}"])
    return 0


def _shape(translation: Translation) -> dict[str, Any]:
    """A translation in short; times in source seconds."""
    lines = translation.lines
    return {
        "id": translation.id,
        "source_id": translation.source_id,
        "language": translation.language,
        "lines": len(lines),
        "start_s": round(lines[0].range.start.seconds, 6) if lines else None,
        "end_s": round(lines[-1].range.end.seconds, 6) if lines else None,
    }


def _line(translation: Translation) -> str:
    from viralclip_desktop.engines.stt.languages import language_name

    count = len(translation.lines)
    lines = f"{count} line" if count == 1 else f"{count} lines"
    return f"{translation.source_id}  {translation.language}  {language_name(translation.language)}, {lines}"
