"""``viralclip clips``, how a clip looks and sounds: style, captions, shape, framing, sound."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.caption_properties import PROPERTY_HELP, adjusted
from viralclip_desktop.cli.clip_output import print_clip
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import add_options, given
from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Clip, Framing
from viralclip_desktop.domain.mix import MUTE_DB
from viralclip_desktop.domain.properties.framing import CENTRE, FRAMING, SHAPE
from viralclip_desktop.domain.properties.sound import NOISE, OWN_VOLUME, TONE

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def add(actions: Any) -> None:
    """Declare the actions."""
    style = options.on_clip(actions, "style", "choose and adjust the captions of a clip", run_style)
    style.add_argument("style", metavar="STYLE", nargs="?", help="caption style; “viralclip styles list”")
    style.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=PROPERTY_HELP)
    style.add_argument("--reset", action="store_true", help="let go of what was adjusted")
    share = "give all clips of the recording the captions of this one"
    style.add_argument("--share", action="store_true", help=share)
    captions = options.on_clip(actions, "captions", "show or hide the captions", run_captions)
    captions.add_argument("state", choices=["on", "off"])
    shape = options.on_clip(actions, "shape", "choose the picture shape", run_shape)
    shape.add_argument("aspect", choices=SHAPE.typed)
    framing = options.on_clip(actions, "framing", "how the picture fills the frame", run_framing)
    framing.add_argument("framing", choices=FRAMING.typed)
    add_options(framing, (CENTRE,))
    sound = options.on_clip(actions, "sound", "the recording's own sound: level, noise, voice", run_sound)
    level = sound.add_mutually_exclusive_group()
    add_options(level, (OWN_VOLUME,))
    level.add_argument("--mute", action="store_true", help="leave it out")
    add_options(sound, (NOISE, TONE))


def run_style(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose a style, adjust single properties, go back to the style, or share the look."""
    from viralclip_desktop.features.captions import share_look

    services = build_services()
    clip = services.store.clip(args.clip_id)
    if not (args.style or args.set or args.reset or args.share):
        raise UsageError(
            "It is not said what to change.", "Give a style, --set NAME=VALUE, --reset or --share."
        )
    if args.style or args.set or args.reset:
        clip = _restyled(services, clip, args)
    if args.share:
        share_look(services.store, clip.id)
    return print_clip(clip, output)


def _restyled(services: Services, clip: Clip, args: argparse.Namespace) -> Clip:
    """One edit, whatever of it is asked for."""
    from viralclip_desktop.features import editing
    from viralclip_desktop.features.captions import look_of
    from viralclip_desktop.features.common.styles import caption_styles, known_style

    plain = replace(clip, caption_override=None) if args.reset else clip
    base = (
        known_style(services.store, args.style)
        if args.style
        else look_of(plain, caption_styles(services.store))
    )
    look = adjusted(base, args.set) if args.set else None
    with services.store.transaction("Change caption style", services.store.source(clip.source_id).project_id):
        if args.style:
            clip = editing.restyle_clip(services.store, clip.id, args.style)
        if look is not None or args.reset:
            clip = editing.override_captions(services.store, clip.id, look)
    return clip


def run_captions(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Show or hide the captions."""
    from viralclip_desktop.features import editing

    return print_clip(
        editing.switch_captions(build_services().store, args.clip_id, args.state == "on"), output
    )


def run_shape(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose the picture shape."""
    from viralclip_desktop.features import editing

    return print_clip(editing.reshape_clip(build_services().store, args.clip_id, Aspect(args.aspect)), output)


def run_framing(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Choose how the picture fills the frame."""
    from viralclip_desktop.features import editing

    services = build_services()
    centre = services.store.clip(args.clip_id).centre_x if args.centre is None else args.centre
    return print_clip(
        editing.reframe_clip(services.store, args.clip_id, Framing(args.framing), centre), output
    )


def run_sound(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Make the recording's own sound louder, softer or silent, free it of noise, colour its voices; one edit,
    whatever of it is asked for."""
    from viralclip_desktop.features import editing

    volume_db, wanted = MUTE_DB if args.mute else args.volume, given(args, (NOISE, TONE))
    if volume_db is None and not wanted:
        raise UsageError("It is not said what to change.", "Give --volume, --mute, --noise or --tone.")
    store = build_services().store
    clip = store.clip(args.clip_id)
    with store.transaction("Change original sound", store.source(clip.source_id).project_id):
        if volume_db is not None:
            clip = editing.set_original_volume(store, clip.id, volume_db)
        if "noise" in wanted:
            clip = editing.reduce_noise(store, clip.id, wanted["noise"])
        if "tone" in wanted:
            clip = editing.set_voice_tone(store, clip.id, wanted["tone"])
    return print_clip(clip, output)
