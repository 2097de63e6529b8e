"""Words on cards and rows: long ones take two lines, or end in an ellipsis, and never lie over others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.common.setting_fields import FolderField
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.painting import LINE_PX, paint_lines
from viralclip_desktop.settings.declaration import declared

LONG = "The $3,000 weekend: what a spreadsheet taught me about trusting numbers that nobody has checked"
BOX = QRect(10, 10, 190, 100)


def _painted(text: str) -> tuple[int, QImage]:
    image = QImage(260, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    lines = paint_lines(painter, BOX, text, theme().sized(tokens.TYPE_BODY, strong=True), "text")
    painter.end()
    return lines, image


def _inked(image: QImage, within: QRect) -> bool:
    columns = range(within.left(), within.right() + 1)
    return any(
        image.pixel(x, y) & 0xFFFFFF for y in range(within.top(), within.bottom() + 1) for x in columns
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [("Ask who", 1), ("Why smart people keep falling for it", 2), (LONG, 2), ("w" * 200, 2)],
)
def test_a_title_takes_two_lines_at_most_and_stays_in_its_box(qtbot: Any, text: str, lines: int) -> None:
    found, image = _painted(text)
    assert found == lines
    for line in range(2):
        place = QRect(BOX.left(), BOX.top() + line * LINE_PX, BOX.width(), LINE_PX)
        assert _inked(image, place) is (line < lines)
    below = QRect(0, BOX.top() + 2 * LINE_PX, 260, 120 - BOX.top() - 2 * LINE_PX)
    beside = QRect(BOX.right() + 2, 0, 260 - BOX.right() - 2, 120)
    assert not _inked(image, below)
    assert not _inked(image, beside)


def test_a_long_step_does_not_lie_over_the_time_that_is_left(qtbot: Any, open_window: Any) -> None:
    window = open_window()
    job = Job("job_x", "find_clips", {"path": "/talk.mp4"}, "proj_x", WorkState.RUNNING)
    told = "Listening to what is said in the recording, a part of ten minutes after the other, with the model"
    job = replace(job, stage="transcribe", fraction=0.4, message=told, time_left_s=74)
    window.navigation.watch_job(job)
    page = window.working_page
    qtbot.waitUntil(page.state.isVisible)
    left = page.left_words
    assert page.state.mapTo(page, QPoint(page.state.width(), 0)).x() <= left.mapTo(page, QPoint(0, 0)).x()
    assert left.width() >= left.sizeHint().width()
    assert page.state.toolTip() == told
    assert page.stages.width() <= page.progress.width()


def test_a_folder_is_shown_by_its_whole_path(qtbot: Any) -> None:
    field = FolderField(declared()["export_folder"])
    qtbot.addWidget(field)
    field.show_value("")
    assert field.shown == "The usual folder"
    field.show_usual(Path("/home/somebody/Videos/ViralClip"))
    assert field.shown == "/home/somebody/Videos/ViralClip"
    field.use("/media/disk/clips")
    assert field.shown == "/media/disk/clips"


def test_four_choices_without_room_for_one_row_stand_in_two(qtbot: Any) -> None:
    words = ["Automatic", "As I set it myself", "Fit before a blurred copy", "Split"]
    control = SegmentedControl("Framing", [(word, word) for word in words])
    holder = QWidget()  # a window of its own would be as wide as one row
    qtbot.addWidget(holder)
    control.setParent(holder)
    holder.resize(800, 200)
    holder.show()
    for width, rows in ((700, 1), (430, 2), (700, 1)):
        control.resize(width, control.height())
        qtbot.waitUntil(lambda: control.button("Split").x() > 0)
        tops = {control.button(word).y() for word in words}
        assert len(tops) == rows
        assert all(control.button(word).width() >= control.button(word).sizeHint().width() for word in words)
        assert control.height() == (tokens.CONTROL_HEIGHT if rows == 1 else 60)
