"""Translation by language models: those of ``engines/llm``, asked about a window of lines at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.engines.llm.base import AnswerFault, LanguageModel, LlmRequest, LlmSetup, tokens_of
from viralclip_desktop.engines.llm.chat import ChatModel
from viralclip_desktop.engines.llm.llama_cpp import LlamaCppModel
from viralclip_desktop.engines.llm.ollama import OllamaModel
from viralclip_desktop.engines.llm.openai_api import OpenAiModel
from viralclip_desktop.engines.llm.paying import paid_answer
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.translation.base import (
    CONTEXT,
    GLOSSARY,
    SHORTENS,
    WORKER,
    LineState,
    Run,
    SourceLine,
    TranslatedText,
    TranslationRequest,
    TranslationSetup,
    failed,
    judged,
    unchanged,
    wanted_of,
)
from viralclip_desktop.engines.translation.prompts import answered, lines_request, shorter_request

_A_WINDOW: Final = 20  # lines: more are numbered wrongly by small models
_OVERLAP: Final = 4  # lines around a window that are there to be understood
_TEXT_SHARE: Final = 8  # of the context for the lines; their translation may take four times as much
_ANSWER_SHARE: Final = 2  # an answer may take half of the context
_LONGER: Final = 2  # times its source's length, a translation is taken to be before it is there
_MOST_TROUBLES: Final = 3  # answers of no use in a row before a model is asked no more

Window = dict[int, SourceLine]


class LanguageModelTranslator:
    """Base of the translators; each is one language model."""

    maker: ClassVar[type[Any]]
    info: ProviderInfo

    def __init__(self, setup: TranslationSetup) -> None:
        plain = LlmSetup(setup.models, offline=setup.offline, options=setup.options, secrets=setup.secrets)
        self._model: LanguageModel = self.maker(plain)
        self.info = _translating(self._model.info)

    def ready(self) -> str | None:
        """See :class:`Translator`."""
        return self._model.ready()

    def problem(self, source: str, target: str) -> str | None:
        """None: it is asked for any pair of languages."""
        del source, target
        return None

    def model(self, source: str, target: str) -> str:
        """See :class:`Translator`."""
        del source, target
        return self._model.model

    def expected(self, request: TranslationRequest) -> Mapping[str, float]:
        """See :class:`Translator`: every window asked once, and once more for shorter wordings where there
        is a length to keep to."""
        used: dict[str, float] = {}
        if request.worded:
            return self._held(_shorter_question(request)).expected
        guessed = {number: judged(line, line.text * _LONGER) for number, line in enumerate(request.lines)}
        for window in _windows(request, self._model.context_tokens):
            questions = [_question(request, window, guessed)]
            limited = {number: line for number, line in window.items() if line.most is not None}
            if limited:
                told = {number: guessed[number].text for number in limited}
                questions.append(shorter_request(request, limited, told))
            for question in map(self._held, questions):
                for unit, count in question.expected.items():
                    used[unit] = used.get(unit, 0.0) + count
        return used

    def translate(self, request: TranslationRequest, run: Run) -> tuple[TranslatedText, ...]:
        """See :class:`Translator`."""
        asking = _Asking(request, run, self._answer)
        if request.worded:
            asking.shorten()
            return asking.whole()
        for window in _windows(request, self._model.context_tokens):
            asking.translate(window)
        return asking.whole()

    def _answer(self, question: LlmRequest, run: Run) -> dict[str, Any]:
        run.cancel.raise_if_cancelled()
        question = self._held(question)
        if run.ledger is None:
            return self._model.ask(question, run.cancel).data
        return paid_answer(
            self.info,
            self._model.model,
            question,
            lambda asked: self._model.ask(asked, run.cancel),
            run.ledger,
            project_id=run.project_id,
        ).data

    def _held(self, question: LlmRequest) -> LlmRequest:
        most = min(question.most_tokens, self._model.context_tokens // _ANSWER_SHARE)
        return replace(question, most_tokens=most)


@dataclass
class _Asking:
    """One run over the windows of a request."""

    request: TranslationRequest
    run: Run
    ask: Callable[[LlmRequest, Run], dict[str, Any]]
    made: dict[int, TranslatedText] = field(default_factory=dict)
    troubles: list[Fault] = field(default_factory=list)
    """Of the last answers, one after the other; an answer of use ends them."""
    stopped: bool = False

    def translate(self, window: Window) -> None:
        """Ask about a window of lines, and once more about those that became too long."""
        data = self._try(_question(self.request, window, self.made))
        if data is None:
            self._take({number: failed(self.troubles[-1].message) for number in window})
            return
        found = answered(data, window)
        made = {
            number: judged(line, found[number])
            if number in found
            else failed("The language model left this line out.")
            for number, line in window.items()
        }
        self._take(made | self._shorter(window, made))

    def shorten(self) -> None:
        """Ask once for shorter wordings of all lines."""
        wanted = dict(enumerate(self.request.lines))
        data = self._try(_shorter_question(self.request))
        if data is None:
            self._take(dict.fromkeys(wanted, failed(self.troubles[-1].message)))
            return
        found = answered(data, wanted)
        left_out = "The language model left this line out."
        self._take(
            {n: judged(line, found[n]) if n in found else failed(left_out) for n, line in wanted.items()}
        )

    def whole(self) -> tuple[TranslatedText, ...]:
        """All lines in order. Raises the Fault for which none could be translated."""
        if self.troubles and self.made and not any(made.is_there for made in self.made.values()):
            raise self.troubles[-1]
        lines = self.request.lines
        for number, line in enumerate(lines):
            if number not in self.made:
                self._take({number: unchanged(line)})
        return tuple(self.made[number] for number in range(len(lines)))

    def _shorter(self, window: Window, made: Mapping[int, TranslatedText]) -> dict[int, TranslatedText]:
        """Shorter wordings for the lines that are too long, where there are any."""
        long = {number: one.text for number, one in made.items() if one.state is LineState.TOO_LONG}
        if not long:
            return {}
        wanted = {number: window[number] for number in long}
        data = self._try(shorter_request(self.request, wanted, long))
        found = answered(data, wanted) if data is not None else {}
        tried = {number: judged(wanted[number], text) for number, text in found.items()}
        return {
            number: one for number, one in tried.items() if one.is_there and len(one.text) < len(long[number])
        }

    def _try(self, question: LlmRequest) -> dict[str, Any] | None:
        if self.stopped:
            return None
        try:
            data: dict[str, Any] = self.ask(question, self.run)
        except Cancelled:
            raise
        except Fault as fault:
            self.troubles.append(fault)
            self.stopped = not isinstance(fault, AnswerFault) or len(self.troubles) >= _MOST_TROUBLES
            return None
        self.troubles.clear()
        return data

    def _take(self, made: Mapping[int, TranslatedText]) -> None:
        for number, one in made.items():
            self.made[number] = one
            self.run.take(number, one)


def _windows(request: TranslationRequest, context_tokens: int) -> Iterator[Window]:
    """The lines with words in them, in groups that fit into a question and its answer."""
    room, window, used = max(200, context_tokens // _TEXT_SHARE), Window(), 0
    for number in wanted_of(request.lines):
        tokens = tokens_of(request.lines[number].text)
        if window and (len(window) >= _A_WINDOW or used + tokens > room):
            yield window
            window, used = {}, 0
        window[number] = request.lines[number]
        used += tokens
    if window:
        yield window


def _question(request: TranslationRequest, window: Window, made: Mapping[int, TranslatedText]) -> LlmRequest:
    first, last = min(window), max(window)
    earlier = [
        (request.lines[number].text, made[number].text if number in made else "")
        for number in range(max(0, first - _OVERLAP), first)
    ]
    earlier = [*((text, "") for text in request.before), *earlier][-_OVERLAP:]
    later = [line.text for line in request.lines[last + 1 : last + 1 + _OVERLAP]]
    return lines_request(request, window, earlier, [*later, *request.after][:_OVERLAP])


def _shorter_question(request: TranslationRequest) -> LlmRequest:
    """About all lines of a request that tells how they are worded."""
    return shorter_request(request, dict(enumerate(request.lines)), dict(enumerate(request.worded)))


def _translating(info: ProviderInfo) -> ProviderInfo:
    """What a language model says of itself, as a translator."""
    abilities = (CONTEXT, GLOSSARY, SHORTENS, *(one for one in info.capabilities if one == WORKER))
    return replace(info, kind="translation", capabilities=abilities)


class OpenAiTranslator(LanguageModelTranslator):
    """A model of OpenAI."""

    maker = OpenAiModel
    info = _translating(OpenAiModel.info)


class ServerTranslator(LanguageModelTranslator):
    """A model behind a chat completions address."""

    maker = ChatModel
    info = _translating(ChatModel.info)


class OllamaTranslator(LanguageModelTranslator):
    """A model of Ollama."""

    maker = OllamaModel
    info = _translating(OllamaModel.info)


class LlamaCppTranslator(LanguageModelTranslator):
    """A model of this computer; it belongs in a worker process."""

    maker = LlamaCppModel
    info = _translating(LlamaCppModel.info)
