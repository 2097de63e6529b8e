"""Which versions are wanted of a clip, and how they are told apart."""

from __future__ import annotations

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features.batches import (
    NO_HOOK,
    Labels,
    Readiness,
    Version,
    combinations,
    label_of,
    version_id,
)

TALL, SQUARE = Aspect.VERTICAL, Aspect.SQUARE
LABELS = Labels(str.title, {"th": "Thai", "id": "Indonesian"}.__getitem__)


def test_every_combination_comes_once_in_the_order_that_was_asked_for() -> None:
    assert combinations([TALL, SQUARE], ["neon", "pop"]) == [
        Version(TALL, "neon"),
        Version(TALL, "pop"),
        Version(SQUARE, "neon"),
        Version(SQUARE, "pop"),
    ]
    assert len(combinations([TALL, SQUARE], ["neon", "pop"], ["One", "Two", "Three"], ["th", "id"])) == 24


def test_what_is_named_twice_counts_once_and_what_is_not_named_is_the_clips_own() -> None:
    assert combinations([SQUARE, SQUARE]) == [Version(SQUARE)]
    assert combinations() == [Version()]


def test_a_label_names_only_what_differs() -> None:
    both = combinations([TALL, SQUARE], ["neon"])
    assert [label_of(one, both, LABELS) for one in both] == ["9x16", "1x1"]
    four = combinations([TALL, SQUARE], ["neon", "pop"])
    assert [label_of(one, four, LABELS) for one in four] == [
        "9x16, Neon",
        "9x16, Pop",
        "1x1, Neon",
        "1x1, Pop",
    ]
    spoken = combinations([], [], ["A hook"], ["th", "id"])
    assert [label_of(one, spoken, LABELS) for one in spoken] == ["Thai", "Indonesian"]


def test_the_only_version_is_named_by_all_that_was_asked_of_it() -> None:
    only = combinations([SQUARE], ["neon"], ["Nobody tells you this about money"])
    assert label_of(only[0], only, LABELS) == "1x1, Neon, Nobody tells you this ab…"


def test_the_id_of_a_version_is_the_same_each_time_and_only_then() -> None:
    every = combinations([TALL, SQUARE], ["neon", "pop"], ["One", "Two"], ["th", "id"])
    ways = [Readiness(), Readiness(tighten=True), Readiness(finish=True)]
    ids = {version_id(clip, one, ready) for clip in ("clip_a", "clip_b") for one in every for ready in ways}
    assert len(ids) == 2 * len(every) * len(ways)
    assert version_id("clip_a", Version(TALL, "neon"), Readiness()) in {
        version_id("clip_a", one, Readiness()) for one in combinations([TALL], ["neon"])
    }


def test_with_and_without_a_hook_are_told_apart_by_name_and_id() -> None:
    both = combinations(hooks=[None, NO_HOOK])
    assert [label_of(one, both, LABELS) for one in both] == ["with a hook", "without a hook"]
    ready = Readiness(finish=True)
    assert version_id("clip_a", both[0], ready) != version_id("clip_a", both[1], ready)
    assert version_id("clip_a", Version(), Readiness()) == "ver_d3fdaa78eb525fee", (
        "known from earlier versions"
    )
