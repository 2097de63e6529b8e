"""``viralclip dub``: a clip or a whole recording in other languages."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.dub_report import files_gone, lines_of, shape
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.audio_config import DubMode
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.engines.tts.base import Voice
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.dub import DubOrder, LanguageOrder
    from viralclip_desktop.features.workflows.dub_given import GivenWords
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
    _add_words(parser)
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


def _add_words(parser: argparse.ArgumentParser) -> None:
    """What is said, and who says it."""
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
        "--encoding",
        metavar="NAME",
        default="",
        help="how the files of --translation were written, such as cp1251 (default: told from the file)",
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
        type=_voice,
        help="who speaks a language, as for “viralclip speak” (default: who spoke it in this clip last, else "
        "the best voice there is)",
    )


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


def _pair(text: str, example: str = "es=talk.es.srt") -> tuple[str, str]:
    code, sign, value = text.partition("=")
    if not sign or not code or not value:
        raise argparse.ArgumentTypeError(f"it has to be CODE=VALUE, such as {example}")
    return code, value


def _voice(text: str) -> tuple[str, str]:
    return _pair(text, "es=espeak:es")


def run(args: argparse.Namespace, output: Output, build_services: Callable[[], Services]) -> int:
    """Do it and wait to the end; exit code 1 when a language failed."""
    services = build_services()
    services.notices.listen(output.notice)
    if args.subject == _PURGE:
        return _purge(args, output, services)
    _check_of_purge(args)
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


def _check_of_purge(args: argparse.Namespace) -> None:
    """Raises UsageError for an option that only a purge obeys."""
    typed = {"--dry-run": args.dry_run, "--days": args.days is not None}
    typed["--chosen-folders"] = args.chosen_folders
    if wrong := [name for name, is_typed in typed.items() if is_typed]:
        raise UsageError(f"{', '.join(wrong)} goes with “dub purge” alone.", "Leave it out.")


def _start(services: Services, output: Output, args: argparse.Namespace) -> Job:
    from viralclip_desktop.features.workflows.dub import DubOrder, check_dub, submit_dub
    from viralclip_desktop.features.workflows.dub_given import take_words
    from viralclip_desktop.features.workflows.subjects import subject_clip

    if not args.to:
        raise UsageError("No language is given.", "Give one, such as --to es.")
    folder = str(from_home(args.out).absolute()) if args.out else ""
    if folder:
        _check_folder(folder)
    if not args.subject:
        args.subject = _voice_file(services, output, args)
    clip = subject_clip(services.store, args.subject)
    codes, given = _codes_and_words(services, args, clip)
    orders = _languages(services, args, codes)
    background = str(options.existing_file(args.background).absolute()) if args.background else ""
    order = DubOrder(
        args.subject,
        args.mode or DubMode.REPLACE,
        folder,
        args.engine,
        args.separator,
        background,
        args.music_volume,
        args.original_volume,
        args.slow_picture,
    )
    heard = {one.code for one in given if one.heard}
    voices = check_dub(services, order, orders, tracks=args.tracks, given=heard)
    _check_other_words(services, args, clip, [code for code in codes if code not in heard])
    _caution_voices(services, orders, voices)
    take_words(services, clip, given)
    _tell_price(services, output, order, orders)
    return submit_dub(services, order, orders, tracks=args.tracks)


def _check_folder(folder: str) -> None:
    """Raises BadInput for a folder that can take no files."""
    from viralclip_desktop.features.exporting.target import check_folder

    check_folder(Path(folder))


def _tell_price(services: Services, output: Output, order: DubOrder, orders: Sequence[LanguageOrder]) -> None:
    from viralclip_desktop.features.workflows.dub import price_of_dub

    if price := price_of_dub(services, order, orders):
        cost = f"about ${price:.2f}" if price >= 0.01 else "less than a cent"
        output.report(f"The voices cost {cost}; what was spoken before is not paid for again.")


def _check_other_words(
    services: Services, args: argparse.Namespace, clip: Clip, codes: Sequence[str]
) -> None:
    """Raises UsageError where the recording would be spoken again in its own words, and nothing says that
    this is meant."""
    from viralclip_desktop.domain.translation import in_language
    from viralclip_desktop.engines.stt.languages import language_name
    from viralclip_desktop.features.editing.translating import known_language

    transcript, there = services.store.transcript(clip.source_id), services.store.translations(clip.source_id)
    meant = {known_language(code) for code, _ in args.voice}
    for code in codes:
        own = transcript is not None and transcript.language == code
        if own and code not in meant and in_language(there, code) is None:
            raise UsageError(
                f"The recording is in {language_name(code)} already.",
                f"To have it spoken anew, give other words (--translation {code}=FILE.srt) or say who speaks "
                f"(--voice {code}=ID).",
            )


def _caution_voices(services: Services, orders: Sequence[LanguageOrder], voices: Sequence[Voice]) -> None:
    """Tell of voices that speak another language than theirs."""
    from viralclip_desktop.engines.stt.languages import language_name

    for order, voice in zip(orders, voices, strict=True):
        if voice.language and order.code not in (voice.language, *voice.others):
            spoken, wanted = language_name(voice.language), language_name(order.code)
            services.notices.caution(f"The voice {voice.id} speaks {spoken}, not {wanted}.")


def _voice_file(services: Services, output: Output, args: argparse.Namespace) -> str:
    """The id of the recording that a voice file is."""
    from viralclip_desktop.features.workflows.main_job import import_recording

    if not args.voice_file:
        raise UsageError(
            "Nothing is given to dub.", "Give a clip or a recording by its id, or a --voice-file."
        )
    path = options.existing_file(args.voice_file)
    return import_recording(services, path, output.progress, CancelToken()).id


def _codes_and_words(
    services: Services, args: argparse.Namespace, clip: Clip
) -> tuple[list[str], list[GivenWords]]:
    """The languages that are asked for, and the lines of those that come as a file. Nothing is stored."""
    from viralclip_desktop.features.editing.translating import known_language
    from viralclip_desktop.features.workflows.dub_given import read_words

    codes = list(dict.fromkeys(known_language(code) for code in args.to))
    files = {known_language(code): options.existing_file(path) for code, path in args.translation}
    for code in {*files, *(known_language(code) for code, _ in args.voice)} - set(codes):
        raise UsageError(
            f"{code} is not among the languages of --to.", f"Add it: --to {','.join([*codes, code])}"
        )
    if args.encoding and not files:
        raise UsageError("--encoding tells how a --translation was written.", "Give one, or leave it out.")
    return codes, [read_words(services, clip, code, path, args.encoding) for code, path in files.items()]


def _languages(services: Services, args: argparse.Namespace, codes: Sequence[str]) -> list[LanguageOrder]:
    """The languages that are asked for, and who speaks them."""
    from viralclip_desktop.features.editing.translating import known_language
    from viralclip_desktop.features.workflows.dub import LanguageOrder, voice_for
    from viralclip_desktop.features.workflows.dub_choices import still_there
    from viralclip_desktop.features.workflows.dub_first import dubbed_before

    voices = {known_language(code): voice for code, voice in args.voice}
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

    job = services.jobs.get(args.job_id)
    if not DUB.is_of(job):
        raise NotFound(f"{args.job_id} is no dub.", "“viralclip jobs list” has the ids of all work.")
    if args.subject == "retry":
        codes = list(dict.fromkeys(known_language(code) for code in args.to or ()))
        return _finished(services, output, _again(services, output, job, codes))
    if args.subject == "delete":
        for path in delete_files(services, job).kept:
            output.report(f"{path} stays: it is in use.")
    return _print(services, output, job)


def _again(services: Services, output: Output, job: Job, codes: Sequence[str]) -> Job:
    """Go on with a dub; one that is finished and whose files are gone is made again, as a new one."""
    from viralclip_desktop.features.workflows.dub import DUB, DUB_LANGUAGE, languages_of, submit_dub
    from viralclip_desktop.features.workflows.dub_standing import retry_dub

    parts = languages_of(services, job)
    if not job.state.ended and job.id not in services.jobs.left_behind() and not _any_to_retry(parts):
        raise UsageError(
            "This dub is under way.", f"Wait for it, or cancel it first: viralclip jobs cancel {job.id}"
        )
    asked = DUB.request_of(job)
    there = [one.code for one in asked.languages]
    if job.state is not WorkState.COMPLETED or not set(codes) <= set(there):
        return retry_dub(services, job, codes)
    gone = {DUB_LANGUAGE.request_of(one).language.code for one in parts if files_gone(one)}
    again = [one for one in asked.languages if one.code in gone and (not codes or one.code in codes)]
    if not again:
        raise UsageError(
            "This dub is finished, and its files are there: nothing is to be tried again.",
            f"To make it anew: viralclip dub {asked.order.subject} --to {','.join(codes or there)}",
        )
    output.report("Its files are gone, so it is made again.")
    _tell_price(services, output, asked.order, again)
    return submit_dub(services, asked.order, again, tracks=asked.tracks and len(again) == len(there))


def _any_to_retry(parts: Sequence[Job]) -> bool:
    """Whether one of the languages can be tried again now."""
    return any(one.state in (WorkState.FAILED, WorkState.CANCELLED) for one in parts)


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
    shaped = [shape(one, left.get(one.id)) for one in languages_of(services, job)]
    every = _every_language(services, job)
    lines = [line for one in shaped for line in lines_of(one)]
    lines += [f"every language  {path or 'not made'}" for path in every.values()]
    lines.append(f"job  {job.id}")
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
