"""Translation models as CTranslate2 has them, so small that they are made in a test: a dictionary of words.

A transformer of one layer whose numbers are set by hand: the decoder looks at the piece at its own place in
the source and writes that piece's translation. So what comes out is known word by word, and a prefix that is
missing or stands elsewhere is seen at once.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import ctranslate2
import numpy as np

SPACE = "▁"
SPANISH = {
    "We": "Lo", "began": "empezamos", "it": "hace", "long": "mucho", "ago.": "tiempo.",
    "Nobody": "Nadie", "else": "más", "would.": "quería.",
    "So": "Así", "we": "que", "did": "lo", "all": "hicimos", "by": "todo", "ourselves.": "nosotros.",
    "Café": "Café",
}  # fmt: skip
_PLACES = 40
_SHARP = 400.0  # so that attention is on one place alone


def opus_folder(folder: Path, words: Mapping[str, str] = SPANISH, *, targets: Iterable[str] = ()) -> Path:
    """An OPUS-MT model. ``targets``: the languages of one that translates into several, which are named
    before the text (``>>spa<<``)."""
    marks = [f">>{name}<<" for name in targets]
    tokens = ["<unk>", "</s>", "<pad>", *marks, *_pieces(words)]
    mapped = _mapped(words) | dict.fromkeys(marks, "</s>")
    shift = 1 if marks else 0
    _save(folder, tokens, mapped, start="<pad>", shift=shift)
    sentence_piece_file(folder / "source.spm", [SPACE + word for word in words])
    sentence_piece_file(folder / "target.spm", [SPACE + word for word in words.values()])
    return folder


def nllb_folder(folder: Path, words: Mapping[str, str] = SPANISH) -> Path:
    """An NLLB model: the source begins with its language, the target is made to."""
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "eng_Latn", "spa_Latn", *_pieces(words)]
    _save(folder, tokens, _mapped(words), start="</s>")
    sentence_piece_file(folder / "sentencepiece.bpe.model", _pieces(words))
    return folder


def m2m_folder(folder: Path, words: Mapping[str, str] = SPANISH) -> Path:
    """An M2M100 model."""
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "__en__", "__es__", *_pieces(words)]
    _save(folder, tokens, _mapped(words), start="</s>")
    sentence_piece_file(folder / "sentencepiece.bpe.model", _pieces(words))
    return folder


def sentence_piece_file(path: Path, pieces: Sequence[str]) -> None:
    """A SentencePiece unigram model of whole words; letters are there at a price, as in real ones."""
    letters = sorted({letter for piece in pieces for letter in piece})
    rows = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3)]
    rows += [(piece, -1.0, 1) for piece in dict.fromkeys(pieces)]
    rows += [(letter, -20.0, 1) for letter in letters if letter not in pieces]
    path.write_bytes(b"".join(_field(1, _piece(*row)) for row in rows))


def _piece(text: str, score: float, kind: int) -> bytes:
    return _field(1, text.encode()) + b"\x15" + struct.pack("<f", score) + b"\x18" + bytes([kind])


def _field(number: int, data: bytes) -> bytes:
    size, rest = b"", len(data)
    while True:
        size += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
        rest >>= 7
        if not rest:
            return bytes([number << 3 | 2]) + size + data


def _pieces(words: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(SPACE + word for word in [*words, *words.values()]))


def _mapped(words: Mapping[str, str]) -> dict[str, str]:
    return {SPACE + one: SPACE + other for one, other in words.items()} | {"</s>": "</s>"}


def _save(
    folder: Path, tokens: Sequence[str], mapped: Mapping[str, str], *, start: str, shift: int = 0
) -> None:
    """``shift``: so many places further the source has what belongs to a place of the target."""
    width = len(tokens) + _PLACES
    spec = ctranslate2.specs.TransformerSpec.from_config(
        num_layers=(1, 1), num_heads=1, pre_norm=True, no_final_norm=True
    )
    numbers = {token: number for number, token in enumerate(tokens)}
    embeddings = np.eye(len(tokens), width, dtype=np.float32)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = np.eye(_PLACES, width, len(tokens), dtype=np.float32)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = embeddings
    for layer in (spec.encoder.layer[0], spec.decoder.layer[0]):
        _still(layer, width)
    looking = spec.decoder.layer[0].attention
    query = np.zeros((width, width), np.float32)
    for place in range(_PLACES - shift):
        query[len(tokens) + place + shift, len(tokens) + place] = _SHARP
    keys = np.zeros((width, width), np.float32)
    keys[len(tokens) :, len(tokens) :] = np.eye(_PLACES)
    values = np.zeros((width, width), np.float32)
    for one, other in mapped.items():
        values[numbers[other], numbers[one]] = 10.0
    looking.linear[0].weight, looking.linear[1].weight = query, np.concatenate([keys, values])
    looking.linear[2].weight = np.eye(width, dtype=np.float32)
    spec.decoder.projection.weight = embeddings
    for vocabulary in (spec.register_source_vocabulary, spec.register_target_vocabulary):
        vocabulary(list(tokens))
    spec.config.decoder_start_token = start
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    for linear in _linears(spec):
        linear.bias = np.zeros(linear.weight.shape[0], np.float32)
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    assert json.loads((folder / "config.json").read_text("utf-8"))["decoder_start_token"] == start


def _still(layer: object, width: int) -> None:
    """A layer that adds nothing by itself."""
    parts = [layer.self_attention, layer.ffn]  # type: ignore[attr-defined]
    if hasattr(layer, "attention"):
        parts.append(layer.attention)
    for part in parts:
        part.layer_norm.gamma = np.ones(width, np.float32)
        part.layer_norm.beta = np.zeros(width, np.float32)
    own = layer.self_attention.linear  # type: ignore[attr-defined]
    own[0].weight, own[1].weight = (np.zeros((n * width, width), np.float32) for n in (3, 1))
    feed = layer.ffn  # type: ignore[attr-defined]
    feed.linear_0.weight = feed.linear_1.weight = np.zeros((width, width), np.float32)


def _linears(spec: object) -> list[object]:
    layers = [spec.encoder.layer[0], spec.decoder.layer[0]]  # type: ignore[attr-defined]
    found = [linear for layer in layers for linear in layer.self_attention.linear]
    found += [linear for layer in layers for linear in (layer.ffn.linear_0, layer.ffn.linear_1)]
    return [*found, *layers[1].attention.linear, spec.decoder.projection]  # type: ignore[attr-defined]
