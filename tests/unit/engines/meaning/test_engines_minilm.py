"""The model of sentence meaning: what is said when it is not there."""

from __future__ import annotations

from pathlib import Path

from viralclip_desktop.engines.meaning.minilm import MiniLm, meaning_for


def test_it_is_optional_and_says_what_is_missing(tmp_path: Path) -> None:
    assert meaning_for("en", tmp_path) is None
    assert "model.onnx" in str(MiniLm(tmp_path).ready())
    (tmp_path / "minilm").mkdir()
    (tmp_path / "minilm" / "model.onnx").write_bytes(b"")
    assert "list of words is missing" in str(MiniLm(tmp_path).ready())
    (tmp_path / "minilm" / "vocab.txt").write_text("[UNK]\n")
    assert MiniLm(tmp_path).ready() is None


def test_a_language_it_does_not_know_is_left_to_the_words(tmp_path: Path) -> None:
    (tmp_path / "minilm").mkdir()
    (tmp_path / "minilm" / "model.onnx").write_bytes(b"")
    (tmp_path / "minilm" / "vocab.txt").write_text("[UNK]\n")
    assert meaning_for("en-US", tmp_path) is not None
    assert meaning_for("th", tmp_path) is None
