"""The parser of ``viralclip`` and the way from arguments to an exit code."""

from __future__ import annotations

import argparse
import importlib
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from viralclip_desktop import __version__
from viralclip_desktop.cli.output import Output
from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.files import of_the_disk
from viralclip_desktop.core.marks import without_commands
from viralclip_desktop.features import FEATURES

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_log = logging.getLogger(__name__)

COMMANDS = tuple(chain.from_iterable(FEATURES.values()))
"""Modules of this package with ``add(subparsers)``, in the order of ``--help``."""

DESCRIPTION = "Turns long recordings into finished short clips, on your own machine."
EPILOG = """\
Without a command the window opens. A typical run:
  viralclip make talk.mp4 --out clips --count 5

exit codes: 0 done, 1 a fault of the program, 2 usage, 3 bad input, 4 the machine lacks something, 5 cancelled
"""


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with arguments without obeying them."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """``--finish`` takes names, but not the file behind it; ``library tag`` takes ``-calm`` for a tag."""
        if args and "--finish" in args:
            from viralclip_desktop.cli.options import bare_finish

            args = bare_finish(args)
        if args and list(args[:2]) == ["library", "tag"]:
            from viralclip_desktop.cli.options import tag_marks

            args = tag_marks(args)
        return super().parse_known_args(args, namespace)

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(without_commands(message), file)


def build_parser(only: str | None = None, more: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The whole parser with the commands of ``more`` modules, or that of one command (by its module); imports
    nothing heavy, so that ``--help`` is instant."""
    parser = _Parser(
        prog="viralclip",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"ViralClip Desktop {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in COMMANDS if only is None else (only,):
        importlib.import_module(f"viralclip_desktop.cli.{name}").add(subparsers)
    for module in more if only is None else ():
        importlib.import_module(module).add(subparsers)
    return parser


def run(
    argv: Sequence[str], build_services: Callable[[], Services], more: Callable[[], Sequence[str]] = tuple
) -> int:
    """Run one command; returns the exit code. ``build_services`` is called only by commands that need it,
    ``more`` (modules with the commands of other packages) only where none of ours is asked for."""
    modules = {name.rstrip("_"): name for name in COMMANDS}
    only = modules.get(argv[0]) if argv else None
    args = build_parser(only, () if only else more()).parse_args(argv)
    output = Output(json_mode=getattr(args, "json", False))
    handler: Callable[[argparse.Namespace, Output, Callable[[], Services]], int] = args.run
    previous = _interrupt_on_terminate()
    try:
        return handler(args, output, lambda: _with_paths(output, build_services()))
    except KeyboardInterrupt:
        return output.fault(Cancelled())
    except Fault as fault:
        return output.fault(fault)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; there is nobody left to report to
        return 0
    except Exception as error:  # noqa: BLE001 - the top: a bug is logged whole and reported in one sentence
        known = of_the_disk(error)
        if isinstance(known, Fault):
            return output.fault(known)
        _log.exception("bug in command %s", args.command)
        return output.bug(error)
    finally:
        if previous is not None:
            signal.signal(signal.SIGTERM, previous)


def _with_paths(output: Output, services: Services) -> Services:
    output.path_of = lambda asset_id: services.store.asset(asset_id).path
    return services


def _interrupt_on_terminate() -> Any:
    """Treat a polite kill like Ctrl+C, so that nothing half-written stays behind."""

    def interrupt(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    try:
        return signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not the main thread (tests)
        return None
