"""``viralclip music compose``: what is in the file, and what is said of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import music as heard
from support.command_line import CommandLine

from viralclip_desktop.media.loudness import measure


@pytest.fixture(scope="module")
def bed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pieces are kept that several tests listen to."""
    return tmp_path_factory.mktemp("music")


def compose(viralclip: CommandLine, out: Path, *args: str) -> Any:
    return viralclip.json("music", "compose", *args, "--out", str(out))


@pytest.mark.parametrize(
    ("preset", "key", "tempo"),
    [
        ("upbeat-electronic", "F#", 124.0),
        ("lo-fi", "D", 78.0),
        ("tension", "Am", 97.0),
        ("corporate-background", "Bb", 111.0),
    ],
)
def test_a_piece_has_the_tempo_the_key_the_length_and_the_loudness_that_were_asked_for(
    viralclip: CommandLine, bed: Path, preset: str, key: str, tempo: float
) -> None:
    args = ("--preset", preset, "--key", key, "--tempo", str(tempo), "--duration", "13.3", "--seed", "3")
    made = compose(viralclip, bed / f"{preset}.wav", *args)
    sound = heard.read(Path(made["path"]))
    assert made["duration_s"] == pytest.approx(13.3, abs=1e-4)
    assert sound.shape == (2, round(13.3 * 48_000))
    assert (made["tempo"], made["seed"]) == (tempo, 3)
    assert heard.tempo_near(sound, tempo) == pytest.approx(tempo, rel=0.005)
    assert heard.mirex(heard.key_of(sound), made["key"]) >= 0.5
    found = measure(Path(made["path"]))
    assert found.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert found.true_peak_dbtp is not None
    assert found.true_peak_dbtp <= -1.5
    assert heard.band_db(sound, 8000, 20_000) < -12, "harsh"
    assert np.abs(sound[:, -48:]).max() < 0.01, "it does not end, it is cut"


def test_presets_sound_different(viralclip: CommandLine, bed: Path) -> None:
    """By the balance of their bands and by how busy they are; the pieces of the test above."""
    names = ("upbeat-electronic", "lo-fi", "tension", "corporate-background")
    edges = (30, 120, 500, 2000, 6000, 16_000)
    bands = {}
    for name in names:
        if not (bed / f"{name}.wav").is_file():
            pytest.skip("runs with the tests that compose them")
        sound = heard.read(bed / f"{name}.wav")
        bands[name] = np.array([heard.band_db(sound, *pair) for pair in pairwise(edges)])
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert np.abs(bands[one] - bands[other]).sum() > 6, f"{one} is like {other}"


def test_a_loop_has_no_seam_and_stems_add_up_to_it(viralclip: CommandLine, tmp_path: Path) -> None:
    stems = tmp_path / "stems"
    args = ("--preset", "funk-pop", "--duration", "9", "--seed", "2", "--loop", "--stems", str(stems))
    made = compose(viralclip, tmp_path / "loop.wav", *args)
    sound = heard.read(tmp_path / "loop.wav")
    bars = made["duration_s"] * made["tempo"] / 240
    assert bars == pytest.approx(round(bars), abs=1e-4)
    assert sound.shape[1] == (9 * 48_000)
    assert heard.seam(sound) < 1
    assert {"drums", "bass", "chords", "melody"} <= set(made["stems"])
    parts = [heard.read(Path(path)) for path in made["stems"].values()]
    assert np.abs(sum(parts) - sound).max() < 1e-3
    assert all(np.sqrt(np.mean(part**2)) > 0.003 for part in parts)


def test_accents_are_heard_where_they_were_asked_for(viralclip: CommandLine, tmp_path: Path) -> None:
    hits = (4.321, 8.77)
    args = ("--preset", "cinematic", "--duration", "10.5", "--seed", "5", "--hits", "8.77,4.321")
    compose(viralclip, tmp_path / "hits.wav", *args, "--stems", str(tmp_path))
    accents = heard.read(tmp_path / "effects.wav").mean(axis=0)
    rise = np.diff(np.sqrt(np.convolve(accents**2, np.ones(96) / 96, "same")), prepend=0)
    for at in hits:
        around = slice(round((at - 0.2) * 48_000), round((at + 0.2) * 48_000))
        found = (around.start + int(np.argmax(rise[around]))) / 48_000
        assert found == pytest.approx(at, abs=0.02)


