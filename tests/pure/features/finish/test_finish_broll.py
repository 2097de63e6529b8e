"""B-roll: which file is shown, over which word, and how much of the speaker is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from support import stored
from support.edited import a_clip, a_transcript, s

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.domain.layers import PictureLayer
from viralclip_desktop.features.captions import caption_styles
from viralclip_desktop.features.finish import Scene, Wanted, palette_of
from viralclip_desktop.features.finish.broll import add_broll, files_in, is_said, tags_of
from viralclip_desktop.features.finish.scene import Footage

SAID = (
    "The bridge was old. "
    + "We went on and on. " * 2
    + "Then two bridges fell over a river. "
    + "So it was. " * 6
)


def shown(*files: Footage) -> list[PictureLayer]:
    clip = a_clip(start_s=0, end_s=30)
    words = a_transcript(*[f"{one}." for one in SAID.strip(" .").split(". ")])
    plan = plan_clip(
        stored.source(), words, replace(clip, parts=stored.ranges((0, 30))), caption_styles()["karaoke"]
    )
    scene = Scene(plan, (), palette_of(None, None), words=plan.words)
    return [
        one for one in add_broll(clip, scene, Wanted(broll=files)).layers if isinstance(one, PictureLayer)
    ]


def test_a_file_shows_at_its_word_but_not_in_the_opening() -> None:
    [layer] = shown(Footage("a", tags_of("old-bridge_02")))
    assert layer.asset_id == "a"
    assert layer.range.start == s(16 - 0.15)  # the bridge of the first seconds is the speaker's
    assert layer.width == 1


def test_the_speaker_is_seen_between_two() -> None:
    bridge, river = Footage("a", tags_of("bridge")), Footage("b", tags_of("river"))
    assert [layer.asset_id for layer in shown(bridge, river)] == ["a"]
    assert [layer.asset_id for layer in shown(river)] == ["b"]


def test_a_short_film_is_not_shown_beyond_its_end() -> None:
    [layer] = shown(Footage("a", tags_of("river"), s(1)))
    assert layer.range.duration == s(1)


def test_names_mean_words_with_other_endings_and_no_others() -> None:
    words = a_transcript(SAID).words
    assert is_said(tags_of("Bridge 2024 (final)"), words)
    assert not is_said(tags_of("rivalry"), words)
    assert not is_said(tags_of("two"), words)


def test_folders_give_pictures_and_films_by_name(tmp_path: Path) -> None:
    for name in ("b.MP4", "notes.txt", "in/a.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in files_in([tmp_path])] == ["b.MP4", "a.jpg"]
