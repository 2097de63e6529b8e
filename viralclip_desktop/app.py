"""The composition root: builds everything once and wires it; the only module that knows all rooms."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import EnvironmentLacks, Fault
from viralclip_desktop.core.marks import without_commands
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.private import make_private, private
from viralclip_desktop.features import FEATURES

if TYPE_CHECKING:
    from viralclip_desktop.core.notices import NoticeBoard
    from viralclip_desktop.domain.usage import Budgets
    from viralclip_desktop.engines.gate import NetworkGate
    from viralclip_desktop.features.common.feature import Feature
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.settings.declaration import Setting, Settings
    from viralclip_desktop.settings.file import SettingsStore
    from viralclip_desktop.store.store import Store

_COMMAND_LIKE = frozenset({"-h", "--help", "--version"})


def data_paths() -> DataPaths:
    """Where this user's data lies: ``VIRALCLIP_HOME``, or the place the system has for such data. Finished
    clips go to ``ViralClip`` in the user's videos folder."""
    from platformdirs import user_data_path, user_videos_path

    home = user_data_path("ViralClip Desktop", appauthor=False)
    return DataPaths.from_environment(os.environ, home, user_videos_path() / "ViralClip")


def build_services(paths: DataPaths | None = None) -> Services:
    """Wire everything on a data folder; raises EnvironmentLacks when the folder cannot be used."""
    from viralclip_desktop.core.notices import NoticeBoard
    from viralclip_desktop.engines.gate import NetworkGate
    from viralclip_desktop.features.upkeep import clear_leftovers
    from viralclip_desktop.settings.file import SettingsStore
    from viralclip_desktop.store.store import Store

    paths = paths or data_paths()
    try:
        make_private(paths.home)
        _log_to(paths.logs)
    except OSError as error:
        raise EnvironmentLacks(
            say(
                "The data folder {home} cannot be written ({strerror}).",
                home=paths.home,
                strerror=error.strerror,
            ),
            "Choose another one with VIRALCLIP_HOME.",
        ) from error
    notices = NoticeBoard()
    settings = SettingsStore(paths.settings, notices, more=declared_settings)
    store = Store(os.environ.get("DB_URL") or f"sqlite:///{paths.database}", paths.backups)
    store.open()
    services = wire(paths, store, settings, notices, NetworkGate(settings.values.offline))
    clear_leftovers(services)
    return services


def wire(
    paths: DataPaths, store: Store, settings: SettingsStore, notices: NoticeBoard, gate: NetworkGate
) -> Services:
    """The services on parts that are there, with the job queue and what the features listen to."""
    from viralclip_desktop.engines.ledger import Ledger
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.jobs.queue import JobQueue

    known = features()
    kinds = [kind for feature in known for kind in feature.job_kinds]
    workers = {lane: most for feature in known for lane, most in feature.lane_workers.items()}
    jobs = JobQueue(store.jobs, kinds, lambda: services, workers)
    ledger = Ledger(store.usage, lambda: _budgets(settings.values))
    services = Services(paths, store, settings, jobs, notices, gate, ledger)
    settings.listen(lambda values: setattr(gate, "offline", values.offline))
    for feature in known:
        feature.start(services)
    return services


def features() -> list[Feature]:
    """What each feature declares: those of ``FEATURES``, then those that other packages bring."""
    from viralclip_desktop.features.common.feature import of_other_packages, ours

    return [*ours(FEATURES), *of_other_packages()]


def _budgets(chosen: Settings) -> Budgets:
    from viralclip_desktop.domain.usage import Budgets

    return Budgets(chosen.budget_day_usd, chosen.budget_month_usd)


def declared_settings() -> list[Setting]:
    """The settings that features and providers declare, beside the program's own."""
    from viralclip_desktop.engines.registry import provider_settings

    return [*(setting for feature in features() for setting in feature.settings), *provider_settings()]


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, or run one command; returns the exit code."""
    _speak_utf8()
    args = list(sys.argv[1:] if argv is None else argv)
    if _wants_window(args):
        return _open_window([Path(arg) for arg in args])
    from viralclip_desktop.cli.main import run

    with ExitStack() as stack:

        def build() -> Services:
            paths = data_paths()
            stack.enter_context(private(paths.home))
            services = build_services(paths)
            stack.callback(services.close)
            return services

        return run(args, build, more_commands)


def more_commands() -> list[str]:
    """The modules with the commands of other packages' features."""
    from viralclip_desktop.core.plugins import entry_points
    from viralclip_desktop.features.common import FEATURE_GROUP

    if not entry_points(FEATURE_GROUP):
        return []  # so that ``--help`` stays quick
    from viralclip_desktop.features.common.feature import of_other_packages

    return [module for feature in of_other_packages() for module in feature.commands]


def _wants_window(args: Sequence[str]) -> bool:
    if not args:
        return True
    from viralclip_desktop.cli.main import COMMANDS

    names = {name.rstrip("_") for name in COMMANDS}
    files = not any(arg.startswith("-") for arg in args)
    return files and args[0] not in names and any(Path(arg).exists() for arg in args)


def _open_window(files: Sequence[Path]) -> int:
    """Open the window with some files; without a display, say so and how to go on."""
    if not _has_display():
        print(  # noqa: T201 - there is no window to say it in
            "viralclip: There is no display to open a window on. "
            "Use the command line instead (viralclip make VIDEO), or start it in a desktop session.",
            file=sys.stderr,
        )
        return EnvironmentLacks.exit_code
    gc.disable()  # until the window stands: all that is made meanwhile stays, and looking for garbage in it
    try:  # takes an eighth of the start
        from viralclip_desktop.gui.shell.application import run

        paths = data_paths()
        with private(paths.home):
            return run(paths.home, lambda: build_services(paths), files)
    except Fault as fault:
        print(without_commands(f"viralclip: {fault}"), file=sys.stderr)  # noqa: T201 - there is no window
        return fault.exit_code
    finally:
        gc.enable()


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _LogFile(RotatingFileHandler):
    """A log that says nothing where it can't be written (a full disk): nobody has to read how it failed."""

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


def _log_to(folder: Path) -> None:
    """Send the program's own log to a file that never grows beyond a few megabytes."""
    root = logging.getLogger("viralclip_desktop")
    if root.handlers:
        return
    folder.mkdir(parents=True, exist_ok=True)
    handler = _LogFile(
        folder / "viralclip.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if os.environ.get("APP_ENV") == "dev" else logging.INFO)


def _speak_utf8() -> None:
    """Titles hold every script; a Windows console's code page does not."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
