"""Text is never markup: whatever a title, a name or a path holds, it is shown as it is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QWidget
from support import makers
from support.window_stage import STATES, Stage, window_stage

from viralclip_desktop import gui
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Marker
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.features.common.styles import known_style
from viralclip_desktop.gui.text import plain

GUI = Path(gui.__path__[0])
HOSTILE = "<img src='/dev/zero' width=9999>"
TIPS = {"setToolTip": 0, "setStatusTip": 0, "setWhatsThis": 0, "showText": 1, "showMessage": 1}
"""What looks for markup in a text, and which argument that is."""
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory):
    """A window in which everything that people name is named like markup."""
    folder = tmp_path_factory.mktemp("stage")
    with window_stage(folder) as stage:
        stage.enter("home")
        stage.leave()
        name_everything(stage, folder)
        yield stage


def name_everything(stage: Stage, folder: Path) -> None:
    services, source = stage.services, stage.source
    assert source is not None
    store = services.store
    transcript = store.transcript(source.id)
    words = tuple(replace(word, text=f"<b>{word.text}", speaker=HOSTILE) for word in transcript.words)
    song = makers.make_sound(folder / "<img src='x'>.wav", 3.0)
    asset = add_file(store, song, AssetKind.MUSIC)
    kit = editing.put_brand_kit(store, BrandKit("", HOSTILE, ("#FF0000", "#00FF00")), source.project_id)
    editing.save_style(store, replace(known_style(store, "karaoke"), id="mine", label=HOSTILE))
    with store.transaction(HOSTILE, source.project_id) as tx:
        tx.put(replace(store.project(source.project_id), name=HOSTILE))
        tx.put(replace(source, title=HOSTILE))
        tx.put_transcript(source.id, replace(transcript, words=words))
        for clip in store.clips(source.id):
            mark = Marker(clip.range.start + Time.from_seconds(1), HOSTILE)
            tx.put(replace(clip, title=HOSTILE, quote_first=HOSTILE, markers=(mark,), brand_kit=kit.id))
    for clip in store.clips(source.id):
        layer = MusicLayer(new_id("layer"), asset.id, TimeRange.from_seconds(0, 2))
        editing.put_layer(store, clip.id, layer)


@pytest.fixture(scope="module", params=STATES)
def shown(request, stage):
    """The window or dialog of one state."""
    yield stage.enter(request.param)
    stage.leave()


def rich_texts(top: QWidget) -> Iterator[str]:
    """Texts under a widget that Qt would take for markup."""
    for widget in [top, *top.findChildren(QWidget)]:
        name = type(widget).__name__
        for text in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
            if Qt.mightBeRichText(text):
                yield f"{name}: {text!r}"
        if (
            isinstance(widget, QLabel)
            and widget.textFormat() is not Qt.TextFormat.PlainText
            and widget.text()
        ):
            yield f"{name} shows {widget.text()!r} in any format"
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            yield from rich_items(widget)


def rich_items(view: QAbstractItemView | QComboBox) -> Iterator[str]:
    model = view.model()
    for row in range(min(200, model.rowCount())):
        for role in ROLES:
            text = model.index(row, 0).data(role)
            if isinstance(text, str) and Qt.mightBeRichText(text):
                yield f"item {row} of {type(view).__name__}: {text!r}"


def test_no_state_of_the_window_takes_a_name_for_markup(shown) -> None:
    assert sorted(set(rich_texts(shown))) == []


def test_the_names_are_really_shown(stage) -> None:
    """Else the test above would look at nothing."""
    top = stage.enter("editor_timeline")
    tips = {widget.toolTip() for widget in top.findChildren(QWidget)}
    stage.leave()
    assert any("img" in tip for tip in tips)


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_safe(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Constant):
        return True
    called = getattr(getattr(argument, "func", None), "id", "")
    return called == "plain" or (called == "tr" and not getattr(argument, "keywords", ()))


def _markup_in(path: Path) -> Iterator[str]:
    for call, name in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        at = f"{path.relative_to(GUI)}:{call.lineno}"
        if name in TIPS and len(call.args) > TIPS[name] and not _is_safe(call.args[TIPS[name]]):
            yield f"{at}: {name} without plain()"
        if name in ("QTextEdit", "QTextBrowser", "QMessageBox", "QStaticText", "setHtml", "fromHtml"):
            yield f"{at}: {name} shows markup"
        if name == "QLabel" and call.args and path.name != "labels.py":
            yield f"{at}: use label(), which shows text as it is"


def test_every_text_that_qt_would_read_for_markup_is_made_plain() -> None:
    """Also in the classes that no state of the window above shows."""
    assert [fault for path in sorted(GUI.rglob("*.py")) for fault in _markup_in(path)] == []


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "<b>a", "< b>", "<!--x--><i>", "<?xml version='1.0'?>", "<!doctype html>", "a &lt;b", "<ſ>"],
)
def test_plain_text_is_never_rich(text: str) -> None:
    assert not Qt.mightBeRichText(plain(text))
    assert plain(text).replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["", "I <3 you", "a < 1 > c", "Q&A", "<", "1 <2> 3", "ทำไม"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text
