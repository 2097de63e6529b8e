"""Whatever a service answers, or a project file holds, it is taken or refused with a sentence and a hint."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import stored
from support.loopback_http import FakeTime, LoopbackService, answer, loopback_service
from support.loopback_llm import CITIES, QUESTION, SHAPES, Shape
from support.loopback_openai import KEY, loopback_openai, ok, transcription
from support.odd_documents import QUICK, altered, taken, values
from support.speech import write_speech

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.policy import Policy
from viralclip_desktop.engines.registry import TRANSLATION
from viralclip_desktop.engines.stt.base import SttEvent, SttRequest, SttSegment, SttSetup
from viralclip_desktop.engines.stt.openai_api import OpenAiEngine
from viralclip_desktop.engines.translation.base import (
    Run,
    SourceLine,
    TranslationRequest,
    TranslationSetup,
)
from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.store import Store

POLICY, TIME = Policy(attempts=1), FakeTime()


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.id)
@QUICK
@given(data=st.data())
def test_answers_of_language_models(shape: Shape, data: st.DataObject, service: LoopbackService) -> None:
    service.usual = answer(json.dumps(data.draw(altered(shape.said(CITIES)) | values)).encode())
    got = taken(lambda: shape.model(service, POLICY, TIME.clock).ask(QUESTION))
    assert got is None or all(isinstance(city, str) for city in got.data["cities"])


@QUICK
@given(data=st.data())
def test_answers_of_a_translating_model(
    data: st.DataObject, service: LoopbackService, tmp_path: Path
) -> None:
    good = {"lines": [{"line": 0, "text": "Hola."}, {"line": 1, "text": "Adiós."}]}
    told = json.dumps(data.draw(altered(good) | values))
    service.usual = answer(SHAPES[0].said(told))
    options = {"openai_base_url": f"{service.url}/v1"}
    setup = TranslationSetup(tmp_path, options=options, secrets={"OPENAI_API_KEY": KEY})
    asked = TranslationRequest((SourceLine("Hello."), SourceLine("Bye.")), "en", "es")
    made = taken(lambda: TRANSLATION.make("openai", setup).translate(asked, Run()))
    assert made is None or [bool(one.text) for one in made] == [one.is_there for one in made]


@QUICK
@given(document=altered(transcription("Hello world.", [("Hello", 0.1, 0.4), ("world", 0.4, 0.9)])) | values)
def test_answers_of_a_transcription_service(document: Any, tmp_path: Path) -> None:
    wav = tmp_path / "speech.wav"
    if not wav.exists():
        write_speech(wav, [0.5, "Hello world.", 0.5])
    events: list[SttEvent] = []
    with loopback_openai() as service:
        service.usual = ok(json.dumps(document).encode())
        setup = SttSetup(
            Path("models"), options={"openai_base_url": service.url}, secrets={"OPENAI_API_KEY": KEY}
        )
        engine = OpenAiEngine(setup, POLICY, TIME.clock)
        taken(lambda: engine.transcribe(SttRequest(wav), events.append, CancelToken()))
    words = [word for event in events if isinstance(event, SttSegment) for word in event.words]
    assert all(word.start < word.end for word in words)


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The members of a good project file."""
    folder = tmp_path_factory.mktemp("good")
    with stored.new_store(folder / "home") as store:
        stored.fill(store)
        paths = DataPaths(folder / "home", folder / "models")
        file = export_project(store, paths, "proj_1", folder / "good.viralclip", with_media=False)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "away") as store:
        yield store


@QUICK
@given(data=st.data())
def test_project_files(data: st.DataObject, members: dict[str, bytes], away: Store, tmp_path: Path) -> None:
    changed = data.draw(st.sampled_from(sorted(name for name in members if name.endswith(".json"))))
    found = members | {changed: json.dumps(data.draw(altered(json.loads(members[changed])))).encode()}
    if changed != "manifest.json":
        manifest = json.loads(found["manifest.json"])
        whole = found[changed]
        manifest["members"][changed] = {"sha256": hashlib.sha256(whole).hexdigest(), "size": len(whole)}
        found["manifest.json"] = json.dumps(manifest).encode()
    file = tmp_path / "a.viralclip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    before = len(away.projects())
    project = taken(lambda: import_project(away, DataPaths(tmp_path / "away", tmp_path / "models"), file))
    assert len(away.projects()) == before + (project is not None)
