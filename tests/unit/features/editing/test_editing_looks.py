"""Own caption styles, looks of single clips and brand kits through the real store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import stored
from support.bound_editing import Editing

from viralclip_desktop.core.errors import NotFound, UsageError
from viralclip_desktop.domain.brand import BrandKit, Corner, Logo, LowerThird
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.store import Store

KIT = BrandKit(
    "kit_1",
    "Ours",
    ("#112233", "#ff8800"),
    ("asset_font",),
    "bold",
    Logo("asset_logo", Corner.TOP_LEFT),
    lower_third=LowerThird("Ann", "Baker"),
)


def a_style() -> CaptionStyle:
    """A shipped style with another size."""
    return replace(caption_styles()["pop"], size=0.2)


def test_a_logo_is_put_where_it_was_dropped_and_the_name_line_written_anew(
    store: Store, editing: Editing
) -> None:
    editing.put_brand_kit(KIT)
    editing.place_logo("kit_1", "logo", {"x": 0.2, "y": 0.7}, "proj_1", merge_key="drag")
    editing.place_logo("kit_1", "logo", {"x": 0.3, "y": 0.6}, "proj_1", merge_key="drag")
    (kit,) = store.brand_kits()
    assert kit.logo == Logo("asset_logo", Corner.TOP_LEFT, x=0.3, y=0.6)
    assert editing.place_logo("kit_1", "watermark", {"x": 0.3}, "proj_1") is None
    store.undo("proj_1")
    assert store.brand_kits() == [KIT]
    editing.write_name_line("kit_1", "Grace\nAdmiral", "proj_1")
    assert store.brand_kits()[0].lower_third == LowerThird("Grace", "Admiral")
    assert editing.write_name_line("kit_2", "x") is None


def test_a_clip_has_a_look_of_its_own_until_it_is_reset(store: Store, editing: Editing) -> None:
    assert editing.override_captions("clip_1", a_style()).caption_override == a_style()
    assert store.clip("clip_2").caption_override is None
    store.undo("proj_1")
    assert store.clip("clip_1").caption_override is None
    store.redo("proj_1")
    assert editing.override_captions("clip_1", None).caption_override is None


def test_trying_looks_is_one_edit(store: Store, editing: Editing, clock: stored.Clock) -> None:
    for size in (0.1, 0.12, 0.2):
        clock.now += 0.2
        editing.override_captions("clip_1", replace(a_style(), size=size), merge_key="size")
    assert len(store.history("proj_1")) == 1


def test_a_shipped_style_is_saved_as_a_new_one_and_an_own_one_in_its_place(
    store: Store, editing: Editing
) -> None:
    saved = editing.save_style(replace(a_style(), label="  My   pop "))
    assert saved.id != "pop"
    assert saved.label == "My pop"
    second = editing.save_style(replace(a_style(), label="My pop"))
    assert second.label == "My pop (2)"
    changed = editing.save_style(replace(saved, size=0.3))
    assert store.caption_styles() == [changed, second]
    with pytest.raises(UsageError, match="needs a name"):
        editing.save_style(replace(saved, label=" "))


def test_a_deleted_style_leaves_the_look_where_it_was(store: Store, editing: Editing) -> None:
    style = editing.save_style(a_style(), project_id="proj_1")
    editing.put_brand_kit(replace(KIT, caption_style=style.id), project_id="proj_1")
    editing.apply_brand_kit("kit_1", ["clip_1"])
    editing.delete_style(style.id, project_id="proj_1")
    clip = store.clip("clip_1")
    assert clip.caption_style in caption_styles()
    assert clip.caption_override is not None
    assert clip.caption_override.size == 0.2
    assert store.brand_kits()[0].caption_style == ""
    assert store.undo("proj_1") == "Delete caption style"
    assert store.clip("clip_1").caption_style == style.id
    assert store.brand_kits()[0].caption_style == style.id
    assert store.caption_styles() == [style]
    with pytest.raises(NotFound):
        editing.delete_style("pop")


def test_only_one_kit_is_the_default(store: Store, editing: Editing) -> None:
    assert editing.default_kit() is None
    first = editing.put_brand_kit(replace(KIT, is_default=True))
    second = editing.put_brand_kit(BrandKit("", "Theirs", is_default=True))
    assert second.id not in ("", first.id)
    assert editing.default_kit() == second
    assert [kit.is_default for kit in store.brand_kits()] == [False, True]
    store.undo("")
    assert editing.default_kit() == first
    with pytest.raises(UsageError, match="needs a name"):
        editing.put_brand_kit(BrandKit("", ""))


def test_a_kit_on_one_clip_on_all_and_off_again(store: Store, editing: Editing) -> None:
    editing.put_brand_kit(KIT, project_id="proj_1")
    editing.override_captions("clip_1", a_style())
    [branded] = editing.apply_brand_kit("kit_1", ["clip_1"])
    assert (branded.brand_kit, branded.caption_style, branded.caption_override) == ("kit_1", "bold", None)
    assert store.clip("clip_2").brand_kit == ""
    assert len(editing.apply_brand_kit("kit_1", project_id="proj_1")) == 3
    assert {clip.brand_kit for clip in store.clips("src_1")} == {"kit_1"}
    assert store.undo("proj_1") == "Apply brand kit"
    assert store.clip("clip_2").brand_kit == ""
    [bare] = editing.apply_brand_kit("", ["clip_1"])
    assert (bare.brand_kit, bare.caption_style) == ("", "bold")


def test_a_kit_without_a_style_leaves_the_captions_alone(store: Store, editing: Editing) -> None:
    editing.put_brand_kit(replace(KIT, caption_style=""))
    before = editing.override_captions("clip_1", a_style())
    assert editing.apply_brand_kit("kit_1", ["clip_1"]) == [replace(before, brand_kit="kit_1")]


def test_a_deleted_kit_is_taken_off_and_comes_back(store: Store, editing: Editing) -> None:
    editing.put_brand_kit(KIT, project_id="proj_1")
    editing.apply_brand_kit("kit_1", project_id="proj_1")
    editing.delete_brand_kit("kit_1", project_id="proj_1")
    assert store.brand_kits() == []
    assert {clip.brand_kit for clip in store.clips("src_1")} == {""}
    assert store.undo("proj_1") == "Delete brand kit"
    assert store.brand_kits() == [KIT]
    assert {clip.brand_kit for clip in store.clips("src_1")} == {"kit_1"}


def test_nothing_chosen_brands_nothing(store: Store, editing: Editing) -> None:
    editing.put_brand_kit(KIT)
    assert editing.apply_brand_kit("kit_1", [], project_id="proj_1") == []
    with pytest.raises(UsageError):
        editing.apply_brand_kit("kit_1")
    with pytest.raises(NotFound):
        editing.apply_brand_kit("none", ["clip_1"])
