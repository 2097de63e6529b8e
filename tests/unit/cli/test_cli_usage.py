"""``viralclip usage`` and ``viralclip providers``, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import CommandLine, make_services

from viralclip_desktop.engines.registry import STT


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    services = make_services(tmp_path / "home")
    yield CommandLine(services, capsys)
    services.close()


def test_nothing_was_paid_as_yet(viralclip: CommandLine) -> None:
    found = viralclip.json("usage")
    assert found["entries"] == []
    assert found["budgets"]["day"] == {"limit_usd": 10.0, "spent_usd": 0.0, "left_usd": 10.0}
    assert "No paid calls." in viralclip("usage")[1]


def test_calls_and_budgets_are_listed(viralclip: CommandLine) -> None:
    viralclip("settings", "set", "budget_day_usd", "0.5")
    with viralclip.services.ledger.paying(
        STT.info("openai"), {"minute": 10}, model="whisper-1", note="Talk"
    ) as use:
        use.add({"minute": 10})
    found = viralclip.json("usage")
    (call,) = found["entries"]
    assert (call["provider"], call["kind"], call["model"], call["units"]) == (
        "openai",
        "stt",
        "whisper-1",
        {"minute": 10},
    )
    assert call["cost_usd"] == pytest.approx(0.06)
    assert found["budgets"]["day"] == {"limit_usd": 0.5, "spent_usd": 0.06, "left_usd": 0.44}
    text = viralclip("usage")[1]
    assert "openai stt whisper-1  10 minutes  $0.0600  Talk" in text
    assert "Today: $0.06 of $0.50" in text


def test_providers_are_listed_like_anything_else(viralclip: CommandLine) -> None:
    assert viralclip.json("providers", "list") == viralclip.json("providers")


def test_providers_say_what_they_need_and_cost(viralclip: CommandLine) -> None:
    found = {one["id"]: one for one in viralclip.json("providers", "--kind", "stt")}
    assert list(found) == ["whisper", "sphinx", "openai", "deepgram"]
    assert found["openai"]["costs"] == [{"unit": "minute", "price_usd": 0.006, "per": 1.0, "model": None}]
    assert {"kind": "key", "name": "OPENAI_API_KEY"} in found["openai"]["needs"]
    assert found["whisper"]["offline"] is True
    text = viralclip("providers")[1]
    assert "needs a key of OpenAI, the network; $0.006 a minute" in text
    assert "blazeface" in text
