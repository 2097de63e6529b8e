"""``viralclip make``: import, transcribe, find and export in one go."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import brands, options, shapes
from viralclip_desktop.cli.export_orders import check_folders, export_all, orders_of
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.link_options import VIDEO_HELP, add_link_options, link_in
from viralclip_desktop.cli.output import Output
from viralclip_desktop.cli.properties import add_options
from viralclip_desktop.cli.translations import add_second_language
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import format_clock, format_duration
from viralclip_desktop.domain.properties.exports import FILE

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.exports import Export
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.orders import MainJobOptions
    from viralclip_desktop.features.common.services import Services


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "make",
        help="turn a recording into finished clips, in one go",
        description="Imports VIDEO, writes down what is said, finds the best moments and exports them.",
    )
    parser.add_argument("video", metavar="VIDEO", help=VIDEO_HELP)
    add_link_options(parser)
    options.add_audio_track(parser)
    add_options(parser, FILE)
    options.add_find_options(parser)
    options.add_speech_options(parser)
    options.add_look_options(parser)
    add_second_language(parser)
    options.add_ready_options(parser)
    options.add_json(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Do it; exit code 0 when every clip was exported."""
    from viralclip_desktop.features import upkeep
    from viralclip_desktop.features.common.orders import main_job_options
    from viralclip_desktop.features.common.styles import known_style
    from viralclip_desktop.features.editing.translating import read_translation
    from viralclip_desktop.features.workflows.packaging import finished_films, package

    services = build_services()
    look = brands.chosen(services.store, args)
    speech = {
        "stt": args.stt,
        "language": args.language,
        "subtitles": args.subtitles,
        "encoding": args.encoding,
        "audio_track": args.audio_track,
    }
    wanted = main_job_options(services.settings.values, **options.search_asked(args), **speech, **look)
    known_style(services.store, wanted.style)
    if args.second_subtitles:
        read_translation(Path(args.second_subtitles), args.second_language)  # better now than in an hour
    orders = orders_of(args, services.settings.values)
    check_folders(services, orders)
    services.notices.listen(output.notice)
    job = _found(services, output, args, wanted)
    clips = [services.store.clip(clip_id) for clip_id in job.result["clip_ids"]]
    if args.second_subtitles:
        clips = _translated(services, clips, args)
    clips = [_in_shape(services, output, clip, args) for clip in clips]
    exports = export_all(services, output, clips, orders)
    if options.ready_asked(args)[1]:
        films = finished_films(services.store, [export.id for export in exports])
        package(services, films, output.progress, CancelToken())
    _report(services, output, job.result["source_id"], clips, exports)
    upkeep.keep_safe(services)
    return 0


def _found(services: Services, output: Output, args: argparse.Namespace, wanted: MainJobOptions) -> Job:
    """The completed job that found the clips, of a file or of a video on a site."""
    from viralclip_desktop.features.workflows.link import FETCH_LINK, start_link
    from viralclip_desktop.features.workflows.main_job import submit_main_job

    link = link_in(args, services)
    if link is None:
        job = submit_main_job(services, Path(args.video), wanted)
    else:
        fetched = succeed(follow(services, output, [start_link(services, link, wanted)])[0])
        job = services.jobs.get(FETCH_LINK.result_of(fetched).job_id)
    return succeed(follow(services, output, [job])[0])


def _in_shape(services: Services, output: Output, clip: Clip, args: argparse.Namespace) -> Clip:
    """A clip tightened and finished, as far as that is asked for."""
    from viralclip_desktop.features.batches import Version
    from viralclip_desktop.features.workflows.versions import VersionMaker

    (ready, _), as_it_is = options.ready_asked(args), Version()
    maker = VersionMaker(
        services, clip, ready, own_language="", progress=output.progress, cancel=CancelToken()
    )
    return maker.made(as_it_is, [as_it_is]).clip


def _translated(services: Services, clips: list[Clip], args: argparse.Namespace) -> list[Clip]:
    """The clips with the second language on them."""
    from viralclip_desktop.features import editing

    ids = [clip.id for clip in clips]
    for source_id in {clip.source_id for clip in clips}:
        editing.import_translation(
            services.store, source_id, Path(args.second_subtitles), args.second_language, ids
        )
    return [services.store.clip(clip_id) for clip_id in ids]


def _report(
    services: Services, output: Output, source_id: str, clips: list[Clip], exports: list[Export]
) -> None:
    from viralclip_desktop.features.workflows.main_job import why_so_few

    source, transcript = services.store.source(source_id), services.store.transcript(source_id)
    why_fewer = why_so_few(services.store, source_id)
    document = {
        "source": shapes.source_shape(source),
        "transcript": shapes.transcript_shape(transcript),
        "clips": [
            shapes.clip_shape(clip) | {"exports": [shapes.export_shape(export)]}
            for clip, export in zip(clips, exports, strict=True)
        ],
        "why_fewer": why_fewer or None,
    }
    lines = [f"{len(clips)} {'clip' if len(clips) == 1 else 'clips'} from {source.title}:"]
    for clip, export in zip(clips, exports, strict=True):
        span = f"{format_clock(clip.range.start)}, {format_duration(clip.duration)}"
        lines += ["", f"{clip.rank:2d}. {clip.title}  (score {clip.score}, at {span})"]
        lines += [f"    {reason.text}" for reason in clip.reasons[:3]]
        lines += [f"    {export.output_path}"]
    output.result(document, lines)
