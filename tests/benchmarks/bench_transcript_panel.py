"""The transcript panel with the hundred thousand words of a ten-hour recording."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child

_WORDS = 100_000
_OPENINGS = 7


def run() -> list[Row]:
    """Open it, scroll through it, follow the speech and search in it, in a window of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, str(Path(__file__))], env=environment, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    small = f"{found['open_small_ms']:.0f} ms with 1,000 words"
    return [
        Row("opening a transcript of 100,000 words", found["open_ms"], "ms", 150, small),
        Row("scrolling through it, slowest frame of 400", found["scroll_ms"], "ms", 16, "a wheel notch each"),
        Row("jumping about in it, slowest frame of 100", found["jump_ms"], "ms", 16, "every row new"),
        Row("following the speech in it, p99", found["follow_ms"], "ms", 16, "a word each"),
        Row(
            "a letter typed into its search", found["search_ms"], "ms", 50, f"{found['matches']:.0f} matches"
        ),
        Row("showing a cut in it", found["cut_ms"], "ms", 16, "until it is painted"),
    ]


# --- the child's side ------------------------------------------------------------------------------------


def _child() -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from viralclip_desktop.gui.theme.theme import start_theme

    application = QApplication(sys.argv[:1])
    start_theme(application)
    panel, session = _panel()
    panel.resize(340, 760)
    panel.show()
    found = {
        "open_small_ms": _opening(application, panel, session, 1000),
        "open_ms": _opening(application, panel, session, _WORDS),
    }
    found |= _scrolling(application, panel) | _following(application, panel) | _searching(application, panel)
    found |= _cutting(application, panel, session)
    panel.close()
    panel.deleteLater()
    application.processEvents()
    return found


def _panel() -> tuple[Any, Any]:
    from support.quiet_session import QuietPlayer, QuietSession

    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    session, player = QuietSession(), QuietPlayer()
    context: Any = SimpleNamespace(tell=print)
    return TranscriptPanel(session, context, player, {}), session


def _opening(application: Any, panel: Any, session: Any, words: int) -> float:
    from support.quiet_session import make_clip, make_words

    times = []
    for number in range(_OPENINGS):
        transcript = make_words(words, speakers=("Anna", "Bo"))
        session.show_words(None, None)
        application.processEvents()
        clip = make_clip(transcript, 40 + number, 200)
        times.append(_timed(application, lambda t=transcript, c=clip: session.show_words(t, c)))
    return statistics.median(times)


def _scrolling(application: Any, panel: Any) -> dict[str, float]:
    bar = panel.view.verticalScrollBar()
    bar.setValue(1000)
    application.processEvents()
    frames = [_timed(application, lambda: bar.setValue(bar.value() + 63)) for _ in range(400)]
    steps = bar.maximum() // 100
    jumps = [_timed(application, lambda n=n: bar.setValue(n * 37 % 100 * steps)) for n in range(100)]
    return {"scroll_ms": max(frames), "jump_ms": max(jumps)}


def _following(application: Any, panel: Any) -> dict[str, float]:
    view = panel.view
    view.follows = True
    words = range(50_000, 50_400)
    times = [_timed(application, lambda word=word: view.show_spoken(word, True)) for word in words]
    return {"follow_ms": statistics.quantiles(times[1:], n=100)[-1]}


def _searching(application: Any, panel: Any) -> dict[str, float]:
    panel.bar.open_bar(replace=False)
    panel.bar.wanted.setText("x")  # the first letter makes the text to search in
    times = [_timed(application, lambda text=text: panel.bar.wanted.setText(text)) for text in ("th", "the")]
    found = {"search_ms": max(times), "matches": float(len(panel.finding.matches))}
    panel.bar.close_bar()
    return found


def _cutting(application: Any, panel: Any, session: Any) -> dict[str, float]:
    from support.quiet_session import cut_words

    panel.view.reveal(60)
    application.processEvents()
    times = [
        _timed(application, lambda n=n: session.show_clip(cut_words(session, range(60 + n, 64 + n))))
        for n in range(40)
    ]
    return {"cut_ms": statistics.quantiles(times, n=100)[-1]}


def _timed(application: Any, work: Callable[[], object]) -> float:
    """Milliseconds of the window's thread from a change until everything it caused is painted. What other
    programs take of the machine meanwhile is left out."""
    began = time.thread_time()
    work()
    application.processEvents()
    return (time.thread_time() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(_child()))
