"""The model manager against a hub on loopback: whole, broken off, damaged, cancelled, offline."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from support.loopback_hub import LoopbackHub, loopback_hub
from support.patience import LIMIT_S
from support.speech import WHISPER_MINI

from viralclip_desktop.core.errors import BadInput, Cancelled, EnvironmentLacks, NotFound
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.engines.denoising import deepfilter
from viralclip_desktop.engines.downloads.catalogue import CATALOGUE, CatalogueFile, CatalogueModel
from viralclip_desktop.engines.downloads.fetch import Damaged
from viralclip_desktop.engines.downloads.models import ModelShop
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.separation import spleeter
from viralclip_desktop.engines.stt.base import SttSetup
from viralclip_desktop.engines.stt.whisper import WhisperEngine
from viralclip_desktop.engines.vision.lr_asd import BACK_FILE, FRONT_FILE, LrAsd

REPOSITORY = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json")


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    files = {name: (WHISPER_MINI / name).read_bytes() for name in REPOSITORY}
    with loopback_hub({**files, "README.md": b"not wanted"}) as running:
        yield running


def shop(hub: LoopbackHub, models: Path, offline: bool = False) -> ModelShop:
    return ModelShop(models, NetworkGate(offline), hub.url)


def transfers(hub: LoopbackHub) -> list[str]:
    return [wanted for path, wanted in hub.asked if path == "/cdn/model.bin"]


def test_install_verify_use_remove(hub: LoopbackHub, tmp_path: Path) -> None:
    models, events = shop(hub, tmp_path), []
    folder = models.install("small", events.append)
    assert folder == tmp_path / "whisper" / "small"
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*REPOSITORY, "preprocessor_config.json", "manifest.json"]
    )
    assert WhisperEngine(SttSetup(tmp_path)).ready() is None
    fractions = [event.fraction for event in events]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert events[-1].message.endswith(" MB")
    assert models.verify("small") == folder
    assert next(entry for entry in models.list() if entry.id == "small").installed
    models.remove("small")
    assert not folder.exists()
    assert not any(entry.installed for entry in models.list())


def test_what_is_there_is_not_fetched_again(hub: LoopbackHub, tmp_path: Path) -> None:
    shop(hub, tmp_path).install("tiny")
    asked = len(hub.asked)
    shop(hub, tmp_path, offline=True).install("tiny")
    assert len(hub.asked) == asked


def test_a_broken_connection_goes_on_where_it_stopped(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.cut_after = [300_000, 200_000]
    shop(hub, tmp_path).install("base")
    assert transfers(hub) == ["", "bytes=300000-", "bytes=500000-"]
    shop(hub, tmp_path).verify("base")


def test_a_server_without_ranges_sends_it_all_again(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.ranges, hub.cut_after = False, [300_000]
    shop(hub, tmp_path).install("base")
    shop(hub, tmp_path).verify("base")


def test_a_network_that_stays_broken_is_told_and_the_rest_kept(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.cut_after = [100_000] * 4
    with pytest.raises(EnvironmentLacks, match="broke off"):
        shop(hub, tmp_path).install("base")
    assert not (tmp_path / "whisper" / "base").exists()
    shop(hub, tmp_path).install("base")
    assert transfers(hub)[-1] == "bytes=400000-"


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_a_spoiled_file_is_noticed(hub: LoopbackHub, tmp_path: Path, name: str) -> None:
    hub.spoil = name
    with pytest.raises(Damaged, match=f"{name} arrived damaged"):
        shop(hub, tmp_path).install("base")
    assert WhisperEngine(SttSetup(tmp_path)).ready() is not None
    hub.spoil = ""
    shop(hub, tmp_path).install("base")


def test_a_cancel_ends_a_stalled_download_and_keeps_what_came(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.stall = True
    cancel, arrived = CancelToken(), threading.Event()

    def progress(event: ProgressEvent) -> None:
        if (event.fraction or 0.0) > 0.25:  # the small files are a fifth: this is the model itself
            arrived.set()

    def stop() -> None:
        assert hub.stalled.wait(LIMIT_S)
        assert arrived.wait(LIMIT_S)
        cancel.cancel()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):
        shop(hub, tmp_path).install("base", progress, cancel)
    thread.join()
    hub.stall = False
    shop(hub, tmp_path).install("base")
    assert transfers(hub)[-1].startswith("bytes=")


def test_offline_and_without_a_server(hub: LoopbackHub, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="offline switch"):
        shop(hub, tmp_path, offline=True).install("base")
    assert not hub.asked
    with loopback_hub({}) as gone:
        pass
    with pytest.raises(EnvironmentLacks, match="cannot be reached"):
        shop(gone, tmp_path).install("base")


def test_a_full_disk_is_told_before_anything_is_fetched(
    hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(EnvironmentLacks, match="not enough room"):
        shop(hub, tmp_path).install("base")
    assert not transfers(hub)


def test_verify_names_what_is_wrong(hub: LoopbackHub, tmp_path: Path) -> None:
    models = shop(hub, tmp_path)
    folder = models.install("base")
    spoiled = bytearray((folder / "model.bin").read_bytes())
    spoiled[1000] ^= 1
    (folder / "model.bin").write_bytes(spoiled)
    with pytest.raises(BadInput, match=r"model\.bin is damaged"):
        models.verify("base")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadInput, match=r"tokenizer\.json is missing"):
        models.verify("base")


def test_the_users_own_folders_are_listed_and_left_alone(hub: LoopbackHub, tmp_path: Path) -> None:
    shutil.copytree(WHISPER_MINI, tmp_path / "mine")
    models = shop(hub, tmp_path)
    (own,) = [entry for entry in models.list() if entry.id == "mine"]
    assert own.installed
    assert own.size_bytes > 1_000_000
    assert models.verify("mine") == tmp_path / "mine"
    with pytest.raises(NotFound):
        models.remove("mine")
    for name in ("..", "", "../mine", "nothing"):
        with pytest.raises(NotFound):
            models.remove(name)
    assert (tmp_path / "mine" / "model.bin").exists()


def test_unknown_models_are_told(hub: LoopbackHub, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no model named huge"):
        shop(hub, tmp_path).install("huge")
    with pytest.raises(NotFound, match="not installed"):
        shop(hub, tmp_path).verify("small")


def test_the_manifest_says_where_it_came_from(hub: LoopbackHub, tmp_path: Path) -> None:
    folder = shop(hub, tmp_path).install("base", lambda event: isinstance(event, ProgressEvent))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["repo"] == "Systran/faster-whisper-base"
    assert manifest["revision"] == "abc123"
    assert {entry["name"] for entry in manifest["files"]} == {*REPOSITORY, "preprocessor_config.json"}


SMALL = CatalogueModel(
    "small-net",
    "Somebody/net",
    12,
    "a small network",
    "Small net",
    (
        CatalogueFile("model.onnx", "onnx/model_quantized.onnx", 7, sha256(b"network").hexdigest()),
        CatalogueFile("vocab.txt", "vocab.txt", 5, sha256(b"words").hexdigest()),
    ),
)


def small_shop(hub: LoopbackHub, models: Path, model: CatalogueModel = SMALL) -> ModelShop:
    return ModelShop(models, NetworkGate(False), hub.url, catalogue=[model])


def test_a_model_of_known_files_is_installed_beside_whisper_and_checked(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.files |= {"model_quantized.onnx": b"network", "vocab.txt": b"words"}
    models = small_shop(hub, tmp_path)
    assert models.install("small-net") == tmp_path / "small-net"
    (entry,) = models.list()
    assert entry.installed
    assert not entry.transcribes
    assert (tmp_path / "small-net" / "model.onnx").read_bytes() == b"network"
    assert models.verify("small-net") == tmp_path / "small-net"
    (tmp_path / "small-net" / "model.onnx").write_bytes(b"netwurk")
    with pytest.raises(BadInput, match=r"model\.onnx is damaged"):
        models.verify("small-net")
    models.remove("small-net")
    assert not models.list()[0].installed


def test_a_file_with_another_checksum_than_the_catalogues_is_refused(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.files |= {"model_quantized.onnx": b"another", "vocab.txt": b"words"}
    with pytest.raises(Damaged, match=r"model\.onnx arrived damaged"):
        small_shop(hub, tmp_path).install("small-net")
    assert not (tmp_path / "small-net").exists()


def test_a_model_that_is_offered_nowhere_says_where_its_files_belong(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    models = small_shop(hub, tmp_path, replace(SMALL, repo=""))
    with pytest.raises(EnvironmentLacks, match="cannot be downloaded") as told:
        models.install("small-net")
    assert "model.onnx, vocab.txt" in told.value.hint
    assert not hub.asked


def test_files_that_were_put_there_by_hand_are_held_against_the_catalogue(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    models = small_shop(hub, tmp_path, replace(SMALL, repo=""))
    folder = tmp_path / "small-net"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"network")
    (folder / "vocab.txt").write_bytes(b"words")
    assert models.list()[0].installed
    assert models.install("small-net") == folder
    assert models.verify("small-net") == folder
    (folder / "vocab.txt").write_bytes(b"sword")
    with pytest.raises(BadInput, match=r"vocab\.txt is another file"):
        models.verify("small-net")


def test_a_model_is_fetched_at_its_revision_or_from_its_makers(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.files |= {"model_quantized.onnx": b"network", "vocab.txt": b"words"}
    small_shop(hub, tmp_path / "one", replace(SMALL, revision="f00d")).install("small-net")
    assert {path for path, _ in hub.asked} == {
        "/Somebody/net/resolve/f00d/onnx/model_quantized.onnx",
        "/Somebody/net/resolve/f00d/vocab.txt",
    }
    hub.asked.clear()
    elsewhere = replace(SMALL, repo="", address=f"{hub.url}/makers/raw")
    small_shop(hub, tmp_path / "two", elsewhere).install("small-net")
    assert {path for path, _ in hub.asked} == {
        "/makers/raw/onnx/model_quantized.onnx",
        "/makers/raw/vocab.txt",
    }
    manifest = json.loads((tmp_path / "two" / "small-net" / "manifest.json").read_text("utf-8"))
    assert manifest["repo"] == elsewhere.address


def test_the_same_network_published_another_time_is_as_good(hub: LoopbackHub, tmp_path: Path) -> None:
    first, second = SMALL.files
    older = replace(first, also=(sha256(b"netwerk").hexdigest(),))
    models = small_shop(hub, tmp_path, replace(SMALL, files=(older, second)))
    folder = tmp_path / "small-net"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"netwerk")
    (folder / "vocab.txt").write_bytes(b"words")
    assert models.verify("small-net") == folder


@pytest.mark.parametrize(
    ("model_id", "files"),
    [
        (spleeter.FOLDER, {spleeter.VOICE_FILE, spleeter.BACKGROUND_FILE}),
        (deepfilter.FOLDER, {deepfilter.ARCHIVE}),
    ],
)
def test_what_takes_voices_and_noise_away_can_be_installed(model_id: str, files: set[str]) -> None:
    model = next(model for model in CATALOGUE if model.id == model_id)
    assert model.is_offered
    assert {file.name for file in model.files} == files
    assert all(len(file.sha256) == 64 and file.size > 1_000_000 for file in model.files)
    assert "MIT" in model.licence
    where = model.address.split("/")[-2] if model.address else model.revision
    assert re.fullmatch("[0-9a-f]{40}", where), "one revision for good"


def test_the_files_of_who_speaks_are_found_where_the_manager_says_they_belong(tmp_path: Path) -> None:
    model = next(model for model in CATALOGUE if model.id == "lr-asd")
    assert [file.name for file in model.files] == [FRONT_FILE, BACK_FILE]
    for file in model.files:
        (tmp_path / "lr-asd").mkdir(exist_ok=True)
        (tmp_path / "lr-asd" / file.name).write_bytes(b"there")
    assert LrAsd(tmp_path).ready() is None
