"""Files belong to no project: found by path and content, moved with undo, never removed under their users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.errors import BadInput, NotApplied, NotFound
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.audio_config import AudioConfig, DubMode
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.mix import Bus, Mix
from viralclip_desktop.store import Store

SONG = stored.asset(
    "asset_song", kind=AssetKind.MUSIC, path="/music/song.mp3", title="Song", fingerprint="s" * 32,
    licence="CC0", origin="made here", tags=("calm", "long"), made_with={"mood": "calm", "seed": 7},
)  # fmt: skip
LOGO = stored.asset("asset_logo", kind=AssetKind.PICTURE, path="/brand/logo.png", title="Logo", info=None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        yield store


def use_song(store: Store) -> None:
    with store.transaction("Add music", "proj_1") as tx:
        tx.put(SONG)
        layer = MusicLayer("layer_1", SONG.id, TimeRange.from_seconds(0, 5))
        tx.put(replace(tx.clip("clip_1"), layers=(layer,)))


def test_everything_known_of_a_file_is_kept(store: Store) -> None:
    with store.transaction("Import") as tx:
        tx.put(SONG)
        tx.put(LOGO)
    assert (store.asset(SONG.id), store.asset(LOGO.id)) == (SONG, LOGO)
    assert store.assets(AssetKind.MUSIC) == [SONG]
    assert {asset.id for asset in store.assets()} == {"asset_1", SONG.id, LOGO.id}
    assert store.asset_by_path("/music/song.mp3") == SONG
    assert store.asset_by_path("/music/other.mp3") is None
    assert store.assets_of_content("s" * 32) == [SONG]
    assert store.assets_of_content("") == []
    with pytest.raises(NotFound):
        store.asset("asset_none")


def test_who_names_a_file_is_known(store: Store) -> None:
    use_song(store)
    with store.transaction("Brand", "proj_1") as tx:
        tx.put(LOGO)
        tx.put(BrandKit("brand_1", "Ours", watermark=Logo(LOGO.id)))
        tx.put(replace(tx.clip("clip_1"), brand_kit="brand_1"))
    uses = {asset_id: [(use.kind, use.id) for use in store.asset_uses(asset_id)] for asset_id in ("asset_1",)}
    assert uses == {"asset_1": [("source", "src_1"), ("clip", "clip_1")]}
    assert [(use.kind, use.title) for use in store.asset_uses(LOGO.id)] == [("brand_kit", "Ours")]
    assert [(use.kind, use.project_id) for use in store.asset_uses(SONG.id)] == [("clip", "proj_1")]
    assert {asset.id for asset in store.project_assets("proj_1")} == {"asset_1", SONG.id, LOGO.id}


def test_undo_of_an_edit_leaves_its_file_in_the_library(store: Store) -> None:
    use_song(store)
    store.undo("proj_1")
    assert store.clip("clip_1").layers == ()
    assert store.asset(SONG.id) == SONG
    assert store.asset_uses(SONG.id) == []
    store.redo("proj_1")
    assert len(store.clip("clip_1").layers) == 1


def test_a_file_in_use_is_not_removed_and_one_that_is_free_comes_back(store: Store) -> None:
    use_song(store)
    with pytest.raises(BadInput, match="still in use"), store.transaction("Remove") as tx:
        tx.delete("asset", SONG.id)
    store.undo("proj_1")
    with store.transaction("Remove file") as tx:
        tx.delete("asset", SONG.id)
    with pytest.raises(NotApplied, match="no longer in the library"):
        store.redo("proj_1")
    assert store.undo("") == "Remove file"
    assert store.asset(SONG.id) == SONG


def test_a_moved_recording_is_a_change_of_the_recording(store: Store) -> None:
    told: list[Changes] = []
    store.changes.subscribe(told.append)
    with store.transaction("Relink media", "proj_1") as tx:
        tx.put(stored.asset(path="/new/talk.mp4"))
    assert store.source("src_1") == stored.source(path="/new/talk.mp4")
    assert told[0].ids("source") == {"src_1"}
    assert told[0].ids("asset") == {"asset_1"}
    assert store.undo("proj_1") == "Relink media"
    assert store.source("src_1") == stored.source()
    assert store.redo("proj_1") == "Relink media"
    assert store.source("src_1").path == "/new/talk.mp4"


def test_a_clip_without_a_recording_belongs_to_its_project(store: Store) -> None:
    clip = replace(stored.clip("clip_2"), source_id="", batch_id="", asset_id="", parts=())
    with store.transaction("Make from words", "proj_1") as tx:
        tx.put(clip)
    assert store.clip("clip_2") == clip
    assert [one.id for one in store.project_clips("proj_1")] == ["clip_1", "clip_2"]
    assert [one.id for one in store.clips("src_1")] == ["clip_1"]
    with store.transaction("Delete", "proj_1") as tx:
        tx.delete("project", "proj_1")
    assert store.project_clips("proj_1") == []
    store.undo("proj_1")
    assert store.clip("clip_2") == clip


def test_a_clip_has_a_sound_for_each_language(store: Store) -> None:
    indonesian = AudioConfig("audio_1", "clip_1", "id", DubMode.OVERLAY, "kokoro", "af_heart", SONG.id, -12.0)
    with store.transaction("Dub", "proj_1") as tx:
        tx.put(SONG)
        tx.put(indonesian)
        tx.put(AudioConfig("audio_2", "clip_1", "", original_volume=-3.0, mix=Mix(speech=Bus(-3.0))))
    assert [config.language for config in store.audio_configs("clip_1")] == ["", "id"]
    assert store.audio_configs("clip_1")[1] == indonesian
    assert [(use.kind, use.id) for use in store.asset_uses(SONG.id)] == [("clip", "clip_1")]
    with store.transaction("Delete", "proj_1") as tx:
        tx.delete("clip", "clip_1")
    assert store.audio_configs("clip_1") == []
    store.undo("proj_1")
    assert store.audio_configs("clip_1")[1] == indonesian
    store.undo("proj_1")
    assert store.audio_configs("clip_1") == []
