"""What ``viralclip dub`` says of a dub that has ended, for people: how good it became, and how to go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.command_line import CommandLine, make_services
from support.patience import patiently
from support.said import SAID, put_talk

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.features.workflows import dub, dub_files

SHORT = "Empezamos."
LONG = "Nadie más quería hacerlo, ni aquí ni en ninguna otra parte, ni entonces, ni ahora, ni nunca jamás."


@pytest.fixture
def viralclip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (0.2 to 4.6 s); no film is made."""
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 4.6))
    yield CommandLine(services, capsys)
    services.close()


def order(tmp_path: Path, second: str, *codes: str) -> tuple[str, ...]:
    """What is typed for a dub whose second line says this."""
    cues = ((0.5, 2.2, SHORT), (3.0, 4.4, second))
    srt = "\n".join(
        f"{number}\n00:00:0{start:.3f} --> 00:00:0{end:.3f}\n{text}\n".replace(".", ",", 2)
        for number, (start, end, text) in enumerate(cues, 1)
    )
    (tmp_path / "lines.srt").write_text(srt, "utf-8")
    given = [part for code in codes for part in ("--translation", f"{code}={tmp_path / 'lines.srt'}")]
    voices = [part for code in codes for part in ("--voice", f"{code}=espeak:{code}")]
    return ("dub", "clip_1", "--to", ",".join(codes), *given, *voices, "--separator", "none")


def broken_in(monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """Let the voices of these languages fail."""
    real = dub.speak_lines

    def speak(services: Any, voice: Any, *args: Any, **kwargs: Any) -> Any:
        if voice.language in codes:
            raise EnvironmentLacks("The disk is full.", "Make room.")
        return real(services, voice, *args, **kwargs)

    monkeypatch.setattr(dub, "speak_lines", speak)


def job_of(out: str) -> str:
    """The job that is printed."""
    return next(line.split()[1] for line in out.splitlines() if line.startswith("job  "))


def test_how_good_a_dub_became_and_its_job_are_printed(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = viralclip(*order(tmp_path, SHORT, "es"))
    assert code == 0, err
    assert "half of the lines begin within 0.0" in out
    assert " s late" in out
    assert "every line fits" in out
    assert "not heard back" in out
    assert "spoken by espeak:es" in out
    assert viralclip("dub", "status", job_of(out))[1] == out
    monkeypatch.setattr(dub_files, "heard_back", lambda *_: 0.25)
    _, out, _ = viralclip(*order(tmp_path, LONG, "es"))
    (language,) = viralclip.json("dub", "status", job_of(out))["languages"]
    lines = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))["lines"]
    assert f"1 line does not fit, by up to {lines[1]['over_s']:.2f} s" in out
    assert "heard back with 25% of the words wrong" in out


def test_the_only_language_that_fails_is_told_as_such(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_in(monkeypatch, "es")
    code, out, err = viralclip(*order(tmp_path, SHORT, "es"))
    assert code == 1
    assert "The language could not be finished." in err
    assert f"“viralclip dub retry {job_of(out)}” goes on with what is missing." in err
    assert "others" not in err


def test_what_becomes_of_the_film_of_all_languages_is_told(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_in(monkeypatch, "pt")
    code, out, err = viralclip(*order(tmp_path, SHORT, "es", "pt"), "--tracks")
    assert code == 1
    assert "The others are done." in err
    assert f"viralclip dub retry {job_of(out)}" in err
    assert "The film with every language is made once all of them are done." in err
    assert "every language  not made" in out


def test_a_finished_dub_is_made_again_only_where_its_files_are_gone(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    _, out, _ = viralclip(*order(tmp_path, SHORT, "es", "pt"))
    first = job_of(out)
    code, _, err = viralclip("dub", "retry", first)
    assert code == 2
    assert "This dub is finished, and its files are there" in err
    assert "viralclip dub clip_1 --to es,pt" in err
    viralclip("dub", "delete", first)
    code, out, err = viralclip("dub", "retry", first, "--to", "pt")
    assert (code, "made again" in err, job_of(out) != first) == (0, True, True), err
    (language,) = viralclip.json("dub", "status", job_of(out))["languages"]
    assert (language["code"], language["status"], language["files_gone"]) == ("pt", "completed", False)


def test_a_dub_that_is_under_way_is_not_tried_again(viralclip: CommandLine, tmp_path: Path) -> None:
    services = viralclip.services
    order(tmp_path, SHORT, "es")
    viralclip("translate", "src_1", "--to", "es", "--from-file", str(tmp_path / "lines.srt"))
    services.jobs.pause(dub.DUBS_LANE)
    job = dub.submit_dub(services, dub.DubOrder("clip_1"), [dub.LanguageOrder("es", "espeak:es")])
    assert patiently(lambda: services.jobs.children(job.id))
    code, _, err = viralclip("dub", "retry", job.id)
    assert (code, "This dub is under way." in err) == (2, True), err
    assert f"viralclip jobs cancel {job.id}" in err
    services.jobs.cancel(job.id)
    services.jobs.wait(job.id)
