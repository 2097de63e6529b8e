"""Tests of the window use it as its user does: they reach into no private member of what they test."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
ROOMS = ("gui", "contract", "golden", "support")
BY_NAME = ("getattr", "setattr", "delattr", "hasattr")
OF_PYTHON = {"os._exit", "sys._current_frames", "threading._DummyThread"}
"""Names that Python documents, or has no other way to, in spite of their underscore."""


def private(name: str) -> bool:
    """Whether a name, or the last part of a dotted one, is private."""
    last = name.rpartition(".")[2]
    return last.startswith("_") and not last.startswith("__") and last.isidentifier() and last != "_"


def reached_into(code: str) -> list[str]:
    """The private members that a piece of code uses of anything but its own ``self`` or ``cls``."""
    return [f"{node.lineno}: {found}" for node in ast.walk(ast.parse(code)) for found in _private_names(node)]


def _private_names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and private(node.attr):
        own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        if not own and ast.unparse(node) not in OF_PYTHON:
            yield ast.unparse(node)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"from {node.module} import {one.name}" for one in node.names if private(one.name))
    elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in BY_NAME:
        words = (one.value for one in node.args if isinstance(one, ast.Constant))
        yield from (ast.unparse(node) for word in words if isinstance(word, str) and private(word))


@pytest.mark.parametrize("room", ROOMS)
def test_no_test_of_the_window_reaches_into_it(room: str) -> None:
    found = [
        f"{path.relative_to(TESTS)}:{place}"
        for path in sorted((TESTS / room).rglob("*.py"))
        for place in reached_into(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "window.queue._empty.isVisible()",
        "row(dialog, 'key').field._name.text()",
        "panel._clock = lambda: 0",
        "monkeypatch.setattr('viralclip_desktop.gui.session.playback._STUCK_S', 0.3)",
        "monkeypatch.setattr(app, '_open_window', print)",
        "getattr(row, '_title')",
        "from viralclip_desktop.app import _open_window",
    ],
)
def test_reaching_in_is_noticed(code: str) -> None:
    assert len(reached_into(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "self._hand = 1",
        "cls._made = {}",
        "os._exit(0)",
        "object.__setattr__(clip, 'start', 1)",
        "_helper(_x)",
    ],
)
def test_what_is_ones_own_is_not(code: str) -> None:
    assert reached_into(code) == []
