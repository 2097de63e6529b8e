"""From which side a stereo recording is heard, look by look, in source time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from viralclip_desktop.core.time import Time
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import run_ffmpeg
from viralclip_desktop.media.sides import side_levels

RATE = Fraction(25)


@pytest.fixture
def turns(tmp_path: Path) -> Path:
    """A second from the left, a second from the right ten times quieter than that, a second of silence."""
    tone = "0.3*sin(3000*t)"
    left, right = f"{tone}*(lt(t,1)+0.1*between(t,1,2))", f"{tone}*between(t,1,2)"
    source = f"aevalsrc=exprs='{left}|{right}':d=3:s=48000:c=stereo"
    out = tmp_path / "turns.wav"
    run_ffmpeg(["-f", "lavfi", "-i", source, f"file:{out}"])
    return out


def levels(path: Path, start_s: float, count: int) -> list[float]:
    info = probe(path)
    return side_levels(path, info, info.audio[0].index, Time.from_seconds(start_s), count, rate=RATE)


def test_each_look_has_the_side_of_its_own_time(turns: Path) -> None:
    found = levels(turns, 0, 75)
    assert len(found) == 75
    assert max(found[:24]) < -30
    assert found[26:49] == pytest.approx([20.0] * 23, abs=0.5)
    assert found[51:] == pytest.approx([0.0] * 24, abs=0.01)


def test_a_part_begins_where_it_is_asked_to(turns: Path) -> None:
    assert [value > 0 for value in levels(turns, 0.6, 20)] == [False] * 10 + [True] * 10


def test_past_the_end_there_is_no_side(turns: Path) -> None:
    assert levels(turns, 2.5, 50) == [0.0] * 50
