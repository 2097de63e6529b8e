"""``--llm`` of find and make, the setting behind it, and the models a service offers, as typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored, talks
from support.command_line import CommandLine, make_services
from support.loopback_http import LoopbackService, answer, loopback_service
from support.loopback_llm import KEY, chat, response
from support.spoken import end_s, spoken

from viralclip_desktop.core.time import Time

TALK = spoken(talks.INTERVIEW)
FIRST, LAST = talks.INTERVIEW_STORY
FIND = ("find", "src_1", "--count", "3", "--min-length", "12", "--max-length", "60")
TITLE = "One night, nineteen kitchens"
TEXTS = {"clip": 1, "title": TITLE, "hook": "It all burned", "caption": "A bakery.", "hashtags": ["#bakery"]}
DATA = {
    "moments": {
        "moments": [{"starts_with": FIRST, "ends_with": LAST, "payoff": LAST, "why": "It surprises."}]
    },
    "pairs": {"pairs": []},
    "edges": {"clips": [{"clip": 1, "starts_with": FIRST, "ends_with": LAST}]},
    "texts": {"clips": [TEXTS]},
}


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    services = make_services(tmp_path / "home")
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(end_s(TALK)))
    with services.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.with_file(source, info=info))
        tx.put_transcript(source.id, TALK)
    yield CommandLine(services, capsys)
    services.close()


@pytest.fixture
def service(viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackService]:
    """A server that answers each question as a good editor, in both shapes."""

    def good(handler: Any) -> None:
        asked = json.loads(handler.service.heard[-1].body)
        if handler.path.endswith("/responses"):
            text = json.dumps(DATA[asked["text"]["format"]["name"]])
            answer(response(text))(handler)
        else:
            text = json.dumps(DATA[asked["response_format"]["json_schema"]["name"]])
            answer(chat(text))(handler)

    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with loopback_service() as running:
        running.usual = good
        viralclip.services.settings.set(openai_base_url=f"{running.url}/v1")  # and online with that
        yield running


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return KEY


def test_a_model_that_is_named_chooses_and_titles(
    viralclip: CommandLine, service: LoopbackService, key: str
) -> None:
    clips = viralclip.json(*FIND, "--llm", "openai")
    assert clips[0]["title"] == TITLE
    assert (clips[0]["quote_first"], clips[0]["quote_last"]) == (FIRST, LAST)
    assert len(service.heard) == 4
    calls = viralclip.json("usage")["entries"]
    assert {(call["provider"], call["kind"]) for call in calls} == {("openai", "llm")}
    assert key not in json.dumps(calls)


def test_what_it_will_cost_is_said_first(viralclip: CommandLine, service: LoopbackService, key: str) -> None:
    _code, _out, err = viralclip(*FIND, "--llm", "openai")
    assert "at most" in err
    assert "$0.0" in err


def test_none_asks_nobody(viralclip: CommandLine, service: LoopbackService, key: str) -> None:
    assert viralclip.json(*FIND, "--llm", "none")
    assert service.heard == []


def test_the_one_that_is_set_up_is_asked_once_chosen(
    viralclip: CommandLine, service: LoopbackService
) -> None:
    assert viralclip.json(*FIND)[0]["title"] != TITLE
    assert service.heard == []
    viralclip("settings", "set", "providers.local.address", f"{service.url}/v1")
    viralclip("settings", "set", "providers.local.language_model", "little-one")
    assert viralclip.json(*FIND)[0]["title"] != TITLE, "nobody is asked unless the user chose it"
    viralclip("settings", "set", "moments.language_model", "auto")
    assert viralclip.json(*FIND)[0]["title"] == TITLE
    assert {heard.path for heard in service.heard} == {"/v1/chat/completions"}
    viralclip("settings", "set", "moments.language_model", "none")
    assert viralclip.json(*FIND)[0]["title"] != TITLE


def test_offline_the_local_finder_works_and_says_why(
    viralclip: CommandLine, service: LoopbackService, key: str
) -> None:
    viralclip("settings", "set", "offline", "on")
    code, _out, err = viralclip(*FIND, "--llm", "openai")
    assert code == 0
    assert "offline switch" in err
    assert "chosen on this computer alone" in err
    assert service.heard == []


def test_without_a_key_the_local_finder_works_and_says_why(
    viralclip: CommandLine, service: LoopbackService
) -> None:
    code, _out, err = viralclip(*FIND, "--llm", "openai")
    assert code == 0
    assert "No OpenAI key is given." in err


@pytest.mark.parametrize("command", [FIND, ("make", "talk.mp4")])
def test_an_unknown_model_is_told_before_any_work(viralclip: CommandLine, command: tuple[str, ...]) -> None:
    code, _out, err = viralclip(*command, "--llm", "wizard")
    assert code == 2
    assert "no language model named wizard" in err


def test_a_service_says_which_models_it_has(viralclip: CommandLine, service: LoopbackService) -> None:
    viralclip("settings", "set", "providers.local.address", f"{service.url}/v1")
    service.usual = answer({"object": "list", "data": [{"id": "b"}, {"id": "a"}]})
    assert viralclip.json("providers", "--models", "local") == ["a", "b"]
    assert viralclip("providers", "--models", "ollama")[0] == 4
