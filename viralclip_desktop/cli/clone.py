"""``viralclip clone``: voices of one's own, copied from samples with consent or blended of built-in ones."""

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

if TYPE_CHECKING:
    from viralclip_desktop.domain.cloned_voice import ClonedVoice
    from viralclip_desktop.features.cloning import SampleQuality
    from viralclip_desktop.features.common.services import Services

_SUFFIX = ".viralvoice"
_BLEND = "blend"
_PROVIDERS = ("elevenlabs", "xtts", _BLEND)
_FEWEST = 3


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "clone",
        help="voices of your own: copied from samples, or blended",
        description="Voices of your own. They stand in “viralclip voices list”, and speak and dub as "
        "custom:NAME. A service copies one from samples, with the consent of the person; offline, Kokoro's "
        "voices are blended.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="whether recordings are good enough to copy a voice from")
    check.add_argument("files", metavar="F", nargs="+")
    check.set_defaults(run=run_check)
    adding = actions.add_parser("add", help="copy a voice from samples, or keep a blend under a name")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument(
        "files",
        metavar="F",
        nargs="+",
        help="three to five recordings, or a blend such as kokoro:a*0.6+b*0.4",
    )
    adding.add_argument("--consent", default="", metavar="TEXT", help="who allowed it, and how")
    adding.add_argument("--provider", choices=_PROVIDERS, help="default: the first that works here")
    adding.add_argument(
        "--language", default="en", metavar="CODE", help="that the samples speak (default: en)"
    )
    adding.set_defaults(run=run_add)
    actions.add_parser("list", help="your voices").set_defaults(run=run_list)
    rename = _on_voice(actions, "rename", "give a voice another name", run_rename)
    rename.add_argument("new_name", metavar="NEW_NAME")
    export = _on_voice(actions, "export", "write a voice into one file, with its samples", run_export)
    export.add_argument("--out", metavar=f"F{_SUFFIX}", required=True)
    importing = actions.add_parser("import", help="take a voice out of such a file")
    importing.add_argument("file", metavar="F")
    importing.set_defaults(run=run_import)
    remove = _on_voice(actions, "remove", "forget a voice, here and at its provider", run_remove)
    remove.add_argument("--only-here", action="store_true", help="its provider keeps it, or cannot be asked")
    for action in actions.choices.values():
        options.add_json(action)


def _on_voice(actions: Any, name: str, help_text: str, run: Any) -> argparse.ArgumentParser:
    action: argparse.ArgumentParser = actions.add_parser(name, help=help_text)
    action.add_argument("name", metavar="NAME", help="its name or id")
    action.set_defaults(run=run)
    return action


def run_check(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print what was measured, and what to do about it."""
    from viralclip_desktop.features.cloning import Verdict, check_samples

    files = [options.existing_file(file) for file in args.files]
    found = check_samples(files, output.progress, CancelToken())
    document = {
        "ok": all(one.verdict is not Verdict.REFUSE for one in found),
        "samples": [_sample_shape(one) for one in found],
    }
    few = len(found) < _FEWEST
    advice = [f"Three to five recordings make a better voice than {len(found)}."] if few else []
    output.result(document, [line for one in found for line in _sample_lines(one)] + advice)
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make a voice."""
    from viralclip_desktop.features.cloning import CloneOrder, add_voice

    recipe = _recipe(args)
    samples = () if recipe else tuple(options.existing_file(file) for file in args.files)
    provider = "" if recipe else args.provider or ""
    order = CloneOrder(args.name, samples, recipe, args.consent, provider, args.language)
    return _told(output, add_voice(build_services(), order, output.progress, CancelToken()))


def _recipe(args: argparse.Namespace) -> str:
    """The blend that is asked for; empty for samples."""
    typed: str = args.files[0]
    if args.provider not in (None, _BLEND) or not (args.provider or typed.startswith("kokoro:")):
        return ""
    if len(args.files) > 1:
        raise UsageError("One voice is one blend.", "Give it as kokoro:af_heart*0.6+af_bella*0.4.")
    return typed


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the voices."""
    del args
    voices = build_services().store.cloned_voices()
    lines = list(map(_line, voices)) or ["There are none."]
    output.result({"voices": [_shape(voice) for voice in voices]}, lines)
    return 0


def run_rename(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Give a voice another name."""
    from viralclip_desktop.features.cloning import rename_voice

    return _told(output, rename_voice(build_services().store, args.name, args.new_name))


def run_export(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Write a voice into a file."""
    from viralclip_desktop.features.cloning import export_voice
    from viralclip_desktop.features.common.targets import check_target

    services, out = build_services(), Path(args.out).absolute()
    if out.suffix.lower() != _SUFFIX:
        raise UsageError("A voice is written into a file of its own kind.", f"Let the name end in {_SUFFIX}.")
    check_target(services.store, services.paths, out, (_SUFFIX,))
    voice = export_voice(services, args.name, out)
    output.result(_shape(voice) | {"path": str(out)}, [str(out)])
    return 0


def run_import(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take a voice out of a file."""
    from viralclip_desktop.features.cloning import import_voice

    return _told(output, import_voice(build_services(), options.existing_file(args.file)))


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Forget a voice."""
    from viralclip_desktop.features.cloning import own_voice, remove_voice

    services = build_services()
    voice = own_voice(services.store, args.name)
    gone = remove_voice(services, voice.id, CancelToken(), only_here=args.only_here)
    kept = "Removed here; its provider keeps it."
    if voice.provider == "xtts" and not args.only_here:
        kept = "Removed here; its samples stay in the server's folder, where only you can remove them."
    output.result({"id": voice.id, "name": voice.name, "forgotten": gone}, ["Removed." if gone else kept])
    return 0


def _told(output: Output, voice: ClonedVoice) -> int:
    output.result(_shape(voice), [_line(voice)])
    return 0


def _sample_shape(one: SampleQuality) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "verdict": str(one.verdict),
        "spread_db": one.spread_db,
        "flats_per_s": one.flats_per_s,
        "decay_s": one.decay_s,
        "duration_s": one.duration_s,
        "level_db": one.level_db,
        "reasons": list(one.reasons),
    }


def _sample_lines(one: SampleQuality) -> list[str]:
    return [f"{one.verdict:<6}  {one.path.name}", *(f"        {reason}" for reason in one.reasons)]


def _shape(voice: ClonedVoice) -> dict[str, Any]:
    return {
        "id": voice.id,
        "name": voice.name,
        "provider": _provider(voice),
        "voice_id": voice.voice_id,
        "language": voice.language,
        "consent": voice.consent,
        "consented_at": voice.consented_at or None,
        "samples": [dict(one) for one in voice.samples],
        "uses": voice.uses,
        "created_at": voice.created_at,
    }


def _provider(voice: ClonedVoice) -> str:
    return _BLEND if voice.provider == "kokoro" else voice.provider


def _line(voice: ClonedVoice) -> str:
    uses = "1 use" if voice.uses == 1 else f"{voice.uses} uses"
    made = datetime.fromtimestamp(voice.created_at, UTC).strftime("%Y-%m-%d")
    return f"{voice.id}  {voice.name}  {_provider(voice)}, {voice.language}, {made}, {uses}"
