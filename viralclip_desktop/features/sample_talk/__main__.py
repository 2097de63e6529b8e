"""``python -m viralclip_desktop.features.sample_talk FILE.mp4`` makes the sample talk."""

from __future__ import annotations

import sys
from pathlib import Path

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.features.sample_talk.make import make_sample


def main(arguments: list[str]) -> int:
    """Make the file named by the only argument; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("Name the file to make, such as sample-talk.mp4.\n")
        return 2
    try:
        made = make_sample(Path(arguments[0]), _Shown())
    except Fault as fault:
        sys.stderr.write(f"\n{fault}\n")
        return fault.exit_code
    sys.stderr.write("\n")
    sys.stdout.write(f"{made}\n")
    return 0


class _Shown:
    """One line on stderr, written again at each whole per cent."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, event: ProgressEvent) -> None:
        """Show an event."""
        if event.fraction is None or not event.message:
            return
        text = f"\r{event.message}: {100 * event.fraction:3.0f} %   "
        if text != self._last:
            self._last = text
            sys.stderr.write(text)
            sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
