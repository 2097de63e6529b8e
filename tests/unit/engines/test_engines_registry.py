"""Providers are found, others' too, and a broken one breaks nothing; the gate is a gate."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from support.speech import WHISPER_MINI

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.engines import registry
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.registry import stt_engine, stt_ids, stt_providers
from viralclip_desktop.engines.stt.base import SttSetup

SETUP = SttSetup(WHISPER_MINI.parent)


def test_ours_are_there_with_their_standing(tmp_path: Path) -> None:
    standings = {standing.info.id: standing for standing in stt_providers(SttSetup(tmp_path))}
    assert list(standings) == ["whisper", "sphinx", "openai"]
    assert "viralclip models install small" in str(standings["whisper"].problem)
    assert standings["sphinx"].problem is None
    assert "OPENAI_API_KEY" in str(standings["openai"].problem)
    assert [standings[name].info.offline for name in standings] == [True, True, False]
    assert {standing.info.id: standing.problem for standing in stt_providers(SETUP)}["whisper"] is None


def test_another_package_can_add_one(monkeypatch: pytest.MonkeyPatch) -> None:
    target = "viralclip_desktop.engines.stt.sphinx:SphinxEngine"
    points = [
        EntryPoint("extra", target, registry.STT_GROUP),
        EntryPoint("broken", "no_such_module:Engine", registry.STT_GROUP),
        EntryPoint("sphinx", "no_such_module:Engine", registry.STT_GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    assert stt_ids() == ["whisper", "sphinx", "openai", "broken", "extra"]
    assert stt_engine("extra", SETUP).ready() is None
    problems = {standing.info.id: standing.problem for standing in stt_providers(SETUP)}
    assert "cannot be loaded" in str(problems["broken"])
    assert problems["sphinx"] is None


def test_an_unknown_engine_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="named nonsense"):
        stt_engine("nonsense", SETUP)


def test_the_gate() -> None:
    gate = NetworkGate()
    gate.check("This")
    gate.offline = True
    with pytest.raises(EnvironmentLacks, match="This needs the network, and the offline switch is on"):
        gate.check("This")


def test_a_setup_goes_through_json() -> None:
    setup = SttSetup(Path("m"), "small", "cpu", True, "http://x", "key")
    assert SttSetup.from_json(setup.as_json()) == setup
