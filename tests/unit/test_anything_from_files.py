"""Whatever lies in a file or comes from a server, it is read or refused with a sentence and a hint."""

from __future__ import annotations

import argparse
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import makers, stored
from support.loopback_http import LoopbackService, answer, loopback_service
from support.odd_documents import QUICK, altered, taken, texts, values

from viralclip_desktop.cli.options import frame_rate, number, seconds, share, word_places
from viralclip_desktop.compose.captions.fonts import Face, font_file
from viralclip_desktop.core.geometry import Aspect, Resolution
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.engines.downloads.catalogue import CATALOGUE
from viralclip_desktop.engines.downloads.models import ModelShop
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.answer import Answer
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.http.sse import EventReader, EventTooLarge
from viralclip_desktop.engines.http.tokens import tokens_of
from viralclip_desktop.engines.sites import worker
from viralclip_desktop.engines.sites.address import host_of, is_address, site_address
from viralclip_desktop.engines.sites.renewal import renewed_wheel, standing
from viralclip_desktop.engines.stt.whisper_models import installed_models, refused_models
from viralclip_desktop.engines.translation.folders import model_folders, refusal
from viralclip_desktop.engines.translation.pieces import sentence_pieces
from viralclip_desktop.features.cloning.sharing import read_voice
from viralclip_desktop.features.exporting.naming import Named, check_template, templated_name
from viralclip_desktop.features.faces.kept import KeptFaces
from viralclip_desktop.features.portable.importing import import_project
from viralclip_desktop.features.reframe.kept import KeptSight
from viralclip_desktop.features.transcription.partial import PartialTranscript
from viralclip_desktop.features.translation import read_glossary
from viralclip_desktop.media import encoders
from viralclip_desktop.media.beats import Beats, load_beats, save_beats
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.mp4_boxes import mp4_facts
from viralclip_desktop.media.peaks import load_peaks
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store.codec import dumps, from_plain, to_plain


@st.composite
def damaged(draw: Callable[[Any], Any], good: bytes) -> bytes:
    """A file with some bytes put in the place of others, or cut off; the head is hit as often as the rest."""
    data = bytearray(good)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, min(200, len(data) - 1)) | st.integers(0, len(data) - 1))
        new = draw(st.binary(min_size=1, max_size=8))
        data[at : at + len(new)] = new
    return bytes(data[: draw(st.none() | st.integers(0, len(data)))])


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return makers.make_video(tmp_path_factory.mktemp("film") / "a.mp4", 0.4, "64x36").read_bytes()


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.mp3", "a.png"])
@QUICK
@given(data=st.data())
def test_recordings_and_layers(name: str, data: st.DataObject, film: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data.draw(damaged(film)))
    taken(lambda: probe(path))
    taken(lambda: examine(path))
    mp4_facts(path)


PIECES = Path(__file__).parents[1] / "data" / "sentencepiece" / "bpe.model"


@QUICK
@given(data=damaged(PIECES.read_bytes()))
def test_pieces_of_translation_models(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "source.spm"
    path.write_bytes(data)
    pieces = taken(lambda: sentence_pieces(path))
    if pieces is not None:
        pieces.joined(pieces.split("We began it long ago, ¿no?"))


@QUICK
@given(
    vocabulary=texts('"eng_Latn"', '"__en__"', '">>spa<<"', "\\u003e\\u003ees", "[", ","),
    config=altered({"add_source_eos": True}) | values,
    told=altered({"source_lang": "en", "target_lang": "es"}) | values,
)
def test_folders_of_translation_models(vocabulary: str, config: Any, told: Any, tmp_path: Path) -> None:
    folder = tmp_path / "translation" / "opus-mt-en-es"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("model.bin", "source.spm", "target.spm"):
        (folder / name).touch()
    (folder / "shared_vocabulary.json").write_text(vocabulary, "utf-8", "surrogatepass")
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(told), "utf-8")
    for found in model_folders(tmp_path, ""):
        assert found.side("en", "es") is None or found.side("en", "xx") is None
    assert refusal(folder) is None or "opus-mt-en-es" in str(refusal(folder))


_VOICE = {
    "format": "viralclip-voice",
    "version": 1,
    "voice": {
        "name": "Ana", "provider": "kokoro", "provider_voice": "af_heart*0.6+af_bella*0.4", "language": "en",
        "consent": "hers", "consented_at": 1.0, "samples": [{"name": "a.wav", "spread_db": 40.0}],
    },
    "samples": [{"suffix": ".mp3", "data": "AAAA"}],
}  # fmt: skip


