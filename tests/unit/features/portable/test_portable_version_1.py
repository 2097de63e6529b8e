"""Projects written by version 0.1.0 open with everything they had; what is written now goes the same way."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import stored, version_1

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.layers import FileLayer
from viralclip_desktop.features.portable.exporting import export_project
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.store import Store

EXPECTED = version_1.expected()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path / "home") as store:
        yield store


def bring(store: Store, file: Path) -> None:
    home = store.path.parent
    import_project(store, DataPaths(home, home / "models"), file)


def without_files(state: dict[str, Any]) -> dict[str, Any]:
    """What was seen, without where the files lie, and as a kit from elsewhere: not the one for new clips."""
    clips = {
        clip_id: clip | {"layers": [layer | {"path": ""} for layer in clip["layers"]]}
        for clip_id, clip in state["clips"].items()
    }
    kits = [
        kit
        | {"is_default": False, "intro": ""}
        | {name: kit[name] | {"path": ""} for name in ("logo", "watermark")}
        for kit in state["kits"]
    ]
    return state | {"clips": clips, "kits": kits}


@pytest.mark.parametrize("name", ["fire-talk", "fire-talk-with-media"])
def test_a_project_of_version_1_opens(store: Store, name: str) -> None:
    bring(store, version_1.DATA / f"{name}.viralclip")
    seen = version_1.seen(store, store.path.parent)
    assert without_files(seen) == without_files(EXPECTED["now"])


def test_its_files_are_unpacked_and_are_assets(store: Store) -> None:
    bring(store, version_1.DATA / "fire-talk-with-media.viralclip")
    assets = store.project_assets(EXPECTED["project"])
    assert sorted(asset.kind for asset in assets) == sorted(
        [
            AssetKind.RECORDING, AssetKind.MUSIC, AssetKind.VOICE, AssetKind.PICTURE, AssetKind.PICTURE,
            AssetKind.FILM,
        ]
    )  # fmt: skip
    originals = {path.read_bytes() for path in (version_1.DATA / "recordings").iterdir()}
    assert all(Path(asset.path).read_bytes() in originals for asset in assets)
    clip = store.clip(EXPECTED["clip"])
    names = {asset.id: Path(asset.path).stem.partition("-")[0] for asset in assets}
    used = [names[layer.asset_id] for layer in clip.layers if isinstance(layer, FileLayer)]
    assert used == ["still", "bed", "bed", "bed", "aside"]


def test_what_was_version_1_goes_out_and_comes_in_again(store: Store, tmp_path: Path) -> None:
    bring(store, version_1.DATA / "fire-talk-with-media.viralclip")
    home = store.path.parent
    with store.transaction("Edit", EXPECTED["project"]) as tx:
        clip = tx.clip(EXPECTED["clip"])
        tx.put(replace(clip, parts=(*clip.parts, *clip.parts[:1])))
    file = export_project(
        store, DataPaths(home, home / "models"), EXPECTED["project"], tmp_path / "a", with_media=True
    )
    assert sum(name.startswith("media/") for name in zipfile.ZipFile(file).namelist()) == 6
    with stored.new_store(tmp_path / "away") as away:
        bring(away, file)
        assert away.clip(EXPECTED["clip"]) == store.clip(EXPECTED["clip"])
        assert {one.fingerprint for one in away.assets()} == {one.fingerprint for one in store.assets()}
