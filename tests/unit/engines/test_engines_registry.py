"""Providers are found, others' too, and a broken one breaks nothing; the gate is a gate."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from support.speech import WHISPER_MINI

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.engines import provider
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.registry import STT, VISION
from viralclip_desktop.engines.stt.base import SttSetup
from viralclip_desktop.engines.vision.base import VisionSetup

SETUP = SttSetup(WHISPER_MINI.parent)


def test_ours_are_there_with_their_standing(tmp_path: Path) -> None:
    standings = {standing.info.id: standing for standing in STT.standings(SttSetup(tmp_path))}
    assert list(standings) == ["whisper", "sphinx", "openai", "deepgram"]
    assert "viralclip models install small" in str(standings["whisper"].problem)
    assert standings["sphinx"].problem is None
    assert "OPENAI_API_KEY" in str(standings["openai"].problem)
    assert [standings[name].info.offline for name in standings] == [True, True, False, False]
    assert {standing.info.id: standing.problem for standing in STT.standings(SETUP)}["whisper"] is None


def test_another_package_can_add_one(monkeypatch: pytest.MonkeyPatch) -> None:
    target = "viralclip_desktop.engines.stt.sphinx:SphinxEngine"
    points = [
        EntryPoint("extra", target, "viralclip.stt"),
        EntryPoint("broken", "no_such_module:Engine", "viralclip.stt"),
        EntryPoint("sphinx", "no_such_module:Engine", "viralclip.stt"),
    ]
    monkeypatch.setattr(provider, "entry_points", lambda group: points)
    assert STT.ids() == ["whisper", "sphinx", "openai", "deepgram", "broken", "extra"]
    assert STT.make("extra", SETUP).ready() is None
    problems = {standing.info.id: standing.problem for standing in STT.standings(SETUP)}
    assert "cannot be loaded" in str(problems["broken"])
    assert problems["sphinx"] is None


def test_an_unknown_engine_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="named nonsense"):
        STT.make("nonsense", SETUP)


def test_the_gate() -> None:
    gate = NetworkGate()
    gate.check("This")
    gate.offline = True
    with pytest.raises(EnvironmentLacks, match="This needs the network, and the offline switch is on"):
        gate.check("This")


def test_a_setup_goes_through_json() -> None:
    setup = SttSetup(
        Path("m"), offline=True, options={"a": 1}, secrets={"K": "key"}, model="small", device="cpu"
    )
    assert SttSetup.from_json(setup.as_json()) == setup


def test_the_best_face_finder_that_works_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = VisionSetup(tmp_path)
    assert VISION.best(setup).id == "blazeface"
    assert [standing.problem is None for standing in VISION.standings(setup)] == [True, False]
    (tmp_path / "ultraface-rfb-320.onnx").write_bytes(b"model")
    assert [standing.problem for standing in VISION.standings(setup)] == [None, None]
    point = EntryPoint("extra", "no_such_module:Finder", "viralclip.vision")
    monkeypatch.setattr(provider, "entry_points", lambda group: [point] if "vision" in group else [])
    assert VISION.ids() == ["blazeface", "ultraface", "extra"]
    assert VISION.best(setup).id == "blazeface"
    assert VisionSetup.from_json(setup.as_json()) == setup
    with pytest.raises(UsageError, match="no face finder named nonsense"):
        VISION.make("nonsense", setup)


def test_without_any_face_finder_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from viralclip_desktop.engines.vision import onnx

    monkeypatch.setattr(onnx, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentLacks, match="No face finder works here"):
        VISION.best(VisionSetup(tmp_path))
