"""``viralclip dub``: how long its files are kept, what is tried again, what rests, when it will be done."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support import stored
from support.command_line import CommandLine, make_services
from support.loopback_http import Handler, loopback_service
from support.loopback_voices import KEY, SERVICES, options_of
from support.patience import patiently

from viralclip_desktop.cli import dub as dub_command
from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.tts import espeak
from viralclip_desktop.features.upkeep import clear_leftovers
from viralclip_desktop.features.upkeep.safety import keep_safe
from viralclip_desktop.features.voices import speaking
from viralclip_desktop.features.workflows import dub, dub_files
from viralclip_desktop.features.workflows.main_job import import_recording
from viralclip_desktop.jobs.owner import this_process
from viralclip_desktop.media import sound_file

DAY_S = 86_400.0
LINES = ("Hola a todos.", "Hasta luego.")
SRT = f"1\n00:00:00,200 --> 00:00:01,400\n{LINES[0]}\n\n2\n00:00:01,800 --> 00:00:03,000\n{LINES[1]}\n"


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A sound file of a voice, and what it says in other languages."""
    services = make_services(tmp_path / "home")
    espeak.speak("Hello to everybody. And see you later, on another day.", tmp_path / "talk.wav")
    (tmp_path / "lines.srt").write_text(SRT, "utf-8")
    yield CommandLine(services, capsys)
    services.close()


def order(viralclip: CommandLine, *codes: str, **voices: str) -> tuple[str, ...]:
    """What is typed for a dub of the voice file, by the built-in voices unless others are given."""
    folder = viralclip.services.paths.home.parent
    given = [f"{code}={folder / 'lines.srt'}" for code in codes]
    spoken = [f"{code}={voices.get(code, f'espeak:{code}')}" for code in codes]
    words = [part for one in given for part in ("--translation", one)]
    words += [part for one in spoken for part in ("--voice", one)]
    return ("dub", "--voice-file", str(folder / "talk.wav"), "--to", ",".join(codes), *words)


def made(viralclip: CommandLine, *args: str) -> tuple[str, list[Path]]:
    """A Spanish dub: its job, and its files."""
    document = viralclip.json(*order(viralclip, "es"), "--separator", "none", *args)
    files = document["languages"][0]["files"].values()
    return document["job_id"], [Path(path) for path in files if path]


def age(viralclip: CommandLine, job_id: str, days: float) -> None:
    """Let a dub have ended so long ago."""
    jobs = viralclip.services.store.jobs
    for job in (jobs.get(job_id), *jobs.children(job_id)):
        jobs.put(replace(job, updated_at=time.time() - days * DAY_S))


def purged(viralclip: CommandLine, *args: str) -> dict[str, list[str]]:
    """What a purge says went, by the jobs."""
    return {one["job_id"]: one["files"] for one in viralclip.json("dub", "purge", *args)["jobs"]}


def test_what_was_kept_long_enough_is_purged_and_nothing_else(viralclip: CommandLine) -> None:
    old, files = made(viralclip)
    new, others = made(viralclip)
    age(viralclip, old, 31)
    assert purged(viralclip) == {}, "kept for good, unless it is set"
    assert "kept for good" in viralclip("dub", "purge")[1]
    viralclip("settings", "set", "dubbing.keep_days", "30")
    size = sum(path.stat().st_size for path in files)
    told = viralclip.json("dub", "purge", "--dry-run")
    assert told["dry_run"]
    assert (told["keep_days"], told["freed_bytes"]) == (30, size)
    assert [(one["job_id"], one["size_bytes"]) for one in told["jobs"]] == [(old, size)]
    assert told["jobs"][0]["files"] == sorted(map(str, files))
    assert all(path.is_file() for path in files)
    assert purged(viralclip) == {old: sorted(map(str, files))}
    assert not any(path.exists() for path in files)
    assert not files[0].parent.parent.exists(), "nor is an empty folder left"
    assert all(path.is_file() for path in others)
    (language,) = viralclip.json("dub", "status", old)["languages"]
    assert (language["status"], language["files_gone"]) == ("completed", True)
    assert "Its files are gone." in viralclip("dub", "status", old)[1]
    assert not viralclip.json("dub", "status", new)["languages"][0]["files_gone"]
    assert purged(viralclip) == {}


