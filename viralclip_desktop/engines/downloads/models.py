"""The model manager: what there is, installing with resume and checksums, checking, removing.

Whisper models lie in ``<models>/whisper/<id>``, others in ``<models>/<id>``, with a ``manifest.json``
beside their files that records sizes and checksums as they were at the time of installing. While one
arrives it lies in a hidden folder, and is renamed when it is whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, NotFound
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.private import as_users
from viralclip_desktop.core.progress import (
    CancelToken,
    Progress,
    ProgressEvent,
    TimeLeft,
    ignore_progress,
)
from viralclip_desktop.engines.downloads.catalogue import CATALOGUE, CatalogueFile, CatalogueModel
from viralclip_desktop.engines.downloads.fetch import RemoteFile, fetch, file_sha256, new_client
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.stt.whisper_models import (
    MANAGED_FOLDER,
    find_model,
    installed_models,
    missing_files,
    refusal,
    refused_models,
)

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
_LONGEST_ANSWER = 16_000_000  # bytes; the longest list of a repository's files has a megabyte
_MANIFEST = "manifest.json"
_SPARE_BYTES = 200_000_000  # left free beside a model, so that installing one never fills the disk
_WANTED = ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json")
_DEFAULT_PREPROCESSOR = {
    "chunk_length": 30,
    "feature_size": 80,
    "hop_length": 160,
    "n_fft": 400,
    "sampling_rate": 16000,
}
"""What Whisper used before large-v3, and faster-whisper's own defaults: the older repositories leave this
file out."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model in the list."""

    id: str
    name: str
    size_bytes: int
    installed: bool
    note: str
    path: Path | None = None
    arrived_bytes: int = 0
    """What has arrived of a model that was not downloaded to its end."""
    transcribes: bool = True
    """Whether it is a Whisper model."""
    refused: str = ""
    """Why a folder that is there can't be used, in one sentence."""
    licence: str = ""
    """By its name; empty where it is not known, as of the user's own models."""


def own_model(name: str, folder: Path) -> ModelEntry:
    """A folder of the user's as a model of the list."""
    note, why = say("your own, in {folder}", folder=folder), refusal(folder)
    return ModelEntry(name, name, _folder_size(folder), why is None, note, folder, refused=why or "")


