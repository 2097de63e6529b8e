"""all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) through ONNX Runtime: English sentences as 384
numbers.

It is optional. Its files are ``minilm/model.onnx`` and ``minilm/tokenizer.json`` (or ``vocab.txt``) in the
models folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float64]

FOLDER, MODEL_FILE = "minilm", "model.onnx"
LANGUAGES: Final = frozenset({"en"})
_TOKENIZER, _VOCABULARY = "tokenizer.json", "vocab.txt"
_LONGEST_TOKENS: Final = 128  # what the model was trained on
_BATCH: Final = 32


class MiniLm:
    """The model in a folder of models. Nothing is loaded before :meth:`vectors` is asked."""

    def __init__(self, models: Path) -> None:
        self._folder = models / FOLDER

    def ready(self) -> str | None:
        """None if it can be used, else why not, in one sentence."""
        problem = onnx_problem(self._folder / MODEL_FILE)
        if problem is None and not self._words().is_file():
            return say(
                "Its list of words is missing. Put {name} or {other} into the folder {folder}.",
                name=_TOKENIZER,
                other=_VOCABULARY,
                folder=str(self._folder),
            )
        return problem

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 a text: mean of the tokens' last states. Raises EnvironmentLacks."""
        import numpy as np

        rows = [self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 384))

    def _batch(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        read = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in read], np.int64)
        mask = np.array([one.attention_mask for one in read], np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {node.name for node in self._session.get_inputs()}
        (states, *_) = self._session.run(None, {k: v for k, v in inputs.items() if k in wanted})
        summed = (states * mask[:, :, None]).sum(axis=1, dtype=np.float64)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        unit: Vectors = summed / np.maximum(lengths, 1e-9)
        return unit

    def _words(self) -> Path:
        whole = self._folder / _TOKENIZER
        return whole if whole.is_file() else self._folder / _VOCABULARY

    @cached_property
    def _tokenizer(self) -> Any:
        import tokenizers

        path = self._words()
        try:
            if path.name == _TOKENIZER:
                made: Any = tokenizers.Tokenizer.from_file(str(path))
            else:
                made = tokenizers.BertWordPieceTokenizer(str(path), lowercase=True)
        except Exception as error:  # what tokenizers raises has no class of its own to catch
            hint = say(
                "Put a whole {name} into the folder {folder}, or remove the file.",
                name=path.name,
                folder=str(path.parent),
            )
            raise EnvironmentLacks(say("{name} cannot be read.", name=path.name), hint, str(error)) from error
        made.enable_truncation(_LONGEST_TOKENS)
        made.enable_padding()
        return made

    @cached_property
    def _session(self) -> Any:
        return onnx_session(self._folder / MODEL_FILE)


def meaning_for(language: str, models: Path) -> MiniLm | None:
    """The model for a language code, if it is installed and knows the language; None otherwise."""
    if language.casefold().replace("_", "-").split("-")[0] not in LANGUAGES:
        return None
    model = MiniLm(models)
    return model if model.ready() is None else None
