"""The tiles of the caption styles: each shows its sample words, wherever captions stand and whatever lies
over them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from support.faces import Head, make_film
from support.projects import add_project

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.captions import CaptionAnimation
from viralclip_desktop.domain.layers import TitleLayer, TitleLook
from viralclip_desktop.features import editing
from viralclip_desktop.features.captions.looks import adjust_look
from viralclip_desktop.features.common.styles import caption_styles

GREEN = "#00FF00"
PICTURE_PX, EDGE_PX = 68, 4  # of a tile: how far down its picture reaches, and what stays free of letters
STYLES: dict[str, dict[str, Any]] = {
    "usual": {},
    "top": {"position": 0.0},
    "top and large": {"position": 0.0, "size": 0.13},
    "huge": {"size": 0.4},
    "low": {"position": 1.0},
    "shy": {"keep_off_faces": True},
}
"""Styles of the user's own, and where they differ from one with green letters."""


@pytest.fixture
def window(qtbot: Any, services: Any, tmp_path: Path, open_window: Any) -> Any:
    """The editor's caption styles, on a clip with a face where captions usually stand."""
    usual = next(one for one in caption_styles(services.store) if one.id == "box")
    plain = replace(usual, fill=GREEN, active_fill=GREEN, animation=CaptionAnimation.NONE, max_words=4)
    for label, changed in STYLES.items():
        editing.save_style(services.store, replace(plain, label=label, **changed))
    source = add_project(services, make_film(tmp_path / "talk.mp4", [(14.0, [Head(0.5, 0.72, 0.5)])]), 1)
    window = open_window()
    window.navigation.open_source(source.id)
    qtbot.waitUntil(lambda: window.session.clip is not None)
    window.navigation.open_editor()
    window.editor.docks.reveal("captions")
    qtbot.waitUntil(lambda: window.editor.settled and window.player.current)
    return window


def _tiles(window: Any) -> dict[str, Any]:
    return {tile.text(): tile for tile in window.editor.panel("captions").gallery.tiles}


def _whole(tile: Any) -> bool:
    """Whether a tile, as it is seen, shows its words with room above and below them."""
    image = tile.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    blue, green, red = (pixels[:PICTURE_PX, EDGE_PX:-EDGE_PX, n] for n in range(3))
    rows, _columns = np.nonzero((green > 150) & (red < 90) & (blue < 90))
    return bool(len(rows)) and rows.min() >= EDGE_PX and rows.max() < PICTURE_PX - EDGE_PX


def _drawn_anew(qtbot: Any, window: Any) -> None:
    """The clip's first words are others: what was drawn before doesn't count."""
    within, before = window.session.clip.range, {name: tile.picture for name, tile in _tiles(window).items()}
    window.session.edit(editing.trim_clip, within.start + Time.from_seconds(0.5), within.end).wait()
    qtbot.waitUntil(lambda: all(_tiles(window)[name].picture is not before[name] for name in STYLES))


def test_every_tile_shows_its_words_whatever_lies_over_the_clips(qtbot: Any, window: Any) -> None:
    for name in STYLES:
        qtbot.waitUntil(lambda name=name: _whole(_tiles(window)[name]))
    card = TitleLayer("card", "Hello", TimeRange.from_seconds(0, 4), look=TitleLook.CARD, plate="#000000")
    window.session.edit(editing.put_layer, card).wait()
    qtbot.waitUntil(lambda: bool(window.player.plan.titles) and window.player.current)
    _drawn_anew(qtbot, window)
    assert all(_whole(_tiles(window)[name]) for name in STYLES)


def test_they_show_where_the_clips_captions_moved_off_a_face(qtbot: Any, window: Any) -> None:
    window.session.edit(adjust_look, "keep_off_faces", True).wait()
    qtbot.waitUntil(lambda: bool(window.player.plan.faces) and window.player.current)
    _drawn_anew(qtbot, window)
    assert all(_whole(_tiles(window)[name]) for name in STYLES)
