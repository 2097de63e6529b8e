"""A shorter wording for one line of a translation, which a language model proposes and the user takes or
leaves: by how much can be said in the line's time at the pace of the voice that is to speak it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.compose.dub_timing import FAST
from viralclip_desktop.core.errors import BadInput, UsageError
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.translation import in_language
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.translation.base import SHORTENS
from viralclip_desktop.engines.translation.lengths import LEAST, most_characters
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.editing.translating import known_language, write_line
from viralclip_desktop.features.translation import SpokenLine, chosen_engine, shorter_line
from viralclip_desktop.features.workflows.dub_forecast import LineForecast, forecast_lines
from viralclip_desktop.features.workflows.subjects import subject_clip
from viralclip_desktop.features.workflows.translate import SaidThere, said_there

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Shorter:
    """A wording that was proposed for a line (``range`` is source time). ``most`` is about how many
    characters can be said in its time."""

    translation_id: str
    range: TimeRange
    said: str
    before: str
    text: str
    most: int
    engine: str
    model: str

    @property
    def fits(self) -> bool:
        """Whether it is short enough."""
        return len(self.text) <= self.most


def shorter_wording(
    services: Services,
    subject: str,
    language: str,
    line: TimeRange | int,
    *,
    voice: str = "",
    engine: str = "",
    anew: bool = False,
    cancel: CancelToken | None = None,
) -> Shorter:
    """Ask for a shorter wording of a line of a clip or a recording, by its source time or by its number
    among the lines (from 1). ``voice``: who is to speak it, by its id; empty for the usual pace of the
    language. What was proposed before for the same is not paid for again, unless ``anew``. Raises NotFound,
    UsageError for a line that is not there, BadInput for one without a translation or where nothing shorter
    was found, EnvironmentLacks where no engine can word lines again, and Cancelled."""
    code, clip = known_language(language), subject_clip(services.store, subject)
    found, number = _found(said_there(services.store, clip, code), line)
    spoken = found.lines[number]
    there = in_language(services.store.translations(found.source.id), code)
    if there is None or not spoken.text:
        raise BadInput(
            say("This line has no {language} translation yet.", language=language_name(code)),
            "Translate it first.",
        )
    chosen = chosen_engine(services, engine, found.transcript.language, code, able=SHORTENS)
    most = _most(services, subject, code, spoken, voice=voice, cancel=cancel or CancelToken())
    text = shorter_line(
        services,
        chosen,
        found.lines,
        number,
        most,
        anew=anew,
        project_id=clip.project_id,
        cancel=cancel,
    )
    return Shorter(there.id, spoken.range, spoken.said, spoken.text, text, most, chosen.id, chosen.model)


def take_wording(store: Store, shorter: Shorter) -> None:
    """Store a wording that was proposed, as one entry in the history."""
    write_line(store, shorter.translation_id, shorter.range, shorter.text)


def fitting_characters(text: str, forecast: LineForecast) -> int:
    """About how many characters a voice can say, without hurry, in the time that a line of this ``text`` has
    by its forecast."""
    placed = forecast.placed
    natural_s = placed.range.duration.seconds * placed.heard
    if placed.over <= ZERO or natural_s <= 0:
        return len(text)
    room_s = max(0.0, (placed.range.duration - placed.over).seconds)
    return max(LEAST, math.floor(len(text) * room_s * FAST / natural_s))


def _most(
    services: Services, subject: str, code: str, line: SpokenLine, *, voice: str, cancel: CancelToken
) -> int:
    """At most one character less than it has: it is asked for because it is too long."""
    most = most_characters(line.room, code)
    if voice:
        known = forecast_lines(services, subject, code, voice, known={}, cancel=cancel).get(line.range)
        most = fitting_characters(line.text, known) if known is not None else most
    return max(1, min(most, len(line.text) - 1))


def _found(there: Sequence[SaidThere], line: TimeRange | int) -> tuple[SaidThere, int]:
    """Where a line is: what is said in its recording, and its number there."""
    every = [(said, number) for said in there for number in range(len(said.lines))]
    if isinstance(line, int):
        if not 0 < line <= len(every):
            raise UsageError(say("There is no line {number}.", number=line), _numbers(len(every)))
        return every[line - 1]
    for said, number in every:
        if said.lines[number].range == line:
            return said, number
    raise BadInput("The line is not there any more.", "Look at the lines again.")


def _numbers(count: int) -> str:
    return say("They are 1 to {count}, as “viralclip translate” prints them.", count=count)
