"""How well the frame holds who speaks, on films made from the two people of two-hosts-40s.mp4.

    python tests/benchmarks/framing.py FOLDER [NAME ...]

Films, and what was seen in them, are kept in FOLDER. VIRALCLIP_TEST_MEDIA names the recordings; with
VIRALCLIP_MODELS_DIR LR-ASD is used where it lies there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from support.framing import FILMS, score, seen_of

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features.reframe.director import Wish, direct


def main() -> None:
    """Score each film and print a row."""
    folder, names = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    hosts = Path(os.environ["VIRALCLIP_TEST_MEDIA"]) / "two-hosts-40s.mp4"
    models = Path(os.environ.get("VIRALCLIP_MODELS_DIR") or folder / "no-models")
    print(f"{'film':24} {'still':>6} {'moving':>6} {'a face':>6} {'lag':>5} {'least':>5}  shots")
    for film in FILMS:
        if names and film.name not in names:
            continue
        path = folder / f"{film.name.replace(' ', '-').replace(',', '').replace(':', 'x')}.mp4"
        if not path.exists():
            film.make(hosts, path)
        seen = seen_of(path, models, folder)
        plan = direct([seen], Wish(float(Aspect.VERTICAL.ratio)))
        got = score(plan, film, seen)
        still, moving = ("" if share is None else f"{share:.1%}" for share in (got.still, got.moving))
        wrong = set(got.modes) - {mode.value for mode in film.modes}
        print(
            f"{film.name:24} {still:>6} {moving:>6} {got.some_face:6.1%} {got.lag_s:5.2f}"
            f" {got.shortest_s:5.2f}  {' '.join(got.modes)}{'  WRONG' if wrong else ''}"
        )


if __name__ == "__main__":
    main()
