"""``viralclip layers``: pictures, titles, music, voices and effects over a clip."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.clip_output import print_clip
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import add_options, given
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import Time, format_clock
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.new_layers import layer_of_file, new_title, range_of
from viralclip_desktop.domain.layers import Layer, LayerKind, ProgressLayer, TitleLayer
from viralclip_desktop.domain.properties import layers as properties

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command and its parts."""
    parser = subparsers.add_parser(
        "layers",
        help="pictures, titles and sounds over a clip",
        description="What lies over a clip, or sounds beside it. Times are clip time.",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    options.on_clip(actions, "list", "the layers of a clip, the lowest first", run_list)
    adding = options.on_clip(actions, "add", "lay a file over a clip", run_add)
    adding.add_argument("kind", choices=[str(kind) for kind in LayerKind])
    adding.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        default="",
        help="the file; for a title its text; none for progress",
    )
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
    add_options(action, properties.ALL)


def run_list(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Print the layers."""
    clip = build_services().store.clip(args.clip_id)
    document = [shapes.layer_shape(layer, clip, output.path_of) for layer in clip.layers]
    output.result(document, [_line(layer, output) for layer in clip.layers] or ["No layers yet."])
    return 0


def run_add(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Lay a file over a clip, as the window would where nothing is said."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.common.assets import layer_file

    services = build_services()
    clip, kind = services.store.clip(args.clip_id), LayerKind(args.kind)
    start = Time.from_seconds(args.start or 0)
    if kind is LayerKind.TITLE:
        layer: Layer = new_title(args.file, start, clip)
    elif kind is LayerKind.PROGRESS:
        layer = ProgressLayer(new_id("layer"), range_of(kind, clip.duration, start, clip.duration))
    else:
        asset = layer_file(services.store, options.existing_file(args.file), kind)
        within = range_of(kind, asset.duration, start, clip.duration)
        width = given(args, properties.ALL).get("width")
        layer = layer_of_file(kind, asset, within, clip, width)
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


def _changed(layer: Layer, args: argparse.Namespace) -> Layer:
    start = layer.range.start if args.start is None else Time.from_seconds(args.start)
    end = layer.range.end if args.end is None else Time.from_seconds(args.end)
    args.start, args.end = start.seconds, end.seconds
    wanted = given(args, properties.ALL)
    known = {row.field for row in properties.BY_KIND[layer.kind]}
    strange = [name for name in wanted if name not in known]
    if strange:
        raise UsageError(f"A {layer.kind} layer has no {strange[0].replace('_', ' ')}.", "Leave it out.")
    return replace(layer, range=options.range_of(args), **wanted)


def _known(clip: Clip, layer_id: str) -> Layer:
    for layer in clip.layers:
        if layer.id == layer_id:
            return layer
    raise NotFound(f"There is no layer called {layer_id!r}.", f"See “viralclip layers list {clip.id}”.")


def _print(clip: Clip, layer_id: str, output: Output) -> int:
    layer = _known(clip, layer_id)
    output.result(shapes.layer_shape(layer, clip, output.path_of), [_line(layer, output)])
    return 0


def _line(layer: Layer, output: Output) -> str:
    span = f"{format_clock(layer.range.start)} to {format_clock(layer.range.end)}"
    return f"{layer.id}  {layer.kind}  {span}  {_shown(layer, output)}".rstrip()


def _shown(layer: Layer, output: Output) -> str:
    if isinstance(layer, ProgressLayer):
        return ""
    return layer.text if isinstance(layer, TitleLayer) else output.path_of(layer.asset_id)
