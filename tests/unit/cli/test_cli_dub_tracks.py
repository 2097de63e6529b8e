"""``viralclip dub --tracks``: one film with every language as a sound track of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest
from av.stream import Disposition
from support.command_line import CommandLine, make_services
from support.said import SAID, put_talk

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES
from viralclip_desktop.engines.translation.codes import iso_639_2
from viralclip_desktop.media import sound_tracks
from viralclip_desktop.media.locate import ffmpeg_path
from viralclip_desktop.media.loudness import measure

TEXTS = {
    "es": ("Empezamos hace mucho.", "Nadie más quería.", "Así que lo hicimos todo."),
    "de": ("Wir haben angefangen.", "Niemand sonst.", "Also machten wir alles."),
}


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A talk of nine seconds with a clip of it (0.2 to 4.6 s)."""
    services = make_services(tmp_path / "home")
    put_talk(services, tmp_path, SAID, (0.2, 4.6))
    services.settings.set(resolution=Resolution.P720)
    for code, texts in TEXTS.items():
        (tmp_path / f"{code}.srt").write_text(subtitles(texts), "utf-8")
    yield CommandLine(services, capsys)
    services.close()


def subtitles(texts: tuple[str, ...]) -> str:
    cues = zip(SAID, texts, strict=True)
    return "\n".join(
        f"{number}\n00:00:0{start:.3f} --> 00:00:0{end:.3f}\n{text}\n".replace(".", ",", 2)
        for number, ((start, end, _), text) in enumerate(cues, 1)
    )


def order(tmp_path: Path) -> tuple[str, ...]:
    """What is typed for both languages."""
    given = [part for code in TEXTS for part in ("--translation", f"{code}={tmp_path / f'{code}.srt'}")]
    voices = [part for code in TEXTS for part in ("--voice", f"{code}=espeak:{code}")]
    return ("dub", "clip_1", "--to", "es,de", *given, *voices, "--separator", "none", "--tracks")


@dataclass(frozen=True)
class Stream:
    """What a file says of one of its streams."""

    kind: str
    language: str
    name: str
    default: bool
    seconds: float


def streams(film: Path) -> list[Stream]:
    """What is in a file, in its order."""
    with av.open(str(film)) as container:
        return [
            Stream(
                one.type,
                one.metadata.get("language", ""),
                one.metadata.get("handler_name", ""),
                bool(one.disposition & Disposition.default),
                float(one.duration * one.time_base),
            )
            for one in container.streams
        ]


def sound(film: Path, track: int, out: Path) -> Path:
    """One track of a film as a file of its own."""
    args = ["-v", "error", "-i", str(film), "-map", f"0:a:{track}", "-c", "copy", str(out)]
    subprocess.run([str(ffmpeg_path()), *args], check=True)
    return out


def test_one_film_has_the_original_and_every_language_as_tracks(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    document = viralclip.json(*order(tmp_path), "--out", str(out))
    film = Path(document["tracks_file"])
    assert film.parent == out
    picture, *tracks = streams(film)
    assert (picture.kind, [one.kind for one in tracks]) == ("video", ["audio"] * 3)
    assert [one.language for one in tracks] == ["eng", "spa", "deu"]
    assert [one.name for one in tracks] == ["English (original)", "Spanish", "German"]
    assert [one.default for one in tracks] == [True, False, False]
    lengths = [one.seconds for one in (picture, *tracks)]
    assert max(lengths) - min(lengths) < 0.05
    for number, language in enumerate(document["languages"], 1):
        own = measure(Path(language["files"]["video"]))
        assert own.integrated_lufs == pytest.approx(-14, abs=0.5)
        assert measure(sound(film, number, tmp_path / f"{number}.m4a")) == own, "as loud as its own film"
    manifest = json.loads(film.with_suffix(".json").read_text("utf-8"))
    assert manifest["files"]["tracks"]["size_bytes"] == film.stat().st_size
    assert [one["language"] for one in manifest["tracks"]] == ["eng", "spa", "deu"]
    assert viralclip.json("dub", "status", document["job_id"]) == document
    assert viralclip.json("dub", "delete", document["job_id"])["tracks_file"] is None
    assert not any(path.is_file() for path in out.rglob("*"))


def test_what_is_missing_of_it_is_made_by_a_retry_and_it_goes_with_the_dub(
    viralclip: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise EnvironmentLacks("The disk is full.", "Make room.")

    real = sound_tracks.join_tracks
    monkeypatch.setattr(sound_tracks, "join_tracks", full)
    code, out, err = viralclip(*order(tmp_path), "--json")
    assert (code, "The disk is full." in err) == (1, True)
    document = json.loads(out)
    assert [one["status"] for one in document["languages"]] == ["completed", "completed"]
    assert document["tracks_file"] is None
    made = [Path(one["files"]["video"]).stat().st_mtime_ns for one in document["languages"]]
    monkeypatch.setattr(sound_tracks, "join_tracks", real)
    again = viralclip.json("dub", "retry", document["job_id"])
    assert [Path(one["files"]["video"]).stat().st_mtime_ns for one in again["languages"]] == made
    film = Path(again["tracks_file"])
    assert len(streams(film)) == 4
    (gone,) = viralclip.json("dub", "purge", "--days", "0")["jobs"]
    assert {str(film), str(film.with_suffix(".json"))} <= set(gone["files"])
    assert not film.parent.exists()


def test_every_language_has_its_three_letters() -> None:
    named = {code: iso_639_2(code) for code in LANGUAGE_NAMES}
    assert [code for code, name in named.items() if len(name) != 3 or name == "und"] == []
    assert (named["ar"], named["zh"], named["no"]) == ("ara", "zho", "nor")
