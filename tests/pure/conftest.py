"""Pure tests: what is decided, composed and understood, with no window, no ffmpeg and no other program.

``python3 dev.py test tests/pure`` runs them in less than a minute. A test that starts a program, opens Qt or
decodes media belongs into ``tests/unit``; here it fails.
"""

from __future__ import annotations

import builtins
import subprocess
from typing import Any

import pytest

_FORBIDDEN = ("PySide6", "av", "imageio_ffmpeg")


@pytest.fixture(autouse=True)
def nothing_but_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is started, and neither Qt nor PyAV is asked for."""
    whole = builtins.__import__

    def imported(name: str, *how: Any, **more: Any) -> Any:
        assert name.partition(".")[0] not in _FORBIDDEN, f"a pure test imported {name}"
        return whole(name, *how, **more)

    def started(*_args: Any, **_how: Any) -> None:
        raise AssertionError("a pure test started a program")

    monkeypatch.setattr(builtins, "__import__", imported)
    monkeypatch.setattr(subprocess.Popen, "__init__", started)