class ModelShop:
    """The models of one folder. ``base_url`` is the hub's address."""

    def __init__(
        self,
        models: Path,
        gate: NetworkGate,
        base_url: str = HUB,
        *,
        catalogue: Sequence[CatalogueModel] = CATALOGUE,
    ) -> None:
        self._models = models
        self._catalogue = {model.id: model for model in catalogue}
        self._gate = gate
        self._base_url = base_url.rstrip("/")

    def list(self) -> list[ModelEntry]:
        """The catalogue, smallest first, then the user's own model folders, those that can't be used last."""
        installed, refused = installed_models(self._models), refused_models(self._models)
        entries = [
            replace(
                self._entry(model, installed.pop(model.id, None)), refused=refused.pop(model.id, ("", ""))[1]
            )
            for model in self._catalogue.values()
        ]
        own = [own_model(name, folder) for name, folder in installed.items()]
        return [*entries, *own, *(own_model(name, folder) for name, (folder, _) in refused.items())]

    def _entry(self, model: CatalogueModel, whisper: Path | None) -> ModelEntry:
        folder = self._folder(model.id)
        path = whisper if not model.files else folder if not self._missing(model.id, folder) else None
        return ModelEntry(
            model.id,
            say(model.name) if model.name else say("Whisper {id}", id=model.id),
            model.size_bytes,
            path is not None,
            model.note,
            path,
            _folder_size(_partial(folder)),
            transcribes=not model.files,
            licence=model.licence,
        )

    def install(
        self,
        model_id: str,
        progress: Progress = ignore_progress,
        cancel: CancelToken | None = None,
    ) -> Path:
        """Download a model and return its folder; one that is there and whole is not fetched again.

        After a cancel or a break the next call goes on where this one stopped. Raises NotFound for an
        unknown model, EnvironmentLacks offline, without room or when the network fails, and Cancelled.
        """
        model = self._known(model_id)
        cancel = cancel or CancelToken()
        folder = self._folder(model_id)
        if not self._missing(model_id, folder):
            return folder
        if not model.is_offered:
            raise _not_offered(model, folder)
        self._gate.check("Installing a model")
        work = _partial(folder)
        with new_client(self._gate) as client:
            revision, files = _remote_files(client, self._base_url, model)
            self._make_room(work, files)
            _fetch_all(client, files, work, _Reporter(model_id, files, progress), cancel)
        _complete(work, model, revision)
        shutil.rmtree(folder, ignore_errors=True)
        for written in (work, *work.iterdir()):
            as_users(written)
        work.rename(folder)
        return folder

    def remove(self, model_id: str) -> None:
        """Delete an installed model, or what has arrived of one. Raises NotFound if there is neither."""
        folder = self._folder(model_id)
        leftovers = [path for path in (folder, _partial(folder)) if path.is_dir() and _is_plain(model_id)]
        if not leftovers:
            raise NotFound(
                say("The model {model_id} is not installed by this program.", model_id=model_id),
                "See: viralclip models list",
            )
        for path in leftovers:
            shutil.rmtree(path)

    def verify(self, model_id: str) -> Path:
        """Check every file of an installed model; returns its folder.

        Against the manifest where there is one, otherwise for being there at all. Raises NotFound, or
        BadInput naming what is missing or damaged.
        """
        folder = self._folder(model_id)
        if not folder.is_dir():
            folder = find_model(self._models, model_id) or folder
        if not folder.is_dir():
            raise NotFound(
                say("The model {model_id} is not installed.", model_id=model_id),
                say("Run: viralclip models install {model_id}", model_id=model_id),
            )
        wrong = [f"{name} is missing" for name in self._missing(model_id, folder)]
        wrong += _damaged(folder) or _others(folder, self._files(model_id))
        if wrong:
            raise BadInput(
                say("The model in {folder} is not whole: {wrong}.", folder=folder, wrong=", ".join(wrong)),
                say(
                    "Run: viralclip models remove {model_id}, then: viralclip models install {model_id2}",
                    model_id=model_id,
                    model_id2=model_id,
                ),
            )
        return folder

    def _known(self, model_id: str) -> CatalogueModel:
        if model_id not in self._catalogue:
            raise NotFound(
                say("There is no model named {model_id}.", model_id=model_id),
                say("Known ones: {known}.", known=", ".join(self._catalogue)),
            )
        return self._catalogue[model_id]

    def _files(self, model_id: str) -> tuple[CatalogueFile, ...]:
        return self._catalogue[model_id].files if model_id in self._catalogue else ()

    def _folder(self, model_id: str) -> Path:
        return (self._models if self._files(model_id) else self._models / MANAGED_FOLDER) / model_id

    def _missing(self, model_id: str, folder: Path) -> Sequence[str]:
        known = self._files(model_id)
        return [f.name for f in known if not (folder / f.name).is_file()] if known else missing_files(folder)

    def _make_room(self, work: Path, files: Sequence[RemoteFile]) -> None:
        try:
            work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EnvironmentLacks(
                say("The models folder {models} cannot be written.", models=self._models),
                "Choose another one with VIRALCLIP_MODELS_DIR.",
                str(error),
            ) from error
        needed = sum(file.size for file in files) - _folder_size(work) + _SPARE_BYTES
        free = shutil.disk_usage(work).free
        if needed > free:
            raise EnvironmentLacks(
                say(
                    "There is not enough room in {models}: {needed} GB are needed, {free} GB are free.",
                    models=self._models,
                    needed=Number(needed / 1e9, 1),
                    free=Number(free / 1e9, 1),
                ),
                "Free some space, or choose another folder with VIRALCLIP_MODELS_DIR.",
            )


class _Reporter:
    """Turns the bytes of single files into the progress of the whole."""

    def __init__(self, model_id: str, files: Sequence[RemoteFile], progress: Progress) -> None:
        self._model_id = model_id
        self._total = max(1, sum(file.size for file in files))
        self._done: dict[str, int] = {}
        self._progress = progress
        self._time_left = TimeLeft()

    def sink(self, name: str) -> Callable[[int], None]:
        """What one file's bytes are told to."""

        def on_bytes(count: int) -> None:
            self._done[name] = count
            done = sum(self._done.values())
            fraction = min(1.0, done / self._total)
            text = say("{done} of {total} MB", done=Number(done / 1e6, 0), total=Number(self._total / 1e6, 0))
            self._progress(
                ProgressEvent(
                    say("Installing {model_id}", model_id=self._model_id),
                    fraction,
                    text,
                    self._time_left(fraction),
                )
            )

        return on_bytes


def _partial(folder: Path) -> Path:
    """Where a model lies while it arrives."""
    return folder.with_name(f".{folder.name}.partial")


def _not_offered(model: CatalogueModel, folder: Path) -> EnvironmentLacks:
    names = ", ".join(file.name for file in model.files)
    return EnvironmentLacks(
        say("{name} cannot be downloaded by the program.", name=say(model.name)),
        say("Put {names} into the folder {folder}.", names=names, folder=folder),
    )


def _is_plain(model_id: str) -> bool:
    return bool(model_id) and Path(model_id).name == model_id and not model_id.startswith(".")


