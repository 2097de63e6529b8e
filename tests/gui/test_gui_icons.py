"""Every icon that the window asks for is in the font it is taken from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import viralclip_desktop.gui
from viralclip_desktop.gui.theme.icons import icon

TREES = {
    path: ast.parse(path.read_text("utf-8")) for path in Path(viralclip_desktop.gui.__path__[0]).rglob("*.py")
}


def _places() -> dict[str, int]:
    """Where the functions and classes of the window take an icon, by their names."""
    found: dict[str, int] = {}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                fields = [one.target.id for one in node.body if _is_field(one)]
                made = [
                    one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"
                ]
                names = [one.arg for one in made[0].args.args[1:]] if made else fields
            elif isinstance(node, ast.FunctionDef) and node.name != "__init__":
                names = [one.arg for one in node.args.args if one.arg != "self"]
            else:
                continue
            if "icon" in names:
                found[node.name] = names.index("icon")
    return {**found, "icon": 0}


def _is_field(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _is_table(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return name.endswith("ICONS")


def _given(node: ast.AST, places: dict[str, int]) -> Iterator[ast.AST]:
    """What a call or a table gives as an icon."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        place = places.get(name, len(node.args))
        yield from node.args[place : place + 1]
        yield from (word.value for word in node.keywords if word.arg == "icon")
        if name == "get" and _is_table(node.func.value):
            yield from node.args[1:2]
    elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if _is_table(targets[0]):
            yield from node.value.values


def _names(given: ast.AST) -> Iterator[str]:
    if isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value:
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from _names(given.body)
        yield from _names(given.orelse)
    elif isinstance(given, ast.Tuple):  # with its colour
        yield from _names(given.elts[0])


def _known(name: str) -> bool:
    try:
        icon(name, "#808080")
    except Exception:  # noqa: BLE001 - whatever the font says: it has no such icon
        return False
    return True


def test_every_icon_of_the_window_is_in_its_font(qapp) -> None:
    places = _places()
    asked = {
        (name, path.name)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        for given in _given(node, places)
        for name in _names(given)
    }
    assert len({name for name, _file in asked}) > 50
    assert [one for one in sorted(asked) if not _known(one[0])] == []
