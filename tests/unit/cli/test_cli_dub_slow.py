"""``viralclip dub --slow-picture``: the clip plays slower while a line is said that cannot fit otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored
from support.command_line import CommandLine, make_services
from support.said import SAID, put_talk

from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.layers import TitleLayer
from viralclip_desktop.features.workflows import dub
from viralclip_desktop.media.probe import probe

LONG = "Nadie más quería hacerlo, ni aquí ni en ninguna otra parte."
ENDLESS = LONG + " Ni entonces, ni ahora, ni nunca jamás, por mucho que se lo pidieran."


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (0.2 to 8.5 s)."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 8.5))
    services.settings.set(resolution=Resolution.P720)
    yield CommandLine(services, capsys)
    services.close()


def ask(tmp_path: Path, second: str, *args: str) -> tuple[str, ...]:
    """What is typed for a dub whose second line says this."""
    texts = ("Empezamos hace mucho.", second, "Lo hicimos todo.")
    cues = zip(SAID, texts, strict=True)
    text = "\n".join(
        f"{number}\n00:00:0{start:.3f} --> 00:00:0{end:.3f}\n{line}\n".replace(".", ",", 2)
        for number, ((start, end, _), line) in enumerate(cues, 1)
    )
    (tmp_path / "es.srt").write_text(text, "utf-8")
    given = ("--translation", f"es={tmp_path / 'es.srt'}", "--voice", "es=espeak:es")
    return ("dub", "clip_1", "--to", "es", *given, "--separator", "none", *args)


def manifest(document: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Path(document["languages"][0]["files"]["manifest"]).read_text("utf-8"))
    return told


def test_a_line_gets_the_time_it_lacks_and_what_follows_moves_along(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[Any] = []
    with monkeypatch.context() as patched:
        patched.setattr(dub, "_render", lambda _services, plan, *_: planned.append(plan))
        plain = viralclip.json(*ask(tmp_path, LONG))
        assert plain["languages"][0]["report"]["flagged"] == 1
        assert "slowed_s" not in plain["languages"][0]["report"]
        on_the_third = TitleLayer("title_1", "By ourselves", TimeRange.from_seconds(5.5, 6.5))
        with viralclip.services.store.transaction("Title", "proj_1") as tx:
            tx.put(replace(tx.clip("clip_1"), layers=(on_the_third,)))
        viralclip.json(*ask(tmp_path, LONG, "--slow-picture"))
    document = viralclip.json(*ask(tmp_path, LONG, "--slow-picture"))
    (language,) = document["languages"]
    report, told = language["report"], manifest(document)
    assert report["flagged"] == 0
    assert 0 < report["slowed_s"] <= 0.33
    assert 1 < report["slow_factor"] <= 1.15
    (one,) = told["slowed"]
    assert (one["start_s"], one["end_s"]) == pytest.approx((2.8, 5.0), abs=0.01), "while the line is said"
    assert one["factor"] == report["slow_factor"]
    assert told["report"] == report
    film = probe(Path(language["files"]["video"]))
    longer = 8.3 + report["slowed_s"]
    assert film.duration.seconds == pytest.approx(longer, abs=0.06)
    assert told["lines"][2]["slot_s"][0] == pytest.approx(5.0 + report["slowed_s"], abs=0.01)
    gained = (planned[1].duration - planned[0].duration).seconds
    assert gained == pytest.approx(report["slowed_s"], abs=0.001)
    assert [part.part.speed < 1 for part in planned[1].parts] == [False, True, False]
    (title,) = planned[1].titles
    assert title.range.start.seconds == pytest.approx(5.5 + report["slowed_s"], abs=0.01)
    shown = viralclip("dub", "status", document["job_id"])[1]
    assert f"{report['slowed_s']:g} s longer, at most {report['slow_factor']:g} times as long" in shown
    clip = viralclip.services.store.clip("clip_1")
    assert clip.parts == stored.ranges((0.2, 8.5)), "the clip itself is as it was"


def test_never_more_than_fifteen_percent_and_the_rest_is_told(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dub, "_render", lambda *_: None)
    document = viralclip.json(*ask(tmp_path, ENDLESS, "--slow-picture"))
    report = document["languages"][0]["report"]
    assert report["flagged"] >= 1
    assert report["slow_factor"] == 1.15
    assert all(one["factor"] <= 1.15 for one in manifest(document)["slowed"])
    document = viralclip.json(*ask(tmp_path, "Nadie más.", "--slow-picture"))
    report = document["languages"][0]["report"]
    assert (report["slowed_s"], report["slow_factor"]) == (0.0, 1.0), "what fits is left alone"


def test_one_picture_for_all_languages_is_not_slowed(viralclip: CommandLine, tmp_path: Path) -> None:
    code, _, err = viralclip(*ask(tmp_path, LONG, "--slow-picture", "--tracks"))
    assert code == 2
    assert "cannot be slowed" in err
    assert viralclip.services.jobs.list() == []
