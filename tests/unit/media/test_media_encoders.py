"""Encoders are chosen by encoding with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from support.rendered import make_numbered

from viralclip_desktop.core.errors import EnvironmentLacks, UsageError
from viralclip_desktop.media import encoders
from viralclip_desktop.media.run import input_args, run_ffmpeg


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    encoders.forget()
    yield
    encoders.forget()


def test_what_is_offered_really_encodes(tmp_path: Path) -> None:
    found = encoders.available_encoders()
    assert encoders.FALLBACK in [choice.name for choice in found]
    assert encoders.choose() == found[0]
    film = make_numbered(tmp_path / "film.mp4", 2.0)
    for choice in found:
        args = [*encoders.global_args(choice), *input_args(film), "-map", "0:v"]
        filters = encoders.upload_filters(choice)
        args += ["-vf", filters] if filters else []
        run_ffmpeg([*args, *encoders.video_args(choice, Fraction(30)), str(tmp_path / f"{choice.name}.mp4")])


def test_an_encoder_that_does_not_work_is_replaced_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "_test", lambda name: name == encoders.FALLBACK)
    choice = encoders.choose("h264_nvenc")
    assert choice.name == encoders.FALLBACK
    assert choice.note == "NVIDIA NVENC does not work here, so x264 was used instead."
    assert encoders.choose(encoders.FALLBACK).note == ""
    assert encoders.choose().note == ""


def test_without_any_encoder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "_test", lambda name: False)
    with pytest.raises(EnvironmentLacks, match="encoder that works"):
        encoders.choose()


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="libx264"):
        encoders.choose("divx")


def test_results_are_kept_on_disk_for_this_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, tested = tmp_path / "cache" / "encoders.json", []

    def test(name: str) -> bool:
        tested.append(name)
        return name == encoders.FALLBACK

    monkeypatch.setattr(encoders, "_test", test)
    encoders.choose(None, cache)
    first = list(tested)
    encoders.forget()
    assert encoders.choose(None, cache).name == encoders.FALLBACK
    assert tested == first
    stored = json.loads(cache.read_text(encoding="utf-8"))
    cache.write_text(json.dumps({"another ffmpeg": next(iter(stored.values()))}), encoding="utf-8")
    encoders.forget()
    encoders.choose(None, cache)
    assert len(tested) == 2 * len(first)
    cache.write_text("[", encoding="utf-8")
    encoders.forget()
    assert encoders.choose(None, cache).name == encoders.FALLBACK
