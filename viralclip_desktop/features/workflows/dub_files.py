"""The files of a dubbed language: film or whole sound, voice, captions, and a list of them with how good they
became."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.file_names import free_path, safe_name
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.edits.slowing import Slowing
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.engines.downloads.fetch import file_sha256
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import DubReport, VoicedLine, dub_words, word_error
from viralclip_desktop.jobs.kinds import JobContext
from viralclip_desktop.media.faults import disk_fault

if TYPE_CHECKING:
    from viralclip_desktop.engines.stt.base import SttSetup


_ENDINGS = (".mp4", ".wav", ".srt", ".json", ".m4a")


@dataclass(frozen=True)
class DubFiles:
    """Where they lie. A recording without a picture has its whole sound (``mix``) in the place of a film."""

    video: Path
    audio: Path
    captions: Path
    manifest: Path
    mix: Path | None = None

    @classmethod
    def free(cls, folder: Path, title: str, code: str) -> DubFiles:
        """Named after the clip, in a folder of the language; nothing that is there is named again."""
        name, inside = safe_name(title, "dub", 120), folder / code
        base = free_path(
            lambda number: f"{name}.{code}" if number == 1 else f"{name} {number}.{code}",
            inside,
            lambda path: any(path.with_name(path.name + ending).exists() for ending in _ENDINGS),
        )
        return cls(*(base.with_name(base.name + ending) for ending in _ENDINGS))

    @property
    def there(self) -> dict[str, Path | None]:
        """Each by what it is; None for one that was not made, or is gone."""
        named = {
            "video": self.video,
            "audio": self.audio,
            "captions": self.captions,
            "manifest": self.manifest,
            "mix": self.mix,
        }
        return {what: path if path and path.is_file() else None for what, path in named.items()}


def main_file(files: DubFiles) -> Path:
    """What is played: the film, or the whole sound of what has no picture."""
    there = files.there
    return there["video"] or there["mix"] or files.video


def write_captions(lines: Sequence[VoicedLine], code: str, until: Time, out: Path) -> None:
    """The words of the new voice as SRT, to the end of the film (``until``). Raises the fault of a full
    disk."""
    from viralclip_desktop.features.transcription.cues import cues
    from viralclip_desktop.features.transcription.export import as_srt

    counts = [len(dub_words([line])) for line in lines]
    sentences, first = [], 0
    for count in filter(None, counts):
        sentences.append(Sentence(first, first + count))
        first += count
    transcript = Transcript("dub", code, dub_words(lines), tuple(sentences))
    shown = (replace(cue, end=min(cue.end, until)) for cue in cues(transcript) if cue.start < until)
    _write(out, as_srt(list(shown)))


def write_manifest(
    files: DubFiles,
    code: str,
    voice: str,
    report: DubReport,
    lines: Sequence[VoicedLine],
    *,
    slowings: Sequence[Slowing] = (),
) -> None:
    """What was made, with sizes and SHA-256, how each line lies, and what of the clip plays slower (in its
    own time). Raises the fault of a full disk."""
    made = {what: path for what, path in files.there.items() if path is not None and what != "manifest"}
    document = {
        "language": code,
        "voice": voice,
        "report": report.told(),
        "files": {what: file_told(path) for what, path in made.items()},
        "lines": [_line(line) for line in lines],
    }
    if report.slowed_s is not None:
        document["slowed"] = [_slowing(one) for one in slowings]
    write_json(files.manifest, document)


def file_told(path: Path) -> dict[str, object]:
    """A file as a manifest tells of it."""
    return {"name": path.name, "size_bytes": path.stat().st_size, "sha256": file_sha256(path)}


def write_json(out: Path, document: Mapping[str, object]) -> None:
    """Write a manifest. Raises the fault of a full disk."""
    _write(out, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _slowing(one: Slowing) -> dict[str, float]:
    return {
        "start_s": round(one.range.start.seconds, 4),
        "end_s": round(one.range.end.seconds, 4),
        "factor": round(float(one.factor), 4),
    }


def _line(line: VoicedLine) -> dict[str, object]:
    slot, placed = line.script.slot, line.placed
    return {
        "text": line.script.text,
        "slot_s": [round(slot.start.seconds, 4), round(slot.end.seconds, 4)],
        "start_s": round(placed.range.start.seconds, 4),
        "end_s": round(placed.range.end.seconds, 4),
        "speed": round(placed.heard, 4),
        "fit": str(placed.fit),
        "over_s": round(placed.over.seconds, 4),
    }


def _write(out: Path, text: str) -> None:
    try:
        write_whole(out, text.encode())
    except OSError as error:
        raise disk_fault(error, out) from error


@dataclass(frozen=True)
class HeardBack:
    """The word error that a recogniser found; None where none was asked."""

    wer: float | None


def heard_once(
    services: Services, voice_wav: Path, code: str, texts: Sequence[str], context: JobContext
) -> HeardBack:
    """:func:`heard_back`, asked once for each voice track, however often the job runs."""
    stage = f"heard {file_sha256(voice_wav)[:16]}"
    return context.stage(
        stage, HeardBack, lambda: HeardBack(heard_back(services, voice_wav, code, texts, context.cancel))
    )


def heard_back(
    services: Services, voice_wav: Path, code: str, texts: Sequence[str], cancel: CancelToken
) -> float | None:
    """The word error of what a Whisper model hears in the voice track; None where none is installed that
    knows the language. Raises Cancelled."""
    from viralclip_desktop.engines.stt import worker
    from viralclip_desktop.engines.stt.base import SttRequest
    from viralclip_desktop.engines.stt.messages import from_message
    from viralclip_desktop.features.transcription.start import speech_setup
    from viralclip_desktop.jobs.worker import run_in_worker
    from viralclip_desktop.media.audio import extract_speech
    from viralclip_desktop.media.workdir import scratch

    setup = speech_setup(services)
    if not hears(setup, code):
        return None
    words: list[str] = []

    def take(message: dict[str, object]) -> None:
        event = from_message(message)
        words.extend(word.text for word in getattr(event, "words", ()))

    try:
        with scratch(services.paths.render_work) as work:
            wav = extract_speech(voice_wav, 0, work / "heard.wav", cancel=cancel)
            asked = worker.request("whisper", setup, SttRequest(wav, code))
            run_in_worker(worker.TARGET, asked, cancel=cancel, on_message=take, name="speech recogniser")
    except Cancelled:
        raise
    except Fault:  # the dub is done; that nobody listened to it is told by its report
        return None
    return word_error(" ".join(texts), " ".join(words))


def hears(setup: SttSetup, code: str) -> bool:
    """Whether a Whisper model is there that knows a language."""
    from viralclip_desktop.engines.registry import STT

    whisper = STT.make("whisper", setup)
    return whisper.ready() is None and (code == "en" or not whisper.model.endswith(".en"))
