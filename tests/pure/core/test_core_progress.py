"""Cancel tokens and progress as workers see them."""

import pytest

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.notices import Notice, NoticeBoard
from viralclip_desktop.core.progress import CancelToken, ProgressEvent, TimeLeft, staged


def test_cancel_runs_callbacks_once_and_late_ones_at_once() -> None:
    token, calls = CancelToken(), []
    token.on_cancel(lambda: calls.append("first"))
    forget = token.on_cancel(lambda: calls.append("forgotten"))
    forget()
    token.raise_if_cancelled()
    token.cancel()
    token.cancel()
    token.on_cancel(lambda: calls.append("late"))
    assert calls == ["first", "late"]
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_staged_progress_fills_its_part() -> None:
    seen: list[ProgressEvent] = []
    report = staged(seen.append, "find", 0.5, 1.0)
    report(ProgressEvent("whatever", 0.5, "half"))
    report(ProgressEvent("whatever", None))
    assert [(event.stage, event.fraction) for event in seen] == [("find", 0.75), ("find", None)]


def test_time_left_says_nothing_too_early() -> None:
    assert TimeLeft()(0.5) is None
    assert TimeLeft(started_s=-1e9)(0.0) is None


def test_notices_reach_listeners_until_they_leave() -> None:
    board, seen = NoticeBoard(), []
    leave = board.listen(lambda notice: seen.append(notice.message))
    board.info("one")
    leave()
    board.caution("two")
    assert seen == ["one"]
    assert Notice.__doc__
