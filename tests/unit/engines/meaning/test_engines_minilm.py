"""The model of sentence meaning: what is said when it is not there, how texts become numbers, its worker."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from support.tiny_onnx import sentence_model

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.meaning.minilm import MiniLm, meaning_for
from viralclip_desktop.features.moments.sentence_model import SentenceModel

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "sea", "ocean", "bread", "##s")
REAL = Path(os.environ.get("VIRALCLIP_REAL_MODELS", "")) / "minilm"


def tiny(models: Path) -> Path:
    """A model that knows three words: two of them mean the same."""
    folder = models / "minilm"
    folder.mkdir(parents=True)
    table = np.zeros((len(VOCABULARY), 384), np.float32)
    table[[5, 6], 0] = 1.0
    table[7, 1] = 1.0
    sentence_model(folder / "model.onnx", table)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return models


def test_it_is_optional_and_says_what_is_missing(tmp_path: Path) -> None:
    assert meaning_for("en", tmp_path) is None
    assert "model.onnx" in str(MiniLm(tmp_path).ready())
    (tmp_path / "minilm").mkdir()
    (tmp_path / "minilm" / "model.onnx").write_bytes(b"")
    assert "list of words is missing" in str(MiniLm(tmp_path).ready())
    (tmp_path / "minilm" / "vocab.txt").write_text("[UNK]\n")
    assert MiniLm(tmp_path).ready() is None


def test_a_language_it_does_not_know_is_left_to_the_words(tmp_path: Path) -> None:
    tiny(tmp_path)
    assert meaning_for("en-US", tmp_path) is not None
    assert meaning_for("th", tmp_path) is None


def test_texts_of_any_length_become_rows_of_length_one(tmp_path: Path) -> None:
    rows = MiniLm(tiny(tmp_path)).vectors(["Sea", "the OCEANS", "bread", "bread and sea", ""])
    assert rows.shape == (5, 384)
    assert np.linalg.norm(rows[:4], axis=1) == pytest.approx(1.0)
    assert rows[0] @ rows[1] == pytest.approx(1.0)  # padding and unknown words count for nothing here
    assert rows[0] @ rows[2] == pytest.approx(0.0)
    assert rows[3] @ rows[0] == pytest.approx(2**-0.5)
    assert not rows[4].any()


def test_a_worker_reads_them_once_and_what_it_read_is_kept(tmp_path: Path) -> None:
    models = tiny(tmp_path / "models")
    first = SentenceModel(models, tmp_path / "kept", CancelToken()).vectors(["sea", "bread", "sea"])
    assert first @ first.T == pytest.approx(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]))
    (models / "minilm" / "model.onnx").unlink()
    again = SentenceModel(models, tmp_path / "kept", CancelToken())
    assert again.vectors(["bread", "sea"]) == pytest.approx(first[[1, 0]])
    with pytest.raises(EnvironmentLacks):
        again.vectors(["ocean"])
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["meaning.npz"]


@pytest.mark.skipif(not (REAL / "vocab.txt").is_file(), reason="needs VIRALCLIP_REAL_MODELS with minilm")
def test_the_real_model_hears_the_same_said_otherwise() -> None:
    said = ["The ship went down in the storm.", "A storm sank the vessel.", "My aunt bakes bread on Sundays."]
    rows = MiniLm(REAL.parent).vectors(said)
    assert rows[0] @ rows[1] > 0.6
    assert rows[0] @ rows[2] < 0.2
