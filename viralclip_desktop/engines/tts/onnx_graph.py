"""A little surgery on ONNX files: what lies inside a network becomes an output of it.

An ONNX file is one protocol-buffer message (``onnx.proto3``; the wire format is "Encoding" in the protocol
buffers' documentation). Only the fields that are touched are read, everything else is carried over byte by
byte, so no package with the whole schema is needed (onnx is 60 MB).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

# Field numbers of onnx.proto3.
_GRAPH: Final = 7  # of ModelProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _VALUE_INFO = 1, 5, 11, 12, 13  # of GraphProto
_INPUTS, _OUTPUTS, _NAME, _OPERATOR, _ATTRIBUTE = 1, 2, 3, 4, 5  # of NodeProto
_TENSOR_NAME = 8  # of TensorProto
_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_GRAPH, _ATTRIBUTE_TYPE = 1, 3, 6, 20  # of AttributeProto
_VALUE_NAME = 1  # of ValueInfoProto
_TYPE_INT, _FLOAT, _INT64 = 2, 1, 7
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types


@dataclass(frozen=True)
class _Node:
    raw: bytes
    outputs: frozenset[str]
    uses: frozenset[str]


@dataclass
class _Graph:
    nodes: list[_Node] = field(default_factory=list)
    initializers: dict[str, bytes] = field(default_factory=dict)
    inputs: dict[str, bytes] = field(default_factory=dict)
    outputs: list[bytes] = field(default_factory=list)
    rest: list[bytes] = field(default_factory=list)
    """Whole fields, their tags included."""


def up_to(model: bytes, tensor: str, name: str, column: str = "") -> bytes:
    """The part of a network that ``tensor`` is made by, with it as its only output ``name``, of 64-bit whole
    numbers. The input ``column``, one number in the network, takes a column of any length here (n x 1); what
    is made of it has a row for each. Raises ValueError for a file that is no network or has no such
    tensor."""
    fields = list(_fields(model))
    graph = _read([value for number, value, _ in fields if number == _GRAPH])
    kept = _needed(graph.nodes, tensor)
    uses = {tensor}.union(*(node.uses for node in kept))
    parts = [_field(_NODE, node.raw) for node in kept]
    parts.append(_cast(tensor, name))
    parts += [_field(_INITIALIZER, raw) for key, raw in graph.initializers.items() if key in uses]
    parts += [_field(_INPUT, _column(column) if key == column else raw) for key, raw in graph.inputs.items()]
    parts += [*graph.rest, _field(_OUTPUT, _whole_numbers(name))]
    others = [raw for number, _, raw in fields if number != _GRAPH]
    return b"".join(others) + _field(_GRAPH, b"".join(parts))


def _read(graphs: list[bytes]) -> _Graph:
    read = _Graph()
    for graph in graphs:
        for number, value, raw in _fields(graph):
            if number == _NODE:
                read.nodes.append(_node(value))
            elif number == _INITIALIZER:
                read.initializers[_text(value, _TENSOR_NAME)] = value
            elif number == _INPUT:
                read.inputs[_text(value, _VALUE_NAME)] = value
            elif number not in (_OUTPUT, _VALUE_INFO):
                read.rest.append(raw)
    return read


def _node(raw: bytes) -> _Node:
    fields = list(_fields(raw))
    uses = {value.decode() for number, value, _ in fields if number == _INPUTS}
    for number, value, _ in fields:
        if number == _ATTRIBUTE:
            uses |= _used_inside(value)
    return _Node(
        raw, frozenset(value.decode() for number, value, _ in fields if number == _OUTPUTS), frozenset(uses)
    )


def _used_inside(attribute: bytes) -> set[str]:
    """Names of the outer graph that the bodies of loops and branches use, and their own."""
    bodies = [value for number, value, _ in _fields(attribute) if number == _ATTRIBUTE_GRAPH]
    return {name for body in bodies for node in _read([body]).nodes for name in node.uses}


def _needed(nodes: list[_Node], tensor: str) -> list[_Node]:
    """What makes ``tensor``, in the file's order: nodes come after what they use."""
    wanted, kept = {tensor}, []
    for node in reversed(nodes):
        if node.outputs & wanted:
            wanted |= node.uses
            kept.append(node)
    if not any(tensor in node.outputs for node in kept):
        raise ValueError(f"there is no {tensor} in the network")
    return kept[::-1]


def _cast(tensor: str, name: str) -> bytes:
    attribute = (
        _field(_ATTRIBUTE_NAME, b"to") + _whole(_ATTRIBUTE_INT, _INT64) + _whole(_ATTRIBUTE_TYPE, _TYPE_INT)
    )
    node = (
        _field(_INPUTS, tensor.encode())
        + _field(_OUTPUTS, name.encode())
        + _field(_NAME, b"cast_" + name.encode())
        + _field(_OPERATOR, b"Cast")
        + _field(_ATTRIBUTE, attribute)
    )
    return _field(_NODE, node)


def _whole_numbers(name: str) -> bytes:
    """ValueInfoProto: a name and a type, a tensor of 64-bit whole numbers of any shape."""
    tensor_type = _whole(1, _INT64)
    return _field(1, name.encode()) + _field(2, _field(1, tensor_type))


def _column(name: str) -> bytes:
    """ValueInfoProto: a tensor of 32-bit fractions, of any number of rows with one in each."""
    rows, one = _field(1, _field(2, b"rows")), _field(1, _whole(1, 1))
    tensor_type = _whole(1, _FLOAT) + _field(2, rows + one)
    return _field(1, name.encode()) + _field(2, _field(1, tensor_type))


def _text(message: bytes, wanted: int) -> str:
    return next((value.decode() for number, value, _ in _fields(message) if number == wanted), "")


def _fields(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, value and raw bytes of each field; the value is empty for other than strings and messages."""
    at = 0
    while at < len(data):
        start = at
        tag, at = _varint(data, at)
        kind, value = tag & 7, b""
        if kind == _BYTES:
            length, at = _varint(data, at)
            value, at = data[at : at + length], at + length
        elif kind == _VARINT:
            _, at = _varint(data, at)
        elif kind in (_FIXED64, _FIXED32):
            at += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError("this is no network in ONNX's form")
        if at > len(data):
            raise ValueError("the network's file is cut off")
        yield tag >> 3, value, data[start:at]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise ValueError("this is no network in ONNX's form")
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _encoded(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _field(number: int, value: bytes) -> bytes:
    return _encoded(number << 3 | _BYTES) + _encoded(len(value)) + value


def _whole(number: int, value: int) -> bytes:
    return _encoded(number << 3 | _VARINT) + _encoded(value)
