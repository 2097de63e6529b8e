"""What every provider of every kind promises, and what a kind is."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, get_args

import pytest

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.engines import provider as providers
from viralclip_desktop.engines.provider import (
    NETWORK,
    Cost,
    Need,
    NeedKind,
    ProviderInfo,
    ProviderKind,
    ProviderSetup,
)
from viralclip_desktop.engines.registry import KINDS, known_keys, provider_settings, secrets_for
from viralclip_desktop.settings.declaration import declared, provider_setting

ALL = [pytest.param(kind, one, id=f"{kind.name}-{one}") for kind in KINDS.values() for one in kind.builtin]
each = pytest.mark.parametrize(("kind", "provider_id"), ALL)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_suite_over_all_its_providers(kind: ProviderKind[Any, Any]) -> None:
    suite = (Path(__file__).parent / kind.suite).read_text(encoding="utf-8")
    assert f"{kind.name.upper()}.builtin" in suite
    assert list(kind.builtin) == kind.ids()[: len(kind.builtin)]
    assert re.fullmatch(r"[a-z]+", kind.name)
    assert issubclass(kind.setup, ProviderSetup)


@each
def test_it_says_who_it_is(kind: ProviderKind[Any, Any], provider_id: str) -> None:
    info = kind.info(provider_id)
    assert (info.id, info.kind) == (provider_id, kind.name)
    assert info.name
    assert all(need.kind in get_args(NeedKind) for need in info.needs)
    assert all(need.name for need in info.needs if need != NETWORK)
    assert all(cost.price_usd > 0 and cost.per > 0 and cost.unit for cost in info.costs)
    assert info.offline or NETWORK in info.needs
    assert not (info.costs and info.offline)


@each
def test_where_nothing_is_there_it_says_so_or_works(
    kind: ProviderKind[Any, Any], provider_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    made = kind.make(provider_id, kind.setup(tmp_path))
    problem = made.ready()
    needs = {need.kind for need in made.info.needs}
    assert made.info.id == provider_id
    assert problem is None or (problem.endswith((".", "small")) and "\n" not in problem)
    assert (problem is None) == (not needs & {"model", "key", "address", "program"})


@each
def test_offline_those_that_need_the_network_say_so(
    kind: ProviderKind[Any, Any], provider_id: str, tmp_path: Path
) -> None:
    info = kind.info(provider_id)
    if info.offline:
        return
    keys = {need.name: "a-key-for-tests" for need in info.keys}
    addresses = {
        info.setting_key(need.name): "http://127.0.0.1:9/v1" for need in info.needs if need.kind == "address"
    }
    given = {"secrets": keys, "options": addresses}
    assert kind.make(provider_id, kind.setup(tmp_path, **given)).ready() is None
    offline = kind.make(provider_id, kind.setup(tmp_path, offline=True, **given))
    assert "offline switch" in offline.ready()


@each
def test_its_settings_are_settings(kind: ProviderKind[Any, Any], provider_id: str, tmp_path: Path) -> None:
    info = kind.info(provider_id)
    setup = kind.setup(tmp_path)
    for setting in info.settings:
        assert setting.parse(setting.text(setting.default)) == setting.default
        assert setting.label
        assert setting.help
        assert setup.option(info, setting.key) == setting.default
    for setting in info.declared():
        assert setting.key.startswith(f"providers.{provider_id}.")
        assert setting.key not in declared()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_setup_survives_the_pipe_and_hides_its_keys(kind: ProviderKind[Any, Any], tmp_path: Path) -> None:
    setup = kind.setup(tmp_path, offline=True, options={"a": 1}, secrets={"A_KEY": "very-secret"})
    assert kind.setup.from_json(setup.as_json()) == setup
    assert "very-secret" not in repr(setup)


def test_settings_that_two_providers_share_are_declared_alike() -> None:
    found: dict[str, Any] = {}
    for kind in KINDS.values():
        for info in kind.infos():
            for setting in info.declared():
                alike = dataclasses.replace(setting, section="")
                assert found.setdefault(setting.key, alike) == alike
    assert set(found) == {setting.key for setting in provider_settings()}


def test_keys_are_asked_for_by_those_who_need_them() -> None:
    assert known_keys()["OPENAI_API_KEY"] == "OpenAI"
    asked: list[str] = []
    assert secrets_for(KINDS["vision"], asked.append) == {}
    assert asked == []
    assert secrets_for(KINDS["stt"], str.lower) == {
        "DEEPGRAM_API_KEY": "deepgram_api_key",
        "OPENAI_API_KEY": "openai_api_key",
    }


def test_prices_are_those_of_the_model() -> None:
    costs = (Cost("input_token", 2.0, 1_000_000), Cost("input_token", 10.0, 1_000_000, model="large"))
    info = ProviderInfo("x", "X", "llm", costs=(*costs, Cost("image", 0.04)))
    assert info.price_usd({"input_token": 500_000, "image": 2}) == pytest.approx(1.08)
    assert info.price_usd({"input_token": 500_000}, "large") == pytest.approx(5.0)
    assert info.price_usd({"second": 9}) == 0


class ToyVoice:
    """A provider another package might bring."""

    info = ProviderInfo(
        "toy",
        "Toy voice",
        "toy",
        needs=(Need("key", "TOY_API_KEY", "Toy"), NETWORK),
        costs=(Cost("character", 0.3, 1000),),
        settings=(provider_setting("pitch", 1.0, "Pitch", "How high.", low=0.5, high=2),),
    )

    def __init__(self, setup: ProviderSetup) -> None:
        self.pitch = setup.option(self.info, "pitch")
        self.key = setup.secret("TOY_API_KEY")

    def ready(self) -> str | None:
        return None if self.key else "No Toy key is given."


def test_another_kind_is_one_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kind: ProviderKind[ProviderSetup, ToyVoice] = ProviderKind(
        "toy", "toy voice", ProviderSetup, {}, "none.py"
    )
    with pytest.raises(EnvironmentLacks, match="No toy voice works here"):
        kind.best(ProviderSetup(tmp_path))
    points = [
        EntryPoint("toy", f"{__name__}:ToyVoice", kind.group),
        EntryPoint("broken", "no_such_module:Voice", kind.group),
    ]
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or sys.modules[ToyVoice.__module__])
    monkeypatch.setattr(providers, "entry_points", lambda group: points if group == kind.group else [])
    assert kind.ids() == ["broken", "toy"]
    setup = ProviderSetup(tmp_path, options={"providers.toy.pitch": 1.5}, secrets={"TOY_API_KEY": "k"})
    assert kind.make("toy", setup).pitch == 1.5
    assert kind.best(setup) is ToyVoice.info
    problems = {standing.info.id: standing.problem for standing in kind.standings(ProviderSetup(tmp_path))}
    assert problems["toy"] == "No Toy key is given."
    assert "cannot be loaded" in str(problems["broken"])
    assert [info.id for info in kind.infos()] == ["toy"]
    with pytest.raises(UsageError, match="no toy voice named nobody"):
        kind.make("nobody", setup)


def test_asking_what_there_is_loads_no_library() -> None:
    code = (
        "import sys; from viralclip_desktop.engines.registry import all_providers; "
        "assert len(all_providers()) >= 5; "
        "heavy = {'httpx', 'openai', 'faster_whisper', 'pocketsphinx', 'cv2', 'onnxruntime', 'numpy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() in ("[]", "['numpy']"), run.stdout
