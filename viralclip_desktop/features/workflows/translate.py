"""Translating what is said in a clip or a recording, as a job: the lines that have no translation yet go to
the engine, and what comes back is stored as one edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import dumps, loads, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import TranslatedLine, Translation, in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.base import LineState, TranslatedText
from viralclip_desktop.features.captions import line_fields
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.editing.translating import fill_translation, known_language
from viralclip_desktop.features.translation import (
    SpokenLine,
    chosen_engine,
    line_state,
    request_for,
    spoken_lines,
    translate_lines,
)
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.store.store import Store

LANE: Final = "translate"


@dataclass(frozen=True)
class TimeSpan:
    """A range of source time."""

    start: Time
    end: Time

    @property
    def range(self) -> TimeRange:
        """As a range."""
        return TimeRange(self.start, self.end)


@dataclass(frozen=True)
class TranslateOrder:
    """What is wanted. ``subject`` is a clip or a recording, by its id; ``engine`` is empty for the one of the
    settings; ``only`` has the times (source time of the clip's own recording) of the lines that are wanted,
    none for all."""

    subject: str
    language: str
    engine: str = ""
    glossary: dict[str, str] = field(default_factory=dict)
    anew: bool = False
    """Whether lines that are there are translated again."""
    show: bool = False
    """Whether a clip shows the translation with its captions."""
    only: list[TimeSpan] = field(default_factory=list)


@dataclass(frozen=True)
class FailedLine:
    """A line that could not be translated, and why."""

    source_id: str
    start: Time
    reason: str
    """As ``core.messages.dumps`` writes it."""

    @property
    def told(self) -> str:
        """The reason as a message."""
        return loads(self.reason)


@dataclass(frozen=True)
class TranslateDone:
    """What came of it. ``engine`` is empty where there was nothing to translate."""

    language: str
    engine: str
    model: str
    translated: int
    failed: list[FailedLine]


@dataclass(frozen=True)
class StandingLine:
    """A line as it stands now: when it is said (source time), what is said, its translation, its state, and
    what is wrong with it where something is."""

    range: TimeRange
    said: str
    text: str
    state: LineState
    reason: str


def submit_translation(services: Services, order: TranslateOrder) -> Job:
    """Queue it. Raises as :func:`check_translation`."""
    known = replace(order, language=known_language(order.language))
    check_translation(services, known)
    return services.jobs.submit(TRANSLATE, known, subject_clip(services.store, order.subject).project_id)


def check_translation(services: Services, order: TranslateOrder) -> None:
    """Raises NotFound, UsageError for a language or an engine that does not exist, BadInput where there is
    nothing to translate, EnvironmentLacks where no engine can."""
    clip = subject_clip(services.store, order.subject)
    for said in said_there(services.store, clip, order.language):
        if _wanted(said.lines, order):
            chosen_engine(services, order.engine, said.transcript.language, order.language)


def price_of_lines(services: Services, order: TranslateOrder) -> float:
    """What the engine will ask at most, in US dollars, if it translated nothing of it before; 0 where it is
    free. Raises as :func:`check_translation`."""
    clip, price_usd = subject_clip(services.store, order.subject), 0.0
    for said in said_there(services.store, clip, order.language):
        if wanted := _wanted(said.lines, order):
            engine = chosen_engine(services, order.engine, said.transcript.language, order.language)
            request = request_for(said.lines, wanted, engine.source, engine.target, order.glossary)
            info = engine.translator.info
            price_usd += (
                info.price_usd(engine.translator.expected(request), engine.model) if info.costs else 0.0
            )
    return price_usd


def translate_subject(
    services: Services,
    order: TranslateOrder,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> TranslateDone:
    """Translate now and store what came of it. Raises as :func:`check_translation`, and
    Cancelled."""
    store = services.store
    clip = subject_clip(store, order.subject)
    made: list[tuple[SaidThere, dict[int, TranslatedText]]] = []
    engine_id, model = "", ""
    for said in said_there(store, clip, order.language):
        wanted = _wanted(said.lines, order)
        if not wanted:
            continue
        engine = chosen_engine(services, order.engine, said.transcript.language, order.language)
        engine_id, model = engine.id, engine.model
        request = request_for(said.lines, wanted, engine.source, engine.target, order.glossary)
        lines = translate_lines(
            services,
            engine,
            request,
            anew=order.anew or bool(order.only),
            project_id=clip.project_id,
            progress=progress,
            cancel=cancel,
        )
        made.append((said, dict(zip(wanted, lines, strict=True))))
    failed = [
        FailedLine(said.source.id, said.lines[number].range.start, dumps(one.reason))
        for said, lines in made
        for number, one in lines.items()
        if not one.is_there
    ]
    asked = sum(len(lines) for _, lines in made)
    if asked and len(failed) == asked:
        raise EnvironmentLacks("No line could be translated.", failed[0].told)
    _store(store, made, order, [clip.id] if order.show and clip.id == order.subject else [])
    progress(ProgressEvent("complete", 1.0))
    return TranslateDone(order.language, engine_id, model, asked - len(failed), failed)


def standing_lines(
    store: Store, subject: str, language: str, failed: Sequence[FailedLine] = ()
) -> list[StandingLine]:
    """Every line of a clip or a recording as it stands now; ``failed`` tells why some have no text."""
    reasons = {(one.source_id, one.start): one.told for one in failed}
    found = []
    for said in said_there(store, subject_clip(store, subject), language):
        for line in said.lines:
            state, reason = line_state(line, language)
            reason = reason or reasons.get((said.source.id, line.range.start), "")
            found.append(StandingLine(line.range, line.said, line.text, state, reason))
    return found


@dataclass(frozen=True)
class SaidThere:
    """What is said in one recording, as far as it plays."""

    source: Source
    transcript: Transcript
    lines: list[SpokenLine]


def said_there(store: Store, clip: Clip, language: str) -> list[SaidThere]:
    """Every recording of a clip with its lines. Raises BadInput where nothing is known to be said, or it is
    said in that language."""
    found = []
    for source in store.sources(clip.project_id):
        own = replace(
            clip,
            source_id=source.id,
            asset_id=source.asset_id,
            parts=tuple(part for part in clip.parts if part.asset_id == source.asset_id),
        )
        transcript = store.transcript(source.id) if own.parts else None
        if transcript is None or not transcript.words:
            continue
        if transcript.language == language:
            raise BadInput(say("It is spoken in {language}.", language=language_name(language)))
        there = in_language(store.translations(source.id), language)
        fields = line_fields(there or Translation("", source.id, language), transcript, own)
        fields.sort(key=lambda one: one.range.start)
        lines = spoken_lines([(one.range, one.said, one.text) for one in fields])
        found.append(SaidThere(source, transcript, lines))
    if not any(said.lines for said in found):
        raise BadInput(
            "Nothing is known to be said in it.", "Transcribe it first: viralclip transcribe SOURCE_ID"
        )
    return found


def _wanted(lines: Sequence[SpokenLine], order: TranslateOrder) -> list[int]:
    """The lines to translate, by their numbers."""
    only = {span.range for span in order.only}
    return [
        number
        for number, line in enumerate(lines)
        if line.said and (line.range in only if only else order.anew or not line.text)
    ]


def _store(
    store: Store,
    made: Sequence[tuple[SaidThere, Mapping[int, TranslatedText]]],
    order: TranslateOrder,
    clip_ids: Sequence[str],
) -> None:
    """One entry of the history, whatever number of recordings it is about."""
    if not made and not clip_ids:
        return
    label = say("Translate into {language}", language=say(language_name(order.language)))
    clip = subject_clip(store, order.subject)
    with store.transaction(label, clip.project_id) as tx:
        for said, lines in made:
            new = [TranslatedLine(said.lines[n].range, one.text) for n, one in lines.items() if one.is_there]
            instead = order.anew or bool(order.only)
            fill_translation(store, said.source.id, order.language, new, instead=instead)
        for clip_id in clip_ids:
            tx.put(replace(tx.clip(clip_id), second_language=order.language))


def _run(services: Services, request: TranslateOrder, context: JobContext) -> TranslateDone:
    return translate_subject(services, request, context.progress, context.cancel)


TRANSLATE = JobKind("translate", LANE, TranslateOrder, TranslateDone, _run)
