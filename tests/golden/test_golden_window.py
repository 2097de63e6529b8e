"""The main states of the window look as they were approved: ``tests/golden/window``.

After a change that is meant to be seen, look at the pictures a failing test names, then renew them with
``VIRALCLIP_RENEW_GOLDENS=1 python3 dev.py test tests/golden/test_golden_window.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from support import golden
from support.window_stage import Stage, window_stage

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.fonts import add_bundled_fonts
from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme, theme

GOLDENS = Path(__file__).parent / "window"
DARK = (
    "welcome", "home_empty", "home", "working", "clips", "review", "review_end", "editor_captions",
    "editor_clips", "editor_dubbing",
    "editor_brand", "editor_frame", "editor_audio", "editor_export", "editor_history", "export_dialog",
    "settings_General", "settings_Privacy", "palette", "shortcuts",
)  # fmt: skip
LIGHT = ("home", "clips", "review", "editor_captions", "export_dialog", "settings_General")


@pytest.fixture(scope="module")
def bundled_font(qapp):
    """The window is written in the font that comes with it, on every machine."""
    own = start_theme(qapp).font
    theme().font = QFont(add_bundled_fonts()[0])
    theme().font.setPixelSize(tokens.TYPE_BODY)
    qapp.setFont(theme().font)
    yield
    theme().font = own
    qapp.setFont(own)


@pytest.fixture(scope="module")
def dark(bundled_font, tmp_path_factory):
    """The window in the dark theme."""
    with window_stage(tmp_path_factory.mktemp("stage"), "dark") as stage:
        yield stage


@pytest.fixture(scope="module")
def light(bundled_font, tmp_path_factory):
    """The window in the light theme."""
    with window_stage(tmp_path_factory.mktemp("stage"), "light") as stage:
        yield stage


@pytest.mark.parametrize("state", DARK)
def test_dark_looks_as_approved(dark: Stage, state: str, tmp_path: Path) -> None:
    assert not _differs(dark, "dark", state, tmp_path)


@pytest.mark.parametrize("state", LIGHT)
def test_light_looks_as_approved(light: Stage, state: str, tmp_path: Path) -> None:
    assert not _differs(light, "light", state, tmp_path)


def _differs(stage: Stage, scheme: str, state: str, scratch: Path) -> str:
    start_theme(QApplication.instance(), ThemeChoice(scheme))
    top = stage.enter(state)
    if state.startswith("settings_") and (field := top.focusWidget()) is not None:
        field.clearFocus()  # whether the dialog is in front already differs, and with it whether focus shows
    image = stage.picture(top)
    stage.leave()
    return golden.check(image, GOLDENS / f"{scheme}-{state}.png", scratch)


# --- the comparison itself -------------------------------------------------------------------------------


@pytest.fixture
def approved(tmp_path: Path, monkeypatch) -> Path:
    """A picture, approved."""
    monkeypatch.setenv(golden.RENEW, "1")
    assert golden.check(_picture(), tmp_path / "approved" / "one.png", tmp_path) == ""
    monkeypatch.delenv(golden.RENEW)
    return tmp_path / "approved" / "one.png"


def _picture(title: str = "Ask who made the number", shade: int = 0) -> QImage:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(QColor(22 + shade, 25 + shade, 31 + shade))
    painter = QPainter(image)
    painter.setPen(QColor("#E9ECF2"))
    painter.drawText(QRect(40, 40, 400, 40), Qt.AlignmentFlag.AlignLeft, title)
    painter.fillRect(500, 300, 100, 32, QColor("#7C6CFF"))
    painter.end()
    return image


def test_the_same_picture_passes_and_so_does_a_shade(qapp, approved: Path, tmp_path: Path) -> None:
    assert golden.check(_picture(), approved, tmp_path) == ""
    assert golden.check(_picture(shade=3), approved, tmp_path) == ""


def test_a_word_less_is_noticed_and_shown(qapp, approved: Path, tmp_path: Path) -> None:
    told = golden.check(_picture("Ask who made"), approved, tmp_path)
    assert "differs" in told
    assert golden.RENEW in told
    assert (tmp_path / "one.png").exists()
    assert (tmp_path / "one-differs.png").exists()


def test_another_size_and_a_missing_golden_are_told(qapp, approved: Path, tmp_path: Path) -> None:
    assert "the window (300, 100)" in golden.check(_picture().scaled(600, 200), approved, tmp_path)
    assert "no golden" in golden.check(_picture(), tmp_path / "other.png", tmp_path)
