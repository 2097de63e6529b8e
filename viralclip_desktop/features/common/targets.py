"""Where a file that the user asks for may be written: never over a recording, or what the program needs."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import same_file
from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    from viralclip_desktop.core.paths import DataPaths
    from viralclip_desktop.store.store import Store

_ANOTHER_NAME = "Choose another name."


def check_target(store: Store, paths: DataPaths, out: Path, endings: Collection[str]) -> None:
    """Raise :class:`BadInput` where ``out`` is a file that a project uses or one of the program's own, or is
    there already and has none of the ``endings`` (``.png``) of what is to be written."""
    own = any(same_file(out.parent, folder) for folder in (paths.home, paths.backups))
    if own or any(same_file(out, Path(asset.path)) for asset in store.assets()):
        raise BadInput(
            say("{name} is one of your recordings or the program's own file.", name=out.name), _ANOTHER_NAME
        )
    if out.exists() and out.suffix.lower() not in endings:
        raise BadInput(
            say(
                "{name} is there already and is no {kind} file.",
                name=out.name,
                kind=" or ".join(ending.removeprefix(".").upper() for ending in endings),
            ),
            _ANOTHER_NAME,
        )
