"""``viralclip dub``: a clip or a whole recording in other languages."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from viralclip_desktop.cli import options
from viralclip_desktop.cli.follow import follow, succeed
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.workflows.dub import LanguageOrder

_ACTIONS = ("status", "retry", "delete")


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "dub",
        help="have a clip or a recording spoken in other languages",
        description="Speaks the lines of a translation where the original says them, and makes a film, the "
        "voice alone, captions and a manifest for every language. “viralclip dub status|retry|delete JOB_ID” "
        "looks at one that was started, goes on with it, or deletes its files.",
    )
    parser.add_argument("subject", metavar="CLIP_ID|SOURCE_ID|status|retry|delete", nargs="?")
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
        help="who speaks a language (default: the best voice there is)",
    )
    _add_sound(parser)
    parser.add_argument("--out", metavar="DIR", help="the folder for the files (default: in the data folder)")
    options.add_json(parser)
    parser.set_defaults(run=run)


def _add_sound(parser: argparse.ArgumentParser) -> None:
    """What is heard besides the new voice, and whose words it speaks."""
    parser.add_argument(
        "--mode",
        choices=("replace", "overlay"),
        default="replace",
        help="in the place of the original voices, whose background is kept, or over the original, which is "
        "softer meanwhile (default: replace)",
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
    if args.subject in _ACTIONS:
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
    folder = str(from_home(args.out).absolute()) if args.out else ""
    order = DubOrder(args.subject, args.mode, folder, args.engine, args.separator, background)
    if price := price_of_dub(services, order, orders):
        cost = f"about ${price:.2f}" if price >= 0.01 else "less than a cent"
        output.report(f"The voices cost {cost}; what was spoken before is not paid for again.")
    return submit_dub(services, order, orders)


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
    return [LanguageOrder(code, voices.get(code) or voice_for(services, code).id) for code in codes]


def _on_job(args: argparse.Namespace, output: Output, services: Services) -> int:
    from viralclip_desktop.features.workflows.dub import DUB, delete_files, languages_of

    job = services.jobs.get(args.job_id)
    if not DUB.is_of(job):
        raise NotFound(f"{args.job_id} is no dub.", "“viralclip jobs list” has the ids of all work.")
    if args.subject == "retry":
        for one in languages_of(services, job):
            if args.to and one.payload["language"]["code"] in args.to and one.state.ended:
                services.jobs.retry(one.id)
        return _finished(services, output, services.jobs.retry(job.id) if job.state.ended else job)
    if args.subject == "delete":
        delete_files(services, job)
    return _print(services, output, job)


def _finished(services: Services, output: Output, job: Job) -> int:
    (ended,) = follow(services, output, [job])
    if ended.state is not WorkState.FAILED or not ended.result.get("language_ids"):
        succeed(ended)
    return _print(services, output, ended)


def _print(services: Services, output: Output, job: Job) -> int:
    from viralclip_desktop.features.workflows.dub import languages_of

    shaped = [_shape(one) for one in languages_of(services, job)]
    output.result({"job_id": job.id, "languages": shaped}, [line for one in shaped for line in _lines(one)])
    if job.state is WorkState.FAILED:
        output.report(f"viralclip: {job.error} {job.hint}".strip())
        return 1
    return 0


def _shape(job: Job) -> dict[str, Any]:
    from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE

    done = DUB_LANGUAGE.result_of(job) if job.state is WorkState.COMPLETED else None
    files = done.files.there if done else dict.fromkeys(("video", "audio", "captions", "manifest", "mix"))
    return {
        "code": DUB_LANGUAGE.request_of(job).language.code,
        "status": str(job.state),
        "stage": job.stage or str(job.state),
        "progress": round(job.fraction, 3),
        "message": job.error or str(job.message),
        "files": {what: str(path) if path else None for what, path in files.items()},
        "report": asdict(done.report) if done else None,
    }


def _lines(shape: dict[str, Any]) -> list[str]:
    head = f"{shape['code']}  {shape['status']}" + (f"  {shape['message']}" if shape["message"] else "")
    kept = _kept(shape["report"] or {})
    return [head, *kept, *(f"    {path}" for path in shape["files"].values() if path)]


def _kept(report: dict[str, Any]) -> list[str]:
    """What became of the original sound, where its voices were taken off."""
    if not report.get("separator"):
        return []
    left = report["voice_left_db"]
    told = "" if left is None else f", of the old voices {left:g} dB are left"
    return [f"    background kept by {report['separator']}{told}"]
