"""What the command line prints: results on stdout (one JSON document with ``--json``), all else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.marks import as_codes, without_commands
from viralclip_desktop.core.notices import Notice
from viralclip_desktop.core.progress import ProgressEvent


class Output:
    """Where a command speaks to."""

    def __init__(self, json_mode: bool) -> None:
        self.json_mode = json_mode
        self.path_of: Callable[[str], str] = str
        """Where the file of an asset (by its id) lies."""
        self._bar: Any = None
        self._stage = ""
        self._told: dict[str, int] = {}
        """How many tenths of each stage were told where lines are printed."""

    def result(self, document: Any, lines: list[str]) -> None:
        """Print the result: ``document`` as JSON, or ``lines`` for people."""
        self.end_progress()
        if self.json_mode:
            print(_json(document))
        else:
            for line in lines:
                print(without_commands(line))

    def document(self, text: str, *, is_json: bool) -> None:
        """Print a whole file; one that is led into another program keeps the marks of its script."""
        self.end_progress()
        sys.stdout.write(as_codes(text) if is_json else without_commands(text, turns=sys.stdout.isatty()))

    def report(self, text: str) -> None:
        """A remark for people, on stderr."""
        self._close_bar()
        print(without_commands(text), file=sys.stderr)

    def notice(self, notice: Notice) -> None:
        """A notice of the program, on stderr."""
        self.report(f"{notice.message} {notice.hint}".strip())

    def fault(self, fault: Fault) -> int:
        """One clear sentence; returns the exit code."""
        return self._failed(str(fault), fault.message, fault.hint, fault.exit_code)

    def bug(self, error: BaseException) -> int:
        """Our own fault; returns exit code 1."""
        message = f"Something went wrong inside ViralClip ({type(error).__name__}: {error})."
        hint = "The log file has the details; “viralclip doctor” says where it is."
        return self._failed(f"{message} {hint}", message, hint, 1)

    def _failed(self, text: str, message: str, hint: str, code: int) -> int:
        self.report(f"viralclip: {text}")
        if self.json_mode:
            error = {"message": message, "hint": hint, "exit_code": code}
            print(_json({"error": error}))
        return code

    def progress(self, event: ProgressEvent) -> None:
        """Show how far the work is, on stderr: one moving line per stage, or now and then a line where that
        is a file or another program: a tenth of a stage is told once, however often stages take turns."""
        if sys.stderr.isatty():
            if event.stage != self._stage:
                self._close_bar()
                self._stage = event.stage
            self._move(event)
            return
        tenths = int(10 * (event.fraction or 0.0))
        if tenths > self._told.get(event.stage, -1):
            self._told[event.stage] = tenths
            line = f"{event.stage:<12} {10 * tenths:3}%  {event.message}"
            print(without_commands(line.rstrip()), file=sys.stderr, flush=True)

    def _move(self, event: ProgressEvent) -> None:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # lines move when there is news; a thread that redraws them is not needed
        if self._bar is None:
            layout = "{desc:<12} {percentage:3.0f}% |{bar}| {elapsed}{postfix}"
            stage = without_commands(event.stage)
            self._bar = tqdm(total=1.0, desc=stage, bar_format=layout, file=sys.stderr, leave=True)
        if event.fraction is not None:
            self._bar.n = min(1.0, max(self._bar.n, event.fraction))
        left = f", {event.time_left_s:.0f} s left" if (event.time_left_s or 0) > 0 else ""
        told = without_commands(f"{left} {event.message}".strip(" ,"))
        self._bar.set_postfix_str(told, refresh=True)

    def end_progress(self) -> None:
        """The work has come to an end: its moving line, if there is one, is finished."""
        self._close_bar()
        self._told.clear()

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar, self._stage = None, ""


def _json(document: Any) -> str:
    """The same values to whoever reads JSON, and nothing that a terminal obeys."""
    return as_codes(json.dumps(document, ensure_ascii=False, indent=2))
