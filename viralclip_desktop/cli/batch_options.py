"""What a batch is to make, as options: the same for ``batch`` and ``watch``; and what came of it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import brands, options, shapes
from viralclip_desktop.cli.export_orders import check_folders
from viralclip_desktop.cli.properties import add_options, given
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.properties.exports import FILE
from viralclip_desktop.domain.properties.framing import SHAPE

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.batch_recording import BatchOrder, ClipVersions

_EACH = "; repeat it for a version of each clip in each"


def add_batch_options(parser: argparse.ArgumentParser) -> None:
    """The versions, how clips are found and made ready, and where files go."""
    several: dict[str, Any] = {"action": "append", "default": []}
    shape = f"picture shape{_EACH} (default: as in the settings)"
    parser.add_argument("--aspect", choices=SHAPE.typed, help=shape, **several)
    style = f"caption style{_EACH} (default: as in the settings)"
    parser.add_argument("--style", metavar="NAME", help=style, **several)
    parser.add_argument("--hook", metavar="TEXT", help=f"text over the first seconds{_EACH}", **several)
    language = f"caption language{_EACH}; its translation has to be there, or a file such as talk.th.srt"
    parser.add_argument("--caption-language", metavar="CODE", help=language, **several)
    options.add_keep_off_faces(parser)
    parser.add_argument("--brand", metavar="NAME", help="brand kit, or “none” (default: the default one)")
    add_options(parser, FILE)
    options.add_find_options(parser)
    options.add_speech_options(parser, subtitles=False)
    options.add_ready_options(parser)


def batch_order(services: Services, args: argparse.Namespace) -> BatchOrder:
    """What was typed, the settings for the rest. Raises :class:`UsageError` for what does not exist, and what
    :func:`check_folders` raises: better now than in an hour."""
    from viralclip_desktop.features.batches import combinations
    from viralclip_desktop.features.common.orders import export_order
    from viralclip_desktop.features.common.styles import known_style
    from viralclip_desktop.features.editing.translating import known_language
    from viralclip_desktop.features.workflows.batch_orders import batch_order as order_of

    for style in args.style:
        known_style(services.store, style)
    first = {"aspect": next(iter(args.aspect), None), "style": next(iter(args.style), None)}
    search = argparse.Namespace(**vars(args) | first)
    export = replace(export_order(services.settings.values), **given(args, FILE))
    check_folders(services, [export])
    aspects = [Aspect(one) for one in args.aspect]
    languages = [known_language(code) for code in args.caption_language]
    versions = combinations(aspects, args.style, args.hook, languages)
    ready, package = options.ready_asked(args)
    return order_of(
        services.settings.values,
        versions,
        ready,
        package=package,
        export=export,
        **options.search_asked(search),
        **brands.chosen(services.store, search),
        stt=args.stt,
        language=args.language,
    )


def recording_shape(services: Services, job: Job) -> dict[str, Any]:
    """What came of one recording, from its job."""
    from viralclip_desktop.features.workflows.batch_recording import RECORDING, RecordingDone

    done = RECORDING.result_of(job) if job.result else RecordingDone()
    return {
        "path": str(RECORDING.request_of(job).path),
        "status": str(job.state),
        "message": f"{job.error} {job.hint}".strip() if job.error else done.message,
        "source_id": done.source_id or None,
        "clips": [_clip_shape(services, clip) for clip in done.clips],
    }


def _clip_shape(services: Services, clip: ClipVersions) -> dict[str, Any]:
    from viralclip_desktop.core.errors import NotFound

    versions = []
    for version in clip.versions:
        try:
            made, export = services.store.clip(version.clip_id), services.store.export(version.export_id)
        except NotFound:  # deleted since
            continue
        versions.append(
            {
                "clip_id": made.id,
                "aspect": str(made.aspect),
                "style": made.caption_style,
                "language": made.second_language or None,
                "hook": version.hook,
                "export": shapes.export_shape(export),
            }
        )
    return {"id": clip.id, "versions": versions}


def recording_lines(shape: dict[str, Any]) -> list[str]:
    """A recording for people: its files, and what is to be said about it."""
    files = [version["export"] for clip in shape["clips"] for version in clip["versions"]]
    ready = [file["path"] for file in files if file["status"] == WorkState.COMPLETED]
    count = f"{len(ready)} {'file' if len(ready) == 1 else 'files'}"
    lines = [f"{shape['path']}: {count}", *(f"    {path}" for path in ready)]
    return [*lines, f"    {shape['message']}"] if shape["message"] else lines