@QUICK
@given(document=altered(_VOICE))
def test_files_of_voices(document: Any, tmp_path: Path) -> None:
    file = tmp_path / "ana.viralvoice"
    file.write_text(json.dumps(document), "utf-8")
    found = taken(lambda: read_voice(file))
    if found is not None:
        voice, samples = found
        assert from_plain(ClonedVoice, json.loads(dumps(to_plain(voice)))) == voice
        assert all(suffix in (".mp3", ".wav") for suffix, _ in samples)


@QUICK
@given(text=texts("a", "=", "\t", "\n", "#", ";") | st.binary(max_size=40))
def test_glossaries(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    found = taken(lambda: read_glossary(path))
    assert found is None or all(term and how for term, how in found.items())


@QUICK
@given(boxes=st.lists(st.tuples(st.integers(0, 2**32 - 1), st.sampled_from([b"moov", b"trak", b"mdat"]))))
def test_boxes_of_any_length(boxes: list[tuple[int, bytes]], tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x08ftyp" + b"".join(size.to_bytes(4, "big") + kind for size, kind in boxes))
    assert mp4_facts(path).is_mp4


@QUICK
@given(data=damaged(resource("fonts", "Poppins-Bold.ttf").read_bytes()))
def test_fonts_of_brands(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(data)
    font = font_file(str(path))
    if font is not None:
        assert Face(font).ascent


@QUICK
@given(config=values | altered({"lang_ids": [1, 2], "num_mel_bins": 128, "model_type": "whisper"}))
def test_models_say_what_they_like_of_themselves(config: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "model.bin").write_bytes(b"weights")
    (folder / "config.json").write_text(json.dumps(config))
    assert not installed_models(tmp_path)
    assert set(refused_models(tmp_path)) <= {"mine"}


ENTRY = {"rfilename": "vocabulary.txt", "size": 3, "blobId": "x", "lfs": {"size": 3, "sha256": "y"}}
LISTED = {"sha": "abc", "siblings": [ENTRY, ENTRY | {"rfilename": "vocabulary./../../../evil"}]}


@pytest.fixture
def service() -> Iterator[LoopbackService]:
    with loopback_service() as running:
        yield running


@QUICK
@given(document=altered(LISTED) | values)
def test_lists_of_a_model_hub(document: Any, service: LoopbackService, tmp_path: Path) -> None:
    service.usual = answer(json.dumps(document).encode())
    catalogue = [model for model in CATALOGUE if model.repo and not model.files][:1]
    shop = ModelShop(
        tmp_path / "models" / "deep", NetworkGate(offline=False), service.url, catalogue=catalogue
    )
    assert taken(lambda: shop.install(catalogue[0].id)) is None
    assert not list(tmp_path.rglob("evil"))


@QUICK
@given(document=altered({"access_token": "a", "refresh_token": "b", "expires_in": 3600}) | values)
def test_tokens(document: Any) -> None:
    body = json.dumps(document).encode()
    found = taken(lambda: tokens_of(Answer(Service("site", "Site"), 200, {}, body), 0.0))
    assert found is None or found.is_fresh(-1e18)


@QUICK
@given(
    parts=st.lists(
        st.binary(max_size=20) | st.sampled_from([b"data: {}\n", b"\n", b"\r", b"event: x\n", b":"])
    )
)
def test_streams_of_events(parts: list[bytes]) -> None:
    reader = EventReader()
    with suppress(EventTooLarge):
        for part in parts:
            assert all(isinstance(event.data, str) for event in reader.feed(part))


VIDEO = {
    "title": "A talk", "webpage_url": "https://example.com/1", "extractor": "generic", "license": "CC",
    "chapters": [{"start_time": 0, "title": "One"}, {"start_time": 9.5, "title": None}],
    "subtitles": {"en": [{}], "live_chat": []}, "requested_formats": [{"filesize": 3}], "live_status": "x",
}  # fmt: skip


@QUICK
@given(info=altered(VIDEO))
def test_what_sites_tell_of_their_videos(info: Any) -> None:
    if isinstance(info, dict):
        told = worker.told_of(info)
        assert all(start_s >= 0 and isinstance(title, str) for start_s, title in told["chapters"])
        assert isinstance(told["title"], str)
        assert (worker.expected_bytes(info) or 0) >= 0


@QUICK
@given(text=texts("https://", "www.", "[", "]", ":", "99999", "/", "@", "?", "#", "\u202e", "example.com"))
def test_addresses(text: str) -> None:
    is_address(text)
    host_of(text)
    found = taken(lambda: site_address(text))
    assert found is None or is_address(found)


@QUICK
@given(note=altered({"file": "yt_dlp-2026.1.1-py3-none-any.whl", "sha256": "0" * 64}) | values)
def test_notes_of_a_renewed_library(note: Any, tmp_path: Path) -> None:
    folder = tmp_path / "wheels"
    folder.mkdir(exist_ok=True)
    for name in ("yt-dlp.json", "renewed.json", "note.json"):
        (folder / name).write_text(json.dumps(note))
    assert renewed_wheel(folder) is None
    standing(folder, date(2026, 1, 1))


@pytest.mark.parametrize(
    "read", [frame_rate, number, seconds, share, word_places], ids=lambda read: read.__name__
)
@QUICK
@given(text=texts("1", "9" * 400, ":", ".", "-", "/", "e", "0", "inf", "nan", ","))
def test_typed_values(read: Callable[[str], Any], text: str) -> None:
    with suppress(argparse.ArgumentTypeError):
        read(text)


@QUICK
@given(template=texts("{title}", "{rank}", "{", "}", "{title!r}", "/", "..", "\u202e", "\0"), title=st.text())
def test_names_of_files(template: str, title: str) -> None:
    named = Named(1, title, Aspect("9:16"), Resolution.P1080, date(2026, 1, 1))
    if taken(lambda: check_template(template) or True):
        name = templated_name(template, named)
        assert name
        assert not set(name) & set("/\\\0\u202e")
        assert len(name.encode("utf-8", "surrogateescape")) <= 255


# --- what lies in the data folder may be damaged, too ------------------------------------------------------


@QUICK
@given(document=altered({"format": 1, "tempo_bpm": 120.0, "confidence": 0.5, "ticks": [1, 2]}) | values)
def test_kept_beats(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "beats.json"
    save_beats(Beats(120.0, 0.5, (Time(1),)), path)
    kept = json.loads(path.read_text())
    if isinstance(document, dict):
        document = document | {"format": kept["format"]}
    path.write_text(json.dumps(document))
    taken(lambda: load_beats(path))


@QUICK
@given(data=st.binary(max_size=80))
def test_kept_waves(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "peaks.bin"
    path.write_bytes(data)
    assert taken(lambda: load_peaks(path)) is None


@QUICK
@given(document=values | altered([[{"cut": 0.1, "faces": []}]]))
def test_kept_pictures(document: Any, tmp_path: Path) -> None:
    source = stored.source()
    faces = KeptFaces(tmp_path / "faces", source)
    sight = KeptSight.of(DataPaths(tmp_path, tmp_path), "f" * 32, stored.media_info())
    for kept in (faces, sight):
        kept.folder.mkdir(parents=True, exist_ok=True)
        stretch = kept.stretches(TimeRange.from_seconds(0, 1))[0]
        kept._file(stretch).write_text(json.dumps(document))
        kept.read(stretch)


@QUICK
@given(document=values | altered({"ffmpeg": {"libx264": True}}))
def test_kept_encoders(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "encoders.json"
    path.write_text(json.dumps(document))
    encoders._recall("ffmpeg", path)


SAID = {"type": "segment", "words": [["a", 1, 2, 0.5, ""]], "end": 3}


@QUICK
@given(line=altered(SAID) | values)
def test_kept_words(line: Any, tmp_path: Path) -> None:
    path = tmp_path / "transcript.partial.jsonl"
    partial = PartialTranscript.resume(path, {"source": "src_1"})
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    again = PartialTranscript.resume(path, {"source": "src_1"})
    assert again.key == partial.key


@QUICK
@given(data=st.data())
def test_project_files_as_bytes(data: st.DataObject, tmp_path: Path) -> None:
    file = tmp_path / "a.viralclip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 1, "members": {}}))
    file.write_bytes(data.draw(damaged(file.read_bytes())))
    with stored.new_store(tmp_path / "away") as store:
        paths = DataPaths(tmp_path / "away", tmp_path / "models")
        assert taken(lambda: import_project(store, paths, file)) is None
