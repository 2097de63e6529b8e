"""The settings file: ``settings.json`` in the data folder, written whole or not at all."""

from __future__ import annotations

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.core.files import write_whole
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.notices import Notice, NoticeBoard, Severity
from viralclip_desktop.settings.declaration import PROVIDERS, Setting, Settings, declared, find

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: tuple[Migration, ...] = ()
"""One step for each version of the file after the first: old values to new values."""

_ABANDONED_S = 3600.0  # nobody writes that long

Listener = Callable[[Settings], None]
_log = logging.getLogger(__name__)


class SettingsStore:
    """Loads the settings at the first look and stores each change at once.

    What an environment variable says wins over the file and is never written to it. Keys of another
    version of the program are kept. A file that cannot be read is set aside with a notice.
    """

    def __init__(
        self,
        path: Path,
        notices: NoticeBoard | None = None,
        environ: Mapping[str, str] = os.environ,
        *,
        migrations: Sequence[Migration] = MIGRATIONS,
        more: Callable[[], Iterable[Setting]] = tuple,
    ) -> None:
        """``more``: the settings that features (``<feature>.*``) and providers (``providers.<id>.*``)
        declare; asked once, when one of them is needed."""
        self._path, self._environ, self._migrations = path, environ, migrations
        self._ask_more = more
        self._more: dict[str, Setting] = {}
        self._notices = notices or NoticeBoard()
        self._lock = threading.RLock()
        self._asking = threading.RLock()  # of its own: to ask takes the import of every provider
        self._listeners: list[Listener] = []
        self._values: Settings | None = None

    @property
    def values(self) -> Settings:
        """The settings as they are now."""
        known = self._values  # without the lock: the window asks while others write
        if known is not None:
            return known
        with self._lock:
            if self._values is None:
                self._values = self._understood(self._read(), tell=True)
            return self._values

    def declared(self) -> dict[str, Setting]:
        """Every setting by its key: the program's own, those of features, those of providers."""
        with self._asking:
            if not self._more:
                self._more = {setting.key: setting for setting in self._ask_more()}
            return declared() | self._more

    def find(self, key: str) -> Setting:
        """One setting; ``-`` and ``_`` are the same in its key. Raises :class:`UsageError`."""
        return find(key, self.declared() if "." in key else declared())

    def value(self, key: str) -> Any:
        """The present value of one setting. Raises :class:`UsageError` when there is none."""
        setting = self.find(key)
        if setting.key in declared():
            return getattr(self.values, setting.key)
        if self.override(setting.key):
            return setting.parse(self._environ[setting.environment])
        with self._lock:
            stored = self._read()["values"].get(setting.key)
        with suppress(UsageError):
            return setting.default if stored is None else setting.parse(_text(stored))
        return setting.default

    def is_set(self, key: str) -> bool:
        """Whether somebody has chosen a value, be it the default."""
        key = self.find(key).key
        with self._lock:
            return bool(self.override(key)) or key in self._read()["values"]

    def of_provider(self, provider_id: str) -> dict[str, Any]:
        """The values of one provider's own settings, by their full keys."""
        begin = f"{PROVIDERS}{provider_id}."
        return {key: self.value(key) for key in self.declared() if key.startswith(begin)}

    def set(self, **values: Any) -> Settings:
        """Change some settings, given as typed values or as text.

        Raises :class:`UsageError` for what makes no sense, EnvironmentLacks when it cannot be stored.
        """
        typed = {self.find(key): _typed(self.find(key), value) for key, value in values.items()}
        own = {setting.key: value for setting, value in typed.items() if setting.key in declared()}
        with self._lock:
            stored = self._read()  # another process may have written since
            wanted = replace(self._understood(stored), **own).checked()
            stored["values"] |= {setting.key: setting.plain(value) for setting, value in typed.items()}
            self._write(stored)
            self._values = self._overridden(wanted)
        self._tell()
        return self.values

    def reset(self, key: str) -> Settings:
        """Go back to the default of one setting."""
        with self._lock:
            stored = self._read()
            stored["values"].pop(self.find(key).key, None)
            self._write(stored)
            self._values = self._understood(stored)
        self._tell()
        return self.values

    def override(self, key: str) -> str:
        """The environment variable that decides a setting at present, or empty."""
        name = self.find(key).environment
        return name if name and self._environ.get(name) else ""

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each change; returns a function that stops it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self) -> None:
        values = self.values
        for listener in list(self._listeners):
            listener(values)

    def _understood(self, stored: dict[str, Any], *, tell: bool = False) -> Settings:
        values = {}
        for key, setting in declared().items():
            if key not in stored["values"]:
                continue
            try:
                values[key] = setting.parse(_text(stored["values"][key]))
            except UsageError as error:
                if tell:
                    self._notices.caution(error.message, "The default is used until it is set again.")
        try:
            settings = Settings(**values).checked()
        except UsageError as error:
            if tell:
                self._notices.caution(error.message, error.hint)
            lengths = ("min_length_s", "max_length_s")
            settings = Settings(**{key: value for key, value in values.items() if key not in lengths})
        return self._overridden(settings)

    def _overridden(self, settings: Settings) -> Settings:
        decided = {
            key: setting.parse(self._environ[setting.environment])
            for key, setting in declared().items()
            if self.override(key)
        }
        return replace(settings, **decided)

    def _read(self) -> dict[str, Any]:
        """``{"version": n, "values": {...}}``, migrated; empty values where there is no usable file."""
        newest = len(self._migrations) + 1
        empty: dict[str, Any] = {"version": newest, "values": {}}
        try:
            text = self._path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return empty
        except OSError as error:
            hint = "The defaults are used. Check the rights of the data folder."
            self._notices.post(Notice(Severity.CAUTION, "The settings cannot be read.", hint, str(error)))
            return empty
        except UnicodeDecodeError as error:
            self._set_aside(error)
            return empty
        try:
            stored = read_json(text)
            version, values = int(stored["version"]), dict(stored["values"])
        except JSON_FAULTS as error:
            self._set_aside(error)
            return empty
        return self._migrated(stored, version, values) if version < newest else stored | {"values": values}

    def _migrated(self, stored: dict[str, Any], version: int, values: dict[str, Any]) -> dict[str, Any]:
        self._copy(self._path.with_suffix(f".v{version}.json"))
        for step in self._migrations[max(0, version - 1) :]:
            values = step(values)
        migrated = stored | {"version": len(self._migrations) + 1, "values": values}
        self._write(migrated)
        return migrated

    def _copy(self, target: Path) -> None:
        try:
            shutil.copyfile(self._path, target)
        except OSError:
            _log.exception("the old settings could not be copied to %s", target)

    def _set_aside(self, error: Exception) -> None:
        aside = self._path.with_suffix(".damaged.json")
        try:
            self._path.replace(aside)
        except OSError:
            aside = self._path
        _log.warning("settings could not be read: %s", error)
        hint = say("The defaults are used; the old file is {name} in the data folder.", name=aside.name)
        self._notices.caution("The settings could not be read.", hint)

    def _write(self, stored: dict[str, Any]) -> None:
        beside = self._path.with_suffix(f".{os.getpid()}.tmp")  # its own, as two programs may write at once
        data = json.dumps(stored, ensure_ascii=False, indent=2).encode()
        try:
            write_whole(self._path, data, beside=beside, synced=True)
            self._tidy()
        except OSError as error:
            hint = "Check that the data folder can be written to and has room."
            raise EnvironmentLacks("The settings could not be stored.", hint, str(error)) from error

    def _tidy(self) -> None:
        """Remove what programs that were killed while they wrote have left."""
        for left in self._path.parent.glob(f"{self._path.stem}.*.tmp"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED_S:
                    left.unlink()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(setting: Setting, value: Any) -> Any:
    return setting.parse(value if isinstance(value, str) else setting.text(value))
