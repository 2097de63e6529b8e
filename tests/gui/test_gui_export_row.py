"""A finished export in the activity panel."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QWidget
from support import stored
from support.shown import words_on

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.exports import ExportResult, WorkState
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.bridge.tasks import Tasks
from viralclip_desktop.gui.jobs.export_row import QueueRow
from viralclip_desktop.gui.jobs.film_picture import FilmPicture


def test_what_the_check_remarked_stands_on_the_card(qtbot, services) -> None:
    end = Time.from_seconds(12)
    remark = say("{what} from {start} to {end}.", what=say("There is no sound"), start=Time(0), end=end)
    result = ExportResult(720, 1280, Fraction(30), 12.0, None, None, 3_000_000, "libx264", (remark,))
    export = stored.export(result=result, status=WorkState.COMPLETED)
    export = replace(export, settings=replace(export.settings, audio_only=True))  # no picture is asked for
    holder = QWidget()
    qtbot.addWidget(holder)
    picture = FilmPicture(services, Pictures(Tasks(holder, 1, pytest.fail), holder))
    row = QueueRow(export, "Talk", picture)
    qtbot.addWidget(row)
    row.show()
    assert "There is no sound from 0:00.0 to 0:12.0." in words_on(row)


def test_what_was_kept_from_an_export_before_is_told_quietly(qtbot, services) -> None:
    result = ExportResult(720, 1280, Fraction(30), 60.0, None, None, 3_000_000, "libx264", reused_s=56.0)
    export = stored.export(result=result, status=WorkState.COMPLETED)
    export = replace(export, settings=replace(export.settings, audio_only=True))
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QueueRow(export, "Talk", FilmPicture(services, Pictures(Tasks(holder, 1, pytest.fail), holder)))
    qtbot.addWidget(row)
    row.show()
    assert "56 of 60 s kept from an earlier export" in words_on(row)
    row.show_export(replace(export, result=replace(result, reused_s=0.0)), None)
    assert not [words for words in words_on(row) if "kept" in words]
