"""Which frame becomes the cover."""

from __future__ import annotations

import numpy as np
from support.edited import s

from viralclip_desktop.features.finish.cover import Look, best, look, moments


def test_a_sharp_frame_beats_a_soft_one() -> None:
    fine = np.tile(np.array([[60, 160], [160, 60]], np.uint8), (40, 40))
    rough = np.repeat(np.repeat(fine, 4, axis=0), 4, axis=1)[:80, :80]
    looks = [look(s(n), np.stack([grey] * 3, axis=2), 0.0) for n, grey in enumerate((rough, fine))]
    assert best(looks).at == s(1)


def test_a_black_or_burnt_frame_is_never_it_where_there_is_another() -> None:
    looks = [Look(s(0), 90, 3, 0), Look(s(1), 100, 250, 0), Look(s(2), 40, 110, 0)]
    assert best(looks).at == s(2)


def test_a_face_is_worth_more_than_some_sharpness_and_equals_give_the_earliest() -> None:
    assert best([Look(s(0), 100, 110, 0), Look(s(1), 70, 110, 0.3)]).at == s(1)
    assert best([Look(s(1), 100, 110, 0.3), Look(s(0), 100, 110, 0.3)]).at == s(0)


def test_moments_lie_inside_the_clip_in_order() -> None:
    found = moments(s(12))
    assert found == sorted(found)
    assert s(0) < found[0] < found[-1] < s(12)
