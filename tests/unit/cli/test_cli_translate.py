"""``viralclip translate`` and a dub that translates by itself, as typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import said
from support.command_line import CommandLine, make_services
from support.loopback_http import LoopbackService, loopback_service
from support.loopback_llm import KEY, SHAPES
from support.loopback_translation import TranslatingModel, by_words, refusing
from support.said import put_talk
from support.toy_translation import opus_folder

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.features.translation import translating
from viralclip_desktop.features.workflows import translate

SAID = (*said.SAID, (8.55, 8.95, "Café"))
SPANISH = ["Lo empezamos hace mucho tiempo.", "Nadie más quería.", "Así que lo hace hicimos todo nosotros."]
OPENAI = next(shape for shape in SHAPES if shape.id == "openai")
TRANSLATE = ("translate", "src_1", "--to", "es")


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (2.5 to 8.5 s)."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (2.5, 8.5))
    yield CommandLine(services, capsys)
    services.close()


@pytest.fixture
def opus(viralclip: CommandLine) -> Path:
    return opus_folder(viralclip.services.paths.models / "translation" / "opus-mt-en-es")


@pytest.fixture
def service(viralclip: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackService]:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with loopback_service() as running:
        viralclip.services.settings.set(openai_base_url=f"{running.url}/v1")  # and online with that
        yield running


@pytest.fixture
def model(service: LoopbackService) -> TranslatingModel:
    translating_model = TranslatingModel(OPENAI)
    service.usual = translating_model.respond
    return translating_model


def texts(document: dict[str, Any]) -> list[str]:
    return [line["text"] for line in document["lines"]]


def test_a_recording_is_translated_by_a_model_on_the_disk(viralclip: CommandLine, opus: Path) -> None:
    document = viralclip.json(*TRANSLATE)
    assert (document["language"], document["engine"], document["model"]) == (
        "es",
        "ctranslate2",
        "opus-mt-en-es",
    )
    assert texts(document) == [*SPANISH, "Café"]
    assert [line["state"] for line in document["lines"]] == ["translated"] * 3 + ["unchanged"]
    first = document["lines"][0]
    assert set(first) == {"start_s", "end_s", "source", "text", "state", "reason"}
    assert (first["start_s"], first["source"]) == (0.5, SAID[0][2])
    lines = viralclip("transcript", "src_1", "--language", "es", "--format", "srt")[1]
    assert "Nadie más quería." in lines


def test_it_is_one_entry_in_the_history_and_undone_at_once(viralclip: CommandLine, opus: Path) -> None:
    viralclip.json("translate", "clip_1", "--to", "es", "--show")
    assert viralclip.services.store.clip("clip_1").second_language == "es"
    assert "Translate into Spanish" in viralclip("history", "proj_1")[1]
    viralclip("undo", "proj_1")
    assert viralclip.json("translations", "list", "src_1") == []
    assert viralclip.services.store.clip("clip_1").second_language == ""


def test_a_clip_is_translated_as_far_as_it_plays_and_the_rest_later(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    of_clip = viralclip.json("translate", "clip_1", "--to", "es", "--engine", "openai")
    assert texts(of_clip) == SPANISH[1:]
    assert texts(viralclip.json(*TRANSLATE, "--engine", "openai")) == [*SPANISH, "Café"]
    assert sorted(model.said) == sorted(text for _, _, text in SAID), "no line is paid for twice"
    paid = viralclip.json("usage")["entries"]
    assert {(one["provider"], one["kind"]) for one in paid} == {("openai", "translation")}


def test_what_was_written_by_hand_stays_unless_it_is_asked_for_again(
    viralclip: CommandLine, opus: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.srt"
    mine.write_text("1\n00:00:03,000 --> 00:00:04,400\nNadie se atrevía.\n", "utf-8")
    taken = viralclip.json(*TRANSLATE, "--from-file", str(mine))
    assert taken["engine"] == "file"
    assert texts(taken) == ["", "Nadie se atrevía.", "", ""]
    assert texts(viralclip.json(*TRANSLATE))[1] == "Nadie se atrevía."
    assert texts(viralclip.json(*TRANSLATE, "--again"))[1] == "Nadie más quería."


def test_what_fails_is_told_and_only_that_is_asked_for_next_time(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    model.left_out = {1}
    code, out, err = viralclip(*TRANSLATE, "--engine", "openai", "--json")
    assert code == 1
    assert "1 line could not be translated. The language model left this line out." in err
    line = json.loads(out)["lines"][1]
    assert (line["text"], line["state"]) == ("", "failed")
    assert "left this line out" in line["reason"]
    model.left_out, model.asked = (), []
    assert texts(viralclip.json(*TRANSLATE, "--engine", "openai")) == [*SPANISH, "Café"]
    assert model.said == [SAID[1][2]]
    assert SAID[0][2] in model.prompts[-1], "its neighbours are told"


def test_a_run_that_breaks_off_pays_for_nothing_twice(
    viralclip: CommandLine,
    service: LoopbackService,
    model: TranslatingModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise EnvironmentLacks("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(translate, "fill_translation", breaks)
        assert viralclip(*TRANSLATE, "--engine", "openai")[0] == 4
    asked = len(service.heard)
    assert texts(viralclip.json(*TRANSLATE, "--engine", "openai")) == [*SPANISH, "Café"]
    assert len(service.heard) == asked


def test_what_it_will_cost_is_said_first(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    err = viralclip(*TRANSLATE, "--engine", "openai")[2]
    assert "OpenAI language models (gpt-5-mini) is asked to translate 4 lines: at most" in err


def test_a_glossary_is_kept_to_or_told_to_be_left_out(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel, opus: Path, tmp_path: Path
) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("# names\nlong ago = hace años\n", "utf-8")
    viralclip.json(*TRANSLATE, "--engine", "openai", "--glossary", str(terms))
    assert '"translation": "hace años"' in model.prompts[0]
    err = viralclip(*TRANSLATE, "--engine", "ctranslate2", "--again", "--glossary", str(terms))[2]
    assert "keep to no glossary" in err


def test_a_line_that_cannot_be_said_in_its_time_is_marked(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    model.word = lambda line: by_words(line) + " y así fue" * 20
    lines = viralclip.json(*TRANSLATE, "--engine", "openai")["lines"]
    assert [line["state"] for line in lines] == ["too long"] * 4
    assert "can be said in its time" in lines[0]["reason"]
    assert model.asked[0][0]["most_characters"] == 41  # 2.29 s of Spanish


def test_nobody_is_asked_over_the_network_unless_it_was_chosen(
    viralclip: CommandLine, service: LoopbackService, model: TranslatingModel
) -> None:
    code, _, err = viralclip(*TRANSLATE)
    assert code == 4
    assert "No translation engine is set up." in err
    assert "translation.engine" in err
    assert service.heard == []
    viralclip("settings", "set", "translation.engine", "openai")
    assert texts(viralclip.json(*TRANSLATE))[0] == SPANISH[0]
    viralclip("settings", "set", "offline", "on")
    assert "offline switch" in viralclip(*TRANSLATE, "--again")[2]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("src_1", "--to", "en"), 3, "It is spoken in English."),
        (("src_1", "--to", "xx"), 2, "no language “xx”"),
        (("src_9", "--to", "es"), 3, "src_9"),
        (("src_1", "--to", "es", "--engine", "wizard"), 2, "no translation engine named wizard"),
        (("src_1", "--to", "fr", "--engine", "ctranslate2"), 4, "No CTranslate2 model here translates"),
        (("src_1", "--to", "es", "--glossary", "nowhere.txt"), 3, "no file"),
        (("src_1", "--to", "es", "--from-file", "nowhere.srt"), 3, "no file"),
        (("src_1", "--to", "es", "--from-file", "a.srt", "--again"), 2, "needs no engine"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    viralclip: CommandLine, opus: Path, args: tuple[str, ...], code: int, told: str
) -> None:
    ended, _, err = viralclip("translate", *args)
    assert told in err
    assert ended == code


def test_a_refusal_says_so_and_stores_nothing(viralclip: CommandLine, service: LoopbackService) -> None:
    service.usual = refusing(OPENAI)
    code, _, err = viralclip(*TRANSLATE, "--engine", "openai")
    assert code == 4
    assert "refused to answer" in err
    assert viralclip.json("translations", "list", "src_1") == []


def test_the_model_runs_in_a_process_of_its_own(
    viralclip: CommandLine, opus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = translating.run_in_worker

    def noting(target: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(target)
        return real(target, *args, **kwargs)

    monkeypatch.setattr(translating, "run_in_worker", noting)
    viralclip.json(*TRANSLATE)
    assert asked == ["viralclip_desktop.engines.translation.worker:run"]
