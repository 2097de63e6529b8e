"""A language model that answers as the editor did who marked a talk: its answers are made from those marks,
with the slips that models make in copying (a word left out, other marks, other case)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.llm.base import LlmAnswer, LlmRequest, OnText
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.features.moments.llm.quotes import folded


@dataclass
class FakeModel:
    """Answers each kind of question as it is told; ``answers`` by the questions' names."""

    answers: dict[str, Callable[[LlmRequest], dict[str, Any]]]
    context_tokens: int = 128_000
    info: ProviderInfo = field(default_factory=lambda: ProviderInfo("fake", "Fake", "llm"))
    model: str = "editor-1"
    asked: list[LlmRequest] = field(default_factory=list)

    def ready(self) -> str | None:
        return None

    def ask(self, request: LlmRequest, cancel: CancelToken | None = None) -> LlmAnswer:
        self.asked.append(request)
        return LlmAnswer(self.answers[request.name](request), self.model, dict(request.expected))

    async def ask_async(
        self, request: LlmRequest, on_text: OnText | None = None, cancel: CancelToken | None = None
    ) -> LlmAnswer:
        return self.ask(request, cancel)

    async def models(self) -> list[str]:
        return [self.model]


@dataclass
class GoldEditor:
    """The editor of one talk; ``data`` as the marked talks have it."""

    data: dict[str, Any]
    slips: bool = True

    def model(self, context_tokens: int = 128_000) -> FakeModel:
        """The editor as a model."""
        answers = {"moments": self.moments, "pairs": self.pairs, "edges": self.edges, "texts": self.texts}
        return FakeModel(answers, context_tokens)

    def moments(self, request: LlmRequest) -> dict[str, Any]:
        letters = folded(request.prompt)
        inside = [
            mark for mark in self.marks() if all(folded(self._text(mark, end)) in letters for end in (0, -1))
        ]
        count = int(re.search(r"up to (\d+)", request.prompt)[1])
        return {"moments": [self._proposal(mark, place) for place, mark in enumerate(inside[:count])]}

    def pairs(self, request: LlmRequest) -> dict[str, Any]:
        grades = [self._grade(text) for text in clips_in(request.prompt)]
        asked = re.findall(r"(\d+)-(\d+)", request.prompt.split("Pairs:")[1].split("\n")[0])
        return {
            "pairs": [
                {"a": int(a), "b": int(b), "better": max((int(a), int(b)), key=lambda n: grades[n - 1])}
                for a, b in asked
            ]
        }

    def edges(self, request: LlmRequest) -> dict[str, Any]:
        found = []
        for number, text in enumerate(clips_in(request.prompt), 1):
            mark = self._mark(text)
            if mark is not None:
                first, last = self._text(mark, 0), self._text(mark, -1)
                found.append({"clip": number, "starts_with": _head(first), "ends_with": _tail(last)})
        return {"clips": found}

    def texts(self, request: LlmRequest) -> dict[str, Any]:
        found = []
        for number, text in enumerate(clips_in(request.prompt), 1):
            mark = self._mark(text)
            title = self._text(mark, 0)[:50] if mark else ""
            found.append(
                {"clip": number, "title": title, "hook": title[:30], "caption": title, "hashtags": ["#clip"]}
            )
        return {"clips": found}

    def marks(self) -> list[dict[str, Any]]:
        """The marked moments that are as long as is asked for, the best first."""
        fitting = [mark for mark in self.data["gold"] if mark["end_s"] - mark["start_s"] <= 60]
        return sorted(fitting, key=lambda mark: -mark["grade"])

    def _text(self, mark: dict[str, Any], end: int) -> str:
        at = mark["first_sentence"] if end == 0 else mark["last_sentence"]
        return str(self.data["sentences"][at][3])

    def _proposal(self, mark: dict[str, Any], place: int) -> dict[str, str]:
        first, last = _head(self._text(mark, 0)), _tail(self._text(mark, -1))
        if self.slips and place % 3 == 1:
            first = " ".join(word for n, word in enumerate(first.split()) if n != 2).upper()
        if self.slips and place % 3 == 2:
            last = f"… “{last.replace(',', '')}”"
        return {"starts_with": first, "ends_with": last, "payoff": self._text(mark, -1), "why": mark["why"]}

    def _mark(self, text: str) -> dict[str, Any] | None:
        """The mark whose words a clip shares most."""
        grams = _grams(folded(text))
        rated = [(self._shared(mark, grams), place) for place, mark in enumerate(self.data["gold"])]
        best, place = max(rated)
        return self.data["gold"][place] if best > 0.7 else None

    def _grade(self, text: str) -> tuple[int, float]:
        """The grade, and how exactly the clip is the marked moment."""
        mark = self._mark(text)
        return (0, 0.0) if mark is None else (int(mark["grade"]), len(self._whole(mark)) / len(text))

    def _whole(self, mark: dict[str, Any]) -> str:
        sentences = self.data["sentences"][mark["first_sentence"] : mark["last_sentence"] + 1]
        return " ".join(sentence[3] for sentence in sentences)

    def _shared(self, mark: dict[str, Any], grams: set[str]) -> float:
        own = _grams(folded(self._whole(mark)))
        return len(own & grams) / max(1, len(own))


def clips_in(prompt: str) -> list[str]:
    """The clips that a question shows."""
    return [part.split("\n", 1)[1] for part in re.split(r"(?:^|\n\n)Clip (?=\d+\n)", prompt)[1:]]


def _grams(letters: str) -> set[str]:
    return {letters[at : at + 8] for at in range(len(letters) - 8)}


def _head(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:9])


def _tail(sentence: str) -> str:
    return " ".join(sentence.split()[-9:])
