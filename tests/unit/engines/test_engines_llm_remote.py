"""Language models behind an address, against loopback services that follow the published shapes."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from support.loopback_http import FakeTime, LoopbackService, answer, cut, loopback_service, silent, streaming
from support.loopback_llm import (
    CITIES,
    KEY,
    QUESTION,
    SCHEMA,
    SHAPES,
    UNITS,
    Shape,
    chat,
    response,
    said,
    streamed,
)

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.faults import ServiceLacks, ServiceRefused, Trouble
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.llm.base import AnswerFault, LanguageModel, Reason

TIME = FakeTime()
POLICY = Policy(attempts=3)
each = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.id)


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


def model_of(
    shape: Shape, service: LoopbackService, policy: Policy = POLICY, **options: Any
) -> LanguageModel:
    return shape.model(service, policy, TIME.clock, **options)


def body(service: LoopbackService, at: int = -1) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(service.heard[at].body)
    return found


@each
def test_an_answer_comes_with_what_it_used(shape: Shape, service: LoopbackService) -> None:
    service.script = [said(shape, CITIES)]
    got = model_of(shape, service).ask(QUESTION)
    assert got.data == {"cities": ["Jakarta", "Bangkok"]}
    assert got.units == UNITS
    assert got.model
    assert [heard.path for heard in service.heard] == [shape.path]


def test_openai_is_asked_for_a_strict_schema_and_keeps_nothing(service: LoopbackService) -> None:
    service.script = [said(SHAPES[0], CITIES)]
    model_of(SHAPES[0], service).ask(QUESTION)
    asked = body(service)
    assert asked["text"]["format"] == {
        "type": "json_schema",
        "name": "cities",
        "schema": SCHEMA,
        "strict": True,
    }
    assert asked["store"] is False
    assert (asked["model"], asked["max_output_tokens"]) == ("gpt-5-mini", 500)
    assert (asked["instructions"], asked["input"]) == (QUESTION.system, QUESTION.prompt)
    assert service.heard[0].headers["Authorization"] == f"Bearer {KEY}"


def test_ollama_is_told_how_large_its_context_is(service: LoopbackService) -> None:
    service.script = [said(SHAPES[2], CITIES)]
    model_of(SHAPES[2], service, context_tokens=32_768).ask(QUESTION)
    asked = body(service)
    assert asked["options"]["num_ctx"] == 32_768
    assert asked["options"]["num_predict"] == 500
    assert asked["format"] == SCHEMA
    assert asked["stream"] is False


def test_an_ollama_answer_that_fills_the_context_is_told_as_broken_off(service: LoopbackService) -> None:
    whole = SHAPES[2].said(CITIES) | {"prompt_eval_count": 4000, "eval_count": 96}
    service.script = [answer(whole)]
    with pytest.raises(AnswerFault) as caught:
        model_of(SHAPES[2], service, context_tokens=4096).ask(QUESTION)
    assert caught.value.reason is Reason.INCOMPLETE


@each
def test_text_comes_as_it_is_written(shape: Shape, service: LoopbackService) -> None:
    service.script = [streamed(shape, [CITIES[:9], CITIES[9:]])]
    heard: list[str] = []
    got = asyncio.run(model_of(shape, service).ask_async(QUESTION, heard.append))
    assert heard == [CITIES[:9], CITIES[9:]]
    assert got.data["cities"] == ["Jakarta", "Bangkok"]
    assert got.units == UNITS
    assert body(service)["stream"] is True


@each
def test_a_server_that_streams_nothing_answers_whole(shape: Shape, service: LoopbackService) -> None:
    service.script = [said(shape, CITIES), said(shape, CITIES)]
    got = asyncio.run(model_of(shape, service).ask_async(QUESTION, lambda text: None))
    assert got.data["cities"] == ["Jakarta", "Bangkok"]


@each
def test_a_stream_that_breaks_off_is_told(shape: Shape, service: LoopbackService) -> None:
    service.script = [streaming(shape.pieces([CITIES[:9]])[0], kind=shape.stream_kind)]
    with pytest.raises(ServiceLacks) as caught:
        asyncio.run(model_of(shape, service).ask_async(QUESTION, lambda text: None))
    assert caught.value.trouble is Trouble.CUT


@each
def test_what_surrounds_the_json_is_left_out(shape: Shape, service: LoopbackService) -> None:
    service.script = [said(shape, f"<think>Cities {{of}} Asia?</think>Sure!\n```json\n{CITIES[:-1]},}}\n```")]
    assert model_of(shape, service).ask(QUESTION).data["cities"] == ["Jakarta", "Bangkok"]


@each
def test_a_bad_answer_is_sent_back_once_with_what_is_wrong(shape: Shape, service: LoopbackService) -> None:
    service.script = [said(shape, '{"towns": []}'), said(shape, CITIES)]
    got = model_of(shape, service).ask(QUESTION)
    assert got.data["cities"] == ["Jakarta", "Bangkok"]
    assert "has no cities" in service.heard[1].body.decode()
    assert got.units == {unit: 2 * count for unit, count in UNITS.items()}


@each
@pytest.mark.parametrize("text", ["Jakarta and Bangkok, I think.", "[" * 100_000], ids=["words", "nested"])
def test_an_answer_that_stays_bad_is_told_with_what_it_used(
    shape: Shape, text: str, service: LoopbackService
) -> None:
    service.usual = said(shape, text)
    with pytest.raises(AnswerFault, match="not in the form") as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.reason is Reason.UNREADABLE
    assert caught.value.units == {unit: 2 * count for unit, count in UNITS.items()}
    assert len(service.heard) == 2


@each
def test_a_capped_answer_is_told(shape: Shape, service: LoopbackService) -> None:
    service.script = [answer(shape.capped)]
    with pytest.raises(AnswerFault, match="broke off") as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.reason is Reason.INCOMPLETE
    assert caught.value.units


@pytest.mark.parametrize("shape", SHAPES[:2], ids=lambda shape: shape.id)
def test_a_refusal_is_told(shape: Shape, service: LoopbackService) -> None:
    service.script = [answer(shape.refused)]
    with pytest.raises(AnswerFault, match="refused") as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.reason is Reason.REFUSED
    assert "can't help" in caught.value.details


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}, Reason.REFUSED),
        ({"status": "failed", "error": {"code": "server_error", "message": "sorry"}}, Reason.FAILED),
        ({"status": "cancelled"}, Reason.FAILED),
        ({"status": "queued"}, Reason.FAILED),
        ({"status": "in_progress"}, Reason.FAILED),
    ],
)
def test_every_other_end_of_a_response_is_told(
    service: LoopbackService, changed: dict[str, Any], reason: Reason
) -> None:
    service.script = [answer(response("", **changed))]
    with pytest.raises(AnswerFault) as caught:
        model_of(SHAPES[0], service).ask(QUESTION)
    assert caught.value.reason is reason


@each
def test_a_prompt_beyond_the_context_is_told_at_once(shape: Shape, service: LoopbackService) -> None:
    service.usual = answer(shape.over_long, 400)
    with pytest.raises(AnswerFault, match="too long") as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.reason is Reason.TOO_LONG
    assert len(service.heard) == 1


@pytest.mark.parametrize(
    ("shape", "forms"),
    [
        (SHAPES[0], ["json_schema", "json_object", "text"]),
        (SHAPES[1], ["json_schema", "json_object", None]),
        (SHAPES[2], ["object", "json", None]),
    ],
    ids=["openai", "local", "ollama"],
)
def test_the_ladder_of_forms_ends_with_plain_text_and_is_remembered(
    shape: Shape, forms: list[str | None], service: LoopbackService
) -> None:
    unknown = answer({"error": {"message": "response_format is not supported", "code": None}}, 400)
    service.script = [unknown, unknown, said(shape, CITIES), said(shape, CITIES)]
    model = model_of(shape, service)
    assert model.ask(QUESTION).data == model.ask(QUESTION).data
    assert [_form(body(service, at)) for at in range(4)] == [*forms, forms[-1]]
    assert '"required": ["cities"]' in json.dumps(body(service, 2)).replace('\\"', '"')


def _form(asked: dict[str, Any]) -> str | None:
    if "text" in asked:
        return str(asked["text"]["format"]["type"])
    if "response_format" in asked:
        return str(asked["response_format"]["type"])
    form = asked.get("format")
    return form["type"] if isinstance(form, dict) else form


@each
def test_too_many_requests_are_waited_out(shape: Shape, service: LoopbackService) -> None:
    TIME.slept.clear()
    busy = answer({"error": {"message": "slow down", "code": "rate_limit_exceeded"}}, 429, retry_after="3")
    service.script = [busy, said(shape, CITIES)]
    assert model_of(shape, service).ask(QUESTION).data
    assert 3.0 in TIME.slept


@each
def test_too_many_requests_for_long_are_told(shape: Shape, service: LoopbackService) -> None:
    service.usual = answer({"error": {"message": "slow down", "code": "rate_limit_exceeded"}}, 429)
    with pytest.raises(ServiceLacks) as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.trouble is Trouble.RATE
    assert len(service.heard) == 3


@each
def test_a_cut_connection_is_told(shape: Shape, service: LoopbackService) -> None:
    service.usual = cut(b'{"id": "resp', 5000)
    with pytest.raises(ServiceLacks) as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.trouble is Trouble.CUT


@each
def test_silence_is_told(shape: Shape, service: LoopbackService) -> None:
    service.usual = silent()
    with pytest.raises(ServiceLacks) as caught:
        model_of(shape, service, Policy(read_s=0.05, attempts=1)).ask(QUESTION)
    assert caught.value.trouble is Trouble.SLOW


@each
@pytest.mark.parametrize("page", [b"<html>Sign in</html>", b"", b"[1, 2]", b"{}", b"[" * 200_000])
def test_what_is_no_answer_is_told(shape: Shape, page: bytes, service: LoopbackService) -> None:
    service.usual = answer(page)
    with pytest.raises(ServiceLacks) as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.trouble is Trouble.UNREADABLE


@each
def test_a_model_that_is_not_there_is_told(shape: Shape, service: LoopbackService) -> None:
    service.usual = answer({"error": {"message": "model 'little-one' not found", "code": "x"}}, 404)
    with pytest.raises(ServiceRefused, match="little-one") as caught:
        model_of(shape, service).ask(QUESTION)
    assert caught.value.trouble is Trouble.MISSING
    assert len(service.heard) == 1


def test_a_wrong_key_is_told_and_not_shown(
    service: LoopbackService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = {"error": {"message": f"Incorrect API key provided: {KEY}.", "code": "invalid_api_key"}}
    service.usual = answer(wrong, 401)
    with pytest.raises(ServiceLacks) as caught:
        model_of(SHAPES[0], service).ask(QUESTION)
    assert caught.value.trouble is Trouble.KEY
    assert KEY not in f"{caught.value} {caught.value.details} {caplog.text}"


@each
def test_a_cancel_ends_the_waiting(shape: Shape, service: LoopbackService) -> None:
    cancel = CancelToken()

    def hang(handler: Any) -> None:
        cancel.cancel()
        silent()(handler)

    service.usual = hang
    with pytest.raises(Cancelled):
        model_of(shape, service).ask(QUESTION, cancel)


@each
def test_the_server_says_which_models_there_are(shape: Shape, service: LoopbackService) -> None:
    service.script = [answer(shape.models)]
    assert asyncio.run(model_of(shape, service).models())
    assert service.heard[0].path == shape.models_path


@pytest.mark.parametrize("shape", SHAPES[1:], ids=lambda shape: shape.id)
def test_without_a_name_the_server_s_first_model_is_asked(shape: Shape, service: LoopbackService) -> None:
    service.script = [answer(shape.models), said(shape, CITIES), said(shape, CITIES)]
    model = model_of(shape, service, language_model="")
    model.ask(QUESTION)
    model.ask(QUESTION)
    assert body(service)["model"] == "little-one"
    assert [heard.path for heard in service.heard] == [shape.models_path, shape.path, shape.path]


@each
def test_offline_nothing_is_asked(shape: Shape, service: LoopbackService) -> None:
    model: Any = model_of(shape, service)
    model._gate.offline = True
    with pytest.raises(EnvironmentLacks, match="offline switch"):
        model.ask(QUESTION)
    assert service.heard == []


def test_a_price_of_nothing_makes_it_free(service: LoopbackService) -> None:
    free = model_of(SHAPES[0], service, input_price_usd=0.0, output_price_usd=0.0)
    assert free.info.costs == ()
    dear = model_of(SHAPES[0], service, input_price_usd=2.0, output_price_usd=8.0)
    assert dear.info.price_usd(UNITS) == pytest.approx(120 * 2e-6 + 30 * 8e-6)


def test_reasoning_text_beside_the_answer_is_left_out(service: LoopbackService) -> None:
    service.script = [answer(chat(CITIES, reasoning_content="Let me think of {cities}"))]
    assert model_of(SHAPES[1], service).ask(QUESTION).data["cities"] == ["Jakarta", "Bangkok"]
