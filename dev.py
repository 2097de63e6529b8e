#!/usr/bin/env python3
"""The one door for developers: ``python3 dev.py run | demo | test | check | bench | package``.

Standard library only. Makes the environment (``.venv``, or the folder in VIRALCLIP_ENV), installs what
is needed, and does the job.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = Path(os.environ.get("VIRALCLIP_ENV") or ROOT / ".venv")
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DEMO = ROOT / "demo-output"

# What Qt's wheels expect of a Debian or Ubuntu system, found with ldd over the modules we use.
QT_DEBIAN = [
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"),
    *("libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1"),
    *("libx11-xcb1", "libpulse0", "libnss3"),
]
# One worker a processor; the tests of a file share what it made once.
PYTEST = ["-q", "-n", "auto", "--dist", "loadfile"]
QT_PROBE = "import PySide6.QtGui, PySide6.QtWidgets, PySide6.QtSvg"


def main() -> int:
    """Run one job; returns its exit code."""
    parser = argparse.ArgumentParser(description="Set up, run, test and package ViralClip Desktop.")
    parser.add_argument("job", choices=sorted(JOBS), help="what to do")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="arguments for the job")
    args = parser.parse_args()
    if sys.version_info < (3, 11):
        return fail("Python 3.11 or newer is needed.")
    return JOBS[args.job](args.rest)


def run(rest: list[str]) -> int:
    """Open the window (with a file, if one is given)."""
    set_up("base")
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        return fail(
            "There is no display to open a window on.\n"
            "Go on without one:   python3 dev.py demo\n"
            "or on a screen in memory:   xvfb-run -a python3 dev.py run"
        )
    return python("-m", "viralclip_desktop", *rest)


def demo(rest: list[str]) -> int:
    """Make a sample talk, run the main job on it and print where the clips are and how to look at them."""
    set_up("base")
    DEMO.mkdir(exist_ok=True)
    talk, clips = DEMO / "sample-talk.mp4", DEMO / "clips"
    if not talk.exists():
        say("Making a sample talk of about three minutes ...")
        code = python("-m", "viralclip_desktop.features.sample_talk", str(talk))
        if code:
            return code
    environ = os.environ | {"VIRALCLIP_HOME": str(DEMO / "data")}
    say("Finding its best moments and exporting them ...")
    options = rest or ["--count", "3"]
    code = python(
        "-m", "viralclip_desktop", "make", str(talk), "--out", str(clips), *options, environ=environ
    )
    if code == 0:
        say(f"\nThe clips are in {clips}")
        say(how_to_look(DEMO / "data"))
    return code


def how_to_look(data: Path) -> str:
    """The commands that show a data folder, as they are typed on this system."""
    home = f'set "VIRALCLIP_HOME={data}" &&' if os.name == "nt" else f'VIRALCLIP_HOME="{data}"'
    program = f'{home} "{PYTHON}" -m viralclip_desktop'
    return f"Look at them:\n  {program} project list\nIn the window:\n  {program}"


def test(rest: list[str]) -> int:
    """Run all tests (or those given)."""
    set_up("dev")
    return python("-m", "pytest", *(rest or PYTEST), environ=test_environ())


def check(rest: list[str]) -> int:
    """ruff, mypy, import-linter, tests: what has to pass before a commit."""
    set_up("dev")
    steps = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
        ("-m", "pytest", *(rest or PYTEST)),
    )
    for step in steps:
        say(f"- {' '.join(step[1:3])}")
        code = python(*step, environ=test_environ())
        if code:
            return code
    return 0


def bench(rest: list[str]) -> int:
    """Measure the numbers the program is held to and print them as ratios."""
    set_up("dev")
    return python("-m", "benchmarks", *rest, environ=test_environ() | {"PYTHONPATH": str(ROOT / "tests")})


def package(rest: list[str]) -> int:
    """Build the program for this system with PyInstaller."""
    set_up("dev,package")
    return python("-m", "PyInstaller", "--noconfirm", "build.spec", *rest)


JOBS = {"run": run, "demo": demo, "test": test, "check": check, "bench": bench, "package": package}


def test_environ() -> dict[str, str]:
    """Tests draw their windows in memory and never read the user's data."""
    return os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"), "APP_ENV": "dev"}


def set_up(extras: str) -> None:
    """Make the environment and install the project into it, unless that was done for this very setup."""
    os.chdir(ROOT)
    recipe = (ROOT / "pyproject.toml").read_bytes() + sys.version.encode() + str(ROOT).encode()
    wanted = hashlib.sha256(recipe).hexdigest()
    for done in {"base", "dev", "dev,package"} if extras == "base" else {extras, "dev,package"}:
        stamp = ENVIRONMENT / f".installed-{done}"
        if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
    make_environment()
    say("Installing what is needed (once; a few minutes on a slow line) ...")
    target = "." if extras == "base" else f".[{extras}]"
    pip = [*pip_command(), "install", "--quiet", "--disable-pip-version-check", "-e", target]
    if subprocess.call(pip, cwd=ROOT):
        sys.exit(fail("The installation failed; the lines above say why."))
    install_system_libraries()
    (ENVIRONMENT / f".installed-{extras}").write_text(wanted)


def make_environment() -> None:
    """A virtual environment; where Debian ships Python without ensurepip, one without a pip of its own."""
    if PYTHON.exists():
        return
    say(f"Making the environment in {ENVIRONMENT} ...")
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, SystemExit, OSError):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        venv.create(ENVIRONMENT, with_pip=False, symlinks=os.name != "nt")


def pip_command() -> list[str]:
    """The environment's pip, or this Python's own pip working on the environment."""
    if subprocess.call([str(PYTHON), "-m", "pip", "--version"], stdout=-3, stderr=-3) == 0:
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install_system_libraries() -> None:
    """On Debian and Ubuntu: the libraries Qt needs, as root, or the exact command for the user."""
    probe = subprocess.run([str(PYTHON), "-c", QT_PROBE], capture_output=True, text=True, check=False)
    if probe.returncode == 0 or sys.platform != "linux":
        return
    if shutil.which("apt-get") is None:
        say(f"Qt cannot start here: {probe.stderr.strip().splitlines()[-1]}")
        return
    command = ["apt-get", "install", "-y", "-qq", *available(QT_DEBIAN)]
    if os.geteuid() != 0:
        say(f"The window needs some system libraries. Install them with:\n  sudo {' '.join(command)}")
        return
    say("Installing the system libraries that Qt needs ...")
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=environ)
    subprocess.call([*command[:4], *available(QT_DEBIAN)], env=environ, stdout=subprocess.DEVNULL)


def available(packages: list[str]) -> list[str]:
    """Those of ``packages`` that this release has under that name or with the time_t suffix."""
    names = []
    for package in packages:
        for name in (package, f"{package}t64"):
            if subprocess.call(["apt-cache", "show", name], stdout=-3, stderr=-3) == 0:
                names.append(name)
                break
    return names


def python(*args: str, environ: dict[str, str] | None = None) -> int:
    """Run the environment's Python in the project folder."""
    try:
        return subprocess.call([str(PYTHON), *args], cwd=ROOT, env=environ)
    except KeyboardInterrupt:
        return 5


def say(text: str) -> None:
    """Tell the developer."""
    print(text, flush=True)


def fail(text: str) -> int:
    """Tell what is wrong; returns the exit code."""
    print(text, file=sys.stderr)
    return 4


if __name__ == "__main__":
    sys.exit(main())
