"""A talk with known words, fillers and pauses, as a film in a project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support import stored
from support.command_line import make_services
from support.tight_talk import TightTalk, filler, film_of, pause, repeat, say, talk_of

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Sentence, Transcript
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.media.probe import probe

TALK = [
    say("Welcome back to the show."),
    pause(1.6),
    say("Today we talk about bridges"),
    pause(0.2),
    filler("um"),
    pause(0.25),
    say("and how they fall."),
    pause(0.5),
    repeat("I"),
    pause(0.05),
    say("I went to the river"),
    pause(1.4),
    say("and we saw it break."),
]


@dataclass(frozen=True)
class Project:
    """The talk in a store, with one clip of all of it and one of its second half."""

    services: Services
    talk: TightTalk
    whole: Clip
    half: Clip


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> TightTalk:
    return talk_of(TALK, tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="session")
def film(talk: TightTalk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film_of(talk, tmp_path_factory.mktemp("film") / "talk.mov")


@pytest.fixture
def project(talk: TightTalk, film: Path, tmp_path: Path) -> Iterator[Project]:
    services = make_services(tmp_path / "home")
    store = services.store
    words = talk.heard_by()
    info = probe(film)
    end_s = info.duration.seconds
    whole = replace(stored.clip("clip_whole"), parts=stored.ranges((0.0, end_s)))
    begin_s = talk.of("filler")[0].start_s - 0.1
    half = replace(stored.clip("clip_half", rank=2), parts=stored.ranges((begin_s, end_s)))
    with store.transaction("Make project", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.source(path=str(film), info=info))
        tx.put_transcript("src_1", Transcript("test", "en", words, (Sentence(0, len(words)),)))
        tx.put(stored.batch())
        tx.put(whole)
        tx.put(half)
    yield Project(services, talk, whole, half)
    services.close()
