"""``viralclip dub``: what becomes of the sound under the new voice, measured on the finished film."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import separated, stored
from support.command_line import CommandLine, make_services
from support.kokoro import toy_kokoro
from support.rendered import RATE_HZ as PLAN_HZ
from support.rendered import samples_of
from support.separated import RATE_HZ, Samples

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Resolution
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.engines.separation import spleeter
from viralclip_desktop.features.workflows import dub
from viralclip_desktop.media.loudness import measure
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg

_LEAD_S, _GAP_S = 1.0, 2.0
_TEXTS = ("We began it long ago, when nobody else would.", "So we did it all by ourselves.")
_TRANSLATED = ("Empezamos hace mucho, cuando nadie quería.", "Lo hicimos todo nosotros.")


@dataclass(frozen=True)
class Material:
    """A film of speech over a song, its translation, and both sounds as they were mixed."""

    folder: Path
    film: Path
    said: Samples
    music: Samples
    lines: tuple[tuple[float, float], ...]
    """When the lines are said, seconds."""


@dataclass(frozen=True)
class Talk:
    """A project with that film."""

    viralclip: CommandLine
    of: Material
    out: Path

    def dub(self, *args: str) -> dict[str, Any]:
        """What is told of the Spanish one."""
        document = self.viralclip.json("dub", *args, "--to", "es", *self.files)
        (language,) = document["languages"]
        return dict(language) | {"job_id": document["job_id"]}

    @property
    def files(self) -> tuple[str, ...]:
        """Where the translation is, and where files go."""
        return ("--translation", f"es={self.of.folder / 'es.srt'}", "--out", str(self.out))


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("material")
    said, lines = spoken(folder)
    music, both = separated.mixed(said, separated.song(len(said)))
    (folder / "es.srt").write_text(subtitles(lines), "utf-8")
    return Material(folder, make_film(folder, 0.5 * both), said, music, lines)


@pytest.fixture
def talk(material: Material, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Talk]:
    services = make_services(tmp_path / "home")
    toy_kokoro(services.paths.models)
    film = material.film
    source = stored.with_file(stored.source(), path=str(film), info=probe(film), fingerprint="talk")
    with services.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(source)
        tx.put_transcript(source.id, transcript(material.lines))
    services.settings.set(resolution=Resolution.P720)
    yield Talk(CommandLine(services, capsys), material, tmp_path / "out")
    services.close()


def spoken(folder: Path) -> tuple[Samples, tuple[tuple[float, float], ...]]:
    """The lines with pauses around them."""
    parts, lines, at = [silence(_LEAD_S)], [], _LEAD_S
    for text in _TEXTS:
        line = separated.voice(folder, (text,))
        lines.append((at, at + len(line) / RATE_HZ))
        parts += [line, silence(_GAP_S)]
        at += len(line) / RATE_HZ + _GAP_S
    return np.concatenate(parts), tuple(lines)


def silence(seconds: float) -> Samples:
    return np.zeros((round(seconds * RATE_HZ), 2), np.float32)


def make_film(folder: Path, sound: Samples) -> Path:
    picture = ["-f", "lavfi", "-i", f"color=c=gray:s=160x90:r=25:d={len(sound) / RATE_HZ}"]
    wav, film = separated.write_stereo(folder / "sound.wav", sound), folder / "talk.mkv"
    run_ffmpeg(
        [*picture, *input_args(wav), "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "flac", str(film)]
    )
    return film


def transcript(lines: tuple[tuple[float, float], ...]) -> Transcript:
    words: list[Word] = []
    sentences: list[Sentence] = []
    for (start, end), text in zip(lines, _TEXTS, strict=True):
        parts, first = text.split(), len(words)
        edges = [Time.from_seconds(start + (end - start) * n / len(parts)) for n in range(len(parts) + 1)]
        words += [Word(part, edges[n], edges[n + 1]) for n, part in enumerate(parts)]
        sentences.append(Sentence(first, len(words)))
    return Transcript("whisper", "en", tuple(words), tuple(sentences))


def subtitles(lines: tuple[tuple[float, float], ...]) -> str:
    def stamp(seconds: float) -> str:
        return f"00:00:{seconds:06.3f}".replace(".", ",")

    cues = zip(lines, _TRANSLATED, strict=True)
    return "\n".join(
        f"{number}\n{stamp(start)} --> {stamp(end)}\n{text}\n"
        for number, ((start, end), text) in enumerate(cues, 1)
    )


def with_spleeter(talk: Talk) -> None:
    real = Path(os.environ.get("VIRALCLIP_MODELS_DIR", "")) / spleeter.FOLDER
    if not real.is_dir():
        pytest.skip("VIRALCLIP_MODELS_DIR names no folder with Spleeter")
    (talk.viralclip.services.paths.models / spleeter.FOLDER).symlink_to(real)


def cut(samples: Samples, start_s: float, end_s: float, rate_hz: int = RATE_HZ) -> Samples:
    return samples[round(start_s * rate_hz) : round(end_s * rate_hz)]


@pytest.mark.parametrize(("separator", "voice_db", "music_db"), [("spleeter", -12, 9), ("centre", -10, 3)])
def test_the_voice_goes_and_the_music_plays_on(
    talk: Talk, separator: str, voice_db: float, music_db: float
) -> None:
    if separator == "spleeter":
        with_spleeter(talk)
    language = talk.dub("src_1")
    report = language["report"]
    assert report["separator"] == separator, "the best that is there"
    assert -40 < report["voice_left_db"] <= -10
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert manifest["report"]["separator"] == separator
    shown = talk.viralclip("dub", "status", language["job_id"])[1]
    assert f"background kept by {separator}, of the old voices -" in shown
    film = Path(language["files"]["video"])
    heard = separated.read_stereo(film)
    length = len(talk.of.said)
    assert len(heard) == pytest.approx(length, abs=RATE_HZ / 25 + 2048)
    heard, voice = heard[:length], separated.read_stereo(Path(language["files"]["audio"]))[:length]
    said, music = talk.of.said[: len(heard)], talk.of.music[: len(heard)]
    old, song, new = separated.shares_db(heard, said, music, voice[: len(heard)])
    assert old - song <= voice_db, "of the old voice, against the song"
    if separator == "spleeter":  # the other one damages the song it is held against
        louder = speaking_db(voice) + new - song - speaking_db(said)
        assert louder == pytest.approx(0, abs=3), "it stands to the song as the old voice did"
    pause = (talk.of.lines[0][1] + 0.4, talk.of.lines[1][0] - 0.4)
    in_pause, wanted = cut(heard, *pause), cut(music, *pause)
    gain = (in_pause * wanted).sum() / (wanted**2).sum()
    assert separated.sdr_db(gain * wanted, in_pause) >= music_db, "it plays on in the gaps"
    level = measure(film)
    assert level.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert level.true_peak_dbtp is not None
    assert level.true_peak_dbtp <= -1.5


def test_over_the_original_it_goes_down_and_without_a_separator_nothing_is_kept(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[RenderPlan] = []
    monkeypatch.setattr(dub, "_render", lambda _services, plan, *_: planned.append(plan))
    report = talk.dub("src_1", "--mode", "overlay")["report"]
    assert (report["separator"], report["voice_left_db"]) == (None, None)
    over = samples_of(planned[0])
    assert talk.dub("src_1", "--separator", "none")["report"]["separator"] is None
    alone = samples_of(planned[1])
    pause = (talk.of.lines[0][1] + 0.6, talk.of.lines[1][0] - 0.4)
    assert not cut(alone, *pause, rate_hz=PLAN_HZ).any()
    line = (talk.of.lines[0][0] + 0.1, talk.of.lines[0][0] + 0.8)
    original = cut(over, *line, rate_hz=PLAN_HZ) - cut(alone, *line, rate_hz=PLAN_HZ)
    lower = 20 * np.log10(rms(original) / rms(0.5 * (cut(talk.of.said + talk.of.music, *line))))
    assert lower == pytest.approx(-14, abs=1)
    whole = 20 * np.log10(rms(cut(over, *pause, rate_hz=PLAN_HZ)) / rms(0.5 * cut(talk.of.music, *pause)))
    assert whole == pytest.approx(0, abs=1)


def test_where_the_picture_plays_slower_so_does_the_background(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[RenderPlan] = []
    monkeypatch.setattr(dub, "_render", lambda _services, plan, *_: planned.append(plan))
    first, second = talk.of.lines
    words = int((second[0] - first[0]) / 0.22)  # said in a fifth more time than there is
    long = talk.of.folder / "long.srt"
    long.write_text(subtitles(talk.of.lines).replace(_TRANSLATED[0], "nunca " * words + "."), "utf-8")
    args = ("dub", "src_1", "--to", "es", "--translation", f"es={long}", "--voice", "es=espeak:es")
    (language,) = talk.viralclip.json(*args, "--slow-picture", "--mode", "overlay")["languages"]
    gained_s = language["report"]["slowed_s"]
    assert gained_s > 0.2
    heard = samples_of(planned[0])[:, 0]
    played = separated.read_stereo(talk.of.film)
    pause = (second[1] + 0.7, second[1] + 1.7)
    late = cut(heard, pause[0] + gained_s, pause[1] + gained_s, rate_hz=PLAN_HZ)
    wanted = cut(played, *pause)[:, 0]
    wanted = np.interp(np.arange(len(late)) / PLAN_HZ, np.arange(len(wanted)) / RATE_HZ, wanted)
    shifts = range(-PLAN_HZ // 20, PLAN_HZ // 20, 48)
    found = {shift: float(np.corrcoef(np.roll(late, shift), wanted)[0, 1]) for shift in shifts}
    best = max(found, key=lambda shift: found[shift])
    assert found[best] > 0.9, "what comes after it plays as it was"
    assert abs(best) / PLAN_HZ < 0.03, "and moved along with the picture"


def test_a_voice_file_is_dubbed_over_a_background_file(talk: Talk) -> None:
    voice, song = (
        separated.write_stereo(talk.of.folder / name, 0.4 * samples)
        for name, samples in (("voice.wav", talk.of.said), ("song.wav", talk.of.music))
    )
    language = talk.dub("--voice-file", str(voice), "--background", str(song))
    assert language["files"]["video"] is None
    assert language["report"]["separator"] is None, "nothing had to be separated"
    manifest = json.loads(Path(language["files"]["manifest"]).read_text("utf-8"))
    assert [line["text"] for line in manifest["lines"]] == list(_TRANSLATED)
    mix = Path(language["files"]["mix"])
    assert manifest["files"]["mix"]["size_bytes"] == mix.stat().st_size
    heard, new = (separated.read_stereo(Path(path)) for path in (mix, language["files"]["audio"]))
    length = min(map(len, (heard, new, talk.of.said)))
    shares = separated.shares_db(heard[:length], talk.of.said[:length], talk.of.music[:length], new[:length])
    assert shares[0] - shares[1] < -30, "nothing of the old voice"
    pause = (talk.of.lines[0][1] + 0.4, talk.of.lines[1][0] - 0.4)
    assert np.corrcoef(cut(heard, *pause)[:, 0], cut(talk.of.music, *pause)[:, 0])[0, 1] > 0.99
    level = measure(mix)
    assert level.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert level.true_peak_dbtp is not None
    assert level.true_peak_dbtp <= -1.5
    assert talk.viralclip.json("dub", "delete", language["job_id"])["languages"][0]["files"]["mix"] is None


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        ((), 2, "Nothing is given to dub"),
        (("src_1", "--voice-file", "es.srt"), 2, "one thing too many"),
        (("--voice-file", "nowhere.wav"), 3, "nowhere.wav"),
        (("src_1", "--background", "nowhere.wav"), 3, "nowhere.wav"),
        (("src_1", "--background", "es.srt"), 3, "es.srt"),
        (("src_1", "--background", "sound.wav", "--mode", "overlay"), 2, "only where the original"),
        (("src_1", "--separator", "nobody"), 2, "no voice separator named nobody"),
        (("src_1", "--separator", "spleeter"), 4, "Spleeter cannot work here"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, told: str
) -> None:
    monkeypatch.chdir(talk.of.folder)
    ended, _, err = talk.viralclip("dub", *args, "--to", "en")
    assert told in err
    assert ended == code


def speaking_db(samples: Samples) -> float:
    """The level of a voice without its pauses."""
    powers = (samples[: len(samples) // 441 * 441] ** 2).reshape(-1, 882).mean(axis=1)
    return float(10 * np.log10(powers[powers > 0.1 * powers.mean()].mean()))


def rms(samples: Samples) -> float:
    return float(np.sqrt((samples**2).mean()))
