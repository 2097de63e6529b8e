"""What a worker process runs to translate: one engine, any number of lines, each told as it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from viralclip_desktop.core.messages import from_plain, to_plain
from viralclip_desktop.engines.registry import TRANSLATION
from viralclip_desktop.engines.translation.base import (
    LineState,
    Run,
    SourceLine,
    TranslatedText,
    TranslationRequest,
    TranslationSetup,
)

TARGET = "viralclip_desktop.engines.translation.worker:run"


def request(provider: str, setup: TranslationSetup, what: TranslationRequest) -> dict[str, Any]:
    """The request for :func:`run`, as JSON."""
    return {"provider": provider, "setup": setup.as_json(), "what": asdict(what)}


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Translate; a cancel is the end of the process."""
    translator = TRANSLATION.make(data["provider"], TranslationSetup.from_json(data["setup"]))
    what = data["what"]
    asked = TranslationRequest(
        tuple(SourceLine(**line) for line in what["lines"]),
        what["source"],
        what["target"],
        what["glossary"],
        tuple(what["before"]),
        tuple(what["after"]),
        tuple(what["worded"]),
    )
    made = translator.translate(asked, Run(lambda number, one: emit({"line": number, "made": as_json(one)})))
    return {"lines": len(made)}


def as_json(made: TranslatedText) -> dict[str, Any]:
    """A translated line as JSON values."""
    return {"text": made.text, "state": str(made.state), "reason": to_plain(made.reason)}


def from_json(data: dict[str, Any]) -> TranslatedText:
    """The other side of :func:`as_json`. Raises ValueError, KeyError or TypeError for what is none."""
    return TranslatedText(str(data["text"]), LineState(data["state"]), from_plain(data["reason"]))
