"""What ``build.spec`` packs is there: each package still has the files that the program reads from it."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

from viralclip_desktop.core.resources import resource
from viralclip_desktop.engines.vision import blazeface

ROOT = Path(__file__).resolve().parents[2]


def _packed() -> dict[str, list[str]]:
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    values = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    packed: dict[str, list[str]] = ast.literal_eval(values["DATA"])
    return packed


def test_each_pattern_finds_files() -> None:
    empty = []
    for name, patterns in _packed().items():
        spec = find_spec(name)
        assert spec, f"{name} is not installed"
        assert spec.origin
        folder = Path(spec.origin).parent
        empty += [f"{name}: {pattern}" for pattern in patterns if not any(folder.glob(pattern))]
    assert not empty


def test_the_networks_of_the_built_in_face_finder_are_among_the_resources() -> None:
    assert all((resource("models", "blazeface") / net.file).is_file() for net in blazeface._NETWORKS)
