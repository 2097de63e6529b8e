"""``viralclip translate --shorten``: one line worded more shortly, as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command_line import CommandLine, make_services
from support.loopback_http import LoopbackService, loopback_service
from support.loopback_llm import KEY, SHAPES
from support.loopback_translation import TranslatingModel
from support.said import SAID, put_talk
from support.toy_translation import opus_folder

LONG = "Nadie más quería hacerlo, ni aquí ni en ninguna otra parte, ni entonces ni ahora."
LINES = ("Empezamos.", LONG, "Lo hicimos nosotros.")
OPENAI = next(shape for shape in SHAPES if shape.id == "openai")
SHORTEN = ("translate", "src_1", "--to", "es", "--shorten")


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds whose second line is translated too long."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 8.5))
    cues = zip(SAID, LINES, strict=True)
    text = "\n".join(
        f"{number}\n00:00:0{start:.3f} --> 00:00:0{end:.3f}\n{line}\n".replace(".", ",", 2)
        for number, ((start, end, _), line) in enumerate(cues, 1)
    )
    (tmp_path / "es.srt").write_text(text, "utf-8")
    viralclip = CommandLine(services, capsys)
    viralclip.json("translate", "src_1", "--to", "es", "--from-file", str(tmp_path / "es.srt"))
    yield viralclip
    services.close()


@pytest.fixture
def service(viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackService]:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with loopback_service() as running:
        viralclip.services.settings.set(openai_base_url=f"{running.url}/v1")  # and online with that
        viralclip("settings", "set", "translation.engine", "openai")
        yield running


@pytest.fixture
def model(service: LoopbackService) -> TranslatingModel:
    shortening = TranslatingModel(OPENAI, lambda line: line["translated"].split(",")[0] + ".")
    service.usual = shortening.respond
    return shortening


def stored(viralclip: CommandLine) -> list[str]:
    return [line.text for line in viralclip.services.store.translations("src_1")[0].lines]


def test_a_wording_is_shown_then_taken_as_one_entry_and_paid_for_once(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    shown = viralclip.json(*SHORTEN, "2")
    assert (shown["text"], shown["shorter"]) == (LONG, "Nadie más quería hacerlo.")
    assert (shown["taken"], shown["fits"], shown["engine"]) == (False, True, "openai")
    (line,) = model.asked[0]
    assert (line["said"], line["translated"]) == (SAID[1][2], LONG)
    assert line["most_characters"] == shown["most_characters"] == 36, "2 s at the usual pace"
    assert stored(viralclip)[1] == LONG
    before = viralclip.json("history", "proj_1")
    code, out, err = viralclip(*SHORTEN, "2", "--take")
    assert code == 0, err
    assert "shorter  Nadie más quería hacerlo." in out
    assert stored(viralclip) == [LINES[0], "Nadie más quería hacerlo.", LINES[2]]
    assert len(viralclip.json("history", "proj_1")) == len(before) + 1
    assert len(service.heard) == 1, "what was proposed is not paid for again"
    (paid,) = viralclip.json("usage")["entries"]
    assert (paid["provider"], paid["kind"]) == ("openai", "translation")
    viralclip("undo", "proj_1")
    assert stored(viralclip)[1] == LONG


def test_how_much_fits_is_told_by_the_pace_of_the_voice(
    viralclip: CommandLine, model: TranslatingModel
) -> None:
    by_voice = viralclip.json(*SHORTEN, "2", "--voice", "espeak:es")
    slow = viralclip.json("translate", "clip_1", "--to", "es", "--shorten", "2", "--voice", "espeak:es")
    assert by_voice["most_characters"] == slow["most_characters"] != 36
    assert 40 < by_voice["most_characters"] < 60, "a quick voice that goes on into the silence"


def test_what_is_no_shorter_is_not_offered(viralclip: CommandLine, service: LoopbackService) -> None:
    service.usual = TranslatingModel(OPENAI, lambda line: line["translated"] + " Y nunca.").respond
    code, _, err = viralclip(*SHORTEN, "2")
    assert code == 3
    assert "No shorter wording was found" in err
    assert stored(viralclip)[1] == LONG


def test_it_is_held_by_the_budget(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    viralclip("settings", "set", "budget_day_usd", "0.000001")
    code, _, err = viralclip(*SHORTEN, "2")
    assert code != 0
    assert "budget" in err.casefold()
    assert service.heard == []


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((*SHORTEN, "2"), 4, "No language model is set up that could do that. Choose a language model"),
        ((*SHORTEN, "2", "--engine", "ctranslate2"), 4, "cannot do that"),
        ((*SHORTEN, "9"), 2, "There is no line 9. They are 1 to 3"),
        ((*SHORTEN, "2", "--show"), 2, "by itself"),
        (("translate", "src_1", "--to", "es", "--take"), 2, "Add --shorten LINE"),
        (("translate", "src_1", "--to", "fr", "--shorten", "2"), 3, "no French translation yet"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    viralclip: CommandLine, args: tuple[str, ...], code: int, told: str
) -> None:
    opus_folder(viralclip.services.paths.models / "translation" / "opus-mt-en-es")
    ended, _, err = viralclip(*args)
    assert told in err
    assert ended == code
