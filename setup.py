"""The wheel carries the program's resources inside its package; everything else stands in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
FOR_READERS = "screenshots"  # of the README


class BuildWithResources(build_py):
    """Copies ``resources`` beside the modules, where ``core.resources`` looks first."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "viralclip_desktop" / "resources"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(ROOT / "resources", target, ignore=shutil.ignore_patterns(FOR_READERS))


setup(cmdclass={"build_py": BuildWithResources})
