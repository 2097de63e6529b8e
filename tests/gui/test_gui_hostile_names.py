"""Names that hold line breaks, control characters and marks that turn the order of reading round: what the
window says of them stays one harmless line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from support.drops import drop
from support.shown import says

from viralclip_desktop.core.messages import say

HOSTILE = "My talk\n\nExport failed.\x1b[2J\t\x07\u2028at \u202egpj.exe\u2066\x9bend"
SHOWN = "My talk Export failed. [2J at gpj.exe end"
STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def steering(window) -> list[str]:
    """What the window says, or has read out, that steers instead of being read."""
    said = [text for widget in window.findChildren(QWidget) for text in told_by(widget)]
    return [text for text in said if STEERS.search(text)]


def told_by(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton) and widget.property("role") != "bare":
        yield widget.text()


@pytest.fixture
def named(qtbot, clips_window):
    """The window on a clip, a project and a recording that are called so."""
    session, store = clips_window.session, clips_window.services.store
    with store.transaction("Rename", session.clip.project_id) as tx:  # as a file of a project brings it
        tx.put(replace(session.clip, title=HOSTILE))
        tx.put(replace(store.project(session.clip.project_id), name=HOSTILE))
        tx.put(replace(session.loaded.source, title=HOSTILE))
    qtbot.waitUntil(lambda: session.clip.title == HOSTILE)
    return clips_window


def test_toasts_and_the_list_of_messages_show_a_title_on_one_line(qtbot, named) -> None:
    toasts, store = named.toasts.parent(), named.services.store
    named.queue.set_paused(True)
    named.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: says(toasts, f"Exporting “{SHOWN}”"))
    named.queue.set_paused(False)
    qtbot.waitUntil(lambda: bool(store.exports()) and all(one.status.ended for one in store.exports()))
    qtbot.waitUntil(lambda: says(toasts, f"“{SHOWN}” is exported."))
    assert named.toasts.shown[-1].height() < 60, "one line"
    assert steering(named) == []
    named.queue.toggle_messages()
    (row, *_) = named.queue.messages.rows
    assert says(row, f"“{SHOWN}” is exported.")
    row.copy.click()
    assert not STEERS.search(QGuiApplication.clipboard().text())
    named.queue.show_tab(0)
    assert says(named.queue, SHOWN)
    assert steering(named) == []


def test_what_rooms_below_say_of_it_is_one_line_too(qtbot, named) -> None:
    toasts, notices = named.toasts.parent(), named.services.notices
    notices.caution(say("“{name}” is empty.", name=HOSTILE))
    qtbot.waitUntil(lambda: says(toasts, f"“{SHOWN}” is empty."))
    notices.caution(HOSTILE)
    qtbot.waitUntil(lambda: says(toasts, SHOWN))
    assert steering(named) == []


def test_a_file_of_such_a_name_is_refused_on_one_line(qtbot, named, tmp_path) -> None:
    path = tmp_path / f"{HOSTILE}.viralclip"
    path.write_text("no project")
    drop(named, path)
    qtbot.waitUntil(lambda: says(named.toasts.parent(), f"{SHOWN}.viralclip"))
    assert steering(named) == []
