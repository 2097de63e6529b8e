"""``viralclip library``: the sounds that were made or brought, with tags, folders and search."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import format_clock
from viralclip_desktop.domain.library import LibraryKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.library import LibraryEntry
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.store.records import AssetUse

_KINDS = [str(kind) for kind in LibraryKind]
_MOST_PEAKS = 10_000


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser("library", help="the sounds that were made here or brought")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="the sounds, the newest first")
    listing.add_argument("--kind", choices=_KINDS)
    listing.add_argument(
        "--tag", action="append", default=[], metavar="T", help="with this tag, and the others"
    )
    listing.add_argument("--folder", metavar="F", help="in this folder, or one within it")
    listing.add_argument(
        "--search", default="", metavar="TEXT", help="with these words in what is known of it"
    )
    listing.set_defaults(run=run_list)
    adding = actions.add_parser("add", help="take a file in; it stays where it is")
    adding.add_argument("file", metavar="FILE")
    adding.add_argument("--kind", choices=_KINDS, default=str(LibraryKind.IMPORT))
    adding.add_argument("--tag", action="append", default=[], metavar="T")
    adding.add_argument("--folder", default="", metavar="F", help="such as Jingles/Short")
    adding.add_argument("--licence", default="", metavar="L", help="under which it may be used")
    adding.set_defaults(run=run_add)
    show = _on_item(actions, "show", "one sound, with its wave", run_show)
    show.add_argument("--peaks", type=int, default=200, metavar="N", help="parts of the wave (default: 200)")
    tag = _on_item(actions, "tag", "give tags and take them off", run_tag)
    tag.add_argument("marks", metavar="+T|-T", nargs="+", help="+calm gives a tag, -calm takes it off")
    change = _on_item(
        actions, "change", "another name, folder, licence or kind; what is not given stays", run_change
    )
    change.add_argument("--title", metavar="TEXT")
    change.add_argument("--folder", metavar="F", help="“” for none")
    change.add_argument("--licence", metavar="L")
    change.add_argument("--kind", choices=_KINDS, help="what it is")
    again = _on_item(actions, "again", "make it again with the settings that made it", run_again)
    again.add_argument("--out", metavar="F.wav", required=True)
    _on_item(actions, "remove", "take it out; a file that something uses stays", run_remove)
    for action in actions.choices.values():
        options.add_json(action)


def _on_item(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_text)
    action.add_argument("id", metavar="ID", help="as “viralclip library list” prints it")
    action.set_defaults(run=run)
    return action


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the sounds."""
    from viralclip_desktop.features.library import find_sounds

    kind = LibraryKind(args.kind) if args.kind else None
    found = find_sounds(
        build_services().store, kind=kind, tags=args.tag, folder=args.folder, search=args.search
    )
    output.result(
        {"items": [_shape(entry) for entry in found]}, list(map(_line, found)) or ["There are none."]
    )
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take a file in."""
    from viralclip_desktop.features.library import add_sound

    path = options.existing_file(args.file)
    entry = add_sound(
        build_services(),
        path,
        LibraryKind(args.kind),
        tags=args.tag,
        folder=args.folder,
        licence=args.licence,
    )
    return _told(output, entry)


def run_show(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print one sound with its wave and who uses it."""
    from viralclip_desktop.core.time import ZERO, TimeRange
    from viralclip_desktop.features.layer_sound import listen

    if not 1 <= args.peaks <= _MOST_PEAKS:
        raise UsageError(f"A wave has 1 to {_MOST_PEAKS} parts.", "Give another number to --peaks.")
    services = build_services()
    entry = services.store.library_entry(args.id)
    sound = listen(services.paths, Path(entry.asset.path), CancelToken())
    wave = sound.peaks.between(TimeRange(ZERO, sound.length), args.peaks)
    more = {
        "peaks": [[round(float(low), 4), round(float(high), 4)] for low, high in wave],
        "used_by": [_use(use) for use in services.store.asset_uses(entry.id)],
    }
    output.result(
        _shape(entry) | more, [_line(entry), *(f"{name}: {value}" for name, value in _known(entry))]
    )
    return 0


def run_tag(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give tags and take them off."""
    from viralclip_desktop.features.library import change_sound

    marks = [options.tag_mark(mark) for mark in args.marks]
    given, taken = ([tag for sign, tag in marks if sign == one] for one in "+-")
    entry = change_sound(build_services().store, args.id, add_tags=given, drop_tags=taken)
    return _told(output, entry)


def run_change(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Another name, folder, licence or kind."""
    from viralclip_desktop.features.library import change_sound

    store, kind = build_services().store, LibraryKind(args.kind) if args.kind else None
    entry = change_sound(
        store, args.id, folder=args.folder, title=args.title, licence=args.licence, kind=kind
    )
    return _told(output, entry)


def run_again(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make a sound again."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.workflows.studio import make_again

    services, out = build_services(), Path(args.out).absolute()
    entry = services.store.library_entry(args.id)
    if out.suffix.lower() != ".wav":
        raise UsageError("Only WAV files can be written.", "Let the name end in .wav.")
    check_target(services.store, services.paths, out, (".wav",))
    make_again(services, entry, out, output.progress, CancelToken())
    output.result({"id": entry.id, "path": str(out), "made_with": dict(entry.asset.made_with)}, [str(out)])
    return 0


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take a sound out, and say what became of its file."""
    from viralclip_desktop.features.library import remove_sound

    removal = remove_sound(build_services(), args.id)
    used = ", ".join(dict.fromkeys(f"“{use.title}”" for use in removal.used_by))
    kept = (
        f"Taken out; its file stays, as {used} uses it." if used else "Taken out; the file stays where it is."
    )
    document = {
        "id": args.id,
        "used_by": [_use(use) for use in removal.used_by],
        "file": "deleted" if removal.file_deleted else "kept",
    }
    output.result(document, ["Taken out, and its file deleted." if removal.file_deleted else kept])
    return 0


def _told(output: Output, entry: LibraryEntry) -> int:
    output.result(_shape(entry), [_line(entry)])
    return 0


def _use(use: AssetUse) -> dict[str, str]:
    return {"kind": use.kind, "id": use.id, "title": use.title, "project_id": use.project_id}


def _shape(entry: LibraryEntry) -> dict[str, Any]:
    from viralclip_desktop.features.common.assets import is_there

    asset = entry.asset
    return {
        "id": entry.id,
        "kind": str(entry.item.kind),
        "title": asset.title,
        "path": asset.path,
        "found": is_there(asset.path),
        "duration_s": round(asset.duration.seconds, 6),
        "tags": list(asset.tags),
        "folder": entry.item.folder,
        "licence": asset.licence,
        "origin": asset.origin,
        "made_with": dict(asset.made_with),
        "created_at": entry.item.created_at,
    }


def _line(entry: LibraryEntry) -> str:
    tags = " ".join(f"+{tag}" for tag in entry.asset.tags)
    length = format_clock(entry.asset.duration)
    return f"{entry.id}  {entry.item.kind:<6}  {length}  {entry.asset.title}  {tags}".rstrip()


def _known(entry: LibraryEntry) -> list[tuple[str, str]]:
    asset = entry.asset
    told = {
        "file": asset.path,
        "folder": entry.item.folder,
        "licence": asset.licence,
        "origin": asset.origin,
        "added": datetime.fromtimestamp(entry.item.created_at, UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
    return [(name, value) for name, value in told.items() if value]
