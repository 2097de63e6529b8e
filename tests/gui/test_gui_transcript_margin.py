"""The clips of a recording in the margin of its words."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from support.quiet_session import make_clip, make_words

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.transcript.margin import stretches


def clip_of(transcript: Transcript, name: str, first: int, count: int) -> Clip:
    return replace(make_clip(transcript, first, count), id=name, title=f"Clip {name}")


def test_clips_that_share_words_lie_side_by_side() -> None:
    words = make_words(200)
    clips = [clip_of(words, name, first, 30) for name, first in (("b", 40), ("a", 0), ("c", 50), ("d", 90))]
    found = stretches(words, clips)
    assert [(one.clip_id, one.lane) for one in found] == [("a", 0), ("b", 0), ("c", 1), ("d", 0)]
    assert (found[1].words.start, len(found[1].words)) == (40, 30)
    many = stretches(words, [clip_of(words, str(n), 10, 20) for n in range(9)])
    assert max(one.lane for one in many) == 2, "there is no room for more"


@pytest.fixture
def session():
    """What the panel shares with the rest of the window."""
    from support.quiet_session import QuietSession

    return QuietSession()


@pytest.fixture
def margin(qtbot, session):
    """A panel on 300 words with three clips, the first one selected."""
    from support.quiet_session import QuietPlayer

    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    words = make_words(300)
    clips = [clip_of(words, "a", 0, 12), clip_of(words, "b", 8, 30), clip_of(words, "c", 60, 20)]
    session.show_words(words, clips[0])
    session.clips = clips
    context: Any = SimpleNamespace(tell=lambda _text: None)
    panel = TranscriptPanel(session, context, QuietPlayer(), {})  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(320, 640)
    panel.show()
    return panel


def bar_point(panel, clip_id: str) -> QPoint:
    """In the middle of a clip's bar, along the first row it stands at."""
    view = panel.view
    mark = next(one for one in view.lights.clips if one.clip_id == clip_id)
    for y in range(0, view.viewport().height(), 3):
        row = view.row_at(y)
        if row is not None and not (bar := row.beside.bar(mark)).isEmpty():
            return bar.center().toPoint()
    raise AssertionError(f"{clip_id} is not in view")


def colour_at(panel, point: QPoint) -> QColor:
    image = panel.view.viewport().grab().toImage()
    ratio = image.width() / panel.view.viewport().width()
    return image.pixelColor(round(point.x() * ratio), round(point.y() * ratio))


def test_the_selected_clips_bar_is_the_strong_one(margin) -> None:
    accent = theme().colour("accent")
    strong, quiet = colour_at(margin, bar_point(margin, "a")), colour_at(margin, bar_point(margin, "b"))
    assert strong == accent
    assert quiet not in (accent, theme().colour("surface"))
    assert abs(quiet.hslHue() - accent.hslHue()) > 10 or quiet.hslSaturation() < accent.hslSaturation()


def test_a_click_selects_the_clip_and_the_words_stay_where_they_are(margin, session, qtbot) -> None:
    view = margin.view
    view.verticalScrollBar().setValue(9)
    point = bar_point(margin, "b")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert session.clip.id == "b"
    assert view.verticalScrollBar().value() == 9
    assert colour_at(margin, bar_point(margin, "b")) == theme().colour("accent")
    assert colour_at(margin, bar_point(margin, "a")) != theme().colour("accent")


def test_a_bar_says_which_clip_it_is(margin, qtbot) -> None:
    point = bar_point(margin, "b")
    assert margin.input.tip_at(point) == "Clip “Clip b”"
    qtbot.mouseMove(margin.view.viewport(), point)
    assert margin.view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_a_deleted_clip_leaves_the_margin(margin, session) -> None:
    session.clips = session.clips[:1]
    session.listed.emit()
    assert [one.clip_id for one in margin.view.lights.clips] == ["a"]
