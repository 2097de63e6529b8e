"""ONNX files of a few operations, small enough to be written down by hand (the protobuf of onnx.proto3)."""

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
    """``mel_window`` (batch, 80, ``bands``) in, ``embedding`` out: how far each band is above -40 dB, in
    the mean."""
    mean = _node("ReduceMean", ("heard",), "embedding")
    mean += _bytes(5, _text(1, "axes") + _bytes(8, _varint(1)) + _number(20, 7))
    mean += _bytes(5, _text(1, "keepdims") + _number(3, 0) + _number(20, 2))
    _write(
        path,
        _node("Add", ("mel_window", "floor"), "above"),
        _node("Relu", ("above",), "heard"),
        mean,
        tensors=(_tensor("floor", np.array([4.0])),),
        inputs=(_value("mel_window", _FLOAT, ("batch", 80, bands)),),
        output=_value("embedding", _FLOAT, ("batch", bands)),
    )


def voice_maker(path: Path, frames: np.ndarray, levels: np.ndarray, frame: np.ndarray) -> None:
    """A network of Kokoro's form: ``tokens``, ``style`` and ``speed`` in, ``audio`` out. Token n lasts
    ``frames[n]`` frames, divided by the speed (inside as ``/encoder/Clip_output_0``), each of them ``frame``
    (samples) times ``levels[n]``."""
    lengths = "/encoder/Clip_output_0"
    nodes = (
        _node("Gather", ("frames", "tokens"), "usual"),
        _node("Div", ("usual", "speed"), "wanted"),
        _node("Round", ("wanted",), "whole"),
        _node("Clip", ("whole", "least", "most"), lengths),
        _node("Squeeze", (lengths, "first"), "row"),
        _node("CumSum", ("row", "first_0d"), "ends"),
        _node("ReduceSum", ("row", "first"), "all_1d"),
        _node("Squeeze", ("all_1d", "first"), "all"),
        _node("Range", ("zero", "all", "one"), "numbers"),
        _node("Unsqueeze", ("numbers", "second"), "down"),
        _node("GreaterOrEqual", ("down", "ends"), "over"),
        _node("Cast", ("over",), "over_whole")
        + _bytes(5, _text(1, "to") + _number(3, _INT64) + _number(20, 2)),
        _node("ReduceSum", ("over_whole", "second"), "place_2d"),
        _node("Squeeze", ("place_2d", "second"), "place"),
        _node("Squeeze", ("tokens", "first"), "flat"),
        _node("Gather", ("flat", "place"), "token"),
        _node("Gather", ("levels", "token"), "level"),
        _node("Unsqueeze", ("level", "second"), "level_down"),
        _node("Mul", ("level_down", "frame"), "sound"),
        _node("Reshape", ("sound", "any"), "audio"),
        _node("ReduceMean", ("style",), "unused"),
    )
    numbers = {"frames": frames, "levels": levels, "frame": frame}
    numbers |= {"least": np.array(1.0), "most": np.array(50.0), "zero": np.array(0.0), "one": np.array(1.0)}
    whole = {"first": np.array([0]), "second": np.array([1]), "first_0d": np.array(0), "any": np.array([-1])}
    _write(
        path,
        *nodes,
        inputs=(
            _value("tokens", _INT64, (1, "sequence_length")),
            _value("style", _FLOAT, (1, 256)),
            _value("speed", _FLOAT, (1,)),
        ),
        output=_value("audio", _FLOAT, ("audio_length",)),
        tensors=[_tensor(name, values) for name, values in (numbers | whole).items()],
    )


def _write(
    path: Path, *nodes: bytes, inputs: Sequence[bytes], output: bytes, tensors: Sequence[bytes]
) -> None:
    graph = b"".join(_bytes(1, node) for node in nodes) + _text(2, "tiny")
    graph += b"".join(_bytes(5, tensor) for tensor in tensors)
    graph += b"".join(_bytes(11, value) for value in inputs) + _bytes(12, output)
    path.write_bytes(_number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13)))


def _node(operation: str, inputs: Sequence[str], output: str) -> bytes:
    return b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, operation)


def _tensor(name: str, values: np.ndarray) -> bytes:
    dims = b"".join(_number(1, size) for size in values.shape)
    whole = values.dtype.kind == "i"
    data = values.astype("<i8" if whole else "<f4").tobytes()
    return dims + _number(2, _INT64 if whole else _FLOAT) + _text(8, name) + _bytes(9, data)


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
