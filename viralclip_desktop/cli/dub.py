"""``viralclip dub``: a clip or a whole recording in other languages."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, format_duration
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.dub import LanguageOrder
    from viralclip_desktop.features.workflows.dub_results import DubResults

_ON_A_JOB = ("status", "retry", "delete")
_PURGE = "purge"
_MOST_DB = 60


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "dub",
        help="have a clip or a recording spoken in other languages",
        description="Speaks the lines of a translation where the original says them, and makes a film, the "
        "voice alone, captions and a manifest for every language. “viralclip dub status|retry|delete JOB_ID” "
        "looks at one that was started, goes on with it (with --to: with these languages alone), or deletes "
        "its files. “viralclip dub purge” deletes the files of those that are older than the setting "
        "dubbing.keep_days. “viralclip jobs pause|resume JOB_ID” lets one rest.",
    )
    parser.add_argument("subject", metavar="CLIP_ID|SOURCE_ID|status|retry|delete|purge", nargs="?")
    parser.add_argument("job_id", metavar="JOB_ID", nargs="?")
    parser.add_argument("--to", metavar="CODE[,CODE]", type=_codes, help="languages, such as es or es,fr")
    parser.add_argument(
        "--translation",
        metavar="CODE=F.srt",
        action="append",
        default=[],
        type=_pair,
        help="what is to be said in a language (default: the translation that the recording has, else what "
        "the translation engine makes of it)",
    )
    parser.add_argument(
        "--engine",
        metavar="ID",
        default="",
        help="who translates, of “viralclip providers --kind translation” (default: as in the settings)",
    )
    parser.add_argument(
        "--voice",
        metavar="CODE=ID",
        action="append",
        default=[],
        type=_pair,
        help="who speaks a language, as for “viralclip speak” (default: who spoke it in this clip last, else "
        "the best voice there is)",
    )
    _add_sound(parser)
    _add_purge(parser)
    parser.add_argument(
        "--tracks",
        action="store_true",
        help="besides the files of each language, one film with the original's picture and sound and every "
        "language as a sound track of its own, to be chosen in the player",
    )
    parser.add_argument(
        "--slow-picture",
        action="store_true",
        help="where a line does not fit even when it is spoken fast, let picture and background play slower "
        "while it is said, 1.15 times as long at most",
    )
    parser.add_argument("--out", metavar="DIR", help="the folder for the files (default: in the data folder)")
    options.add_json(parser)
    parser.set_defaults(run=run)


def _add_sound(parser: argparse.ArgumentParser) -> None:
    """What is heard besides the new voice, and whose words it speaks."""
    parser.add_argument(
        "--mode",
        choices=("replace", "overlay"),
        help="in the place of the original voices, whose background is kept, or over the original, which is "
        "softer meanwhile (default: as the clip was dubbed into the language last, else replace)",
    )
    parser.add_argument(
        "--separator",
        metavar="ID",
        default="",
        help="who takes the original voices off what is kept of the sound when they are replaced: spleeter, "
        "centre, or none to keep nothing of it (default: the best there is)",
    )
    parser.add_argument(
        "--voice-file",
        metavar="F",
        help="in the place of a clip or a recording: a sound file of the voice alone, which is imported",
    )
    parser.add_argument(
        "--background",
        "--background-file",
        dest="background",
        metavar="F",
        help="a sound file that is heard in the place of the recording's own background",
    )
    for name, what in (("music", "the clip's music"), ("original", "what is kept of the original sound")):
        parser.add_argument(
            f"--{name}-volume",
            metavar="DB",
            type=_level,
            help=f"how much louder (or softer, below 0) than in the clip {what} is in the dub, in decibels "
            "(default: as the clip was dubbed into the language last, else 0)",
        )


def _add_purge(parser: argparse.ArgumentParser) -> None:
    """What is purged, and whether."""
    purge = parser.add_argument_group("of “dub purge”")
    purge.add_argument("--dry-run", action="store_true", help="only say what would go")
    purge.add_argument(
        "--days",
        metavar="N",
        type=_days,
        help="what ended more than N days ago (default: the setting dubbing.keep_days; 0 there: nothing)",
    )
    purge.add_argument(
        "--chosen-folders",
        action="store_true",
        help="also in folders that were chosen with --out: what a dub has made there and nobody changed",
    )


def _level(text: str) -> float:
    level_db = options.number(text)
    if abs(level_db) > _MOST_DB:
        raise argparse.ArgumentTypeError(f"it has to be between -{_MOST_DB} and {_MOST_DB}")
    return level_db


def _days(text: str) -> float:
    days = options.number(text)
    if days < 0:
        raise argparse.ArgumentTypeError("it has to be 0 or more")
    return days


def _codes(text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if not codes:
        raise argparse.ArgumentTypeError("give at least one language, such as es")
    return codes


def _pair(text: str) -> tuple[str, str]:
    code, sign, value = text.partition("=")
    if not sign or not code or not value:
        raise argparse.ArgumentTypeError("it has to be CODE=VALUE, such as es=talk.es.srt")
    return code, value


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Do it and wait to the end; exit code 1 when a language failed."""
    services = build_services()
    services.notices.listen(output.notice)
    if args.subject == _PURGE:
        return _purge(args, output, services)
    if args.subject in _ON_A_JOB:
        if not args.job_id:
            raise UsageError(
                f"“dub {args.subject}” needs a job.", "Give its id, as “viralclip dub” printed it."
            )
        return _on_job(args, output, services)
    if args.job_id or (args.subject and args.voice_file):
        too_many = args.job_id or args.subject
        raise UsageError(f"{too_many} is one thing too many.", "Give one clip, recording or voice file.")
    return _finished(services, output, _start(services, output, args))


