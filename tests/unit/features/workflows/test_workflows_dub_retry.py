"""A language of a dub that is tried again just as the dub ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support.command_line import make_services
from support.kokoro import toy_kokoro
from support.patience import LIMIT_S, patiently
from support.said import SAID, put_talk

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import speak_lines
from viralclip_desktop.features.workflows import dub
from viralclip_desktop.features.workflows.dub_results import ENDING_STAGE
from viralclip_desktop.features.workflows.dub_standing import retry_dub


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """A talk of nine seconds with a clip of it, and toy voices; nobody can speak at the first try."""
    real, tries = dub.speak_lines, list[int]()

    def speak(*args: Any, **kwargs: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise EnvironmentLacks("The disk is full.", "Make room.")
        return real(*args, **kwargs)

    monkeypatch.setattr(dub, "speak_lines", speak)
    monkeypatch.setattr(dub, "look_now", lambda *_: PictureKnown())
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 2.6))
    toy_kokoro(services.paths.models)
    yield services
    services.close()


def begin(services: Services, tmp_path: Path) -> Job:
    voice = dub.voice_for(services, "en")
    order = dub.DubOrder("clip_1", folder=str(tmp_path / "out"), separator="none")
    return dub.submit_dub(services, order, [dub.LanguageOrder("en", voice.id)])


def test_tried_again_while_the_dub_says_that_it_failed_it_is_done_in_the_end(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reached, go = dub._partly_done, threading.Event(), threading.Event()

    def held(*args: Any) -> Any:
        reached.set()
        assert go.wait(LIMIT_S)
        return real(*args)

    monkeypatch.setattr(dub, "_partly_done", held)
    whole = begin(services, tmp_path)
    assert reached.wait(LIMIT_S)
    (language,) = services.jobs.children(whole.id)
    with ThreadPoolExecutor(1) as threads:
        again = threads.submit(retry_dub, services, services.jobs.get(whole.id), ["en"])
        assert patiently(lambda: services.jobs.get(language.id).state is WorkState.COMPLETED)
        assert services.jobs.get(whole.id).state is WorkState.RUNNING
        go.set()
        assert again.result(LIMIT_S).id == whole.id
    assert services.jobs.wait(whole.id).state is WorkState.COMPLETED
    assert [one.id for one in services.jobs.children(whole.id)] == [language.id]


def test_tried_again_before_the_dub_says_so_it_is_waited_for(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_stage, tried = services.store.jobs.put_stage, list[Job]()

    def put(job_id: str, name: str, result: Any) -> None:
        if name == ENDING_STAGE and result and not tried:
            tried.append(retry_dub(services, services.jobs.get(job_id), ["en"]))
        put_stage(job_id, name, result)

    monkeypatch.setattr(services.store.jobs, "put_stage", put)
    whole = begin(services, tmp_path)
    assert services.jobs.wait(whole.id).state is WorkState.COMPLETED
    assert [one.id for one in tried] == [whole.id]


def test_a_language_that_was_cancelled_stays_so_when_the_others_go_on(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editing.put_translation(
        services.store,
        "src_1",
        "es",
        [TranslatedLine(TimeRange.from_seconds(*SAID[0][:2]), "Empezamos hace mucho.")],
    )
    begun, held = threading.Event(), threading.Event()

    def speak(services: Any, voice: Any, lines: Any, progress: Any, cancel: Any) -> Any:
        begun.set()
        cancel.on_cancel(held.set)
        assert held.wait(LIMIT_S)
        raise Cancelled

    monkeypatch.setattr(dub, "speak_lines", speak)
    order = dub.DubOrder("clip_1", folder=str(tmp_path / "out"), separator="none")
    languages = [dub.LanguageOrder(code, dub.voice_for(services, code).id) for code in ("es", "en")]
    whole = dub.submit_dub(services, order, languages)
    assert begun.wait(LIMIT_S)
    assert patiently(lambda: len(services.jobs.children(whole.id)) == 2)
    spanish, english = services.jobs.children(whole.id)
    services.jobs.cancel(english.id)
    services.close()
    monkeypatch.setattr(dub, "speak_lines", speak_lines)
    again = make_services(tmp_path / "home")
    again.jobs.resume_interrupted()
    assert again.jobs.wait(whole.id).state is WorkState.FAILED, "one is missing"
    assert again.jobs.get(spanish.id).state is WorkState.COMPLETED
    assert again.jobs.get(english.id).state is WorkState.CANCELLED
    again.close()