def test_the_same_seed_makes_the_same_file_and_another_another(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        compose(viralclip, tmp_path / f"{name}.wav", "--mood", "sad", "--duration", "6", "--seed", seed)
    one, again, other = ((tmp_path / f"{name}.wav").read_bytes() for name in "abc")
    assert one == again
    assert one != other


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--key", "H"), "is no key"),
        (("--tempo", "20"), "50 to 200"),
        (("--mood", "odd"), "There is no mood"),
        (("--preset", "odd"), "There is no preset"),
        (("--duration", "1"), "3 to 600"),
        (("--hits", "70"), "outside the music"),
        (("--without", "drums,zither"), "There is no part “zither”"),
        (("--preset", "sad-piano", "--without", "drums,bass,chords,pads,melody,effects"), "left to play"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(
    viralclip: CommandLine, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out.wav"
    code, _, err = viralclip("music", "compose", *args, "--out", str(out))
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("args", [("--tempo", "fast"), ("--seed", "x"), ("--hits", "1,late")])
def test_what_is_no_number_is_a_matter_of_usage(
    viralclip: CommandLine, tmp_path: Path, args: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        viralclip("music", "compose", *args, "--out", str(tmp_path / "out.wav"))
    assert stopped.value.code == 2


def test_words_say_what_options_do_not_and_the_library_is_place_enough(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    words = "sad piano, slow, 3 s, in A minor, without melody"
    code, out, err = viralclip("music", "compose", "--prompt", words, "--tempo", "80", "--keep", "--json")
    made = json.loads(out)
    assert code == 0
    assert "Understood: sad-piano, sad, 55 beats a minute, A minor, 3 s, without melody" in err
    assert (made["preset"], made["key"], made["tempo"]) == ("sad-piano", "A:min", 80.0)
    kept = viralclip.json("library", "show", made["library_id"])
    assert kept["title"] == f"Sad piano, A minor, {made['seed']}"
    assert kept["path"] == made["path"]
    assert made["duration_s"] == pytest.approx(3)


def test_words_that_say_nothing_and_music_without_a_place_are_told(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    out = str(tmp_path / "out.wav")
    _, _, err = viralclip("music", "compose", "--prompt", "carpets", "--tempo", "20", "--out", out)
    assert "None of these words" in err
    code, _, err = viralclip("music", "compose", "--prompt", "calm")
    assert code == 2
    assert "--keep" in err


def test_only_wav_files_are_written(viralclip: CommandLine, tmp_path: Path) -> None:
    code, _, err = viralclip("music", "compose", "--out", str(tmp_path / "out.mp3"))
    assert code == 2
    assert ".wav" in err


def test_a_folder_for_stems_that_cannot_be_made_is_told(viralclip: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    stems, out = tmp_path / "file" / "stems", tmp_path / "a.wav"
    args = ("--duration", "3", "--stems", str(stems), "--out", str(out))
    code, _, err = viralclip("music", "compose", *args)
    assert (code, out.exists()) == (4, False)
    assert f"{stems} cannot be written." in err


def test_presets_and_moods_are_listed(viralclip: CommandLine) -> None:
    found = viralclip.json("music", "presets")
    assert len(found["presets"]) >= 8
    assert {"happy", "calm", "energetic", "dark", "sad", "hopeful"} <= set(found["moods"])


def test_stopping_leaves_nothing_half_written(tmp_path: Path) -> None:
    out = tmp_path / "music"
    args = ["music", "compose", "--duration", "45", "--seed", "1", "--out", str(out / "long.wav")]
    environ = os.environ | {"VIRALCLIP_HOME": str(tmp_path / "home")}
    with subprocess.Popen(
        [sys.executable, "-m", "viralclip_desktop", *args, "--stems", str(out / "stems")],
        stderr=subprocess.PIPE,
        env=environ,
        text=True,
    ) as running:
        assert running.stderr
        for line in running.stderr:
            if "10%" in line:
                running.send_signal(signal.SIGTERM)
                break
        running.stderr.read()
        code = running.wait()
    assert code == 5
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".wav", ".partial", ".npy")]
