"""Which keys belong to which action: the table's own, unless the user chose others.

Kept in ``shortcuts.json`` in the data folder: ``{"split": ["S"], "marker": []}`` holds only what differs
from the table.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from viralclip_desktop.core.json_text import read_json

FILE_NAME = "shortcuts.json"
_log = logging.getLogger(__name__)

Keys = tuple[str, ...]


class ShortcutBook:
    """Keys as portable names (``Ctrl+Shift+Z``). A damaged file is set aside and gives the defaults; what it
    says of actions of another version is kept."""

    def __init__(self, folder: Path, defaults: Mapping[str, Sequence[str]]) -> None:
        self._file = folder / FILE_NAME
        self._defaults = {name: tuple(keys) for name, keys in defaults.items()}
        self._unknown: dict[str, object] = {}
        self._own = self._read()

    def keys(self, action: str) -> Keys:
        """The keys of an action, the one for tooltips first.

        A key of the table that the user gave to another action is that one's: a new version's table may
        have it for something new, and a key of two actions works for neither.
        """
        own = self._own.get(action)
        return (
            own if own is not None else tuple(key for key in self._defaults[action] if not self._own_key(key))
        )

    def default(self, action: str) -> Keys:
        """What the table says."""
        return self._defaults[action]

    def changed(self, action: str) -> bool:
        """Whether the user chose other keys."""
        return action in self._own

    @property
    def any_changed(self) -> bool:
        """Whether the user chose any key."""
        return bool(self._own)

    def owners(self, key: str, but: str = "") -> list[str]:
        """The actions that have a key, except ``but``."""
        return [name for name in self._defaults if name != but and key in self.keys(name)]

    def assign(self, action: str, keys: Sequence[str]) -> None:
        """Give an action keys of the user's choice, taking them from whoever has them; stored at once.

        Raises :class:`OSError` when the file can't be written.
        """
        chosen = tuple(dict.fromkeys(key for key in keys if key))
        for key in chosen:
            for other in self.owners(key, but=action):
                self._put(other, tuple(held for held in self.keys(other) if held != key))
        self._put(action, chosen)
        self._write()

    def reset(self, action: str) -> None:
        """The table's keys again; taken from whoever has them now."""
        self.assign(action, self._defaults[action])

    def reset_all(self) -> None:
        """Everything as the table has it."""
        self._own.clear()
        self._write()

    def _own_key(self, key: str) -> bool:
        return any(key in keys for keys in self._own.values())

    def _put(self, action: str, keys: Keys) -> None:
        if keys == self._defaults[action]:
            self._own.pop(action, None)
        else:
            self._own[action] = keys

    def _read(self) -> dict[str, Keys]:
        try:
            stored = read_json(self._file.read_text(encoding="utf-8"))
            if not isinstance(stored, dict):
                raise ValueError("no table of keys")
        except FileNotFoundError:
            return {}
        except OSError as error:
            _log.warning("the shortcuts cannot be read, the defaults are used: %s", error)
            return {}
        except ValueError as error:
            _log.warning("the shortcuts are damaged and set aside, the defaults are used: %s", error)
            with suppress(OSError):
                self._file.replace(self._file.with_suffix(".damaged.json"))
            return {}
        self._unknown = {name: keys for name, keys in stored.items() if name not in self._defaults}
        return {
            name: tuple(str(key) for key in keys)
            for name, keys in stored.items()
            if name in self._defaults and isinstance(keys, list)
        }

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".json.new")
        own = self._unknown | {name: list(keys) for name, keys in sorted(self._own.items())}
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.write(json.dumps(own, indent=2) + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._file)  # one step, so that a crash leaves the old or the new
        finally:
            beside.unlink(missing_ok=True)
