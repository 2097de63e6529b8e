"""``viralclip import``: read a recording into a project of its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options, shapes
from viralclip_desktop.cli.link_options import VIDEO_HELP, add_link_options, link_in
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import format_duration
from viralclip_desktop.domain.streams import ChannelUse

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("import", help="read a recording into a project")
    parser.add_argument("video", metavar="VIDEO", help=f"{VIDEO_HELP}; it is referenced, never changed")
    add_link_options(parser)
    options.add_audio_track(parser)
    parser.add_argument(
        "--channels",
        choices=[str(use) for use in ChannelUse],
        help="how its two channels are heard: both as recorded, one of them, or the right one turned over "
        "(default: as its sound asks for)",
    )
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Import and print the source."""
    from viralclip_desktop.features.media_import import choose_sound

    services = build_services()
    services.notices.listen(output.notice)
    source = _imported(services, output, args)
    if args.channels:
        source = choose_sound(
            services.store, services.paths, source.id, use=ChannelUse(args.channels), cancel=CancelToken()
        )
    video = source.info.video
    picture = f"{video.size}, {float(video.fps):g} frames a second" if video else "sound only"
    lines = [source.id, f"{source.title}: {format_duration(source.info.duration)}, {picture}"]
    transcript = shapes.transcript_shape(services.store.transcript(source.id))
    more = {"project_id": source.project_id, "transcript": transcript}
    output.result(shapes.source_shape(source) | more, lines)
    return 0


def _imported(services: Services, output: Output, args: argparse.Namespace) -> Source:
    link = link_in(args, services)
    if link is None:
        from viralclip_desktop.features.workflows.main_job import import_recording

        return import_recording(
            services, Path(args.video), output.progress, CancelToken(), audio_track=args.audio_track
        )
    from viralclip_desktop.features.workflows.link import import_link

    return import_link(services, link, output.progress, CancelToken(), args.audio_track)
