"""The transcript panel on real services: every edit is in the store at once, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from support.projects import add_project
from support.quiet_session import QuietPlayer

from viralclip_desktop.features.editing import assign_speaker
from viralclip_desktop.gui.transcript.keys import Command
from viralclip_desktop.gui.transcript.model import WordState

Key = Qt.Key


@pytest.fixture
def opened(qtbot: Any, services: Any, recording: Path) -> Iterator[Any]:
    """A panel on a recording with four clips, the best one selected."""
    from viralclip_desktop.gui.bridge.context import make_context
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    source = add_project(services, recording)
    owner, bugs = QWidget(), []
    qtbot.addWidget(owner)
    context = make_context(services, owner, lambda _text: None, bugs.append)
    session = ClipSession(context, owner)
    player: Any = QuietPlayer()
    panel: Any = TranscriptPanel(session, context, player, {})
    qtbot.addWidget(panel)
    panel.resize(340, 700)
    panel.show()
    panel.session, panel.services, panel.edits_done = session, services, lambda: context.edits.last.settled
    session.open(source.id)
    qtbot.waitUntil(lambda: panel.model is not None and panel.model.clip is not None, timeout=5000)
    yield panel
    context.close()
    assert bugs == []


def _settled(qtbot: Any, panel: Any, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(lambda: panel.edits_done() and until(), timeout=5000)
    QTest.qWait(20)


def test_cut_words_are_stored_and_come_back_by_undo(qtbot: Any, opened: Any) -> None:
    words = opened.model.clip_words[3:6]
    opened.view.choose(words)
    qtbot.keyClick(opened.view, Key.Key_Delete)
    _settled(qtbot, opened, lambda: opened.model.state(words[0]) is WordState.CUT)
    assert len(opened.services.store.clip(opened.session.clip.id).cuts) == 1
    opened.session.undo()
    _settled(qtbot, opened, lambda: opened.model.state(words[0]) is WordState.PLAYS)
    assert opened.services.store.clip(opened.session.clip.id).cuts == ()


def test_spelling_is_stored_and_times_stay(qtbot: Any, opened: Any) -> None:
    before = opened.model.word(5)
    opened.view.choose(range(5, 6))
    opened.do(Command.EDIT)
    opened.spelling.field.setText("no-one")
    qtbot.keyClick(opened.spelling.field, Key.Key_Return)
    _settled(qtbot, opened, lambda: opened.model.word(5).text == "no-one")
    stored = opened.services.store.transcript(opened.session.loaded.source.id).words[5]
    assert (stored.text, stored.start, stored.end) == ("no-one", before.start, before.end)
    assert opened.view.selection.caret == 5


def _spell(qtbot: Any, panel: Any, word: int, text: str) -> None:
    """Open the field over a word as it is shown, and write."""
    panel.view.choose(range(word, word + 1))
    panel.do(Command.EDIT)
    panel.spelling.field.setText(text)


@pytest.mark.parametrize("typing_takes_a_while", [False, True])
def test_a_word_keeps_its_field_while_others_become_more(
    qtbot: Any, opened: Any, typing_takes_a_while: bool
) -> None:
    before = [word.text for word in opened.model.transcript.words]
    _spell(qtbot, opened, 5, "alpha beta gamma")
    qtbot.keyClick(opened.spelling.field, Key.Key_Return)
    _spell(qtbot, opened, 10, "Otherwise")
    if typing_takes_a_while:
        _settled(qtbot, opened, lambda: len(opened.model.transcript.words) == len(before) + 2)
        over = opened.view.word_rect(12)
        assert over.intersects(opened.spelling.field.geometry()), "the field went along with its word"
    qtbot.keyClick(opened.spelling.field, Key.Key_Return)
    _settled(qtbot, opened, lambda: any(word.text == "Otherwise" for word in opened.model.transcript.words))
    after = [word.text for word in opened.services.store.transcript(opened.session.source_id).words]
    assert after == [*before[:5], "alpha", "beta", "gamma", *before[6:10], "Otherwise", *before[11:]]


def test_a_name_is_given_to_the_sentence_it_was_asked_for(qtbot: Any, opened: Any) -> None:
    asked = opened.model.word(opened.model.sentence(1).first)
    opened.view.choose(range(4, 5))
    opened.do(Command.SPLIT)
    opened.spelling.start_speaker(1, [1])
    opened.spelling.field.setText("Anna")
    qtbot.keyClick(opened.spelling.field, Key.Key_Return)
    _settled(qtbot, opened, lambda: opened.model.speakers == ("Anna",))
    words = opened.services.store.transcript(opened.session.source_id).words
    assert next(word for word in words if word.speaker == "Anna").start == asked.start


def test_split_merge_speaker_and_replace(qtbot: Any, opened: Any) -> None:
    rows = len(opened.model.transcript.sentences)
    opened.view.choose(range(4, 5))
    opened.do(Command.SPLIT)
    _settled(qtbot, opened, lambda: len(opened.model.transcript.sentences) == rows + 1)
    opened.do(Command.BACK)
    _settled(qtbot, opened, lambda: len(opened.model.transcript.sentences) == rows)
    opened.session.do(assign_speaker, opened.session.source_id, [0, 1], "Anna")
    _settled(qtbot, opened, lambda: opened.model.speakers == ("Anna",))
    opened.do(Command.REPLACE)
    opened.bar.wanted.setText("almost everything")
    assert len(opened.finding.matches) == 1
    opened.bar.by.setText("everything")
    words = len(opened.model.transcript.words)
    opened.bar.replaced.emit("everything")
    _settled(qtbot, opened, lambda: len(opened.model.transcript.words) == words - 1)
    assert not opened.finding.matches


def test_a_clip_may_begin_at_a_word(qtbot: Any, opened: Any) -> None:
    word = opened.model.clip_words[2]
    opened.view.choose(range(word, word + 1))
    opened.do(Command.START_HERE)
    _settled(qtbot, opened, lambda: opened.model.clip_words.start == word)
    assert not opened.can(Command.START_HERE)
