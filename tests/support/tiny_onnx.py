"""ONNX files of one operation, small enough to be written down by hand (the protobuf of onnx.proto3)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

_FLOAT, _INT64 = 1, 7


def sentence_model(path: Path, table: np.ndarray) -> None:
    """``input_ids`` and ``attention_mask`` in, ``last_hidden_state`` out: row n of ``table`` for token n."""
    ids, mask = (_value(name, _INT64, ("batch", "sequence")) for name in ("input_ids", "attention_mask"))
    states = _value("last_hidden_state", _FLOAT, ("batch", "sequence", table.shape[1]))
    node = _node("Gather", ("table", "input_ids"), "last_hidden_state")
    _write(path, node, inputs=(ids, mask), output=states, tensors=(_tensor("table", table),))


def voice_model(path: Path, bands: int = 40) -> None:
    """``mel_window`` (batch, 80, ``bands``) in, ``embedding`` out: the mean of each band."""
    attribute = _text(1, "axes") + _bytes(8, _varint(1)) + _number(20, 7)
    node = _node("ReduceMean", ("mel_window",), "embedding") + _bytes(5, attribute)
    node += _bytes(5, _text(1, "keepdims") + _number(3, 0) + _number(20, 2))
    _write(
        path,
        node,
        inputs=(_value("mel_window", _FLOAT, ("batch", 80, bands)),),
        output=_value("embedding", _FLOAT, ("batch", bands)),
    )


def _write(
    path: Path, node: bytes, *, inputs: Sequence[bytes], output: bytes, tensors: Sequence[bytes] = ()
) -> None:
    graph = _bytes(1, node) + _text(2, "tiny")
    graph += b"".join(_bytes(5, tensor) for tensor in tensors)
    graph += b"".join(_bytes(11, value) for value in inputs) + _bytes(12, output)
    path.write_bytes(_number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13)))


def _node(operation: str, inputs: Sequence[str], output: str) -> bytes:
    return b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, operation)


def _tensor(name: str, values: np.ndarray) -> bytes:
    dims = b"".join(_number(1, size) for size in values.shape)
    return dims + _number(2, _FLOAT) + _text(8, name) + _bytes(9, values.astype("<f4").tobytes())


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    dims = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    tensor = _number(1, kind) + _bytes(2, b"".join(_bytes(1, dim) for dim in dims))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
