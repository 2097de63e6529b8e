"""How the lines of a dub would fit, told before anything is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.command_line import make_services
from support.said import SAID, put_talk

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.translation import TranslatedLine
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.voices import speaking
from viralclip_desktop.features.workflows.dub_forecast import LineForecast, forecast_lines

SPANISH = ("Empezamos hace mucho.", "¡...!", "Así que lo hicimos todo nosotros.")
TIMES = [TimeRange.from_seconds(start, end) for start, end, _ in SAID]
Known = dict[tuple[str, str], tuple[Time, ...]]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """The talk with a translation whose second line says nothing."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 8.5))
    lines = [TranslatedLine(within, text) for within, text in zip(TIMES, SPANISH, strict=True)]
    editing.put_translation(services.store, "src_1", "es", lines)
    yield services
    services.close()


def forecast(services: Services, known: Known) -> dict[TimeRange, LineForecast]:
    return forecast_lines(services, "clip_1", "es", "espeak:es", known=known, cancel=CancelToken())


def test_lines_are_found_again_in_a_clip_that_plays_in_another_order(services: Services) -> None:
    with services.store.transaction("Order", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), parts=stored.ranges((5.0, 8.0), (0.2, 2.6), (5.0, 8.0))))
    found = forecast(services, {})
    assert set(found) == {TIMES[0], TIMES[2]}, "what is cut out, or has no words, is not spoken"
    assert found[TIMES[0]].text == SPANISH[0]
    assert found[TIMES[0]].placed.range.start.seconds == pytest.approx(3.3, abs=0.2), "clip time"
    assert found[TIMES[2]].placed.range.start.seconds == pytest.approx(0.2, abs=0.2)


def test_only_what_is_new_is_asked_for(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    known: Known = {}
    first = forecast(services, known)
    asked: list[str] = []
    real = speaking.run_in_worker

    def run(target: str, request: dict[str, list[dict[str, str]]], **how: object) -> object:
        asked.extend(line["text"] for line in request["lines"])
        return real(target, request, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(speaking, "run_in_worker", run)
    assert forecast(services, known) == first
    assert asked == []
    translation = services.store.translations("src_1")[0]
    editing.write_line(services.store, translation.id, TIMES[2], "Lo hicimos nosotros.")
    second = forecast(services, known)
    assert set(asked) == {"Lo hicimos nosotros."}
    assert second[TIMES[2]].placed.range.duration < first[TIMES[2]].placed.range.duration
