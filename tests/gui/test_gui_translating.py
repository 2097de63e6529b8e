"""The second language written by the translation engine: from the button to the lines, their states, one line
again, cancelled, and failing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from support.gui_bench import bench_on
from support.loopback_http import loopback_service, silent
from support.loopback_llm import KEY, SHAPES
from support.loopback_translation import TranslatingModel, refusing
from support.toy_translation import opus_folder

from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
from viralclip_desktop.gui.captions.pages import Page
from viralclip_desktop.gui.common.line_painter import NOTE

OPENAI = next(shape for shape in SHAPES if shape.id == "openai")


@pytest.fixture
def bench(qtbot, services, recording):
    with bench_on(qtbot, services, recording) as bench:
        yield bench


@pytest.fixture
def second(bench):
    panel = CaptionsPanel(bench.session, bench.context, bench.pictures, bench.player)
    bench.show(panel, height=2200)
    panel.pages.show_page(Page.LANGUAGE)
    return panel.second


@pytest.fixture
def service(bench, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with loopback_service() as running:
        bench.services.settings.set(openai_base_url=f"{running.url}/v1", offline=False)
        bench.services.settings.set(**{"translation.engine": "openai"})
        yield running
        bench.wait(lambda: not bench.services.jobs.list(active_only=True))


@pytest.fixture
def model(service):
    answering = TranslatingModel(OPENAI, lambda line: "es " + line["said"][:9])
    service.usual = answering.respond
    return answering


def told(bench) -> list[str]:
    found = bench.services.store.translations(bench.clip.source_id)
    return [line.text for line in found[0].lines] if found else []


def notes(second) -> list[str]:
    rows = second.lines.lines
    return [rows.index(row).data(NOTE) for row in range(rows.rowCount())]


def translated(bench, second, language: str = "es") -> None:
    second.translate(language)
    bench.wait(lambda: second.translation is not None and not second.translating.running)
    bench.settle()


def test_a_clip_is_translated_by_a_model_on_the_disk_as_one_edit(bench, second) -> None:
    said = bench.services.store.transcript(bench.clip.source_id)
    words = {word.text: word.text.upper() for word in said.words}
    opus_folder(bench.services.paths.models / "translation" / "opus-mt-en-es", words)
    before = bench.history
    translated(bench, second)
    assert told(bench) == [said.text_of(sentence).upper() for sentence in said.sentences][: len(told(bench))]
    assert bench.clip.second_language == "es"
    assert bench.history == [*before, "Translate into Spanish"]
    assert any("translated into Spanish" in text for text in bench.told)
    assert [field.text for field in second.lines.lines.fields] == told(bench)
    assert second.missing.isHidden()
    bench.undo()
    bench.wait(lambda: second.translation is None)
    assert told(bench) == []


def test_while_it_runs_it_shows_how_far_it_is_and_is_cancelled(bench, second, service) -> None:
    service.usual = silent()
    second.translate("es")
    bench.wait(lambda: second.translating.isVisible() and bool(service.heard))
    assert not second.by_engine.isEnabled()
    second.translating.cancel.click()
    bench.wait(lambda: not second.translating.running)
    assert second.by_engine.isEnabled()
    assert told(bench) == []
    assert bench.told == [], "who cancels needs no news of it"


def test_without_an_engine_one_sentence_says_what_to_do(bench, second) -> None:
    second.translate("es")
    bench.wait(lambda: bool(bench.told))
    assert bench.told == ["No translation engine is set up."]
    assert not second.translating.isVisible()


def test_a_failure_is_told_and_stores_nothing(bench, second, service) -> None:
    service.usual = refusing(OPENAI)
    second.translate("es")
    bench.wait(lambda: bool(bench.told))
    assert "refused to answer" in bench.told[0]
    assert (told(bench), bench.clip.second_language) == ([], "")


def test_each_line_says_what_is_wrong_with_it_and_only_that_is_asked_for_again(
    bench, second, service, model
) -> None:
    model.left_out = {0}
    model.word = lambda line: "muy largo " * 40
    translated(bench, second)
    bench.wait(lambda: len(notes(second)) >= 2)
    assert notes(second)[0] == "Not translated: The language model left this line out."
    assert notes(second)[1].startswith("Too long: It has 399 characters")
    spoken = second.lines.lines.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Too long" in spoken
    assert second.missing.text().strip() == "Translate 1 line"
    model.left_out, model.asked, model.word = (), [], lambda line: "Corto"
    second.missing.click()
    bench.wait(lambda: bool(told(bench)) and told(bench)[0] == "Corto")
    bench.settle()
    assert len(model.said) == 1
    bench.wait(lambda: notes(second)[0] == "")


def test_one_line_is_translated_again_alone(bench, second, service, model) -> None:
    translated(bench, second)
    before = told(bench)
    bench.wait(lambda: second.translating.possible)
    model.asked, model.word = [], lambda line: "Otra vez"
    field = second.lines.lines.fields[1]
    second.line_menu(field).actions()[-1].trigger()
    bench.wait(lambda: told(bench)[1] == "Otra vez")
    bench.settle()
    assert model.said == [field.said]
    assert [*before[:1], "Otra vez", *before[2:]] == told(bench)
