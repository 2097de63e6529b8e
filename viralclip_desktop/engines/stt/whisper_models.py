"""Which Whisper models lie on this machine: whole folders in CTranslate2 form, wherever they came from."""

from __future__ import annotations

from pathlib import Path

BEST_FIRST = ("large-v3-turbo", "large-v3", "medium", "small", "base", "tiny")
"""The order in which an installed model is chosen: turbo is nearly as good as large-v3 at an eighth of the
time (faster-whisper's own table)."""

MANAGED_FOLDER = "whisper"
"""Models installed by the program lie in ``<models>/whisper/<name>``."""

_NEEDED = ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json")


def missing_files(folder: Path) -> list[str]:
    """Which of the five files a model needs are not in ``folder`` (empty list: it is whole).

    All five are asked for because faster-whisper goes to the network for a missing tokenizer and guesses
    without the others.
    """
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not any(folder.glob("vocabulary.*")):
        missing.append("vocabulary.json or vocabulary.txt")
    return missing


def installed_models(models: Path) -> dict[str, Path]:
    """Whole models under the models folder by name, the one to choose first in front."""
    found: dict[str, Path] = {}
    for parent in (models / MANAGED_FOLDER, models):
        for folder in _folders(parent):
            if not missing_files(folder):
                found.setdefault(folder.name, folder)
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0]), item[0])))


def find_model(models: Path, wanted: str = "") -> Path | None:
    """The folder of a model by name or path, or of the best one there is; None if there is none."""
    installed = installed_models(models)
    if not wanted:
        return next(iter(installed.values()), None)
    if wanted in installed:
        return installed[wanted]
    folder = Path(wanted).expanduser()
    return folder if folder.is_dir() else None


def _folders(parent: Path) -> list[Path]:
    try:
        return sorted(entry for entry in parent.iterdir() if entry.is_dir() and entry.name[0] != ".")
    except OSError:
        return []


def _rank(name: str) -> int:
    plain = name.removeprefix("faster-whisper-").removesuffix(".en")
    return BEST_FIRST.index(plain) if plain in BEST_FIRST else len(BEST_FIRST)
