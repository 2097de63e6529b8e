"""What a dub says and where each line goes, planned before anything is spoken: by the job that dubs, and by
whoever wants to know beforehand how the lines fit."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from viralclip_desktop.compose.dub_timing import DubLine, PlacedLine, plan_lines
from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import placed_of
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.translation import Translation, in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.lengths import usual_length
from viralclip_desktop.engines.tts.base import Line, Voice
from viralclip_desktop.features.common.orders import export_order
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine, script_of, spoken_of
from viralclip_desktop.features.voices import find_voice, foretells, predict_lines, spoken_lengths
from viralclip_desktop.features.workflows.subjects import subject_clip

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.store.store import Store

_SPEEDS: Final = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5)
"""What voices are asked for when a plan is made: more than is heard, since they do less than they are
asked."""

Lengths = MutableMapping[tuple[str, str], tuple[Time, ...]]
"""How long texts are at each speed, by the voice's id and the text: what is known is not asked again."""


@dataclass(frozen=True, slots=True)
class LineForecast:
    """Where a line of a translation will be spoken, in clip time. ``text`` is what it says, ``clip_end``
    where the clip ends; ``estimated``: how long it will be is reckoned by the usual pace of the language."""

    text: str
    placed: PlacedLine
    clip_end: Time
    estimated: bool = False


def forecast_lines(
    services: Services, subject: str, code: str, voice_id: str, *, known: Lengths, cancel: CancelToken
) -> dict[TimeRange, LineForecast]:
    """How the lines of a clip's own recording would fit if it were dubbed now, by their source time; of a
    line that plays more than once the longest overrun. Of a voice that tells no lengths without speaking they
    are reckoned, but for what it has spoken before. Raises as a dub does, and Cancelled."""
    clip, voice = subject_clip(services.store, subject), find_voice(services, voice_id)
    plan, script = dub_script(services, clip, code)
    reckoned = set[str]()
    if not foretells(services, voice.id):
        known, reckoned = _reckoned(services, voice, code, script)
    placed = place_lines(services, voice, script, plan.duration, known=known, cancel=cancel)
    spoken = [line.text for line in spoken_of(plan.second_lines)]
    found: dict[TimeRange, LineForecast] = {}
    for within, number in _own_lines(services.store, clip, code, spoken):
        one = placed[number]
        if within not in found or found[within].placed.over < one.over:
            text = spoken[number]
            found[within] = LineForecast(text, one, plan.duration, text in reckoned)
    return found


def _reckoned(
    services: Services, voice: Voice, code: str, script: Sequence[ScriptLine]
) -> tuple[Lengths, set[str]]:
    """How long texts are that nobody speaks now, and of which of them that is only reckoned."""
    texts = list(dict.fromkeys(line.text for line in script))
    there = dict(zip(texts, spoken_lengths(services, voice, texts), strict=True))
    lengths: Lengths = {}
    for text, spoken in there.items():
        natural = usual_length(text, code) if spoken is None else spoken
        lengths[voice.id, text] = tuple(Time(round(natural.ticks / speed)) for speed in _SPEEDS)
    return lengths, {text for text, spoken in there.items() if spoken is None}


def place_lines(
    services: Services,
    voice: Voice,
    script: Sequence[ScriptLine],
    duration: Time,
    *,
    known: Lengths | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> tuple[PlacedLine, ...]:
    """Where each line of a script goes, by how long the voice says it will be. Raises Faults and
    Cancelled."""
    lengths = {} if known is None else known
    missing = list(dict.fromkeys(line.text for line in script if (voice.id, line.text) not in lengths))
    if missing:
        asked = [Line(text, voice.name, speed) for text in missing for speed in _SPEEDS]
        told, count = predict_lines(services, voice, asked, progress, cancel), len(_SPEEDS)
        for number, text in enumerate(missing):
            lengths[voice.id, text] = tuple(told[number * count : (number + 1) * count])
    lines = [
        DubLine(line.slot, tuple(zip(_SPEEDS, lengths[voice.id, line.text], strict=True))) for line in script
    ]
    return plan_lines(lines, duration)


def dub_script(
    services: Services, clip: Clip, code: str, known: PictureKnown | None = None
) -> tuple[RenderPlan, tuple[ScriptLine, ...]]:
    """The clip as it would be exported with its words, and what is to be said in a language. Raises BadInput
    where there is nothing to say, or no translation."""
    from viralclip_desktop.features.exporting.plans import plan_of

    store, order = services.store, export_order(services.settings.values)
    reading = replace(clip, captions_on=True, second_language=code)
    plan = plan_of(store, reading, fps=order.fps, known=known or PictureKnown())
    plan = replace(plan, loudness=replace(plan.loudness, target_lufs=order.target_lufs))
    if not plan.second_lines and plan.language != code:
        raise BadInput(
            say("There is no {language} translation of this.", language=language_name(code)),
            say("Give one: --translation {code}=FILE.srt", code=code),
        )
    script = script_of(plan.words, plan.second_lines)
    if not script:
        raise BadInput("Nothing is said in this clip.", "Choose a clip with words in it.")
    return plan, script


def lacks_words(store: Store, clip: Clip, code: str) -> bool:
    """Whether a clip has no line at all in a language that it is not spoken in."""
    for source in store.sources(clip.project_id):
        playing = placed_of(clip, source.asset_id)
        transcript = store.transcript(source.id) if playing else None
        if transcript is not None and transcript.language == code:
            return False
        there = in_language(store.translations(source.id), code) if playing else None
        if there is not None and clip_lines(there, *playing):
            return False
    return True


def _own_lines(store: Store, clip: Clip, code: str, spoken: Sequence[str]) -> Iterator[tuple[TimeRange, int]]:
    """Which of the ``spoken`` texts are lines of the clip's own recording: the source time and the number of
    each. Between them are lines of other recordings."""
    at = 0
    for _, within, text in sorted(_played(store, clip, code), key=lambda one: one[0]):
        number = next((n for n in range(at, len(spoken)) if spoken[n] == text), None)
        if number is not None:
            yield within, number
            at = number + 1


def _played(store: Store, clip: Clip, code: str) -> Iterator[tuple[Time, TimeRange, str]]:
    """The lines of a clip's own recording each time they play: clip time, source time and text."""
    there = in_language(store.translations(clip.source_id), code)
    playing = placed_of(clip)
    for line in there.lines if there is not None else ():
        for shown in clip_lines(Translation("", clip.source_id, code, (line,)), *playing):
            yield shown.range.start, line.range, line.text
