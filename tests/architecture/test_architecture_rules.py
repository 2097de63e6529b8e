"""The architecture is a test: contracts hold, a planted violation fails, nothing below gui needs Qt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]

# Each a file, a line that breaks a rule there, and the name of the rule as the contract has it.
VIOLATIONS = [
    ("core/time.py", "import viralclip_desktop.domain.clip", "Rooms from the ground up"),
    ("store/__init__.py", "import viralclip_desktop.jobs.queue", "Rooms from the ground up"),
    ("cli/make.py", "import viralclip_desktop.gui", "Rooms from the ground up"),
    ("features/moments/__init__.py", "import viralclip_desktop.features.captions", "another feature"),
    ("media/probe.py", "import PySide6", "Only gui knows Qt"),
    ("features/exporting/__init__.py", "import sqlalchemy", "Only store knows SQLAlchemy"),
    ("features/media_import/__init__.py", "import av", "Only media owns PyAV"),
    ("media/run.py", "import httpx", "Only engines own"),
    ("gui/captions/__init__.py", "import viralclip_desktop.gui.timeline", "The window has floors"),
    ("gui/session/__init__.py", "import viralclip_desktop.gui.preview", "The window has floors"),
    ("gui/widgets/__init__.py", "import viralclip_desktop.gui.bridge", "The window has floors"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(LINT, cwd=folder, env=environ, capture_output=True, text=True, timeout=120)


def test_every_feature_is_under_its_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (listed,) = (one["modules"] for one in contracts["contracts"] if one["type"] == "independence")
    there = (ROOT / "viralclip_desktop" / "features").glob("*/__init__.py")
    floors = {"common", "workflows"}  # below and above the features: in a contract of their own
    names = {path.parent.name for path in there} - floors
    assert sorted(listed) == sorted(f"viralclip_desktop.features.{name}" for name in names)
    (layers,) = (one["layers"] for one in contracts["contracts"] if "what needs several" in one["name"])
    assert sorted(layers[1].split(" : ")) == sorted(listed)


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("file", "line", "rule"), VIOLATIONS)
def test_a_planted_violation_fails(tmp_path: Path, file: str, line: str, rule: str) -> None:
    shutil.copytree(
        ROOT / "viralclip_desktop",
        tmp_path / "viralclip_desktop",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    target = tmp_path / "viralclip_desktop" / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(rule in text for text in broken), result.stdout


def test_everything_below_gui_runs_without_pyside6(tmp_path: Path) -> None:
    script = tmp_path / "without_qt.py"
    script.write_text(
        "import importlib, pkgutil, sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph', 'qasync', 'qtawesome', 'qtpy'):\n"
        "    sys.modules[name] = None\n"
        "import viralclip_desktop\n"
        "for module in pkgutil.walk_packages(viralclip_desktop.__path__, 'viralclip_desktop.'):\n"
        "    if '.gui' not in module.name and not module.name.endswith('__main__'):\n"
        "        importlib.import_module(module.name)\n"
        "from viralclip_desktop.app import main\n"
        "sys.exit(main(['doctor', '--json']))\n",
        encoding="utf-8",
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT), "VIRALCLIP_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-W", "error::ImportWarning", str(script)]
    result = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr


HEAVY = (
    "av",
    "numpy",
    "sqlalchemy",
    "PySide6",
    "faster_whisper",
    "ctranslate2",
    "openai",
    "onnxruntime",
    "torch",
)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from viralclip_desktop.cli.main import build_parser\n"
        "build_parser().format_help()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "[]"


def test_importing_the_package_touches_nothing(tmp_path: Path) -> None:
    environ = os.environ | {"VIRALCLIP_HOME": str(tmp_path / "home"), "HOME": str(tmp_path / "user")}
    code = "from viralclip_desktop import app; app.features()"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environ)
    assert not (tmp_path / "home").exists()
