"""A small instruct model on this computer, through llama.cpp (the package ``xllamacpp``, an extra).

The model is a GGUF file in the models folder. It belongs in a worker process (``engines.llm.worker``): native
code that takes gigabytes may not take the editor down.
"""

from __future__ import annotations

import asyncio
import os
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.llm.base import (
    AnswerFault,
    LlmAnswer,
    LlmRequest,
    LlmSetup,
    OnText,
    Reason,
    answer_fault,
)
from viralclip_desktop.engines.llm.reading import read_object
from viralclip_desktop.engines.llm.remote import as_dict, as_list, units_of
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.settings.declaration import provider_setting

PACKAGE = "xllamacpp"
_SUFFIX = ".gguf"
_FOLDERS = ("", "llm", "llamacpp", "llama.cpp")  # of the models folder; it may be flat


class LlamaCppModel:
    """A GGUF model, run in this process: build it in a worker."""

    info = ProviderInfo(
        "llamacpp",
        "Local llama.cpp model",
        "llm",
        needs=(Need("model", f"*{_SUFFIX}", "a GGUF instruct model"), Need("package", PACKAGE)),
        capabilities=("schema", "worker"),
        settings=(
            provider_setting(
                "language_model",
                "",
                "Model name",
                "A GGUF file in the models folder, or a path. Empty takes the largest one there.",
            ),
            provider_setting(
                "context_tokens",
                8192,
                "Context",
                "How many tokens question and answer may have together; more needs more memory.",
                low=2048,
                high=1_000_000,
            ),
        ),
    )

    def __init__(self, setup: LlmSetup) -> None:
        self._setup = setup

    @property
    def model(self) -> str:
        """See :class:`LanguageModel`."""
        file = self._file()
        return file.name if file is not None else ""

    @property
    def context_tokens(self) -> int:
        """See :class:`LanguageModel`."""
        return int(self._setup.option(self.info, "context_tokens"))

    def ready(self) -> str | None:
        """None if the package and a model are there."""
        if self._file() is None:
            return "There is no GGUF language model in the models folder."
        if find_spec(PACKAGE) is None:
            return say("The package {package} is not installed.", package=PACKAGE)
        return None

    def ask(self, request: LlmRequest, cancel: CancelToken | None = None) -> LlmAnswer:
        """See :class:`LanguageModel`. A cancel is the end of the worker's process."""
        if cancel is not None:
            cancel.raise_if_cancelled()
        answer = self._chat(request)
        units = units_of(answer.get("usage"), "prompt_tokens", "completion_tokens")
        choice = as_dict(next(iter(as_list(answer.get("choices"))), None))
        if choice.get("finish_reason") == "length":
            raise answer_fault(self.model, Reason.INCOMPLETE, "finish_reason length", units)
        try:
            text = str(as_dict(choice.get("message")).get("content") or "")
            return LlmAnswer(read_object(text, request.schema), self.model, units)
        except ValueError as error:
            raise answer_fault(self.model, Reason.UNREADABLE, str(error), units) from error

    async def ask_async(
        self, request: LlmRequest, on_text: OnText | None = None, cancel: CancelToken | None = None
    ) -> LlmAnswer:
        """See :class:`LanguageModel`; the text comes in one piece."""
        del on_text
        return await asyncio.to_thread(self.ask, request, cancel)

    async def models(self) -> list[str]:
        """See :class:`LanguageModel`."""
        return [file.name for file in self._files()]

    def _chat(self, request: LlmRequest) -> dict[str, Any]:
        wanted = {"name": request.name, "schema": dict(request.schema), "strict": True}
        answer = self._server().handle_chat_completions(
            {
                "messages": [
                    {"role": "system", "content": request.system},
                    {"role": "user", "content": request.prompt},
                ],
                "max_tokens": request.most_tokens,
                "temperature": 0.2,
                "response_format": {"type": "json_schema", "json_schema": wanted},
            }
        )
        answer = as_dict(answer)
        if error := as_dict(answer.get("error")) or ("code" in answer and answer):
            raise self._refusal(as_dict(error))
        return answer

    def _refusal(self, error: dict[str, Any]) -> AnswerFault:
        long = "context" in str(error.get("type", ""))
        return answer_fault(self.model, Reason.TOO_LONG if long else Reason.FAILED, str(error))

    def _server(self) -> Any:
        """llama.cpp with the model loaded."""
        import xllamacpp

        file = self._file()
        if file is None:
            raise EnvironmentLacks("There is no GGUF language model in the models folder.")
        params = xllamacpp.CommonParams()
        params.model.path = str(file)
        params.n_ctx, params.n_parallel = self.context_tokens, 1
        params.cpuparams.n_threads = max(1, (os.cpu_count() or 2) - 1)
        params.warmup, params.use_jinja = False, True
        params.api_keys = [token_urlsafe(24)]  # it also listens on the loopback address: to nobody
        try:
            return xllamacpp.Server(params)
        except RuntimeError as error:
            raise EnvironmentLacks(
                say("The language model {file} cannot be read.", file=file.name),
                "Download it again.",
                str(error),
            ) from error

    def _file(self) -> Path | None:
        chosen = str(self._setup.option(self.info, "language_model")).strip()
        if chosen and Path(chosen).is_absolute():
            return Path(chosen) if Path(chosen).is_file() else None
        files = self._files()
        if chosen:
            return next((file for file in files if chosen in (file.name, file.stem)), None)
        return max(files, key=lambda file: (file.stat().st_size, file.name), default=None)

    def _files(self) -> list[Path]:
        folders = [self._setup.models / name for name in _FOLDERS]
        return sorted({file for folder in folders if folder.is_dir() for file in folder.glob(f"*{_SUFFIX}")})
