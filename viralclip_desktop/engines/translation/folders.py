"""CTranslate2 translation models on the user's disk: which folders are one, of which kind and languages.

Three kinds are known: Marian (OPUS-MT, a pair of languages or one into several), NLLB and M2M100 (any of
their languages into any other). They differ in how languages are named and where that stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.translation.codes import FLORES, our_code, same_language

MODEL: Final = "model.bin"
SOURCE_PIECES, TARGET_PIECES = "source.spm", "target.spm"
TOKENIZER: Final = "tokenizer.json"
SHARED_PIECES: Final = (
    "sentencepiece.bpe.model", "sentencepiece.model", "spm.model", "spm.128k.model",
    "flores200_sacrebleu_tokenizer_spm.model",
)  # fmt: skip
_VOCABULARIES: Final = ("shared_vocabulary", "target_vocabulary", "vocabulary")
_ENDINGS: Final = (".json", ".txt")
MANAGED: Final = ("translation", "ctranslate2", "ct2")
"""Folders of the models folder in which they are looked for."""
_TO: Final = re.compile(r">>([A-Za-z_]+)<<")
_MOST_BYTES: Final = 64_000_000  # of a vocabulary; NLLB's has 5 million


class Family(StrEnum):
    """The kind of a model."""

    MARIAN = "marian"
    NLLB = "nllb"
    M2M100 = "m2m100"


@dataclass(frozen=True, slots=True)
class Side:
    """What stands around the pieces of a text: before and behind those of the source, and what the target has
    to begin with."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelFolder:
    """A folder that is a translation model."""

    path: Path
    family: Family
    tokens: frozenset[str]
    """The tokens of its vocabulary that name languages."""
    pair: tuple[str, str] = ("", "")
    """The languages of a Marian model as its name or tokenizer tells them; empty where they don't."""
    ends_itself: bool = False
    """Whether the model puts the end of a sentence by itself."""

    def side(self, source: str, target: str) -> Side | None:
        """How two languages are named to it; None where it does not know one of them."""
        behind = () if self.ends_itself else ("</s>",)
        if self.family is Family.MARIAN:
            return self._marian(source, target, behind)
        if self.family is Family.M2M100:
            said, wanted = (_known(self.tokens, code, "__{}__") for code in (source, target))
        else:
            said, wanted = (FLORES.get(code, "") for code in (source, target))
        if said not in self.tokens or wanted not in self.tokens:
            return None
        return Side((said,), behind, (wanted,))

    def _marian(self, source: str, target: str, behind: tuple[str, ...]) -> Side | None:
        first, second = self.pair
        if first and not same_language(first, source):
            return None
        if not self.tokens:
            return Side((), behind) if same_language(second, target) else None
        wanted = next((token for token in sorted(self.tokens) if same_language(token[2:-2], target)), "")
        return Side((wanted,), behind) if wanted else None


def _known(tokens: frozenset[str], code: str, form: str) -> str:
    """The token of a language, which may stand under another code of its (``jv`` for ``jw``)."""
    plain = form.format(code)
    own = (token for token in sorted(tokens) if same_language(token.strip("_"), code))
    return plain if plain in tokens else next(own, "")


def refusal(folder: Path) -> str | None:
    """Why a folder is no translation model, in one sentence; None if it is one."""
    return _missing(folder) or _unknown(folder)


def _missing(folder: Path) -> str | None:
    name = folder.name
    if not folder.is_dir():
        return say("There is no folder {folder}.", folder=str(folder))
    if not (folder / MODEL).is_file():
        return say(
            "{name} is no translation model: {file} is missing; convert it for CTranslate2.",
            name=name,
            file=MODEL,
        )
    if _vocabulary(folder) is None:
        return say("{name} is no translation model: its vocabulary is missing.", name=name)
    if not _has_pieces(folder):
        return say(
            "{name} cannot split texts: {one} and {other}, or {third}, are missing; they lie beside what it "
            "was converted from.",
            name=name,
            one=SOURCE_PIECES,
            other=TARGET_PIECES,
            third=SHARED_PIECES[0],
        )
    return None


def _unknown(folder: Path) -> str | None:
    found, name = examined(folder), folder.name
    if found is None:
        return say("{name} is of a kind that is not known: neither OPUS-MT, NLLB nor M2M100.", name=name)
    if found.family is Family.MARIAN and not any(found.pair) and not found.tokens:
        return say(
            "Which languages {name} translates is not told: name its folder such as opus-mt-en-es.", name=name
        )
    return None


def examined(folder: Path) -> ModelFolder | None:
    """What a folder is, or None where it is of no known kind. Reads its vocabulary and loads nothing."""
    text = _vocabulary(folder) or ""
    config = _document(folder / "config.json")
    ends = bool(config.get("add_source_eos"))
    if "eng_Latn" in text:
        tokens = frozenset(code for code in FLORES.values() if code in text)
        return ModelFolder(folder, Family.NLLB, tokens, ends_itself=ends)
    if "__en__" in text:
        return ModelFolder(
            folder, Family.M2M100, frozenset(re.findall(r"__[a-z]{2,3}__", text)), ends_itself=ends
        )
    if not (folder / SOURCE_PIECES).is_file():
        return None
    # JSON may hold the marks escaped
    plain = text.replace("\\u003e", ">").replace("\\u003c", "<")
    tokens = frozenset(f">>{name}<<" for name in _TO.findall(plain))
    return ModelFolder(folder, Family.MARIAN, tokens, _pair(folder), ends)


def model_folders(models: Path, chosen: str) -> list[ModelFolder]:
    """The models that are there; first those of the folder ``chosen`` in the settings (a model, or one with
    models in it)."""
    found: dict[Path, ModelFolder] = {}
    for folder in _candidates(models, chosen):
        if folder not in found and refusal(folder) is None and (model := examined(folder)) is not None:
            found[folder] = model
    return list(found.values())


def _candidates(models: Path, chosen: str) -> Iterator[Path]:
    roots = [Path(chosen).expanduser()] if chosen else []
    for root in [*roots, *(models / name for name in MANAGED)]:
        if (root / MODEL).is_file():
            yield root
        elif root.is_dir():
            yield from sorted(path.parent for path in root.glob(f"*/{MODEL}"))


def _vocabulary(folder: Path) -> str | None:
    """The words of a model, as its file has them; None where there is no file of a sensible size."""
    for name in _VOCABULARIES:
        for ending in _ENDINGS:
            path = folder / f"{name}{ending}"
            try:
                if path.stat().st_size <= _MOST_BYTES:
                    return path.read_text("utf-8", errors="replace")
            except OSError:
                continue
    return None


def _has_pieces(folder: Path) -> bool:
    both = (folder / SOURCE_PIECES).is_file() and (folder / TARGET_PIECES).is_file()
    return both or any((folder / name).is_file() for name in (*SHARED_PIECES, TOKENIZER))


def _document(path: Path) -> Mapping[str, Any]:
    try:
        found = read_json(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _pair(folder: Path) -> tuple[str, str]:
    """The languages of a Marian model: of its tokenizer, else of its folder's name (``opus-mt-en-es``)."""
    told = _document(folder / "tokenizer_config.json")
    first, second = (str(told.get(key, "")) for key in ("source_lang", "target_lang"))
    if our_code(first):
        return first, second
    name = re.sub(r"^.*?opus[-_.]?mt[-_.]", "", folder.name, flags=re.IGNORECASE)
    parts = re.split(r"[-.]", name)
    known = [pair for pair in pairwise(parts) if all(map(our_code, pair))]
    if known:
        return known[-1]
    return next(((part, "") for part in parts if our_code(part)), ("", ""))
