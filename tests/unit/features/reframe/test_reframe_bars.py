"""The frame held against real people: who speaks is inside, shots are long enough, without any model besides
those that ship. The films are made from two-hosts-40s.mp4; ``tests/benchmarks/framing.py`` scores all of
them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.framing import FILMS, Film, score, seen_of

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features.reframe.director import Wish, direct
from viralclip_desktop.features.reframe.wants import SHORTEST_SHOT_S

pytestmark = pytest.mark.media
NAMED = {film.name: film for film in FILMS}
TESTED = (
    *("hosts", "quick turns", "rotated", "variable rate", "both talk", "walking", "screen"),
    *("far off in stereo", "three", "one leaves", "asked from off screen", "no face"),
)


@pytest.mark.parametrize("film", [NAMED[name] for name in TESTED], ids=TESTED)
def test_the_frame_holds_who_speaks(film: Film, test_media: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    film.make(test_media / "two-hosts-40s.mp4", path)
    seen = seen_of(path, tmp_path / "no-models", tmp_path)
    plan = direct([seen], Wish(float(Aspect.VERTICAL.ratio)))
    got = score(plan, film, seen)
    assert got.still is None or got.still >= 0.98
    assert got.moving is None or got.moving >= 0.85
    assert got.some_face >= 0.99
    assert got.lag_s <= 1.0
    assert got.shortest_s >= SHORTEST_SHOT_S
    assert {*got.modes} <= {mode.value for mode in film.modes}
