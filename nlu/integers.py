"""An ONNX model whose weights are stored as 8-bit integers, made to compute with them: a third of the time.

The sentence model stores W as Mul(Cast(integers), scales), which ONNX Runtime unfolds to floats when it loads. Here
each MatMul over such a W becomes one DynamicQuantizeMatMul, and each Gather from one gathers before it unfolds. Only
these nodes are written anew, straight in the protobuf, so that no further package is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Field = tuple[int, int, "int | bytes"]  # number, wire type, value
_GRAPH, _OPERATORS = 7, 8  # of ModelProto
_NODE, _CONSTANT = 1, 5  # of GraphProto
_INPUT, _OUTPUT, _NAME, _KIND, _ATTRIBUTE, _DOMAIN = 1, 2, 3, 4, 5, 7  # of NodeProto
_CONSTANT_NAME = 8  # of TensorProto
_RUNTIMES_OWN = b"com.microsoft"
_TO_FLOAT = b"\x0a\x02to\x18\x01\xa0\x01\x02"  # AttributeProto: to = FLOAT


@dataclass(frozen=True)
class _Node:
    fields: list[Field]

    def texts(self, number: int) -> list[bytes]:
        return [value for field, _, value in self.fields if field == number and isinstance(value, bytes)]

    @property
    def kind(self) -> bytes:
        return self.texts(_KIND)[0]

    @property
    def inputs(self) -> list[bytes]:
        return self.texts(_INPUT)

    @property
    def output(self) -> bytes:
        return self.texts(_OUTPUT)[0]


def compute_with_integers(model: bytes) -> bytes:
    """The same model with its integer weights left as integers; unchanged if it has none.

    model: a serialised ModelProto. Products round the other factor to 8 bits, a scale for each call: vectors keep a
    cosine of .99 to those of the floats.
    """
    fields = list(_read(model))
    place = next(i for i, (number, _, _) in enumerate(fields) if number == _GRAPH)
    graph = list(_read(_bytes(fields[place])))
    weights = _integer_weights(graph)
    if not weights:
        return model
    changed = [new for field in graph for new in _change(field, weights)]
    fields[place] = (_GRAPH, 2, _write(changed))
    fields.append((_OPERATORS, 2, _write([(1, 2, _RUNTIMES_OWN), (2, 0, 1)])))
    return _write(fields)


def _integer_weights(graph: list[Field]) -> dict[bytes, tuple[bytes, bytes]]:
    """By the name of a W: its integers and its scales."""
    nodes = [_Node(list(_read(_bytes(field)))) for field in graph if field[0] == _NODE]
    made_by = {node.output: node for node in nodes}
    constants = {_constant_name(field) for field in graph if field[0] == _CONSTANT}
    found = {}
    for node in nodes:
        if node.kind != b"Mul" or node.inputs[1] not in constants:
            continue
        cast = made_by.get(node.inputs[0])
        if cast is not None and cast.kind == b"Cast" and cast.inputs[0] in constants:
            found[node.output] = (cast.inputs[0], node.inputs[1])
    return found


def _change(field: Field, weights: dict[bytes, tuple[bytes, bytes]]) -> Iterator[Field]:
    if field[0] != _NODE:
        yield field
        return
    node = _Node(list(_read(_bytes(field))))
    if node.kind == b"MatMul" and node.inputs[1] in weights:
        integers, scales = weights[node.inputs[1]]
        row = node.output + b"_scales"
        yield _node(b"Squeeze", [scales], row)
        yield _node(b"DynamicQuantizeMatMul", [node.inputs[0], integers, row], node.output, domain=_RUNTIMES_OWN)
    elif node.kind == b"Gather" and node.inputs[0] in weights:
        integers, scales = weights[node.inputs[0]]
        names = [node.output + end for end in (b"_integers", b"_floats", b"_scales")]
        yield _node(b"Gather", [integers, node.inputs[1]], names[0], node.texts(_ATTRIBUTE))
        yield _node(b"Cast", [names[0]], names[1], [_TO_FLOAT])
        yield _node(b"Gather", [scales, node.inputs[1]], names[2], node.texts(_ATTRIBUTE))
        yield _node(b"Mul", names[1:], node.output)
    else:
        yield field


def _node(
    kind: bytes, inputs: list[bytes], output: bytes, attributes: Sequence[bytes] = (), domain: bytes = b""
) -> Field:
    fields: list[Field] = [(_INPUT, 2, name) for name in inputs]
    fields += [(_OUTPUT, 2, output), (_NAME, 2, output + b"_" + kind), (_KIND, 2, kind)]
    fields += [(_ATTRIBUTE, 2, attribute) for attribute in attributes]
    return (_NODE, 2, _write([*fields, (_DOMAIN, 2, domain)] if domain else fields))


def _constant_name(field: Field) -> bytes:
    return next(_bytes(one) for one in _read(_bytes(field)) if one[0] == _CONSTANT_NAME)


def _bytes(field: Field) -> bytes:
    assert isinstance(field[2], bytes)
    return field[2]


def _read(message: bytes) -> Iterator[Field]:
    """The fields of a protobuf message in their order."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(message, at)
            yield key >> 3, kind, value
            continue
        size, at = _number(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        yield key >> 3, kind, message[at : at + size]
        at += size


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _write(fields: list[Field]) -> bytes:
    parts = []
    for number, kind, value in fields:
        parts.append(_written(number << 3 | kind))
        if isinstance(value, int):
            parts.append(_written(value))
        else:
            parts += [_written(len(value)), value] if kind == 2 else [value]
    return b"".join(parts)


def _written(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
