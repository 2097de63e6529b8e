"""Which Whisper models lie on this machine: whole folders in CTranslate2 form, wherever they came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say

BEST_FIRST = ("large-v3-turbo", "large-v3", "medium", "small", "base", "tiny")
"""The order in which an installed model is chosen: turbo is nearly as good as large-v3 at an eighth of the
time (faster-whisper's own table)."""

MANAGED_FOLDER = "whisper"
"""Models installed by the program lie in ``<models>/whisper/<name>``."""

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_PREPROCESSOR = "preprocessor_config.json"
_SIGNS = ("model.bin", "pytorch_model.bin", "model.safetensors", "tokenizer.json")
_OLD_LANGUAGES = 99  # large-v3 added one, and hears 128 bands where all before it hear 80
_HUB_FOLDER = "models--"


def missing_files(folder: Path) -> list[str]:
    """Which of the files a model needs are not in ``folder`` (empty list: it is whole).

    faster-whisper goes to the network for a missing tokenizer. Without ``preprocessor_config.json`` it takes
    the 80 bands of all models before large-v3, whose repositories leave that file out; from large-v3 on it
    must be there.
    """
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not any(folder.glob("vocabulary.*")):
        missing.append("vocabulary.json or vocabulary.txt")
    if not (folder / _PREPROCESSOR).is_file() and _hears_128_bands(folder):
        missing.append(_PREPROCESSOR)
    return missing


def _hears_128_bands(folder: Path) -> bool:
    config = _config(folder)
    languages = config.get("lang_ids")
    many = isinstance(languages, list) and len(languages) > _OLD_LANGUAGES
    return many or config.get("num_mel_bins") == 128


def _config(folder: Path) -> dict[str, Any]:
    """What a model says of itself; nothing where that can't be read."""
    try:
        config = read_json((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return config if isinstance(config, dict) else {}


def refusal(folder: Path) -> str | None:
    """Why a folder can't be used as a model, in one sentence; None if it can."""
    missing = missing_files(folder)
    if not missing:
        return None
    if (folder / "pytorch_model.bin").is_file() or any(folder.glob("*.safetensors")):
        return say(
            "The Whisper model in {folder} is in PyTorch's form; faster-whisper needs CTranslate2's.",
            folder=folder,
        )
    return say(
        "The Whisper model in {folder} is not whole: {missing} missing.",
        folder=folder,
        missing=", ".join(missing),
    )


def refused_models(models: Path) -> dict[str, tuple[Path, str]]:
    """Folders that look like a Whisper model and can't be used: name -> where, and why. A name that also has
    a whole one is left out."""
    found: dict[str, tuple[Path, str]] = {}
    for name, folder in _candidates(models):
        if _looks_like_whisper(folder) and (why := refusal(folder)) is not None:
            found.setdefault(name, (folder, why))
    whole = installed_models(models)
    return {name: one for name, one in found.items() if name not in whole}


def _looks_like_whisper(folder: Path) -> bool:
    """Whether weights or a tokenizer lie in a folder and its configuration names no other kind of model."""
    kind = _config(folder).get("model_type", "whisper")
    return kind == "whisper" and any((folder / file).is_file() for file in _SIGNS)


def installed_models(models: Path) -> dict[str, Path]:
    """Whole models under the models folder by name, the one to choose first in front."""
    found: dict[str, Path] = {}
    for name, folder in _candidates(models):
        if not missing_files(folder):
            found.setdefault(name, folder)
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0]), item[0])))


def _candidates(models: Path) -> Iterator[tuple[str, Path]]:
    """Folders that may be models, with their names; also in the layout of the hub's cache
    (``models--OWNER--NAME/snapshots/REVISION``)."""
    for parent in (models / MANAGED_FOLDER, models, models / "hub"):
        for folder in _folders(parent):
            if folder.name.startswith(_HUB_FOLDER):
                name = folder.name.rpartition("--")[2].removeprefix("faster-whisper-")
                yield from ((name, snapshot) for snapshot in _newest_first(folder / "snapshots"))
            else:
                yield folder.name, folder


def _newest_first(snapshots: Path) -> list[Path]:
    return sorted(_folders(snapshots), key=lambda folder: -folder.stat().st_mtime)


def find_model(models: Path, wanted: str = "") -> Path | None:
    """The folder of a model by name or path, or of the best one there is; None if there is none.

    One that is asked for may be a folder that can't be used (:func:`refusal`), and a path one of the hub's
    cache, whose newest snapshot counts.
    """
    installed = installed_models(models)
    if not wanted:
        return next(iter(installed.values()), None)
    if wanted in installed:
        return installed[wanted]
    folder = from_home(wanted)
    if folder.is_dir():
        snapshots = _newest_first(folder / "snapshots")
        return next((one for one in snapshots if not missing_files(one)), next(iter(snapshots), folder))
    refused = refused_models(models).get(wanted)
    return refused[0] if refused else None


def _folders(parent: Path) -> list[Path]:
    try:
        return sorted(entry for entry in parent.iterdir() if entry.is_dir() and entry.name[0] != ".")
    except OSError:
        return []


def _rank(name: str) -> int:
    plain = name.removeprefix("faster-whisper-").removesuffix(".en")
    return BEST_FIRST.index(plain) if plain in BEST_FIRST else len(BEST_FIRST)
