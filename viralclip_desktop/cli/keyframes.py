"""``viralclip keyframes``: a crop that moves."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import add_options, given
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.properties.framing import KEY

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "keyframes",
        help="a crop that moves",
        description="Between two keyframes the crop moves by the first one's easing. Times are source time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    options.on_clip(actions, "list", "the keyframes of a clip", run_list)
    put = options.on_clip(actions, "set", "set a keyframe, or change the one there", run_set)
    move = options.on_clip(actions, "move", "put a keyframe elsewhere", run_move)
    move.add_argument("--to", type=options.seconds, required=True, metavar="S", help="source time")
    remove = options.on_clip(actions, "remove", "take a keyframe away", run_remove)
    options.on_clip(actions, "clear", "take all away: the crop stands still again", run_clear)
    for action in (put, move, remove):
        action.add_argument("--at", type=options.seconds, required=True, metavar="S", help="source time")
    add_options(put, KEY)
    for action in actions.choices.values():
        options.add_json(action)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the keyframes."""
    return _print(build_services().store.clip(args.clip_id), output)


def run_set(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Set a keyframe; of one that is there, what is not given stays."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = Time.from_seconds(args.at)
    known = {shapes.seconds(key.at): key for key in services.store.clip(args.clip_id).frame_keys}
    key = known.get(shapes.seconds(at), FrameKey(at))
    key = replace(key, **given(args, KEY))
    return _print(editing.set_frame_key(services.store, args.clip_id, key), output)


def run_move(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Put the keyframe at a time elsewhere."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = _nearest(services.store.clip(args.clip_id), args.at)
    return _print(
        editing.move_frame_key(services.store, args.clip_id, at, Time.from_seconds(args.to)), output
    )


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take the keyframe at a time away."""
    from viralclip_desktop.features import editing

    services = build_services()
    at = _nearest(services.store.clip(args.clip_id), args.at)
    return _print(editing.remove_frame_key(services.store, args.clip_id, at), output)


def run_clear(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take all keyframes away."""
    from viralclip_desktop.features import editing

    return _print(editing.clear_frame_keys(build_services().store, args.clip_id), output)


def _nearest(clip: Clip, at_s: float) -> Time:
    return options.nearest([key.at for key in clip.frame_keys], at_s, "keyframe", f"keyframes list {clip.id}")


def _print(clip: Clip, output: Output) -> int:
    output.result(
        [shapes.key_shape(key) for key in clip.frame_keys], [*map(_line, clip.frame_keys)] or ["None."]
    )
    return 0


def _line(key: FrameKey) -> str:
    return (
        f"{format_clock(key.at)}  middle {key.centre_x:g}, {key.centre_y:g}  zoom {key.zoom:g}  {key.easing}"
    )
