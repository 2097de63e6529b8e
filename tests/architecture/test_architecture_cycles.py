"""No module of the program imports, by any way, one that imports it: lazy and type-checking imports count."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules(root: Path = ROOT / "viralclip_desktop") -> dict[str, Path]:
    """Every module by its dotted name."""
    found = {}
    for path in root.rglob("*.py"):
        parts = path.relative_to(root.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(source: str, known: Mapping[str, object]) -> Iterator[str]:
    """What a module imports of ours, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                if whole in known:
                    yield whole
                elif node.module in known:
                    yield node.module


def a_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring; empty without one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_import_cycle_of_any_kind() -> None:
    known = modules()
    graph = {
        name: set(imported(path.read_text(encoding="utf-8"), known)) - {name} for name, path in known.items()
    }
    assert a_cycle(graph) == []


def test_a_lazy_and_a_type_checking_import_make_a_cycle() -> None:
    known = {"a": None, "b": None}
    lazy = "def f():\n    from b import thing\n"
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import Thing\n"
    graph = {"a": set(imported(lazy, known)), "b": set(imported(typed, known))}
    assert set(a_cycle(graph)) == {"a", "b"}
