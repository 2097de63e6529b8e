"""CTranslate2 models on the disk: which folders are one, which languages they know, what others lack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.toy_translation import m2m_folder, nllb_folder, opus_folder, sentence_piece_file

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.engines.registry import TRANSLATION
from viralclip_desktop.engines.translation.base import (
    LineState,
    Run,
    SourceLine,
    TranslationRequest,
    TranslationSetup,
    Translator,
)
from viralclip_desktop.engines.translation.pieces import sentence_pieces

KNOWN = Path(__file__).parents[2] / "data" / "sentencepiece"
REQUEST = TranslationRequest(
    (SourceLine("We began it long ago."), SourceLine("Nobody else would.")), "en", "es"
)


def engine(models: Path, folder: Path | str = "") -> Translator:
    options = {"providers.ctranslate2.folder": str(folder)}
    return TRANSLATION.make("ctranslate2", TranslationSetup(models, options=options))


def texts(translator: Translator) -> list[str]:
    return [one.text for one in translator.translate(REQUEST, Run())]


@pytest.mark.parametrize("make", [opus_folder, nllb_folder, m2m_folder])
@pytest.mark.parametrize("where", ["translation", "ct2"])
def test_each_kind_translates_with_its_own_names_of_languages(
    make: object, where: str, tmp_path: Path
) -> None:
    make(tmp_path / where / "opus-mt-en-es")  # type: ignore[operator]
    translator = engine(tmp_path)
    assert translator.ready() is None
    assert texts(translator) == ["Lo empezamos hace mucho tiempo.", "Nadie más quería."]
    assert translator.problem("en", "fr") == "No CTranslate2 model here translates from English into French."
    assert translator.problem("", "es") == "Which language is spoken is not known."
    with pytest.raises(EnvironmentLacks, match="from English into French"):
        translator.translate(TranslationRequest((SourceLine("We"),), "en", "fr"), Run())


def test_one_of_several_targets_is_named_before_the_text(tmp_path: Path) -> None:
    opus_folder(tmp_path / "translation" / "opus-mt-en-ROMANCE", targets=["spa", "pt_BR"])
    translator = engine(tmp_path)
    assert texts(translator) == ["Lo empezamos hace mucho tiempo.", "Nadie más quería."]
    assert translator.problem("en", "pt") is None
    assert translator.problem("en", "de") is not None
    assert translator.problem("fr", "es") is not None


def test_the_folder_of_the_settings_goes_before_and_may_hold_several(tmp_path: Path) -> None:
    opus_folder(tmp_path / "translation" / "opus-mt-en-es", {"We": "Otra"})
    own = tmp_path / "mine"
    opus_folder(own / "opus-mt-en-fr", {"We": "Nous"})
    opus_folder(own / "opus-mt-tc-big-en-es-int8")
    assert engine(tmp_path, own).model("en", "es") == "opus-mt-tc-big-en-es-int8"
    assert engine(tmp_path, own).model("en", "fr") == "opus-mt-en-fr"
    assert engine(tmp_path, own / "opus-mt-en-fr").model("en", "es") == "opus-mt-en-es"


def test_a_tokenizer_tells_the_languages_where_the_name_does_not(tmp_path: Path) -> None:
    folder = opus_folder(tmp_path / "translation" / "model")
    assert engine(tmp_path).ready() == (
        "Which languages model translates is not told: name its folder such as opus-mt-en-es."
    )
    told = {"source_lang": "eng", "target_lang": "spa"}
    (folder / "tokenizer_config.json").write_text(json.dumps(told), "utf-8")
    assert texts(engine(tmp_path))[1] == "Nadie más quería."


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("model.bin", "model.bin is missing"),
        ("shared_vocabulary.json", "its vocabulary is missing"),
        ("source.spm", "cannot split texts"),
    ],
)
def test_a_folder_that_is_none_says_why(gone: str, told: str, tmp_path: Path) -> None:
    folder = opus_folder(tmp_path / "opus-mt-en-es")
    (folder / gone).unlink()
    assert told in str(engine(tmp_path, folder).ready())
    assert "no folder" in str(engine(tmp_path, tmp_path / "nowhere").ready())


def test_a_model_that_is_damaged_is_told(tmp_path: Path) -> None:
    folder = opus_folder(tmp_path / "translation" / "opus-mt-en-es")
    (folder / "model.bin").write_bytes(b"no model")
    with pytest.raises(EnvironmentLacks, match="opus-mt-en-es cannot be read"):
        texts(engine(tmp_path))


@pytest.mark.parametrize("data", [b"", b"\xff" * 40, b"\x0a\x7f\x00", b"not a model at all"])
def test_a_file_of_pieces_that_is_none_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "source.spm"
    path.write_bytes(data)
    with pytest.raises(EnvironmentLacks, match=r"source\.spm cannot be read"):
        sentence_pieces(path)


def test_a_line_longer_than_the_model_reads_fails_alone_and_nothing_is_cut(tmp_path: Path) -> None:
    opus_folder(tmp_path / "translation" / "opus-mt-en-es")
    lines = (SourceLine("we " * 500), SourceLine("we did"))
    long, short = engine(tmp_path).translate(TranslationRequest(lines, "en", "es"), Run())
    assert long.state is LineState.FAILED
    assert "too long" in long.reason
    assert short.text == "que lo"


@pytest.mark.parametrize("name", ["unigram", "bpe"])
def test_texts_are_split_as_sentencepiece_itself_does(name: str) -> None:
    """``expected.json`` is what SentencePiece 0.2.3 said of the models it made; what a model does not know is
    one unknown piece to it, whatever it is written as."""
    pieces = sentence_pieces(KNOWN / f"{name}.model")
    known = {
        piece
        for _, found in json.loads((KNOWN / "expected.json").read_text("utf-8"))[name]
        for piece in found
    }
    for text, expected in json.loads((KNOWN / "expected.json").read_text("utf-8"))[name]:
        found = pieces.split(text)
        assert [one if one in known else "<unk>" for one in found] == [
            one if one in found else "<unk>" for one in expected
        ]
        if "<unk>" not in found:
            assert pieces.joined(found) == " ".join(text.split())


def test_bytes_among_pieces_become_characters(tmp_path: Path) -> None:
    path = tmp_path / "source.spm"
    sentence_piece_file(path, ["▁so"])
    pieces = sentence_pieces(path)
    assert pieces.joined(["▁so", "▁", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "▁so"]) == "so 😀 so"
    assert pieces.joined(["<0xFF>", "▁so"]) == "so"
