"""``viralclip pace``: slow stretches of a clip a little faster, and its edges on the beats of its music."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import NORMAL_SPEED, Clip
from viralclip_desktop.domain.clip_time import placed
from viralclip_desktop.domain.edits import pacing

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "pace", help="play slow stretches of a clip a little faster, move its cuts to the beat"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    speed = options.on_clip(actions, "speed", "play pauses and slow words a little faster", run_speed)
    speed.add_argument(
        "--strength", type=options.share, default=0.5, metavar="0..1", help="how much faster (default: 0.5)"
    )
    speed.add_argument("--dry-run", action="store_true", help="only say what would play faster")
    back = options.on_clip(actions, "back", "play a part as it was recorded again, or all", run_back)
    back.add_argument("part", type=int, nargs="?", metavar="PART", help="its number (default: all of them)")
    options.on_clip(actions, "beat", "move cuts and pictures to the nearest beat of the music", run_beat)
    for action in actions.choices.values():
        options.add_json(action)


def run_speed(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Play slow stretches faster, and print them."""
    from viralclip_desktop.features import editing, tighten

    services = build_services()
    store = services.store
    clip = store.clip(args.clip_id)
    heard = tighten.listen_to_clip(
        store, services.paths, clip, progress=output.progress, cancel=CancelToken()
    )
    found = tighten.slow_in(heard, args.strength)
    return _print(
        pacing.pace(clip, found) if args.dry_run else editing.pace_clip(store, clip.id, found), output
    )


def run_back(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Play one or all of them as recorded."""
    from viralclip_desktop.features import editing

    store = build_services().store
    clip = store.clip(args.clip_id)
    if args.part is None:
        return _print(editing.unpace(store, clip.id), output)
    if not 0 <= args.part < len(clip.parts) or not pacing.is_paced(clip.parts[args.part]):
        raise UsageError(
            f"Auto speed chose nothing for a part {args.part}.", f"See “viralclip parts list {clip.id}”."
        )
    return _print(editing.switch_pace(store, clip.id, args.part, False), output)


def run_beat(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Move edges to beats, and print where they are now."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.workflows.pacing import clip_beats, clip_words

    services = build_services()
    store = services.store
    before = store.clip(args.clip_id)
    beats = clip_beats(store, services.paths, before, CancelToken())
    after = editing.cut_to_beat(store, before.id, beats, clip_words(store, before))
    edges = pacing.edges_of(after)
    document = {
        "clip_id": after.id,
        "beats": len(beats),
        "on_beat_before": pacing.on_beat(before, beats),
        "on_beat": pacing.on_beat(after, beats),
        "edges": [shapes.seconds(at) for at in edges],
        "duration_s": shapes.seconds(after.duration),
    }
    output.result(document, [f"{document['on_beat']} of {len(edges)} cuts and pictures lie on a beat"])
    return 0


def _print(clip: Clip, output: Output) -> int:
    parts = [one for one in placed(clip) if pacing.is_paced(one.part)]
    rows = [
        {
            "part": one.index,
            **shapes.range_shape(one.part.range),
            "asset_id": one.part.asset_id,
            "speed": float(one.part.paced),
            "on": one.part.speed != NORMAL_SPEED,
        }
        for one in parts
    ]
    before, after = pacing.unpaced(clip).duration, clip.duration
    lines = [_line(one.index, one.start, float(one.part.speed)) for one in parts]
    document = {"before_s": shapes.seconds(before), "after_s": shapes.seconds(after), "stretches": rows}
    output.result(document, [*lines, f"{(before - after).seconds:.1f} s shorter, {len(rows)} stretches"])
    return 0


def _line(index: int, start: Time, speed: float) -> str:
    return f"{index:3d}  {format_clock(start)}  {speed:g}x"
