"""The package with a toy feature (``tests/data/toy``), installed for a test."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "data" / "toy"


@contextmanager
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if it had been installed: Python finds the package and its entry points."""
    monkeypatch.syspath_prepend(str(ROOT))
    importlib.invalidate_caches()
    yield
    for name in [name for name in sys.modules if name.startswith("viralclip_toy")]:
        del sys.modules[name]