def _start(services: Services, output: Output, args: argparse.Namespace) -> Job:
    from viralclip_desktop.features.workflows.dub import DubOrder, price_of_dub, submit_dub

    if not args.to:
        raise UsageError("No language is given.", "Give one, such as --to es.")
    if not args.subject:
        args.subject = _voice_file(services, output, args)
    orders = _languages(services, args)
    background = str(options.existing_file(args.background).absolute()) if args.background else ""
    order = DubOrder(
        args.subject,
        args.mode or DubMode.REPLACE,
        str(from_home(args.out).absolute()) if args.out else "",
        args.engine,
        args.separator,
        background,
        args.music_volume,
        args.original_volume,
        args.slow_picture,
    )
    if price := price_of_dub(services, order, orders):
        cost = f"about ${price:.2f}" if price >= 0.01 else "less than a cent"
        output.report(f"The voices cost {cost}; what was spoken before is not paid for again.")
    return submit_dub(services, order, orders, tracks=args.tracks)


def _voice_file(services: Services, output: Output, args: argparse.Namespace) -> str:
    """The id of the recording that a voice file is."""
    from viralclip_desktop.features.workflows.main_job import import_recording

    if not args.voice_file:
        raise UsageError(
            "Nothing is given to dub.", "Give a clip or a recording by its id, or a --voice-file."
        )
    path = options.existing_file(args.voice_file)
    return import_recording(services, path, output.progress, CancelToken()).id


def _languages(services: Services, args: argparse.Namespace) -> list[LanguageOrder]:
    """The languages that are asked for, their translations taken in."""
    from viralclip_desktop.features.editing.translating import import_translation, known_language
    from viralclip_desktop.features.workflows.dub import LanguageOrder, voice_for
    from viralclip_desktop.features.workflows.dub_choices import still_there
    from viralclip_desktop.features.workflows.dub_first import dubbed_before
    from viralclip_desktop.features.workflows.subjects import subject_clip

    clip = subject_clip(services.store, args.subject)
    codes = list(dict.fromkeys(known_language(code) for code in args.to))
    files = {known_language(code): options.existing_file(path) for code, path in args.translation}
    voices = {known_language(code): voice for code, voice in args.voice}
    for code in {*files, *voices} - set(codes):
        raise UsageError(
            f"{code} is not among the languages of --to.", f"Add it: --to {','.join([*codes, code])}"
        )
    for code, path in files.items():
        import_translation(services.store, clip.source_id, path, code)
    before = {one.code: one for one in dubbed_before(services, args.subject)}
    replacing = args.background or args.separator  # neither is for what is laid over the original
    orders: list[LanguageOrder] = []
    for code in codes:
        kept, voice = before.get(code), voices.get(code)
        if voice is None and kept is not None:
            voice = still_there(services, kept.voice, code)
        mode = "" if replacing or args.mode or kept is None else kept.mode
        orders.append(LanguageOrder(code, voice or voice_for(services, code).id, mode))
    return orders


def _on_job(args: argparse.Namespace, output: Output, services: Services) -> int:
    from viralclip_desktop.features.editing.translating import known_language
    from viralclip_desktop.features.workflows.dub import DUB, delete_files
    from viralclip_desktop.features.workflows.dub_standing import retry_dub

    job = services.jobs.get(args.job_id)
    if not DUB.is_of(job):
        raise NotFound(f"{args.job_id} is no dub.", "“viralclip jobs list” has the ids of all work.")
    if args.subject == "retry":
        codes = list(dict.fromkeys(known_language(code) for code in args.to or ()))
        return _finished(services, output, retry_dub(services, job, codes))
    if args.subject == "delete":
        for path in delete_files(services, job).kept:
            output.report(f"{path} stays: it is in use.")
    return _print(services, output, job)


