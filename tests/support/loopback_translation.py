"""A language model on loopback that translates: it reads the lines of a question and answers in the service's
shape, word by word from a dictionary."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from support.loopback_http import Respond, answer
from support.loopback_llm import Shape
from support.toy_translation import SPANISH

Line = dict[str, Any]
Wording = Callable[[Line], str]
"""How the model words a line of the question (``line``, ``said``, ``most_characters``, ``translated``)."""


def by_words(line: Line) -> str:
    """Each word as the dictionary has it."""
    return " ".join(SPANISH.get(word, word) for word in line["said"].split())


def shortened(line: Line) -> str:
    """As :func:`by_words`, and cut after the first word where a shorter wording is asked for."""
    return by_words(line).split()[0] if "translated" in line else by_words(line)


@dataclass
class TranslatingModel:
    """What was asked, and how it is answered. ``left_out`` numbers are not answered."""

    shape: Shape
    word: Wording = by_words
    left_out: Iterable[int] = ()
    asked: list[list[Line]] = field(default_factory=list)
    """The lines of each question."""
    prompts: list[str] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        """Every line that was asked for, in the order of the questions."""
        return [line["said"] for lines in self.asked for line in lines]

    def respond(self, handler: Any) -> None:
        """Answer the question that came."""
        self.prompts.append(prompt_of(json.loads(handler.service.heard[-1].body)))
        self.asked.append(lines_of(self.prompts[-1]))
        told = [
            {"line": line["line"], "text": self.word(line)}
            for line in self.asked[-1]
            if line["line"] not in set(self.left_out)
        ]
        answer(self.shape.said(json.dumps({"lines": told}, ensure_ascii=False)))(handler)


def refusing(shape: Shape) -> Respond:
    """A refusal, where the service has one; else an answer that is none."""
    return answer(shape.refused if shape.refused is not None else shape.capped)


def prompt_of(body: Mapping[str, Any]) -> str:
    """The question of a request, in whichever shape."""
    given = body.get("input") or body["messages"]
    return str(given if isinstance(given, str) else given[-1]["content"])


def lines_of(prompt: str) -> list[Line]:
    """The numbered lines of a question."""
    found = [json.loads(row) for row in prompt.splitlines() if row.startswith("{")]
    return [entry for entry in found if "line" in entry]
