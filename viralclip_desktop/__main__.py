"""Where the program starts: the window or a command, or, with ``--worker``, a worker process of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the given arguments (by default those of the process); returns the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--worker"] and len(arguments) == 2:
        from viralclip_desktop.jobs.worker import serve

        return serve(arguments[1])
    from viralclip_desktop import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
