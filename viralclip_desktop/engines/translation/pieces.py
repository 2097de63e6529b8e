"""SentencePiece models (``.spm``, ``.model``) read without the package of that name.

The file is a protocol buffer, ``ModelProto`` of google/sentencepiece ``src/sentencepiece_model.proto``.
Pieces are found by ``tokenizers``, which has both of its methods, unigram and BPE.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPACE: Final = "▁"
_UNIGRAM, _BPE = 1, 2
_NORMAL = 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_BYTE_PIECE = re.compile(r"<0x([0-9A-F]{2})>")
_MOST_BYTES: Final = 64_000_000  # of a file; NLLB's has 5 million


class Pieces(Protocol):
    """Texts into pieces and back."""

    def split(self, text: str) -> list[str]:
        """The pieces of a text."""

    def joined(self, pieces: Sequence[str]) -> str:
        """The text of pieces."""


def sentence_pieces(path: Path) -> Pieces:
    """A SentencePiece model. Raises EnvironmentLacks for a file that is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("it is too large")
        return _SentencePieces(_read(path.read_bytes()))
    except Exception as error:  # what tokenizers raises has no class of its own to catch
        raise _unreadable(path, error) from error


def tokenizer_pieces(path: Path) -> Pieces:
    """A ``tokenizer.json``. Raises EnvironmentLacks for a file that is none."""
    from tokenizers import Tokenizer

    try:
        return _TokenizerFile(Tokenizer.from_file(str(path)))
    except Exception as error:  # as above
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> EnvironmentLacks:
    hint = say("Put a whole {name} into the folder {folder}.", name=path.name, folder=str(path.parent))
    return EnvironmentLacks(say("{name} cannot be read.", name=path.name), hint, str(error))


@dataclass
class _Model:
    pieces: list[tuple[str, float, int]] = field(default_factory=list)
    """Text, score, type."""
    method: int = _UNIGRAM
    unknown: int = 0
    by_bytes: bool = False
    charsmap: bytes = b""
    prefixed: bool = True
    """Whether a text begins with a space."""
    tidied: bool = True
    """Whether several spaces count as one."""


class _SentencePieces:
    def __init__(self, model: _Model) -> None:
        self._tokenizer = _tokenizer(model)

    def split(self, text: str) -> list[str]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def joined(self, pieces: Sequence[str]) -> str:
        text = "".join(_mended(pieces))
        return text.replace(SPACE, " ").strip()


class _TokenizerFile(_SentencePieces):
    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer


def _mended(pieces: Sequence[str]) -> Iterator[str]:
    """Pieces with the bytes among them as characters; what is no character is left out."""
    data = bytearray()
    for piece in pieces:
        if byte := _BYTE_PIECE.fullmatch(piece):
            data.append(int(byte[1], 16))
            continue
        yield data.decode("utf-8", "ignore")
        data.clear()
        yield piece
    yield data.decode("utf-8", "ignore")


def _tokenizer(model: _Model) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    text, _, _ = model.pieces[model.unknown]
    kind: Any
    if model.method == _UNIGRAM:
        scored = [(piece, score) for piece, score, _ in model.pieces]
        kind = models.Unigram(scored, unk_id=model.unknown, byte_fallback=model.by_bytes)
    elif model.method == _BPE:
        vocabulary = {piece: number for number, (piece, _, _) in enumerate(model.pieces)}
        merges = _merges(model, vocabulary)
        kind = models.BPE(vocabulary, merges, unk_token=text, fuse_unk=True, byte_fallback=model.by_bytes)
    else:
        raise ValueError("it splits into words or letters, which no translation model does")
    made = Tokenizer(kind)
    steps: list[Any] = [normalizers.Precompiled(model.charsmap)] if model.charsmap else []
    if model.tidied:
        steps += [normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    made.normalizer = normalizers.Sequence(steps)
    scheme = "always" if model.prefixed else "never"
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme=scheme)
    return made


def _merges(model: _Model, vocabulary: Mapping[str, int]) -> list[tuple[str, str]]:
    """The pairs that BPE joins, the first ones first: SentencePiece keeps only what comes of them, the score
    of a piece being the order in which it was made."""
    found: list[tuple[float, int, int, str, str]] = []
    for piece, score, kind in model.pieces:
        if kind != _NORMAL:
            continue
        for cut in range(1, len(piece)):
            left, right = piece[:cut], piece[cut:]
            if left in vocabulary and right in vocabulary:
                found.append((-score, vocabulary[left], vocabulary[right], left, right))
    return [(left, right) for _, _, _, left, right in sorted(found)]


def _read(data: bytes) -> _Model:
    """Raises ValueError for what is no model."""
    model = _Model()
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            model.pieces.append(_piece(value))
        elif number == 2 and isinstance(value, bytes):
            _read_training(model, value)
        elif number == 3 and isinstance(value, bytes):
            _read_rules(model, value)
    if not 0 <= model.unknown < len(model.pieces):
        raise ValueError("there are no pieces in it")
    return model


def _piece(data: bytes) -> tuple[str, float, int]:
    text, score, kind = "", 0.0, _NORMAL
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            text = value.decode("utf-8")
        elif number == 2 and isinstance(value, float):
            score = value
        elif number == 3 and isinstance(value, int):
            kind = value
    return text, score, kind


def _read_training(model: _Model, data: bytes) -> None:
    for number, value in _fields(data):
        if isinstance(value, int):
            model.method = value if number == 3 else model.method
            model.by_bytes = bool(value) if number == 35 else model.by_bytes
            model.unknown = value if number == 40 else model.unknown


def _read_rules(model: _Model, data: bytes) -> None:
    for number, value in _fields(data):
        if number == 2 and isinstance(value, bytes):
            model.charsmap = value
        elif isinstance(value, int):
            model.prefixed = bool(value) if number == 3 else model.prefixed
            model.tidied = bool(value) if number == 4 else model.tidied


def _fields(data: bytes) -> Iterator[tuple[int, int | float | bytes]]:
    """The fields of a protocol buffer. Raises ValueError where it is none."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        size, at = _varint(data, at) if wire == _BYTES else ({_FIXED64: 8, _FIXED32: 4}.get(wire, -1), at)
        if size < 0 or at + size > len(data):
            raise ValueError("it is no SentencePiece model")
        raw = data[at : at + size]
        yield tag >> 3, struct.unpack("<f", raw)[0] if wire == _FIXED32 else raw
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 64, 7):
        if at >= len(data):
            break
        byte, at = data[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("it is no SentencePiece model")
