"""The director: from looks with known faces and mouths to shots. No pictures: looks are written down here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import FrameKey
from viralclip_desktop.domain.crop_path import between, crop_shares, held_inside
from viralclip_desktop.domain.faces import Face
from viralclip_desktop.domain.frame_plan import FaceSpot, FramePlan, FrameShot, ShotMode
from viralclip_desktop.domain.sight import GRID_COLUMNS, GRID_EVERY, GRID_ROWS, Look, SightFace
from viralclip_desktop.features.reframe import director, emphasis, wants
from viralclip_desktop.features.reframe.director import Wish, direct
from viralclip_desktop.features.reframe.scenes import Seen, standing

RATE = Fraction(25)
SIZE = Size(1920, 1080)
TALL = 9 / 16
Place = Callable[[float], Face | None]


def face(x: float, y: float = 0.5, height: float = 0.3) -> Face:
    width = height * 0.9 / (16 / 9)
    return Face(x - width / 2, y - height / 2, x + width / 2, y + height / 2, 0.9)


def loudness(seconds: float, seed: int = 1) -> np.ndarray:
    """A voice's levels: syllables of a fifth of a second, louder and softer."""
    count = round(seconds * RATE)
    syllables = np.random.default_rng(seed).uniform(-40, -16, count // 4 + 2)
    return np.interp(np.arange(count), np.arange(len(syllables)) * 4, syllables)


def mouth(levels: np.ndarray) -> np.ndarray:
    """Lips that open and close with a voice, a tenth of a second before it is heard."""
    loud = 10 ** (levels / 20)
    speed = np.append(loud[3:], loud[-1:].repeat(3)) * 0.4
    return 0.3 + np.cumsum(speed * np.where(np.arange(len(levels)) // 3 % 2, 1, -1))


def seen(
    seconds: float,
    places: Sequence[Place],
    lips: Sequence[np.ndarray | None] = (),
    *,
    levels: np.ndarray | None = None,
    cuts: Sequence[int] = (),
    start_s: float = 0.0,
    grid: tuple[int, ...] = (),
) -> Seen:
    """Looks at people who are at places (by seconds) with mouths."""
    count, looks = round(seconds * RATE), []
    levels = loudness(seconds) if levels is None else levels
    for n in range(count):
        faces = []
        for number, place in enumerate(places):
            opened, one = lips[number] if number < len(lips) else None, place(n / 25)
            if one is not None:
                faces.append(SightFace(one, None if opened is None else float(opened[n])))
        change = 40.0 if n in cuts else 1.0
        looks.append(Look(change, tuple(faces), float(levels[n]), grid if n % GRID_EVERY == 0 else ()))
    part = TimeRange.from_seconds(start_s, start_s + seconds)
    return Seen("film", SIZE, part, RATE, round(start_s * 25), tuple(looks))


def at(x: float, y: float = 0.5, height: float = 0.3) -> Place:
    return lambda _s: face(x, y, height)


def crop_at(shot: FrameShot, at_s: float, ratio: float = TALL, panel: int = 0) -> Face:
    path, time = shot.panels[panel], Time.from_seconds(at_s)
    before = [key for key in path if key.at <= time] or [path[0]]
    after = [key for key in path if key.at > time]
    key = between(before[-1], after[0], time) if after else before[-1]
    width, height = crop_shares(SIZE, ratio * len(shot.panels), key.zoom)
    key = held_inside(key, width, height)
    x, y = key.centre_x, key.centre_y
    return Face(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def holds(shot: FrameShot, one: Face, at_s: float, panel: int = 0) -> bool:
    crop = crop_at(shot, at_s, panel=panel)
    return (
        crop.left <= one.left
        and one.right <= crop.right
        and crop.top <= one.top
        and one.bottom <= crop.bottom
    )


def shot_of(plan: FramePlan, at_s: float) -> FrameShot:
    return next(shot for shot in plan.shots if shot.range.contains(Time.from_seconds(at_s)))


def check_whole(plan: FramePlan, seconds: float) -> None:
    assert plan.shots[0].range.start == Time(0)
    assert plan.shots[-1].range.end == Time.from_seconds(seconds)
    assert all(one.range.end == other.range.start for one, other in pairwise(plan.shots))
    for shot in plan.shots:
        assert len(shot.panels) == {ShotMode.FIT: 0, ShotMode.CROP: 1, ShotMode.SPLIT: 2}[shot.mode]
        assert shot.reason.endswith(".")
        for path in shot.panels:
            assert [key.at for key in path] == sorted(key.at for key in path)
            assert path[0].at >= shot.range.start
            assert path[-1].at <= shot.range.end


def two_in_turn(still: bool = True) -> tuple[Seen, np.ndarray]:
    """The left one speaks for eight seconds, then the right one; the other's mouth is still, or moves to
    something else."""
    levels = loudness(16)
    speaking, other = mouth(levels), mouth(loudness(16, seed=7))
    rest = np.full(400, 0.1)
    quiet = rest if still else other
    left = np.where(np.arange(400) < 200, speaking, quiet)
    right = np.where(np.arange(400) < 200, quiet, speaking)
    return seen(16, [at(0.25), at(0.75)], [left, right], levels=levels), levels


def test_it_holds_who_speaks_and_cuts_when_the_word_goes_over() -> None:
    plan = direct([two_in_turn()[0]], Wish(TALL))
    check_whole(plan, 16)
    assert len(plan.shots) == 2
    assert plan.shots[1].range.start.seconds == pytest.approx(8, abs=0.4)
    assert holds(plan.shots[0], face(0.25), 4)
    assert not holds(plan.shots[0], face(0.75), 4)
    assert holds(plan.shots[1], face(0.75), 12)
    assert {shot.reason for shot in plan.shots} == {wants.SPEAKER}


def test_a_listener_who_moves_the_lips_is_not_taken_for_the_speaker() -> None:
    plan = direct([two_in_turn(still=False)[0]], Wish(TALL))
    right = [
        any(
            holds(shot_of(plan, s), face(0.25 if s < 8 else 0.75), s, panel)
            for panel in range(len(shot.panels))
        )
        for s in np.arange(0.1, 16, 0.1)
        for shot in [shot_of(plan, s)]
    ]
    assert np.mean(right) > 0.85
    assert all(shot.range.duration.seconds >= wants.SHORTEST_SHOT_S for shot in plan.shots)


def test_two_who_cannot_be_told_apart_share_the_frame() -> None:
    both = mouth(loudness(10))
    plan = direct([seen(10, [at(0.25), at(0.75)], [both, both], levels=loudness(10))], Wish(TALL))
    check_whole(plan, 10)
    (shot,) = plan.shots
    assert (shot.mode, shot.reason) == (ShotMode.SPLIT, wants.UNSURE_PAIR)
    assert holds(shot, face(0.25), 5, panel=0)
    assert holds(shot, face(0.75), 5, panel=1)
    assert not holds(shot, face(0.75), 5, panel=0), "each half shows one"


def test_a_voice_that_was_known_by_its_lips_is_known_when_nobody_can_see_them() -> None:
    """Ann's lips tell for eight seconds, Bob's for eight; then both mouths move alike."""
    levels = loudness(24)
    speaking, rest = mouth(levels), np.full(600, 0.1)
    at_look = np.arange(600)
    left = np.where((at_look >= 200) & (at_look < 400), rest, speaking)
    right = np.where(at_look < 200, rest, speaking)
    one = seen(24, [at(0.25), at(0.75)], [left, right], levels=levels)
    assert ShotMode.SPLIT in {shot.mode for shot in direct([one], Wish(TALL)).shots}
    voices = tuple("Bob" if 200 <= look < 400 else "Ann" for look in range(600))
    told = direct([replace(one, voices=voices)], Wish(TALL))
    assert {shot.mode for shot in told.shots} == {ShotMode.CROP}
    assert holds(shot_of(told, 21), face(0.25), 21)
    assert holds(shot_of(told, 12), face(0.75), 12)


def test_the_side_of_a_stereo_recording_tells_whose_turn_it_is_where_mouths_do_not() -> None:
    unknown = seen(16, [at(0.25), at(0.75)])
    assert {shot.mode for shot in direct([unknown], Wish(TALL)).shots} == {ShotMode.SPLIT}
    turns = replace(
        unknown,
        looks=tuple(replace(look, side_db=-9.0 if n < 200 else 7.0) for n, look in enumerate(unknown.looks)),
    )
    plan = direct([turns], Wish(TALL))
    assert len(plan.shots) == 2
    assert plan.shots[1].range.start.seconds == pytest.approx(8, abs=0.6)
    assert holds(plan.shots[0], face(0.25), 4)
    assert holds(plan.shots[1], face(0.75), 12)


def test_mouths_overrule_a_recording_with_its_sides_the_other_way_round() -> None:
    film, _ = two_in_turn()
    turned = replace(
        film,
        looks=tuple(replace(look, side_db=9.0 if n < 200 else -9.0) for n, look in enumerate(film.looks)),
    )
    assert direct([turned], Wish(TALL)) == direct([film], Wish(TALL))


def test_one_voice_on_one_side_says_nothing() -> None:
    unknown = seen(8, [at(0.25), at(0.75)])
    sided = replace(unknown, looks=tuple(replace(look, side_db=12.0) for look in unknown.looks))
    assert {shot.mode for shot in direct([sided], Wish(TALL)).shots} == {ShotMode.SPLIT}


def test_of_three_who_cannot_be_told_apart_all_is_shown() -> None:
    same = mouth(loudness(8))
    plan = direct([seen(8, [at(0.15), at(0.5), at(0.85)], [same] * 3, levels=loudness(8))], Wish(TALL))
    assert [(shot.mode, shot.reason) for shot in plan.shots] == [(ShotMode.FIT, wants.UNSURE_MANY)]


def test_two_near_each_other_are_one_picture() -> None:
    plan = direct([seen(8, [at(0.45, height=0.15), at(0.55, height=0.15)])], Wish(TALL))
    (shot,) = plan.shots
    assert shot.reason == wants.TOGETHER
    assert holds(shot, face(0.45, height=0.15), 4)
    assert holds(shot, face(0.55, height=0.15), 4)


def test_a_wide_clip_shows_them_all() -> None:
    plan = direct([two_in_turn()[0]], Wish(16 / 9))
    (shot,) = plan.shots
    assert shot.mode is ShotMode.CROP
    assert shot.panels[0][0].zoom == pytest.approx(1, abs=0.01)


def test_without_a_face_all_of_a_wide_picture_is_shown() -> None:
    plan = direct([seen(6, [])], Wish(TALL))
    assert [(shot.mode, shot.reason) for shot in plan.shots] == [(ShotMode.FIT, wants.NO_FACE)]
    wide = direct([seen(6, [])], Wish(16 / 9))
    assert [shot.mode for shot in wide.shots] == [ShotMode.CROP], "nothing would be cut away"


def test_a_face_that_nods_is_looked_at_from_one_place() -> None:
    nod = np.random.default_rng(2).normal(0, 0.004, 400)
    plan = direct(
        [seen(5.5, [lambda s: face(0.4 + nod[round(s * 25)], 0.5 + nod[-round(s * 25) - 1])])], Wish(TALL)
    )
    (shot,) = plan.shots
    assert len(shot.panels[0]) == 1
    assert shot.reason == wants.ALONE


def test_the_eyes_are_near_the_upper_third_and_there_is_room_above_the_head() -> None:
    for y in (0.4, 0.5, 0.6):
        one = face(0.5, y, 0.2)
        crop = crop_at(direct([seen(5, [at(0.5, y, 0.2)])], Wish(TALL)).shots[0], 2)
        tall = crop.bottom - crop.top
        eyes = (one.top + 0.3 * (one.bottom - one.top) - crop.top) / tall
        assert eyes == pytest.approx(1 / 3, abs=0.1)
        assert (one.top - crop.top) / tall > 0.1


def test_a_walk_is_followed_softly_and_held_all_the_way() -> None:
    def walking(s: float) -> Face:
        return face(0.2 + 0.6 * min(1, max(0, (s - 3) / 4)))

    plan = direct([seen(10, [walking])], Wish(TALL))
    check_whole(plan, 10)
    (shot,) = plan.shots
    assert all(holds(shot, walking(s), s) for s in np.arange(0, 10, 0.04))
    path = np.array([crop_at(shot, s).left for s in np.arange(0, 10, 0.04)])
    speed = np.diff(path) * 25
    assert speed.min() > -0.005, "it never goes back"
    assert np.abs(np.diff(speed)).max() < 0.04, "its speed never jumps"
    pull = np.diff(speed[::2]) / 0.08
    assert np.abs(np.diff(pull)).max() < 0.25 * np.ptp(pull), "its pull never sets in at once"
    assert np.abs(speed[:50]).max() < 1e-6, "it stands until it has to go"


def test_a_cut_of_the_recording_is_a_cut_of_the_crop_at_that_very_look() -> None:
    def moved(s: float) -> Face:
        return face(0.25) if s < 4 else face(0.7)

    plan = direct([seen(8, [moved], cuts=[100])], Wish(TALL))
    assert [shot.range.start.seconds for shot in plan.shots] == [0, 4]
    assert holds(plan.shots[0], face(0.25), 3.99)
    assert holds(plan.shots[1], face(0.7), 4)


def test_pictures_too_short_for_a_shot_belong_to_a_neighbour_and_yet_show_the_face() -> None:
    def moved(s: float) -> Face:
        return face(0.7) if 4 <= s < 4.8 else face(0.25)

    plan = direct([seen(8, [moved], cuts=[100, 120])], Wish(TALL))
    assert all(shot.range.duration.seconds >= wants.SHORTEST_SHOT_S for shot in plan.shots)
    assert holds(shot_of(plan, 4.4), face(0.7), 4.4)
    assert holds(shot_of(plan, 6), face(0.25), 6)


def test_a_screen_with_a_camera_picture_shows_both() -> None:
    still, written = (0,) * (GRID_COLUMNS * GRID_ROWS), (20,) * (GRID_COLUMNS * GRID_ROWS)
    plan = direct([seen(6, [at(0.9, 0.85, 0.12)], grid=still + written)], Wish(TALL))
    (shot,) = plan.shots
    assert (shot.mode, shot.reason) == (ShotMode.SPLIT, wants.ON_SCREEN)
    assert holds(shot, face(0.9, 0.85, 0.12), 3, panel=1)
    assert crop_at(shot, 3, panel=0).left == pytest.approx(0), "the screen away from the camera picture"


def test_who_has_left_is_not_waited_for_in_front_of_an_empty_wall() -> None:
    def leaves(s: float) -> Face | None:
        return face(0.3) if s < 5 or s > 10 or 2 < s < 3 else None

    plan = direct([seen(14, [leaves])], Wish(TALL))
    check_whole(plan, 14)
    assert [(shot.mode, shot.reason) for shot in plan.shots] == [
        (ShotMode.CROP, wants.ALONE),
        (ShotMode.FIT, wants.NO_FACE),
        (ShotMode.CROP, wants.ALONE),
    ]
    assert plan.shots[1].range.start.seconds == pytest.approx(5, abs=0.5)
    assert plan.shots[1].range.end.seconds == pytest.approx(10, abs=0.5)


def test_a_head_that_bends_down_for_a_moment_changes_nothing() -> None:
    plan = direct([seen(9, [lambda s: None if 4 < s < 5.5 else face(0.3)])], Wish(TALL))
    assert [(shot.mode, shot.reason) for shot in plan.shots] == [(ShotMode.CROP, wants.ALONE)]


def test_of_two_the_one_who_stays_has_the_frame() -> None:
    plan = direct([seen(16, [at(0.25), lambda s: face(0.75) if s < 8 else None])], Wish(TALL))
    check_whole(plan, 16)
    assert shot_of(plan, 4).mode is ShotMode.SPLIT, "it can't be told who speaks"
    assert shot_of(plan, 13).mode is ShotMode.CROP
    assert holds(shot_of(plan, 13), face(0.25), 13)


def test_a_locked_person_is_held_whoever_speaks() -> None:
    looks = two_in_turn()[0]
    plan = direct([looks], Wish(TALL, lock=FaceSpot("film", 2.0, 0.75, 0.5)))
    assert {shot.reason for shot in plan.shots} == {director.LOCKED}
    assert all(holds(shot_of(plan, s), face(0.75), s) for s in range(16))
    elsewhere = direct([looks], Wish(TALL, lock=FaceSpot("another", 2.0, 0.75, 0.5)))
    assert {shot.reason for shot in elsewhere.shots} == {wants.SPEAKER}


def test_the_split_screen_can_be_asked_for() -> None:
    plan = direct([two_in_turn()[0]], Wish(TALL, split=True))
    assert [(shot.mode, shot.reason) for shot in plan.shots] == [(ShotMode.SPLIT, wants.WISHED_PAIR)]


def test_the_faces_of_a_clip_are_named_once_with_ids_that_say_where() -> None:
    plan = direct([two_in_turn()[0]], Wish(TALL))
    assert [spot.id for spot in plan.faces] == ["0.00:0.25:0.50", "0.00:0.75:0.50"]


def test_a_cut_within_one_picture_is_covered_by_a_closer_shot_and_the_next_by_a_wider_one() -> None:
    small = at(0.5, 0.45, 0.18)
    parts = [seen(3, [small], start_s=s) for s in (0, 5, 10, 15)]
    plan = direct(parts, Wish(TALL))
    check_whole(plan, 12)
    assert [shot.reason for shot in plan.shots] == [wants.ALONE, emphasis.AT_A_CUT] * 2
    zooms = [shot.panels[0][0].zoom for shot in plan.shots]
    assert zooms[1] > 1.1 * zooms[0]
    assert zooms[0] == zooms[2]
    assert all(holds(shot, face(0.5, 0.45, 0.18), shot.range.start.seconds + 1) for shot in plan.shots)


def test_many_cuts_bring_few_closer_shots() -> None:
    parts = [seen(1.5, [at(0.5, 0.45, 0.18)], start_s=2 * n) for n in range(12)]
    plan = direct(parts, Wish(TALL))
    closer = [shot.range for shot in plan.shots if shot.reason == emphasis.AT_A_CUT]
    assert 3 <= len(closer) <= 4
    assert all((other.start - one.end).seconds >= 2.5 for one, other in pairwise(closer))


def test_a_line_that_is_clearly_louder_is_shown_closer_and_only_once_in_a_while() -> None:
    at_s = np.arange(500) / 25
    levels = np.where(at_s % 3 < 2.6, -30.0, -70.0)
    levels[((at_s > 6) & (at_s < 8.6)) | ((at_s > 12) & (at_s < 14.6))] = -20.0
    plan = direct([seen(20, [at(0.5, 0.45, 0.18)], levels=levels)], Wish(TALL))
    check_whole(plan, 20)
    (line,) = [shot for shot in plan.shots if shot.reason == emphasis.LOUDER]
    assert line.range.start.seconds == pytest.approx(6, abs=0.5)
    assert line.range.end.seconds == pytest.approx(8.6, abs=0.5)
    assert line.panels[0][0].zoom > 1.1 * plan.shots[0].panels[0][0].zoom
    assert min(shot.range.duration.seconds for shot in plan.shots) >= wants.SHORTEST_SHOT_S


def test_a_long_still_shot_comes_slowly_nearer() -> None:
    (shot,) = direct([seen(9, [at(0.5, 0.45, 0.18)])], Wish(TALL)).shots
    first, last = shot.panels[0][0], shot.panels[0][-1]
    assert 1.02 < last.zoom / first.zoom < 1.06


def test_parts_without_a_picture_to_watch_stand_and_keep_their_time() -> None:
    card = standing("", TimeRange.from_seconds(0, 2), Fraction(1))
    plan = direct([seen(4, [at(0.3)]), card, seen(4, [at(0.7)], start_s=4)], Wish(TALL))
    check_whole(plan, 10)
    assert shot_of(plan, 5).reason == director.STANDS
    assert holds(shot_of(plan, 7), face(0.7), 7)


def test_a_part_played_faster_is_framed_in_its_own_time() -> None:
    fast = two_in_turn()[0]
    fast = Seen(fast.asset_id, fast.size, fast.part, fast.rate, fast.first, fast.looks, Fraction(2))
    plan = direct([fast], Wish(TALL))
    check_whole(plan, 8)
    assert plan.shots[1].range.start.seconds == pytest.approx(4, abs=0.2)


def test_keys_never_leave_the_picture() -> None:
    plan = direct([seen(5, [at(0.03, 0.9)])], Wish(TALL))
    key = plan.shots[0].panels[0][0]
    width, height = crop_shares(SIZE, TALL, key.zoom)
    held = held_inside(FrameKey(key.at, key.centre_x, key.centre_y, key.zoom), width, height)
    assert (held.centre_x, held.centre_y) == (key.centre_x, key.centre_y)
