"""``viralclip music``: music that is composed here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.progress import CancelToken

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.music import Composed
    from viralclip_desktop.features.music.prompt import Understood
    from viralclip_desktop.music.composer import Wishes

_USUAL_S = 60.0
_STEMS = ("drums", "bass", "chords", "melody", "pads", "effects")


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("music", help="music composed for a clip, of any length, free of rights")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_compose(actions)
    presets = actions.add_parser("presets", help="the presets and moods of the composer")
    options.add_json(presets)
    presets.set_defaults(run=run_presets)


def _add_compose(actions: Any) -> None:
    parser = actions.add_parser(
        "compose",
        help="write and play a piece of music into a WAV file",
        description="Writes a piece of music and plays it into a WAV file (48 kHz, stereo, -14 LUFS). The "
        "same options and seed make the same piece.",
    )
    parser.add_argument(
        "--prompt",
        default="",
        metavar="WORDS",
        help="a few words, such as “calm lo-fi, slow, 30 s, without drums”; options beside them win",
    )
    parser.add_argument("--mood", metavar="M", help="happy, hopeful, calm, energetic, sad, dark or tense")
    parser.add_argument("--preset", metavar="ID", help="as “viralclip music presets” lists them")
    parser.add_argument("--tempo", type=options.number, metavar="N", help="beats a minute, 50 to 200")
    parser.add_argument("--key", metavar="K", help="C, F#, Bb, Am, A:min (default: one that suits)")
    parser.add_argument(
        "--duration", type=options.number, metavar="S", help="seconds, 3 to 600 (default: 60)"
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="which of many pieces (default: a new one)")
    parser.add_argument("--loop", action="store_true", help="its end leads into its beginning without a seam")
    parser.add_argument(
        "--hits", type=_hits, default=(), metavar="S,S", help="accents at these moments, in seconds"
    )
    parser.add_argument(
        "--without",
        type=_names,
        default=(),
        metavar="P,P",
        help="parts that do not play: drums, bass, melody...",
    )
    parser.add_argument("--stems", metavar="DIR", help="write drums, bass, chords, melody... here as well")
    parser.add_argument("--out", metavar="F.wav", help="where to; not needed with --keep")
    parser.add_argument(
        "--keep", action="store_true", help="put it into the library, with the settings that made it"
    )
    options.add_json(parser)
    parser.set_defaults(run=run_compose)


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 0 on")
    return int(text)


def _hits(text: str) -> tuple[float, ...]:
    return tuple(sorted(options.number(part.strip()) for part in text.split(",") if part.strip()))


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))


def run_compose(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Compose it and print where it lies, its tempo, key, length and seed."""
    from viralclip_desktop.features.common.targets import check_target
    from viralclip_desktop.features.music.composing import check_wishes

    if not (args.out or args.keep):
        raise UsageError("It is not said where the music goes.", "Give --out F.wav, or --keep, or both.")
    out = from_home(args.out).absolute() if args.out else None
    if out is not None and out.suffix.lower() != ".wav":
        raise UsageError("Only WAV files can be written.", "Let the name end in .wav.")
    wishes = _wishes(args, output)
    check_wishes(wishes)
    services = build_services()
    if out is not None:
        check_target(services.store, services.paths, out, (".wav",))
    document = _composed(services, wishes, args, out, output)
    output.result(document, [document["path"], *document["stems"].values()])
    return 0


def _wishes(args: argparse.Namespace, output: Output) -> Wishes:
    """What the options ask for, and what the words ask for where the options say nothing."""
    from viralclip_desktop.features.music.prompt import understood
    from viralclip_desktop.features.music.wishes import wishes_of

    found = understood(args.prompt)
    wishes = wishes_of(
        seed=_new_seed() if args.seed is None else args.seed,
        duration_s=_first(args.duration, found.duration_s, _USUAL_S),
        preset=_first(args.preset, found.preset),
        mood=_first(args.mood, found.mood),
        tempo=_first(args.tempo, found.tempo),
        key=args.key,
        loops=args.loop or found.loops,
        hits_s=args.hits,
        without=args.without or found.without,
    )
    if args.prompt:
        output.report(_told(found))
    return wishes if args.key is not None else replace(wishes, tonic=found.tonic, mode=found.mode)


def _first(*values: Any) -> Any:
    """The first one that is given."""
    return next((value for value in values if value is not None), None)


def _told(found: Understood) -> str:
    """What was understood of the words, for people."""
    from viralclip_desktop.music.theory import MINOR, Key

    if found.nothing:
        return "None of these words says how it should sound."
    key = "" if found.mode is None else "minor" if found.mode == MINOR else "major"
    if found.mode is not None and found.tonic is not None:
        key = Key(found.tonic, found.mode).words
    parts = [
        found.preset,
        found.mood,
        found.tempo and f"{found.tempo:g} beats a minute",
        key,
        found.duration_s and f"{found.duration_s:g} s",
        found.loops and "a loop",
        found.without and f"without {', '.join(found.without)}",
    ]
    return f"Understood: {', '.join(str(part) for part in parts if part)}"


def _composed(
    services: Services, wishes: Wishes, args: argparse.Namespace, out: Path | None, output: Output
) -> dict[str, Any]:
    from viralclip_desktop.features.music import compose_music
    from viralclip_desktop.features.workflows.studio import keep_music, music_title
    from viralclip_desktop.media.workdir import scratch

    stems = _stems_folder(args.stems, out)
    with scratch(services.paths.render_work) as work:
        sound = out or work / "music.wav"
        made = compose_music(wishes, sound, stems=stems, progress=output.progress, cancel=CancelToken())
        if not args.keep:
            return _shape(made)
        kept = keep_music(services, wishes, sound, music_title(made.preset, made.key, made.seed))
    return _shape(made) | {"path": str(out or kept.asset.path), "library_id": kept.id}


def _stems_folder(typed: str | None, out: Path | None) -> Path | None:
    if typed is None:
        return None
    folder = from_home(typed).absolute()
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is no folder.", "Choose another name.")
    if (
        out is not None
        and folder == out.parent
        and out.stem in ("drums", "bass", "chords", "melody", "pads", "effects")
    ):
        raise UsageError("The piece would have the name of one of its stems.", "Choose another name.")
    return folder


def _new_seed() -> int:
    import secrets

    return secrets.randbelow(999_999) + 1


def _shape(made: Composed) -> dict[str, Any]:
    return {
        "path": made.path,
        "tempo": made.tempo,
        "key": made.key,
        "duration_s": round(made.duration_s, 6),
        "seed": made.seed,
        "preset": made.preset,
        "mood": made.mood,
        "sections": [{"name": name, "start_s": at} for name, at in made.sections],
        "stems": made.stems,
    }


def run_presets(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print them."""
    from viralclip_desktop.music.composer import MOOD_NAMES
    from viralclip_desktop.music.presets import presets

    found = [
        {"id": one.id, "title": one.title, "mood": one.mood, "tempo": list(one.tempo)}
        for one in presets().values()
    ]
    lines = [
        f"{one.id:<22} {one.mood:<10} {one.tempo[0]:.0f} to {one.tempo[1]:.0f} a minute"
        for one in presets().values()
    ]
    output.result({"presets": found, "moods": list(MOOD_NAMES)}, lines)
    return 0
