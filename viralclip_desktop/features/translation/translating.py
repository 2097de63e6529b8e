"""Lines translated by an engine, each once: what was translated is kept by text, neighbours, engine and
glossary, so that a run that was stopped or failed pays for nothing twice."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import keep_within, make_folder, write_whole
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.engines.translation import worker
from viralclip_desktop.engines.translation.base import (
    GLOSSARY,
    WORKER,
    Run,
    Take,
    TranslatedText,
    TranslationRequest,
    is_worded,
)
from viralclip_desktop.features.translation.lines import SpokenLine, shorter_request_for
from viralclip_desktop.jobs.worker import Message, run_in_worker
from viralclip_desktop.media.faults import disk_fault

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.features.translation.choosing import Engine

STAGE: Final = "translate"
_MOST_BYTES: Final = 20_000_000  # of all that is kept; what is unused for longest goes
_FORMAT: Final = 1  # of what is kept: another one when an engine here asks differently


def translate_lines(
    services: Services,
    engine: Engine,
    request: TranslationRequest,
    *,
    anew: bool = False,
    project_id: str = "",
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> tuple[TranslatedText, ...]:
    """One line for each line. What was translated before is not asked for again, unless ``anew``. Raises a
    Fault where nothing could be translated, and Cancelled; what was translated until then is kept."""
    shelf = _Shelf(services.paths.cache / "translations", engine, request)
    count = len(request.lines)
    there = {} if anew else {number: kept for number in range(count) if (kept := shelf.kept(number))}

    def take(number: int, made: TranslatedText) -> None:
        there[number] = made
        shelf.put(number, made)
        progress(ProgressEvent(STAGE, len(there) / count))

    missing = [number for number in range(count) if number not in there]
    if missing:
        asked = _without(request, missing)
        _tell(services, engine, asked)
        back = partial(_at, missing, take)
        _ask(services, engine, asked, back, project_id=project_id, cancel=cancel)
        shelf.hold()
    return tuple(there[number] for number in range(count))


def shorter_line(
    services: Services,
    engine: Engine,
    lines: Sequence[SpokenLine],
    number: int,
    most: int,
    *,
    anew: bool = False,
    project_id: str = "",
    cancel: CancelToken | None = None,
) -> str:
    """A wording of a translated line that is shorter than the one it has, in ``most`` characters if the
    engine finds one. Raises BadInput where it finds none, what :func:`translate_lines` raises, and
    Cancelled."""
    request = shorter_request_for(lines, number, most, engine.source, engine.target)
    (made,) = translate_lines(services, engine, request, anew=anew, project_id=project_id, cancel=cancel)
    if not made.is_there or len(made.text) >= len(lines[number].text):
        raise BadInput("No shorter wording was found for this line.", "Word it shorter yourself.")
    return made.text


def _at(numbers: list[int], take: Take, number: int, made: TranslatedText) -> None:
    """A line of some of a request's lines, as a line of the request."""
    take(numbers[number], made)


def _ask(
    services: Services,
    engine: Engine,
    request: TranslationRequest,
    take: Take,
    *,
    project_id: str,
    cancel: CancelToken | None,
) -> None:
    if WORKER not in engine.translator.info.capabilities:
        run = Run(take, cancel or CancelToken(), services.ledger, project_id)
        engine.translator.translate(request, run)
        return

    def on_message(message: Message) -> None:
        take(int(message["line"]), worker.from_json(message["made"]))

    asked = worker.request(engine.id, engine.setup, request)
    run_in_worker(
        worker.TARGET, asked, cancel=cancel, on_message=on_message, name=engine.translator.info.name
    )


def _tell(services: Services, engine: Engine, request: TranslationRequest) -> None:
    """Say before asking what it will cost, and that a glossary is left out of account."""
    info, expected = engine.translator.info, engine.translator.expected(request)
    if request.glossary and GLOSSARY not in info.capabilities:
        services.notices.caution(
            say("{engine} keep to no glossary.", engine=info.name),
            "Choose a language model as the translation engine for that.",
        )
    if info.costs:
        told = say(
            "{engine} ({model}) is asked to translate {lines} lines: at most {tokens} tokens, ${cost}.",
            engine=info.name,
            model=engine.model,
            lines=len(request.lines),
            tokens=int(sum(expected.values())),
            cost=Number(info.price_usd(expected, engine.model), 3),
        )
        services.notices.info(told)


def _without(request: TranslationRequest, numbers: list[int]) -> TranslationRequest:
    """A request for some of its lines. Where one is left out, the others keep what is said around them as far
    as it is before the first or after the last."""
    before = [line.text for line in request.lines[: numbers[0]]]
    after = [line.text for line in request.lines[numbers[-1] + 1 :]]
    return replace(
        request,
        lines=tuple(request.lines[number] for number in numbers),
        before=(*request.before, *before),
        after=(*after, *request.after),
    )


class _Shelf:
    """What was translated, a file a line."""

    def __init__(self, folder: Path, engine: Engine, request: TranslationRequest) -> None:
        self._folder, self._request = folder, request
        self._engine = (_FORMAT, engine.id, engine.model, request.source, request.target)

    def kept(self, number: int) -> TranslatedText | None:
        """A line that was translated before."""
        path = self._file(number)
        try:
            made = worker.from_json(read_json(path.read_text("utf-8")))
            os.utime(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return made

    def put(self, number: int, made: TranslatedText) -> None:
        """Keep a line; one that failed, or has nothing to translate in it, is not kept."""
        if not made.is_there or not is_worded(made.text):
            return
        path = self._file(number)
        try:
            make_folder(self._folder)
            write_whole(path, json.dumps(worker.as_json(made), ensure_ascii=False).encode())
        except OSError as error:
            raise disk_fault(error, path) from error

    def hold(self) -> None:
        """Keep no more than there is room for."""
        if self._folder.is_dir():
            keep_within(self._folder.iterdir(), _MOST_BYTES)

    def _file(self, number: int) -> Path:
        texts = [*self._request.before, *(line.text for line in self._request.lines), *self._request.after]
        at = number + len(self._request.before)
        around = (texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else "")
        line = self._request.lines[number]
        terms = _terms(self._request.glossary, line.text)
        worded = self._request.worded[number : number + 1]
        what = repr((*self._engine, line.text, line.most, around, terms, *worded))
        return self._folder / f"{sha256(what.encode()).hexdigest()[:32]}.json"


def _terms(glossary: Mapping[str, str], text: str) -> list[tuple[str, str]]:
    said = text.casefold()
    return sorted((term, how) for term, how in glossary.items() if term.casefold() in said)