def _remote_files(client: httpx.Client, base_url: str, model: CatalogueModel) -> tuple[str, list[RemoteFile]]:
    """The revision and the wanted files of a repository: as the catalogue has them, or by the hub's API
    (``?blobs=true``)."""
    import httpx

    if model.files:
        where = model.address or f"{base_url}/{model.repo}/resolve/{model.revision}"
        known = [RemoteFile(f.name, f"{where}/{f.path}", f.size, f.sha256) for f in model.files]
        return model.revision, known
    try:
        data = read_json(_answer(client, f"{base_url}/api/models/{model.repo}"))
        revision = str(data["sha"])
        files = [
            _remote_file(base_url, model.repo, revision, entry)
            for entry in data["siblings"]
            if entry["rfilename"] in _WANTED or str(entry["rfilename"]).startswith("vocabulary.")
        ]
    except httpx.HTTPError as error:
        raise EnvironmentLacks(
            "The model server cannot be reached.", "Check the network and try again.", str(error)
        ) from error
    except JSON_FAULTS as error:
        raise EnvironmentLacks(
            "The model server gave an answer that makes no sense.", "Try again later.", repr(error)
        ) from error
    return revision, files


def _answer(client: httpx.Client, address: str) -> bytes:
    """What the hub's API says. Raises HTTPError, and ValueError for more than any list can be."""
    said = bytearray()
    with client.stream("GET", address, params={"blobs": "true"}) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            said += part
            if len(said) > _LONGEST_ANSWER:
                raise ValueError(f"more than {_LONGEST_ANSWER} bytes")
    return bytes(said)


def _remote_file(base_url: str, repo: str, revision: str, entry: dict[str, Any]) -> RemoteFile:
    name, large = str(entry["rfilename"]), entry.get("lfs") or {}
    if Path(name).name != name or "\\" in name:
        raise ValueError(f"{name!r} leads out of the model's folder")
    return RemoteFile(
        name,
        f"{base_url}/{repo}/resolve/{revision}/{name}",
        int(large.get("size") or entry["size"]),
        str(large.get("sha256") or ""),
        "" if large else str(entry.get("blobId") or ""),
    )


def _fetch_all(
    client: httpx.Client, files: Sequence[RemoteFile], work: Path, reporter: _Reporter, cancel: CancelToken
) -> None:
    for file in sorted(files, key=lambda file: file.size):
        cancel.raise_if_cancelled()
        on_bytes, out = reporter.sink(file.name), work / file.name
        if out.is_file() and out.stat().st_size == file.size:
            on_bytes(file.size)
            continue
        fetch(client, file, out, on_bytes, cancel)


def _complete(work: Path, model: CatalogueModel, revision: str) -> None:
    """Add what the repository leaves out, check that all is there, and write the manifest."""
    preprocessor = work / "preprocessor_config.json"
    if not model.files and not preprocessor.exists():
        preprocessor.write_text(json.dumps(_DEFAULT_PREPROCESSOR, indent=2), encoding="utf-8")
    missing = [] if model.files else missing_files(work)
    if missing:
        raise EnvironmentLacks(
            say("The server's copy of {id} lacks {missing}.", id=model.id, missing=", ".join(missing)),
            "Try again later.",
        )
    files = sorted(path for path in work.iterdir() if path.is_file() and path.name != _MANIFEST)
    manifest = {
        "model": model.id,
        "repo": model.repo or model.address,
        "revision": revision,
        "files": [
            {"name": path.name, "size": path.stat().st_size, "sha256": file_sha256(path)} for path in files
        ],
    }
    (work / _MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")


def _damaged(folder: Path) -> list[str]:
    """What is wrong by the manifest; nothing where there is none."""
    manifest = folder / _MANIFEST
    if not manifest.is_file():
        return []
    try:
        files = read_json(manifest.read_text(encoding="utf-8"))["files"]
        return [f"{entry['name']} is damaged" for entry in files if not _is_whole(folder, entry)]
    except (OSError, *JSON_FAULTS):
        return [f"{_MANIFEST} is damaged"]


def _others(folder: Path, known: Sequence[CatalogueFile]) -> list[str]:
    """Which files, put there by hand, are others than those that the catalogue knows by their checksums."""
    there = [file for file in known if (folder / file.name).is_file()]
    others = [file.name for file in there if file_sha256(folder / file.name) not in (file.sha256, *file.also)]
    return [say("{name} is another file", name=name) for name in others]


def _is_whole(folder: Path, entry: dict[str, Any]) -> bool:
    path = folder / str(entry["name"])
    if not path.is_file() or path.stat().st_size != entry["size"]:
        return False
    return file_sha256(path) == str(entry["sha256"])


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