def test_in_a_chosen_folder_only_what_is_asked_for_and_as_it_was_made_goes(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    job_id, files = made(viralclip, "--out", str(tmp_path / "out"))
    by_ending = {path.suffix: path for path in files}
    age(viralclip, job_id, 31)
    by_ending[".srt"].write_text("corrected by hand", "utf-8")
    stored.taken_in(viralclip.services.store, by_ending[".wav"])
    (tmp_path / "out" / "es" / "mine.txt").write_text("mine", "utf-8")
    assert purged(viralclip, "--days", "30") == {}
    (one,) = viralclip.json("dub", "purge", "--days", "30", "--chosen-folders")["jobs"]
    assert one["files"] == sorted(str(by_ending[ending]) for ending in (".json", ".m4a"))
    assert one["kept"] == sorted(str(by_ending[ending]) for ending in (".srt", ".wav"))
    assert {path.name for path in (tmp_path / "out" / "es").iterdir()} == {
        "mine.txt",
        by_ending[".srt"].name,
        by_ending[".wav"].name,
    }
    _, _, err = viralclip("dub", "delete", job_id)
    assert f"{by_ending['.wav']} stays" in err
    assert not by_ending[".srt"].exists(), "asked for by name, it goes as it is"


def test_a_dub_that_is_unfinished_is_left_alone(viralclip: CommandLine) -> None:
    viralclip.services.jobs.pause(dub.DUBS_LANE)
    source = import_recording(
        viralclip.services,
        viralclip.services.paths.home.parent / "talk.wav",
        lambda _event: None,
        dub_command.CancelToken(),
    )
    folder = viralclip.services.paths.home.parent
    viralclip("translate", source.id, "--to", "es", "--from-file", str(folder / "lines.srt"))
    job = dub.submit_dub(viralclip.services, dub.DubOrder(source.id), [dub.LanguageOrder("es", "espeak:es")])
    assert patiently(lambda: viralclip.services.jobs.children(job.id))
    file = folder / "home" / "media" / "audio" / "dubs" / job.id / "es" / "talk.es.wav"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"in the making")
    assert purged(viralclip, "--days", "0") == {}
    code, _, err = viralclip("dub", "delete", job.id)
    assert (code, file.is_file()) == (2, True), err
    assert f"viralclip jobs cancel {job.id}" in err
    viralclip("jobs", "cancel", job.id)
    viralclip.services.jobs.wait(job.id)
    assert purged(viralclip, "--days", "0") == {job.id: [str(file)]}, "cancelled, it leaves nothing"


def test_the_next_dub_makes_room(viralclip: CommandLine) -> None:
    old, files = made(viralclip)
    age(viralclip, old, 3)
    viralclip("settings", "set", "dubbing.keep_days", "2")
    _, _, err = viralclip(*order(viralclip, "es"), "--separator", "none")
    assert "The files of 1 older dub were deleted" in err
    assert not any(path.exists() for path in files)


def test_what_a_dub_has_made_is_known_after_a_month(viralclip: CommandLine) -> None:
    job_id, files = made(viralclip)
    age(viralclip, job_id, 400)
    keep_safe(viralclip.services)
    (language,) = viralclip.json("dub", "status", job_id)["languages"]
    assert language["files"]["audio"] in map(str, files)


