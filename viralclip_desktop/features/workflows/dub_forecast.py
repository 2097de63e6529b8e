"""How the lines of a translation would fit if a clip were dubbed now, told before anything is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.compose.dub_timing import PlacedLine
from viralclip_desktop.compose.in_play import clip_lines
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import placed_of
from viralclip_desktop.domain.translation import Translation, in_language
from viralclip_desktop.engines.translation.lengths import usual_length
from viralclip_desktop.engines.tts.base import Voice
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.dubbing import ScriptLine, spoken_of
from viralclip_desktop.features.voices import find_voice, foretells, spoken_lengths
from viralclip_desktop.features.workflows.dub_lines import SPEEDS, Lengths, dub_script
from viralclip_desktop.features.workflows.dub_planning import plan_dub
from viralclip_desktop.features.workflows.subjects import subject_clip

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class LineForecast:
    """Where a line of a translation will be spoken, in clip time. ``text`` is what it says, ``clip_end``
    where the clip ends; ``estimated``: how long it will be is reckoned by the usual pace of the language."""

    text: str
    placed: PlacedLine
    clip_end: Time
    estimated: bool = False


def forecast_lines(
    services: Services,
    subject: str,
    code: str,
    voice_id: str,
    *,
    known: Lengths,
    cancel: CancelToken,
    slow: bool = False,
) -> dict[TimeRange, LineForecast]:
    """How the lines of a clip's own recording would fit if it were dubbed now, by their source time; of a
    line that plays more than once the longest overrun. Of a voice that tells no lengths without speaking they
    are reckoned, but for what it has spoken before. ``slow``: as in :func:`plan_dub`. Raises as a dub does,
    and Cancelled."""
    clip, voice = subject_clip(services.store, subject), find_voice(services, voice_id)
    reckoned = set[str]()
    if not foretells(services, voice.id):
        known, reckoned = _reckoned(services, voice, code, dub_script(services, clip, code)[1])
    dub = plan_dub(services, clip, code, voice, slow=slow, lengths=known, cancel=cancel)
    spoken = [line.text for line in spoken_of(dub.plan.second_lines)]
    found: dict[TimeRange, LineForecast] = {}
    for within, number in _own_lines(services.store, dub.clip, code, spoken):
        one = dub.placed[number]
        if within not in found or found[within].placed.over < one.over:
            text = spoken[number]
            found[within] = LineForecast(text, one, dub.plan.duration, text in reckoned)
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
        lengths[voice.id, text] = tuple(Time(round(natural.ticks / speed)) for speed in SPEEDS)
    return lengths, {text for text, spoken in there.items() if spoken is None}


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
