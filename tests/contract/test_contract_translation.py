"""One suite over every translation engine: what each of them promises, whatever is inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.loopback_http import loopback_service
from support.loopback_llm import KEY, SHAPES
from support.loopback_translation import TranslatingModel
from support.toy_translation import opus_folder

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.registry import TRANSLATION
from viralclip_desktop.engines.translation import worker
from viralclip_desktop.engines.translation.base import (
    WORKER,
    LineState,
    Run,
    SourceLine,
    TranslatedText,
    TranslationRequest,
    TranslationSetup,
    Translator,
)
from viralclip_desktop.jobs.worker import run_in_worker

ENGINES = tuple(TRANSLATION.builtin)
TALK = (
    SourceLine("We began it long ago."),
    SourceLine("♪ ♪"),
    SourceLine("Nobody else would.", 4),
    SourceLine(""),
    SourceLine("Café"),
    SourceLine("So we did it all by ourselves.", 200),
)
REQUEST = TranslationRequest(TALK, "en", "es")


@pytest.fixture(params=ENGINES)
def setup(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, TranslationSetup]]:
    """Each one ready to translate English into Spanish by a dictionary."""
    shape = next((shape for shape in SHAPES if shape.id == request.param), None)
    if request.param == "ctranslate2":
        opus_folder(tmp_path / "translation" / "opus-mt-en-es")
        yield request.param, TranslationSetup(tmp_path)
    elif shape is not None:
        with loopback_service() as service:
            service.usual = TranslatingModel(shape).respond
            address = f"{service.url}/v1" if shape.id != "ollama" else service.url
            options = {f"providers.{shape.id}.address": address, "openai_base_url": address}
            options |= {f"providers.{shape.id}.language_model": "little-one"}
            yield request.param, TranslationSetup(tmp_path, options=options, secrets={"OPENAI_API_KEY": KEY})
    else:
        pytest.skip("it needs a real model; its questions are those of the other language models")


@pytest.fixture
def translator(setup: tuple[str, TranslationSetup]) -> Translator:
    return TRANSLATION.make(*setup)


def test_it_says_who_it_is_and_that_it_is_ready(translator: Translator) -> None:
    assert translator.info.kind == "translation"
    assert translator.info.id in ENGINES
    assert translator.ready() is None
    assert translator.problem("en", "es") is None
    assert translator.model("en", "es")


def test_every_line_comes_back_with_its_state(translator: Translator) -> None:
    made = translator.translate(REQUEST, Run())
    assert [one.text for one in made] == [
        "Lo empezamos hace mucho tiempo.",
        "♪ ♪",
        "Nadie más quería.",
        "",
        "Café",
        "Así que lo hace hicimos todo nosotros.",
    ]
    states = [LineState.TRANSLATED, LineState.UNCHANGED, LineState.TOO_LONG]
    states += [LineState.UNCHANGED, LineState.UNCHANGED, LineState.TRANSLATED]
    assert [one.state for one in made] == states
    assert made[2].reason == "It has 17 characters; about 4 can be said in its time."


def test_lines_are_told_as_they_come_each_once(translator: Translator) -> None:
    told: dict[int, TranslatedText] = {}

    def take(number: int, one: TranslatedText) -> None:
        assert number not in told
        told[number] = one

    made = translator.translate(REQUEST, Run(take))
    assert dict(enumerate(made)) == told


def test_nothing_is_made_of_nothing(translator: Translator) -> None:
    assert translator.translate(TranslationRequest((), "en", "es"), Run()) == ()
    only = TranslationRequest((SourceLine("..."), SourceLine("2024")), "en", "es")
    assert [one.text for one in translator.translate(only, Run())] == ["...", "2024"]


def test_a_cancel_ends_it(translator: Translator) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        translator.translate(REQUEST, Run(cancel=cancel))


def test_what_it_costs_is_known_before(translator: Translator) -> None:
    expected = translator.expected(REQUEST)
    assert bool(expected) == (translator.info.id != "ctranslate2")
    assert (translator.info.price_usd(expected) > 0) == (translator.info.id == "openai")


def test_native_code_does_the_same_in_a_process_of_its_own(
    setup: tuple[str, TranslationSetup], translator: Translator
) -> None:
    if WORKER not in translator.info.capabilities:
        pytest.skip("it is asked over the network")
    told: list[dict[str, object]] = []
    asked = worker.request(*setup, REQUEST)
    answer = run_in_worker(worker.TARGET, asked, on_message=told.append, name="translation")
    assert answer == {"lines": len(TALK)}
    made = {message["line"]: worker.from_json(message["made"]) for message in told}  # type: ignore[arg-type]
    assert tuple(made[number] for number in range(len(TALK))) == translator.translate(REQUEST, Run())