def test_what_cannot_be_purged_is_said(viralclip: CommandLine, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = viralclip("dub", "purge", "job_1")
    assert (code, "takes no job" in err) == (2, True)
    for days, told in (("-1", "0 or more"), ("soon", "is no number")):
        with pytest.raises(SystemExit):
            viralclip("dub", "purge", f"--days={days}")
        assert told in capsys.readouterr().err


def test_one_language_is_tried_again_and_the_others_wait(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dub.speak_lines

    def broken(_services: Any, voice: Any, *_args: Any, **_kwargs: Any) -> Any:
        raise EnvironmentLacks(f"{voice.language} cannot be spoken.", "Try again.")

    monkeypatch.setattr(dub, "speak_lines", broken)
    args = (*order(viralclip, "es", "pt", "it"), "--separator", "none")
    code, out, err = viralclip(*args, "--json")
    assert (code, "3 of 3 languages" in err) == (1, True)
    job_id = json.loads(out)["job_id"]
    monkeypatch.setattr(dub, "speak_lines", real)
    code, out, err = viralclip("dub", "retry", job_id, "--to", "pt", "--json")
    assert [one["status"] for one in json.loads(out)["languages"]] == ["failed", "completed", "failed"]
    assert (code, "2 of 3 languages" in err) == (1, True)
    code, _, err = viralclip("dub", "retry", job_id, "--to", "pt")
    assert (code, "Portuguese" in err) == (2, True)
    code, _, err = viralclip("dub", "retry", job_id, "--to", "fr")
    assert (code, "French is not among the languages" in err) == (2, True)
    again = viralclip.json("dub", "retry", job_id)
    assert [one["status"] for one in again["languages"]] == ["completed"] * 3


def test_what_was_listened_to_once_is_not_listened_to_again(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def hear(_services: Any, _wav: Path, code: str, *_: Any) -> float:
        asked.append(code)
        return 0.05

    def full(*_: Any, **__: Any) -> None:
        raise EnvironmentLacks("The disk is full.", "Make room.")

    monkeypatch.setattr(dub_files, "heard_back", hear)
    real = sound_file.render_sound
    monkeypatch.setattr(sound_file, "render_sound", full)
    _, out, _ = viralclip(*order(viralclip, "es"), "--separator", "none", "--json")
    monkeypatch.setattr(sound_file, "render_sound", real)
    (language,) = viralclip.json("dub", "retry", json.loads(out)["job_id"])["languages"]
    assert language["report"]["wer"] == 0.05
    assert asked == ["es"]


def test_a_dub_that_is_paused_goes_on_without_paying_a_line_twice(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def held(handler: Handler) -> None:
        released.wait(60)
        SERVICES["openai"](handler)

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(speaking, "PATIENCE_S", 60.0)
    services = viralclip.services
    services.gate.offline = False
    source = import_recording(
        services, services.paths.home.parent / "talk.wav", lambda _event: None, dub_command.CancelToken()
    )
    three = SRT + "\n3\n00:00:03,100 --> 00:00:03,900\nGracias.\n"
    (services.paths.home.parent / "three.srt").write_text(three, "utf-8")
    viralclip(
        "translate", source.id, "--to", "es", "--from-file", str(services.paths.home.parent / "three.srt")
    )
    with loopback_service() as service:
        service.usual = SERVICES["openai"]
        service.script = [SERVICES["openai"], held]
        services.settings.set(**options_of("openai", service.url))
        order = dub.DubOrder(source.id, separator="none")
        job = dub.submit_dub(services, order, [dub.LanguageOrder("es", "openai:alloy")])
        assert patiently(lambda: len(service.heard) == 2), "the second line is being spoken"
        paused = viralclip.json("jobs", "pause", job.id)
        assert paused["paused"]
        released.set()
        (language,) = services.jobs.children(job.id)
        assert patiently(lambda: services.jobs.get(language.id).state is WorkState.QUEUED)
        (shape,) = viralclip.json("dub", "status", job.id)["languages"]
        assert (shape["status"], shape["paused"], shape["time_left_s"]) == ("queued", True, None)
        assert len(service.heard) == 2, "nothing more is begun"
        (done,) = viralclip.json("jobs", "resume", job.id)
        assert done["state"] == "completed"
        said = [json.loads(one.body)["input"] for one in service.heard]
    assert said == [*LINES, "Gracias."]
    units = sum(usage.units["character"] for usage in services.store.usage.list())
    assert units == sum(map(len, said))


def test_of_a_dub_that_was_killed_one_language_alone_goes_on(viralclip: CommandLine, tmp_path: Path) -> None:
    services, gone = viralclip.services, (2**31 - 2, 1.0)  # no process has such a number
    source = import_recording(services, tmp_path / "talk.wav", lambda _event: None, dub_command.CancelToken())
    for code in ("es", "it"):
        viralclip("translate", source.id, "--to", code, "--from-file", str(tmp_path / "lines.srt"))
    asked = dub.DubOrder(source.id, folder=str(tmp_path / "out"), separator="none")
    languages = [dub.LanguageOrder(code, f"espeak:{code}") for code in ("es", "it")]
    whole = dub.DUB.payload(dub.DubRequest(asked, languages))
    known = {"language_ids": ["job_es", "job_it"]}
    services.store.jobs.add(Job("job_dub", "dub", whole, created_at=1.0, result=known), gone)
    for language in languages:
        part = dub.DUB_LANGUAGE.payload(dub.LanguageRequest(asked, language, asked.folder))
        job = Job(f"job_{language.code}", "dub_language", part, created_at=2.0, parent_id="job_dub")
        services.store.jobs.add(job, gone)
    for job_id in ("job_dub", "job_es"):
        services.store.jobs.claim(job_id, gone)
    half = tmp_path / "out" / "es" / f"talk.es.wav.{gone[0]}-1.partial"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    clear_leftovers(services)
    assert not half.exists(), "as at any start of the program"
    code, _, err = viralclip("dub", "retry", "job_dub", "--to", "it")
    assert code == 1, err
    shaped = json.loads(viralclip("dub", "status", "job_dub", "--json")[1])["languages"]
    assert {one["code"]: one["status"] for one in shaped} == {"es": "cancelled", "it": "completed"}
    assert viralclip("dub", "retry", "job_dub")[0] == 0
    assert len(list((tmp_path / "out").rglob("*.srt"))) == 2


def test_when_each_language_will_be_done_is_told(
    viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, jobs = stored.Clock(), viralclip.services.store.jobs
    monkeypatch.setattr(dub_command, "time", SimpleNamespace(time=clock))
    payload = {
        "order": {"subject": "src_1"},
        "languages": [{"code": code, "voice": f"espeak:{code}"} for code in ("es", "pt", "it")],
    }
    ids = ["job_es", "job_pt", "job_it"]
    parent = Job("job_dub", "dub", payload, created_at=0.0, result={"language_ids": ids})
    jobs.add(parent, this_process())
    for number, (job_id, language) in enumerate(zip(ids, payload["languages"], strict=True)):
        asked = {"order": payload["order"], "language": language, "folder": ""}
        at = 1.0 + number
        jobs.add(Job(job_id, "dub_language", asked, created_at=at, parent_id="job_dub"), this_process())
    running = jobs.claim("job_es", this_process())
    assert running is not None
    jobs.put(replace(running, fraction=0.4, stage="dubbing", time_left_s=60.0, updated_at=clock.now))

    def left() -> list[float | None]:
        shaped = viralclip.json("dub", "status", "job_dub")["languages"]
        return [one["time_left_s"] for one in shaped]

    assert left() == [60.0, 120.0, 180.0], "those that wait take as long as the one at work"
    assert "es  running  40%, 1 min 00 s left" in viralclip("dub", "status", "job_dub")[1]
    viralclip("jobs", "pause", "job_it")
    assert left() == [60.0, 120.0, None]
