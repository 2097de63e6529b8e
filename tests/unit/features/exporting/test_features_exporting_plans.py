"""From a clip in the store to its plan: own captions, brand kits, layers, and files that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import makers, stored
from support.edited import span

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.brand import BrandKit, Logo, LowerThird
from viralclip_desktop.domain.clip import Clip, FrameKey
from viralclip_desktop.domain.edits.new_layers import new_layer
from viralclip_desktop.domain.layers import LayerKind, PictureLayer
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.features.exporting.plans import plan_of
from viralclip_desktop.media.probe import probe
from viralclip_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    film = makers.make_video(tmp_path / "film.mp4", 6.0)
    with stored.new_store(tmp_path) as opened:
        stored.fill(opened)
        with opened.transaction("Film", "proj_1") as tx:
            tx.put(stored.source(path=str(film), info=probe(film)))
            tx.put(replace(stored.clip(), parts=stored.ranges((0.5, 5.5))))
        yield opened


def put(store: Store, **changes: object) -> Clip:
    clip = replace(store.clip("clip_1"), **changes)  # type: ignore[arg-type]
    with store.transaction("Change", "proj_1") as tx:
        tx.put(clip)
    return clip


def test_cuts_keys_and_own_captions_reach_the_plan(store: Store) -> None:
    own = replace(caption_styles()["pop"], fill="#ABCDEF")
    kept, keys = stored.ranges((0.5, 1), (2, 3), (4, 5.5)), (FrameKey(span(1, 2).end, 0.2),)
    plan = plan_of(store, put(store, parts=kept, frame_keys=keys, caption_override=own))
    assert plan.kept == (span(0.48, 0.98), span(2, 3), span(4, 5.5))
    assert plan.style == own
    assert len(plan.moves) >= 2
    assert plan_of(store, put(store, caption_override=own, captions_on=False)).style is None


def test_a_brand_kit_reaches_the_plan(store: Store, tmp_path: Path) -> None:
    logo = makers.make_still(tmp_path / "logo.png")
    kit = BrandKit(
        "kit_1",
        "Ours",
        logo=Logo(stored.taken_in(store, logo)),
        lower_third=LowerThird("Ada"),
        fonts=(stored.taken_in(store, "x.ttf"),),
    )
    with store.transaction("Kit") as tx:
        tx.put(kit)
    plan = plan_of(store, put(store, brand_kit="kit_1"))
    assert [overlay.path for overlay in plan.overlays] == [str(logo)]
    assert plan.name_line is not None
    assert plan.fonts == ("x.ttf",)
    assert plan_of(store, put(store, brand_kit="")).overlays == ()
    assert plan_of(store, put(store, brand_kit="kit_deleted")).overlays == ()


@pytest.mark.parametrize("kind", sorted(set(LayerKind) - {LayerKind.TITLE, LayerKind.PROGRESS}))
def test_a_file_that_is_gone_is_named(kind: LayerKind, store: Store, tmp_path: Path) -> None:
    gone = tmp_path / "roll one.mp4"
    clip = put(store, layers=(new_layer("a", kind, stored.taken_in(store, gone), span(0, 1)),))
    with pytest.raises(BadInput, match=r"roll one\.mp4"):
        plan_of(store, clip)
    gone.write_bytes(b"")
    with pytest.raises(BadInput, match=r"roll one\.mp4"):
        plan_of(store, clip)


def test_a_layer_needs_what_its_kind_shows(store: Store, tmp_path: Path) -> None:
    picture, sound = makers.make_still(tmp_path / "p.png"), makers.make_sound(tmp_path / "s.wav")
    for kind, path in ((LayerKind.MUSIC, picture), (LayerKind.PICTURE, sound)):
        with pytest.raises(BadInput, match=path.name):
            plan_of(
                store, put(store, layers=(new_layer("a", kind, stored.taken_in(store, path), span(0, 1)),))
            )


def test_a_file_that_changed_is_looked_at_again(store: Store, tmp_path: Path) -> None:
    roll = makers.make_video(tmp_path / "roll.mp4", 1.0)
    clip = put(store, layers=(PictureLayer("a", stored.taken_in(store, roll), span(0, 1)),))
    before = plan_of(store, clip)
    makers.make_video(roll, 2.0)
    after = plan_of(store, clip)
    assert (before.overlays[0].info.duration.seconds, after.overlays[0].info.duration.seconds) == (1.0, 2.0)


def test_a_logo_that_is_only_sound_is_told(store: Store, tmp_path: Path) -> None:
    song = makers.make_sound(tmp_path / "song.mp3", 0.5)
    logo = Logo(stored.taken_in(store, song))
    with store.transaction("Kit") as tx:
        tx.put(BrandKit("kit_1", "Ours", logo=logo))
    with pytest.raises(BadInput, match="has no picture"):
        plan_of(store, put(store, brand_kit="kit_1"))


def test_a_drawing_is_told_apart_from_a_recording(store: Store, tmp_path: Path) -> None:
    drawing = tmp_path / "logo.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    with pytest.raises(BadInput, match="is a drawing") as told:
        plan_of(store, put(store, layers=(PictureLayer("l", stored.taken_in(store, drawing), span(0, 1)),)))
    assert "PNG" in told.value.hint


def test_the_same_silent_film_before_and_after_a_clip(store: Store, tmp_path: Path) -> None:
    from viralclip_desktop.compose.graph import build, whole_file

    film = stored.taken_in(store, makers.make_video(tmp_path / "bumper.mp4", 1.0, audio=None))
    with store.transaction("Kit") as tx:
        tx.put(BrandKit("kit_1", "Ours", intro=film, outro=film))
    plan = plan_of(store, put(store, brand_kit="kit_1"))
    graph = build(plan, Size(90, 160), whole_file(plan))
    assert graph.script.count("anullsrc") + str(graph.inputs).count("anullsrc") == 2
