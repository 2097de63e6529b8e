"""What ``pip install`` puts on a machine runs from any folder: the wheel carries all the program reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.talk import small_talk

ROOT = Path(__file__).resolve().parents[2]
WHAT_A_CHECKOUT_HAS = ("viralclip_desktop", "resources")
WHAT_THE_BUILD_READS = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, as it lies in a folder of installed packages."""
    checkout, site = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("site")
    for name in WHAT_A_CHECKOUT_HAS:
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in WHAT_THE_BUILD_READS:
        shutil.copy(ROOT / name, checkout / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*build, "-w", str(site), str(checkout)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = site.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def _run(site: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The installed program, in a folder that is not the checkout's."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("VIRALCLIP")}
    environ |= {"PYTHONPATH": str(site), "VIRALCLIP_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "viralclip_desktop", *args]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, encoding="utf-8")


def test_every_resource_is_in_it(installed: Path) -> None:
    ours = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    there = {path.relative_to(installed / "viralclip_desktop") for path in installed.rglob("resources/**/*")}
    assert {path for path in ours - there if path.parts[1] != "screenshots"} == set()


def test_it_makes_clips_from_another_folder(installed: Path, tmp_path: Path) -> None:
    small_talk(tmp_path / "talk.mp4")
    options = ["--count", "1", "--min-length", "5", "--max-length", "15", "--resolution", "720p"]
    done = _run(installed, tmp_path, "make", "talk.mp4", "--out", "clips", *options, "--json")
    assert done.returncode == 0, done.stderr
    (clip,) = json.loads(done.stdout)["clips"]
    assert [path.suffix for path in (tmp_path / "clips").iterdir()] == [".mp4"], clip
    styles = json.loads(_run(installed, tmp_path, "styles", "list", "--json").stdout)
    assert len(styles) == len(list((ROOT / "resources" / "captions").glob("*.json")))
