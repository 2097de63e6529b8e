"""The sentence model at work: it runs in a process of its own, and what it read is kept beside the
recording."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.files import written_beside
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.meaning import worker
from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.jobs.worker import run_in_worker

_FILE = "meaning.npz"

_Rows = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class SentenceModel:
    """Meanings of sentences by the model in ``models``; ``folder`` is the recording's cache."""

    models: Path
    folder: Path
    cancel: CancelToken

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 a text. Raises EnvironmentLacks (no model, a damaged one), Cancelled."""
        names = [sha256(text.encode()).hexdigest()[:16] for text in texts]
        known = _kept(self.folder / _FILE)
        missing = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
        if missing:
            rows = self._read(list(missing.values()))
            known |= dict(zip(missing, rows, strict=True))
            _keep(known, self.folder / _FILE)
        return np.array([known[name] for name in names], np.float64)

    def _read(self, texts: list[str]) -> NDArray[np.float32]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="meaning-") as work:
            out = Path(work) / "meaning.npy"
            run_in_worker(
                worker.TARGET,
                worker.request(self.models, texts, out),
                cancel=self.cancel,
                name="sentence model",
            )
            read: NDArray[np.float32] = np.load(out)
        return read


def _kept(path: Path) -> _Rows:
    try:
        with np.load(path) as kept:
            return dict(zip(kept["names"].tolist(), kept["rows"], strict=True))
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}


def _keep(rows: _Rows, path: Path) -> None:
    with written_beside(path) as partial, partial.open("wb") as file:
        np.savez(file, names=np.array(list(rows)), rows=np.array(list(rows.values())))
