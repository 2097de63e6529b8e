"""``viralclip layers``: pictures, music and voices over a clip."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.clip_output import print_clip
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import BadInput, NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import ZERO, Time, TimeRange, format_clock
from viralclip_desktop.domain.clip import Clip, Layer, LayerKind

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_MUSIC_DB, _DUCK_DB, _MUSIC_FADE = -18.0, -12.0, Time.from_seconds(1)  # as the window lays it under a clip
_STILL = Time.from_seconds(3)  # a picture that nobody gave an end


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "layers",
        help="pictures, music and voices over a clip",
        description="What lies over a clip, or sounds beside it. Times are clip time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    options.on_clip(actions, "list", "the layers of a clip, the lowest first", run_list)
    adding = options.on_clip(actions, "add", "lay a file over a clip", run_add)
    adding.add_argument("kind", choices=[str(kind) for kind in LayerKind])
    adding.add_argument("file", metavar="FILE")
    change = options.on_clip(actions, "change", "change a layer; what is not given stays", run_change)
    change.add_argument("layer_id", metavar="LAYER_ID")
    for action in (adding, change):
        _add_properties(action)
    remove = options.on_clip(actions, "remove", "take layers off", run_remove)
    remove.add_argument("layer_ids", metavar="LAYER_ID", nargs="+")
    lift = options.on_clip(actions, "lift", "take all layers off in a range", run_lift)
    options.add_range(lift, "clip time")
    for action in actions.choices.values():
        options.add_json(action)


def _add_properties(action: argparse.ArgumentParser) -> None:
    options.add_range(action, "clip time")
    file_start = "where the file begins to play, in its own time"
    action.add_argument("--file-start", type=options.seconds, metavar="S", help=file_start)
    action.add_argument("--fade", type=options.seconds, metavar="S", help="length of the fade in and out")
    action.add_argument("--volume", type=options.number, metavar="DB", help="music and voice: level")
    duck = "music: how far it goes down while somebody talks, such as -12; 0 for not at all"
    action.add_argument("--duck", type=options.number, metavar="DB", help=duck)
    loop = "music: whether it begins again where it is too short"
    action.add_argument("--loop", action=argparse.BooleanOptionalAction, help=loop)
    action.add_argument("--opacity", type=options.share, metavar="SHARE", help="picture: 0 to 1")
    for name, what in (("--x", "left edge"), ("--y", "top edge"), ("--width", "width; 1 fills the frame")):
        action.add_argument(
            name, type=options.number, metavar="SHARE", help=f"picture: {what}, as a share of the frame"
        )


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the layers."""
    layers = build_services().store.clip(args.clip_id).layers
    output.result(
        [shapes.layer_shape(layer) for layer in layers], [*map(_line, layers)] or ["No layers yet."]
    )
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Lay a file over a clip, as the window would where nothing is said."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip, kind = services.store.clip(args.clip_id), LayerKind(args.kind)
    path = options.existing_file(args.file)
    music = kind is LayerKind.MUSIC
    layer = Layer(
        new_id("layer"),
        kind,
        str(path),
        _whole(clip, kind, _length(path, kind), Time.from_seconds(args.start or 0)),
        volume_db=_MUSIC_DB if music else 0.0,
        fade=_MUSIC_FADE if music else ZERO,
        duck_db=_DUCK_DB if music else 0.0,
    )
    clip = editing.put_layer(services.store, clip.id, _changed(layer, args))
    return _print(clip, layer.id, output)


def run_change(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Change one layer."""
    from viralclip_desktop.features import editing

    services = build_services()
    layer = _known(services.store.clip(args.clip_id), args.layer_id)
    clip = editing.put_layer(services.store, args.clip_id, _changed(layer, args))
    return _print(clip, layer.id, output)


def run_remove(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take layers off."""
    from viralclip_desktop.features import editing

    services = build_services()
    clip = services.store.clip(args.clip_id)
    for layer_id in args.layer_ids:
        _known(clip, layer_id)
    return print_clip(editing.remove_layers(services.store, clip.id, args.layer_ids), output)


def run_lift(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Take all layers off in a range."""
    from viralclip_desktop.features import editing

    return print_clip(editing.lift(build_services().store, args.clip_id, options.range_of(args)), output)


def _length(path: Path, kind: LayerKind) -> Time:
    """How long a file plays; 0 for a picture that stands still. Raises BadInput for one of another kind."""
    from viralclip_desktop.media.layer_files import examine

    info = examine(path)
    if not (info.video if kind is LayerKind.PICTURE else info.audio):
        what = "picture" if kind is LayerKind.PICTURE else "sound"
        raise BadInput(f"{path.name} has no {what}.", "Choose another file.")
    return info.duration


def _whole(clip: Clip, kind: LayerKind, length: Time, start: Time) -> TimeRange:
    """From a moment on, as long as the file is; music to the end of the clip."""
    start = start.clamped(ZERO, clip.duration)
    length = clip.duration if kind is LayerKind.MUSIC else length or _STILL
    return TimeRange(start, min(clip.duration, start + length))


def _changed(layer: Layer, args: argparse.Namespace) -> Layer:
    start = layer.range.start if args.start is None else Time.from_seconds(args.start)
    end = layer.range.end if args.end is None else Time.from_seconds(args.end)
    args.start, args.end = start.seconds, end.seconds
    values = {
        "range": options.range_of(args),
        "source_start": None if args.file_start is None else Time.from_seconds(args.file_start),
        "fade": None if args.fade is None else Time.from_seconds(args.fade),
        "volume_db": args.volume,
        "duck_db": args.duck,
        "loop": args.loop,
        "opacity": args.opacity,
        "x": args.x,
        "y": args.y,
        "width": args.width,
    }
    return replace(layer, **options.given(values))


def _known(clip: Clip, layer_id: str) -> Layer:
    for layer in clip.layers:
        if layer.id == layer_id:
            return layer
    raise NotFound(f"There is no layer called {layer_id!r}.", f"See “viralclip layers list {clip.id}”.")


def _print(clip: Clip, layer_id: str, output: Output) -> int:
    layer = _known(clip, layer_id)
    output.result(shapes.layer_shape(layer), [_line(layer)])
    return 0


def _line(layer: Layer) -> str:
    span = f"{format_clock(layer.range.start)} to {format_clock(layer.range.end)}"
    return f"{layer.id}  {layer.kind}  {span}  {layer.path}"
