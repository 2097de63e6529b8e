"""A text spoken into a file of the user's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress, staged
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.engines.tts.base import Line, Spoken, check_speed
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices.catalogue import find_voice
from viralclip_desktop.features.voices.joining import (
    PARAGRAPH_PAUSE_S,
    SENTENCE_PAUSE_S,
    SpokenPiece,
    joined,
)
from viralclip_desktop.features.voices.levelling import level_speech
from viralclip_desktop.features.voices.pitching import shift_pitch
from viralclip_desktop.features.voices.script import Paragraph, script_of
from viralclip_desktop.features.voices.speaking import STAGE, Utterance, speak_lines
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.workdir import scratch

LOWEST_ST, HIGHEST_ST = -12.0, 12.0
_LONGEST_TEXT = 100_000  # characters: two hours
_SPOKEN, _MOVED = 0.5, 0.95  # of the progress, where the pitch is to be moved


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What is to be spoken, and how: ``speed`` 0.5..2 where the text sets no other, ``pitch_st`` semitones
    higher or lower (-12..12). These are also the settings that a file of the library is made again with."""

    text: str
    voice: str
    speed: float = 1.0
    pitch_st: float = 0.0

    def settings(self) -> dict[str, object]:
        """As JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> SpeechRequest:
        """The other side of :meth:`settings`. Raises BadInput for what is none."""
        try:
            text, voice = str(settings["text"]), str(settings["voice"])
            speed, pitch_st = float(str(settings["speed"])), float(str(settings["pitch_st"]))
        except (KeyError, ValueError) as error:
            raise BadInput("How this was spoken is not known.", "Speak it anew.", str(error)) from error
        check_speed(speed)
        if not LOWEST_ST <= pitch_st <= HIGHEST_ST:
            raise BadInput("How this was spoken is not known.", "Speak it anew.", f"{pitch_st} semitones")
        return cls(text, voice, speed, pitch_st)


@dataclass(frozen=True, slots=True)
class Speech(Spoken):
    """What was spoken of a whole text; ``paragraphs``: when each is heard, with the pauses between its
    sentences and without the one after it."""

    paragraphs: tuple[TimeRange, ...] = ()


def save_speech(
    services: Services,
    request: SpeechRequest,
    out_wav: Path,
    *,
    again: Sequence[int] = (),
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Speech:
    """Speak a text into a WAV file, at -16 LUFS where its peaks allow that. What was spoken of it before is
    not spoken again, but for the paragraphs ``again`` (counted from 1). A break leaves what was spoken until
    then for the next try. Raises BadInput for a text without words, Faults and Cancelled."""
    script = checked_script(request)
    voice = find_voice(services, request.voice)
    lines = [[Line(piece, voice.name, one.speed) for piece in one.pieces] for one in script]
    anew = {line for number in _places(again, lines) for line in lines[number]}
    flat = [line for paragraph in lines for line in paragraph]
    speaking = staged(progress, STAGE, 0.0, _SPOKEN if request.pitch_st else _MOVED)
    spoken = speak_lines(services, voice, flat, _by_paragraph(lines, speaking), cancel, anew=anew)
    pieces = list(_pieces(script, iter(spoken)))
    heard = _heard(script, iter(pieces))
    try:
        with scratch(services.paths.render_work) as work, written_beside(out_wav) as partial:
            sound, moved = work / "sound.wav", work / "moved.wav"
            whole = joined(pieces, sound)
            if request.pitch_st:
                moving, pauses = staged(progress, STAGE, _SPOKEN, _MOVED), _pauses(heard)
                shift_pitch(sound, moved, request.pitch_st, pauses=pauses, progress=moving, cancel=cancel)
                sound = moved
            level_speech(sound, partial, staged(progress, STAGE, _MOVED, 1.0), cancel)
    except OSError as error:
        raise disk_fault(error, out_wav) from error
    return Speech(whole.duration, whole.words, heard)


def checked_script(request: SpeechRequest) -> list[Paragraph]:
    """The paragraphs of a text. Raises BadInput for one that is too long, has no words, or a mark with a
    speed that no voice has."""
    if len(request.text) > _LONGEST_TEXT:
        raise BadInput(
            say("The text is too long: {count} characters.", count=Number(len(request.text))),
            say("Speak it in pieces of up to {most} characters.", most=Number(_LONGEST_TEXT)),
        )
    script = script_of(request.text, request.speed)
    if not script:
        raise BadInput("There is nothing to speak.", "Give a text with words in it.")
    return script


def _places(again: Sequence[int], lines: Sequence[Sequence[Line]]) -> list[int]:
    for number in again:
        if not 1 <= number <= len(lines):
            raise BadInput(
                say("There is no paragraph {number}.", number=Number(number)),
                say("The text has {count}, counted from 1.", count=Number(len(lines))),
            )
    return [number - 1 for number in again]


def _by_paragraph(lines: Sequence[Sequence[Line]], progress: Progress) -> Progress:
    """Adds how many paragraphs that much of the text is."""
    if len(lines) == 1:
        return progress
    flat = [number for number, paragraph in enumerate(lines) for _line in paragraph]

    def report(event: ProgressEvent) -> None:
        done = min(round((event.fraction or 0.0) * len(flat)), len(flat) - 1)
        told = say("paragraph {number} of {count}", number=Number(flat[done] + 1), count=Number(len(lines)))
        progress(ProgressEvent(STAGE, event.fraction, told, event.time_left_s))

    return report


def _pieces(script: Sequence[Paragraph], spoken: Iterator[Utterance]) -> Iterator[SpokenPiece]:
    for paragraph in script:
        for number, utterance in zip(range(len(paragraph.pieces)), spoken, strict=False):
            last = number + 1 == len(paragraph.pieces)
            pause_s = (PARAGRAPH_PAUSE_S if last else SENTENCE_PAUSE_S) / paragraph.speed
            yield SpokenPiece(utterance.path, utterance.spoken, pause_s)


def _heard(script: Sequence[Paragraph], pieces: Iterator[SpokenPiece]) -> tuple[TimeRange, ...]:
    """When each paragraph is heard."""
    found, at, end = list[TimeRange](), ZERO, ZERO
    for paragraph in script:
        begun = at
        for _number, piece in zip(range(len(paragraph.pieces)), pieces, strict=False):
            end = at + piece.spoken.duration
            at = end + Time.from_seconds(piece.pause_s)
        found.append(TimeRange(begun, end))
    return tuple(found)


def _pauses(heard: Sequence[TimeRange]) -> list[Time]:
    """The middles of the pauses between paragraphs."""
    return [Time((one.end.ticks + other.start.ticks) // 2) for one, other in pairwise(heard)]
