"""A feature of the window is a folder: named once, its panels and actions are there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.toy import installed

from viralclip_desktop import gui
from viralclip_desktop.app import FEATURES
from viralclip_desktop.gui.session.actions import Group
from viralclip_desktop.gui.shell.features import ACTIONS, PANELS, assemble

TOY = """
from viralclip_desktop.gui.session.actions import ActionRow
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

PANELS = (
    PanelRow("toy", "Toy", "", Area.LEFT, lambda work: None, shows_panel("toy", "Show the toy", "", "")),
)
ACTIONS = (ActionRow("wind_up", "Wind it up", lambda work: work.player.toggle(), ("Ctrl+Alt+W",)),)
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder with a feature in it, where the window looks for them."""

    def make(text: str = TOY) -> None:
        folder = tmp_path / "toy"
        folder.mkdir()
        (folder / "__init__.py").touch()
        (folder / "feature.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(gui, "__path__", [*gui.__path__, str(tmp_path)])

    yield make
    for name in [name for name in sys.modules if name.startswith(f"{gui.__name__}.toy")]:
        del sys.modules[name]


def test_a_folder_brings_its_panel_and_its_actions(toy) -> None:
    toy()
    found = assemble([*FEATURES, "toy"])
    new = [row.id for row in found.actions if row not in ACTIONS]
    assert new == ["panel_toy", "wind_up"]
    assert [panel.id for panel in found.panels if panel not in PANELS] == ["toy"]
    assert [row.id for row in found.actions if row in ACTIONS] == [row.id for row in ACTIONS]
    assert [panel.area for panel in found.panels] == sorted(
        (panel.area for panel in found.panels), key=["left", "right", "bottom"].index
    )


def test_an_action_that_is_there_already_is_refused(toy) -> None:
    toy(TOY.replace("wind_up", "play"))
    with pytest.raises(ValueError, match="two features"):
        assemble([*FEATURES, "toy"])


def test_rows_stand_group_by_group() -> None:
    groups = [row.group for row in ACTIONS if not row.first]
    assert groups == sorted(groups, key=list(Group).index)
    assert [row.id for row in ACTIONS if row.first] == [
        *("batch", "palette", "open", "paste_link", "import_project", "home", "leave_editor", "studio"),
        *("find", "undo", "redo"),
    ]


def test_another_package_brings_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with installed(monkeypatch):
        found = assemble()
    assert [row.id for row in found.actions if row not in ACTIONS] == ["panel_toy", "wind_up"]
    assert [panel.id for panel in found.panels if panel not in PANELS] == ["toy"]
