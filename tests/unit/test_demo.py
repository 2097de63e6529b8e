"""What the demo says at its end works when it is typed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from support.command_line import make_services

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The door for developers, with this very Python and a folder of its own, and nothing to install."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "DEMO", tmp_path / "demo output")
    monkeypatch.setattr(module, "set_up", lambda _extras: None)
    monkeypatch.setattr(module, "python", lambda *_args, environ=None: 0)
    return module


def test_the_demo_tells_how_to_look_at_what_it_made(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "demo output" / "data"
    make_services(home).close()
    assert dev.demo([]) == 0
    (typed,) = (line for line in capsys.readouterr().out.splitlines() if line.endswith("project list"))
    done = subprocess.run(typed, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "project" in done.stdout.lower()) == (0, True)
