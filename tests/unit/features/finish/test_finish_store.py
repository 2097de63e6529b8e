"""Finishing clips of the store: what is laid, in which edits, and how it goes again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored
from support.edited import s

from viralclip_desktop.compose.captions.clear_of_faces import faces_in_frame
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Box
from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.plan import Overlay
from viralclip_desktop.compose.standing_things import overlay_box
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.faces import Face, FacesSeen
from viralclip_desktop.domain.layers import (
    EffectLayer,
    Element,
    MusicLayer,
    PictureLayer,
    ProgressLayer,
    TitleLayer,
    TitleLook,
)
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features import editing, finish
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.features.common.quiet_titles import is_quiet, quiet_title
from viralclip_desktop.features.finish.emoji import fitting
from viralclip_desktop.features.finish.scene import Line
from viralclip_desktop.features.finish.synth import MARK_S, REFERENCE_DB
from viralclip_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        yield store


def scene_of(clip: Clip, **changes: object) -> finish.Scene:
    style = caption_styles()["karaoke"]
    words = stored.transcript(
        "Why did nobody tell me this about it?",
        "Now I know that it is so.",
        "Bridges always tell their stories.",
        "All 40 of them.",
    )
    plan = plan_clip(stored.source(), words, clip, style)
    scene = finish.Scene(plan, (), finish.palette_of(None, style), "en")
    return replace(scene, **changes)  # type: ignore[arg-type]


def laid(clip: Clip, element: Element) -> TitleLayer:
    [layer] = [layer for layer in clip.layers if layer.element is element]
    assert isinstance(layer, TitleLayer)
    return layer


def test_a_finish_is_one_entry_and_undo_takes_it_back(store: Store) -> None:
    before = store.clip("clip_1")
    after = finish.finish_clip(store, "clip_1", scene_of(before))
    assert all(finish.is_on(after, element) for element in finish.USUAL)
    assert store.undo("proj_1") == "Finish clip"
    assert store.clip("clip_1") == before
    store.redo("proj_1")
    assert store.clip("clip_1") == after


def test_finishing_again_replaces_what_it_laid_and_leaves_the_rest(store: Store) -> None:
    own = TitleLayer("mine", "Mine", replace(store.clip("clip_1").range, start=s(0), end=s(3)))
    editing.put_layer(store, "clip_1", own)
    scene = scene_of(store.clip("clip_1"))
    finish.finish_clip(store, "clip_1", scene)
    once = finish.finish_clip(store, "clip_1", scene, wanted=finish.Wanted(hook="Another"))
    assert len(once.layers) == 1 + 2
    assert laid(once, Element.HOOK).text == "Another"
    assert any(layer.id == "mine" for layer in finish.remove_all(store, "clip_1").layers)


def test_each_element_is_an_entry_of_its_own(store: Store) -> None:
    scene = scene_of(store.clip("clip_1"))
    on = finish.lay_element(store, "clip_1", Element.PROGRESS, scene)
    assert finish.is_on(on, Element.PROGRESS)
    off = finish.remove_element(store, "clip_1", Element.PROGRESS)
    assert not finish.is_on(off, Element.PROGRESS)
    labels = [str(edit.label) for edit in store.history("proj_1")][-2:]
    assert labels == ["Add “Progress bar”", "Remove “Progress bar”"]


def test_the_hook_is_the_clips_in_its_first_seconds_below_the_bar(store: Store) -> None:
    clip = finish.finish_clip(store, "clip_1", scene_of(store.clip("clip_1")))
    hook = laid(clip, Element.HOOK)
    assert hook.text == clip.title
    assert (hook.range.start, hook.range.end) == (s(0), s(2.5))
    [bar] = [layer for layer in clip.layers if isinstance(layer, ProgressLayer)]
    box = title_box(hook, scene_of(clip).plan)
    assert box is not None
    assert box.top > bar.y * 1920 + bar.height * 1080 + 10
    assert bar.range.end == clip.duration


def test_a_title_that_claims_nothing_is_never_written_over_the_picture(store: Store) -> None:
    editing.rename_clip(store, "clip_1", quiet_title(1, s(21.9)))
    spoken = _lines(store, ("Well did", 0.4), ("It is so", 0.9), ("So is that", 0.9))
    scene = scene_of(store.clip("clip_1"), lines=spoken)
    several = (*finish.USUAL, Element.CARD)
    clip = finish.finish_clip(store, "clip_1", scene, several)
    assert finish.is_on(clip, Element.PROGRESS)
    assert not finish.is_on(clip, Element.HOOK)
    assert not finish.is_on(clip, Element.CARD)
    for element in (Element.HOOK, Element.CARD):
        asked = finish.lay_element(store, "clip_1", element, scene)
        assert laid(asked, element).text == "It is so"  # the first sentence that was heard for sure
        finish.remove_element(store, "clip_1", element)
        unsure = replace(scene, lines=spoken[:1])
        assert laid(finish.lay_element(store, "clip_1", element, unsure), element).text == "Well did"
        finish.remove_element(store, "clip_1", element)
        silent = replace(scene, lines=())
        assert not finish.is_on(finish.lay_element(store, "clip_1", element, silent), element)
    typed = finish.finish_clip(store, "clip_1", scene, several, finish.Wanted(hook="Typed", title="Also"))
    assert (laid(typed, Element.HOOK).text, laid(typed, Element.CARD).text) == ("Typed", "Also")
    assert not is_quiet("Clip 1, the one that counts")


def _lines(store: Store, *said: tuple[str, float]) -> tuple[Line, ...]:
    """Sentences one after the other in the clip, each with how sure the recogniser was of it."""
    clip, lines = store.clip("clip_1"), list[Line]()
    at = clip.range.start
    for text, confidence in said:
        end = at + s(0.5)
        words = tuple(Word(piece, at, end, confidence) for piece in text.split())
        lines.append(Line(clip.asset_id, TimeRange(at, end), words))
        at = end
    return tuple(lines)


def test_the_hook_lies_on_no_logo(store: Store) -> None:
    scene = scene_of(store.clip("clip_1"))
    info = stored.media_info()
    logo = Overlay("logo.png", info, TimeRange(s(0), scene.plan.duration), 0.3, 0.12, 0.4)
    branded = replace(scene, plan=replace(scene.plan, overlays=(logo,)))
    hook = laid(finish.lay_element(store, "clip_1", Element.HOOK, branded), Element.HOOK)
    box, picture = title_box(hook, branded.plan), overlay_box(logo, branded.plan)
    assert box is not None
    assert box.top >= picture.bottom or box.bottom <= picture.top


def test_what_a_model_wrote_is_the_hook_and_what_is_typed_comes_first(store: Store) -> None:
    scene = scene_of(store.clip("clip_1"), hook="Written by a model")
    written = finish.lay_element(store, "clip_1", Element.HOOK, scene)
    assert laid(written, Element.HOOK).text == "Written by a model"
    typed = finish.lay_element(store, "clip_1", Element.HOOK, scene, finish.Wanted(hook="Typed"))
    assert laid(typed, Element.HOOK).text == "Typed"


def test_a_hook_and_a_lower_third_wait_for_the_card(store: Store) -> None:
    scene = scene_of(store.clip("clip_1"))
    wanted = finish.Wanted(title="The card", name="Ann", role="Host")
    every = (Element.CARD, Element.HOOK, Element.LOWER_THIRD)
    clip = finish.finish_clip(store, "clip_1", scene, every, wanted)
    card, hook, third = (laid(clip, element) for element in every)
    assert card.range.end <= hook.range.start < hook.range.end <= third.range.start
    assert (third.text, third.look) == ("Ann\nHost", TitleLook.LOWER_THIRD)


def test_a_lower_third_of_nobody_lays_nothing(store: Store) -> None:
    clip = finish.lay_element(store, "clip_1", Element.LOWER_THIRD, scene_of(store.clip("clip_1")))
    assert clip.layers == ()


def test_a_brands_colours_are_taken_with_letters_that_can_be_read() -> None:
    dark = finish.palette_of(BrandKit("k", "K", colours=("#10204A", "#FFD60A")), None)
    assert (dark.plate, dark.ink, dark.accent) == ("#10204A", "#FFFFFF", "#FFD60A")
    light = finish.palette_of(BrandKit("k", "K", colours=("#F0E6D2",)), None)
    assert (light.plate, light.ink) == ("#F0E6D2", "#11151D")


def test_a_long_hook_is_cut_between_words(store: Store) -> None:
    wanted = finish.Wanted(hook="word " * 40)
    clip = finish.lay_element(store, "clip_1", Element.HOOK, scene_of(store.clip("clip_1")), wanted)
    text = laid(clip, Element.HOOK).text
    assert text.endswith("word…")
    assert len(text) <= 91


def test_a_cut_keeps_the_bar_to_the_clips_end(store: Store) -> None:
    finish.finish_clip(store, "clip_1", scene_of(store.clip("clip_1")))
    clip = editing.trim_clip(store, "clip_1", s(5.25), s(20))
    [bar] = [layer for layer in clip.layers if isinstance(layer, ProgressLayer)]
    assert (bar.range.start, bar.range.end) == (s(0), clip.duration)


def test_one_word_a_sentence_is_marked_and_taking_it_off_brings_the_style_back(store: Store) -> None:
    before = store.clip("clip_1")
    scene = scene_of(before)
    after = finish.lay_element(store, "clip_1", Element.KEYWORDS, scene)
    assert after.caption_override is not None
    said = [word.text for word in scene.plan.words]
    assert 1 <= len(after.caption_override.keywords) <= sum(text[-1] in ".?" for text in said) + 1
    assert after.caption_override.keyword_fill not in ("#00000000", after.caption_override.active_fill)
    assert (
        finish.remove_element(store, "clip_1", Element.KEYWORDS).caption_override == before.caption_override
    )


def with_sounds(store: Store, **changes: object) -> finish.Scene:
    effects = {str(one): stored.taken_in(store, f"{one}.wav") for one in finish.Effect}
    return scene_of(store.clip("clip_1"), effects=effects, **changes)


def heard(clip: Clip, scene: finish.Scene) -> list[tuple[str, float]]:
    """The effects of a clip, and when each is loudest."""
    names = {asset_id: name for name, asset_id in scene.effects.items()}
    found = []
    for one in clip.layers:
        if isinstance(one, EffectLayer):
            name = names[one.asset_id]
            mark = MARK_S[finish.Effect(name)]
            found.append((name, round((one.range.start - one.source_start).seconds + mark, 3)))
    return found


def test_effects_go_with_what_is_seen_their_loudest_moment_on_it(store: Store) -> None:
    scene = with_sounds(store)
    every = (Element.CARD, Element.HOOK, Element.EFFECTS)
    clip = finish.finish_clip(store, "clip_1", scene, every, finish.Wanted(title="Card"))
    card = laid(clip, Element.CARD)
    assert heard(clip, scene) == [("whoosh", card.range.end.seconds)], (
        "the pop right behind would be one noise"
    )
    finish.remove_element(store, "clip_1", Element.CARD)
    hooked = finish.lay_element(store, "clip_1", Element.EFFECTS, scene)
    hook = laid(hooked, Element.HOOK)
    assert heard(hooked, scene) == [("pop", round(hook.range.start.seconds + 0.08, 3))]
    assert all(one.bus == "effects" for one in hooked.layers if isinstance(one, EffectLayer))


def test_an_effect_lies_twelve_decibels_under_the_voice_however_loud_that_is(store: Store) -> None:
    finish.lay_element(store, "clip_1", Element.HOOK, with_sounds(store))
    for speech_db in (-34.0, -20.0, -14.0):
        scene = with_sounds(store, speech_db=speech_db)
        clip = finish.lay_element(store, "clip_1", Element.EFFECTS, scene)
        [sound] = [one for one in clip.layers if isinstance(one, EffectLayer)]
        assert REFERENCE_DB + sound.volume_db == pytest.approx(speech_db - 12)


def test_a_whoosh_peaks_on_the_cut_of_a_whip_even_where_it_would_begin_before_the_clip(store: Store) -> None:
    clip = store.clip("clip_1")
    asset_id = clip.parts[0].asset_id
    ranges = ((0.0, 0.2), (1.0, 5.0), (7.0, 9.0))
    parts = [Part(asset_id, TimeRange.from_seconds(*one)) for one in ranges]
    parts[1:] = [replace(one, transition=Transition.WHIP) for one in parts[1:]]
    with store.transaction("Cut", "proj_1") as tx:
        tx.put(replace(clip, parts=tuple(parts)))
    scene = with_sounds(store)
    after = finish.lay_element(store, "clip_1", Element.EFFECTS, scene)
    assert heard(after, scene) == [("whoosh", 0.2), ("whoosh", 4.2)]
    first = next(one for one in after.layers if isinstance(one, EffectLayer))
    assert (first.range.start, first.source_start) == (s(0), s(MARK_S[finish.Effect.WHOOSH] - 0.2))


def test_a_song_lies_under_all_of_the_clip_and_goes_down_under_speech(store: Store) -> None:
    song = stored.taken_in(store, "song.mp3")
    scene = scene_of(store.clip("clip_1"))
    clip = finish.lay_element(store, "clip_1", Element.MUSIC, scene, finish.Wanted(music=song))
    [layer] = [one for one in clip.layers if isinstance(one, MusicLayer)]
    assert (layer.asset_id, layer.range.start, layer.range.end) == (song, s(0), clip.duration)
    assert clip.duck_db(layer) < 0
    assert finish.lay_element(store, "clip_1", Element.MUSIC, scene).layers == ()


def _with_emoji(store: Store, **changes: object) -> Clip:
    names = {one.name for one in fitting(scene_of(store.clip("clip_1")).plan.words, "en")}
    emoji = {name: stored.taken_in(store, f"{name}.png") for name in names}
    scene = scene_of(store.clip("clip_1"), emoji=emoji, **changes)
    return finish.lay_element(store, "clip_1", Element.EMOJI, scene)


def test_an_emoji_stands_above_the_captions_while_its_word_is_said(store: Store) -> None:
    clip = _with_emoji(store)
    [layer] = [one for one in clip.layers if one.element is Element.EMOJI]
    assert isinstance(layer, PictureLayer)
    plan = scene_of(clip).plan
    word = next(one for one in plan.words if one.text == "Bridges")
    assert layer.range.start == word.start
    laid_out_captions = laid_out(plan)
    assert laid_out_captions is not None
    blocks = [one.box for one in laid_out_captions.blocks]
    foot = (layer.y + layer.width * 1080 / 1920) * 1920
    assert foot <= min(box.top for box in blocks)
    assert min(box.top for box in blocks) - foot < 60, "right above them"
    assert abs(layer.x + layer.width / 2 - 0.5) < 0.02


def test_an_emoji_covers_no_head_and_stays_away_where_one_fills_the_frame(store: Store) -> None:
    seen = tuple(FacesSeen(s(at), (Face(0.45, 0.45, 0.55, 0.6, 0.9),)) for at in range(12))
    beside = _with_emoji(store, faces=seen)
    [layer] = [one for one in beside.layers if one.element is Element.EMOJI]
    assert isinstance(layer, PictureLayer)
    place = Box(layer.x * 1080, layer.y * 1920, (layer.x + layer.width) * 1080, layer.y * 1920 + 184)
    for _at, boxes in faces_in_frame(replace(scene_of(beside).plan, faces=seen), Size(1080, 1920)):
        apart = (one.bottom <= place.top or place.bottom <= one.top for one in boxes)
        beside_it = (one.right <= place.left or place.right <= one.left for one in boxes)
        assert all(map(any, zip(apart, beside_it, strict=True)))
    whole = Face(0.0, 0.0, 1.0, 1.0, 0.9)
    close = _with_emoji(store, faces=tuple(FacesSeen(s(at), (whole,)) for at in range(12)))
    assert [one for one in close.layers if one.element is Element.EMOJI] == []