def _purge(args: argparse.Namespace, output: Output, services: Services) -> int:
    from viralclip_desktop.features.workflows.dub_results import KEEP_DAYS, purge

    if args.job_id:
        raise UsageError(
            "“dub purge” takes no job.", f"Delete the files of one: viralclip dub delete {args.job_id}"
        )
    days = services.settings.value(KEEP_DAYS) if args.days is None else args.days
    found = purge(services, args.days, dry_run=args.dry_run, chosen=args.chosen_folders)
    freed = sum(one.size_bytes for one in found)
    verb = "would be freed" if args.dry_run else "were freed"
    lines = [line for one in found for line in _purged_lines(one)]
    if args.days is None and not days:
        lines.append("Dubs are kept for good (setting dubbing.keep_days). Give --days to purge some.")
    output.result(
        {
            "dry_run": args.dry_run,
            "keep_days": days,
            "freed_bytes": freed,
            "jobs": [_purged_shape(one) for one in found],
        },
        [*lines, f"{freed / 1e6:.1f} MB {verb}."],
    )
    return 0


def _purged_shape(one: DubResults) -> dict[str, Any]:
    return {
        "job_id": one.job_id,
        "ended_at": one.ended_at,
        "files": [str(path) for path in one.files],
        "kept": [str(path) for path in one.kept],
        "size_bytes": one.size_bytes,
    }


def _purged_lines(one: DubResults) -> list[str]:
    kept = [f"    kept, as it is in use or was changed: {path}" for path in one.kept]
    head = f"{one.job_id}  {len(one.files)} files, {one.size_bytes / 1e6:.1f} MB"
    return [head, *(f"    {path}" for path in one.files), *kept]


def _finished(services: Services, output: Output, job: Job) -> int:
    (ended,) = follow(services, output, [job])
    if ended.state is not WorkState.FAILED or not ended.result.get("language_ids"):
        succeed(ended)
    return _print(services, output, ended)


def _print(services: Services, output: Output, job: Job) -> int:
    from viralclip_desktop.features.workflows.dub import languages_of
    from viralclip_desktop.features.workflows.dub_standing import times_left

    left = times_left(services, time.time())
    shaped = [_shape(one, left.get(one.id)) for one in languages_of(services, job)]
    lines = [line for one in shaped for line in _lines(one)]
    every = _every_language(services, job)
    lines += [f"every language  {path}" for path in every.values() if path]
    output.result({"job_id": job.id, "languages": shaped, **every}, lines)
    if job.state is WorkState.FAILED:
        output.report(f"viralclip: {job.error} {job.hint}".strip())
        return 1
    return 0


def _every_language(services: Services, job: Job) -> dict[str, str | None]:
    """The film with all languages, where one was asked for."""
    from viralclip_desktop.features.workflows.dub import DUB
    from viralclip_desktop.features.workflows.dub_tracks import tracks_file

    if not DUB.request_of(job).tracks:
        return {}
    path = tracks_file(services, job)
    return {"tracks_file": str(path) if path else None}


def _shape(job: Job, left_s: float | None) -> dict[str, Any]:
    from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE

    done = DUB_LANGUAGE.result_of(job) if job.state is WorkState.COMPLETED else None
    files = done.files.there if done else dict.fromkeys(("video", "audio", "captions", "manifest", "mix"))
    gone = done is not None and not any(files.values())
    return {
        "code": DUB_LANGUAGE.request_of(job).language.code,
        "status": str(job.state),
        "paused": job.paused,
        "stage": job.stage or str(job.state),
        "progress": round(job.fraction, 3),
        "time_left_s": None if left_s is None else round(left_s, 1),
        "message": "Its files are gone." if gone else job.error or str(job.message),
        "files": {what: str(path) if path else None for what, path in files.items()},
        "files_gone": gone,
        "report": done.report.told() if done else None,
    }


def _lines(shape: dict[str, Any]) -> list[str]:
    how = "paused" if shape["paused"] else shape["status"]
    parts = [shape["code"], how, _under_way(shape), shape["message"]]
    kept = [*_kept(shape["report"] or {}), *_slowed(shape["report"] or {})]
    files = [f"    {path}" for path in shape["files"].values() if path]
    return ["  ".join(part for part in parts if part), *kept, *files]


def _under_way(shape: dict[str, Any]) -> str:
    """How far a language is, and how long it still takes."""
    if shape["status"] not in (WorkState.QUEUED, WorkState.RUNNING):
        return ""
    far = f"{shape['progress']:.0%}" if shape["status"] == WorkState.RUNNING else ""
    left_s = shape["time_left_s"]
    left = "" if left_s is None else f"{format_duration(Time.from_seconds(left_s))} left"
    return ", ".join(part for part in (far, left) if part)


def _kept(report: dict[str, Any]) -> list[str]:
    """What became of the original sound, where its voices were taken off."""
    if not report.get("separator"):
        return []
    left = report["voice_left_db"]
    told = "" if left is None else f", of the old voices {left:g} dB are left"
    return [f"    background kept by {report['separator']}{told}"]


def _slowed(report: dict[str, Any]) -> list[str]:
    """By how much the clip became longer, where it may."""
    if not report.get("slowed_s"):
        return []
    return [f"    {report['slowed_s']:g} s longer, at most {report['slow_factor']:g} times as long"]
