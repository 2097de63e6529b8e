"""``viralclip finish``, down to the letters in the exported file."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from support import music as heard
from support import stored
from support.command_line import CommandLine
from support.makers import make_sound, make_still, make_video
from support.projects import add_project, make_recording
from support.rendered import samples_of
from support.tight_talk import film_of, pause, say, talk_of

from viralclip_desktop.cli.main import build_parser
from viralclip_desktop.cli.options import ready_asked
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import ZERO
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.clip import Clip, Transition
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.layers import Element, MusicLayer
from viralclip_desktop.features import editing
from viralclip_desktop.features.batches import EVERYTHING, Readiness
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.features.common.derived import ensure_sound
from viralclip_desktop.features.exporting.plans import plan_of
from viralclip_desktop.features.finish.heard_level import loudest_db, speech_db
from viralclip_desktop.features.workflows.finishing import footage_for, scene_of
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg
from viralclip_desktop.store.store import Store


@pytest.fixture
def filmed(viralclip: CommandLine, tmp_path: Path) -> CommandLine:
    film = make_video(tmp_path / "talk.mp4", seconds=8, extra=("-vf", "drawbox=color=navy:t=fill"))
    store = viralclip.services.store
    with store.transaction("Set up", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=probe(film)))
        tx.put(replace(stored.clip(), parts=stored.ranges((0.0, 6.0)), aspect=Aspect.WIDE, captions_on=False))
    return viralclip


def test_it_lays_the_usual_elements_and_takes_them_off(filmed: CommandLine) -> None:
    done = filmed.json("finish", "clip_1", "--hook", "Ask me why")
    assert done["clip_id"] == "clip_1"
    on = {element["id"]: element for element in done["elements"] if element["on"]}
    assert set(on) == {"progress", "hook"}
    [hook] = on["hook"]["layers"]
    assert (hook["text"], hook["start_s"], hook["end_s"]) == ("Ask me why", 0.0, 2.5)
    off = filmed.json("finish", "clip_1", "--only", "hook", "--without", "progress")
    assert [element["id"] for element in off["elements"] if element["on"]] == ["hook"]


def test_a_text_asks_for_its_element(filmed: CommandLine) -> None:
    done = filmed.json("finish", "clip_1", "--name", "Ann Lee", "--role", "Host", "--title", "Part one")
    assert {one["id"] for one in done["elements"] if one["on"]} >= {"card", "lower-third"}


def _laid(done: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {one["id"]: one["layers"] for one in done["elements"] if one["on"]}


def test_what_is_not_named_stays_as_it_is(filmed: CommandLine, tmp_path: Path) -> None:
    song = make_sound(tmp_path / "bed.wav", 2.0, "mono")
    first = _laid(filmed.json("finish", "clip_1", "--hook", "My own hook", "--name", "Bob", "--role", "Boss"))
    then = _laid(filmed.json("finish", "clip_1", "--music", str(song)))
    assert {name: then[name] for name in first} == first, "not even its place changed"
    named = _laid(filmed.json("finish", "clip_1", "--name", "Ann"))
    assert [one["text"] for one in named["lower-third"]] == ["Ann\nBoss"]
    assert (named["hook"], named["music"]) == (first["hook"], then["music"])
    again = _laid(filmed.json("finish", "clip_1"))
    assert [one["text"] for one in again["hook"]] == ["My own hook"], "the usual ones keep their words"


def test_what_was_taken_off_does_not_come_back_with_something_else(filmed: CommandLine) -> None:
    filmed.json("finish", "clip_1", "--hook", "My own hook")
    off = _laid(filmed.json("finish", "clip_1", "--without", "hook"))
    assert set(off) == {"progress"}
    assert set(_laid(filmed.json("finish", "clip_1", "--title", "Part one"))) == {"progress", "card"}
    assert set(_laid(filmed.json("finish", "clip_1"))) == {"progress", "card", "hook"}


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_hook_is_read_in_the_exported_file_and_gone_after_it(filmed: CommandLine, tmp_path: Path) -> None:
    filmed.json("finish", "clip_1", "--hook", "Nobody told me this about bridges")
    filmed.json("export", "clip_1", "--out", str(tmp_path / "out"), "--resolution", "720p", "--fps", "25")
    [film] = (tmp_path / "out").glob("*.mp4")
    assert "Nobody told me this about bridges" in read(film, 1.5, tmp_path)
    assert "Nobody" not in read(film, 3.5, tmp_path)


def read(film: Path, at_s: float, folder: Path) -> str:
    """What tesseract reads in the upper half of a frame."""
    path = folder / "frame.png"
    crop = "crop=1280:330:0:30"
    run_ffmpeg(["-ss", str(at_s), *input_args(film), "-vf", crop, "-frames:v", "1", "-y", str(path)])
    command = ["tesseract", str(path), "-", "--psm", "6", "-l", "eng"]
    done = subprocess.run(command, capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def test_a_package_lies_beside_the_films(filmed: CommandLine, tmp_path: Path) -> None:
    filmed.json("finish", "clip_1", "--hook", "Ask me why")
    filmed.json("export", "clip_1", "--out", str(tmp_path / "out"), "--resolution", "720p", "--fps", "25")
    [receipt] = filmed.json("exports", "package")
    [film] = (tmp_path / "out").glob("*.mp4")
    assert json.loads(film.with_suffix(".json").read_text("utf-8")) == receipt
    assert receipt["finish"] == ["progress", "hook"]
    assert [layer["text"] for layer in receipt["layers"] if layer["element"] == "hook"] == ["Ask me why"]
    assert receipt["parts"] == [{"file": "talk.mp4", "start_s": 0.0, "end_s": 6.0}]
    cover = examine(film.with_suffix(".png")).video
    assert cover is not None
    assert (cover.size.width, cover.size.height) == (1280, 720)
    [line] = json.loads((film.parent / "clips.json").read_text("utf-8"))
    assert (line["file"], line["clip_id"]) == (film.name, "clip_1")
    filmed.json("finish", "clip_1", "--hook", "Ask me when")
    editing.rename_clip(filmed.services.store, "clip_1", "Another title")
    [later] = filmed.json("exports", "package")
    assert later == receipt, "it tells of the clip as it was exported"


def test_a_batch_lays_the_elements_that_are_named(viralclip: CommandLine, tmp_path: Path) -> None:
    talk, store = make_recording(tmp_path / "talk.mp4", 7), viralclip.services.store
    (clip,) = store.clips(add_project(viralclip.services, talk, clips=1).id)
    usual = ("--out", str(tmp_path / "out"), "--resolution", "720p", "--fps", "25")
    viralclip.json("batch", "--finish", "progress, card", str(talk), *usual)
    assert {layer.element for layer in store.clip(clip.id).layers} == {Element.PROGRESS, Element.CARD}
    (first,) = store.exports(clip.id)
    viralclip.json("batch", str(talk), "--finish=progress,card", *usual)
    assert store.exports(clip.id) == [first], "nothing is made twice"


@pytest.mark.parametrize("command", ["make", "batch"])
def test_finish_takes_names_or_none(command: str, viralclip: CommandLine) -> None:
    usual = Readiness(finish=True)
    for typed in (["--finish", "talk.mp4"], ["talk.mp4", "--finish"], ["--finish", "in/talk", "--json"]):
        assert ready_asked(build_parser().parse_args([command, *typed]))[0] == usual
    assert ready_asked(build_parser().parse_args([command, "talk.mp4"]))[0] == Readiness()
    named = build_parser().parse_args([command, "talk.mp4", "--finish", "hook,lower-third", "--everything"])
    wanted = replace(EVERYTHING, elements=[Element.HOOK, Element.LOWER_THIRD])
    assert ready_asked(named) == (wanted, True)


@pytest.mark.parametrize("command", ["make", "batch", "watch"])
def test_an_element_that_there_is_not_is_told_with_those_there_are(
    command: str, viralclip: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([command, "talk.mp4", "--finish", "hook,fireworks"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "there is no element “fireworks” (choose from hook, progress, card, lower-third," in told


def test_a_cover_is_of_the_clip_as_it_was_exported(viralclip: CommandLine, tmp_path: Path) -> None:
    store, out = viralclip.services.store, tmp_path / "out"
    clip = replace(stored.clip(), parts=stored.ranges((0.0, 2.5)), aspect=Aspect.WIDE, captions_on=False)
    _red_then_blue(viralclip, tmp_path, 3, clip)
    viralclip.json("export", "clip_1", "--out", str(out), "--resolution", "720p", "--fps", "25")
    viralclip.json("clips", "trim", "clip_1", "--start", "3.5", "--end", "6")
    [receipt] = viralclip.json("exports", "package")
    [exported] = out.glob("*.mp4")
    red, _, blue = _mean(exported.with_suffix(".png"))
    assert (red > 200, blue < 50) == (True, True), "what the film shows, not what the clip is now"
    assert (receipt["parts"][0]["start_s"], receipt["parts"][0]["end_s"]) == (0.0, 2.5)
    assert receipt["cover_at_s"] < 2.5
    editing.reshape_clip(store, "clip_1", Aspect.SQUARE)
    assert viralclip.json("exports", "package") == [receipt]
    cover = examine(exported.with_suffix(".png")).video
    assert cover is not None
    assert (cover.size.width, cover.size.height) == (1280, 720)


def test_a_cover_that_was_chosen_is_that_frame(viralclip: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clip = replace(stored.clip(), parts=stored.ranges((0.5, 3.5)), markers=(), captions_on=False)
    _red_then_blue(viralclip, tmp_path, 2, clip)
    assert viralclip.json("markers", "cover", "clip_1", "--at", "3")[0]["cover"] is True
    viralclip.json("export", "clip_1", "--out", str(out), "--resolution", "720p", "--fps", "25")
    [receipt] = viralclip.json("exports", "package")
    assert receipt["cover_at_s"] == pytest.approx(2.5, abs=0.041)
    [exported] = out.glob("*.mp4")
    red, _, blue = _mean(exported.with_suffix(".png"))
    assert (red < 50, blue > 200) == (True, True)
    viralclip.json("markers", "cover", "clip_1", "--at", "1")
    [receipt] = viralclip.json("exports", "package")
    assert receipt["cover_at_s"] == pytest.approx(0.5, abs=0.041), "chosen after the film was made"
    assert _mean(exported.with_suffix(".png"))[0] > 200
    assert viralclip.json("markers", "cover", "clip_1") == []
    viralclip.json("undo", "proj_1")
    assert viralclip.json("markers", "list", "clip_1") == [{"at_s": 1.0, "label": "", "cover": True}]


def _red_then_blue(viralclip: CommandLine, folder: Path, turns_s: float, clip: Clip) -> None:
    """A film that is red until a moment and blue as long again, with a clip of it."""
    halves = ",".join(
        f"drawbox=color={colour}:t=fill:enable='{when}(t,{turns_s})'"
        for colour, when in (("red", "lt"), ("blue", "gte"))
    )
    film = make_video(folder / "talk.mp4", seconds=2 * turns_s, extra=("-vf", halves))
    with viralclip.services.store.transaction("Set up", "proj_1") as tx:
        tx.put(stored.source(path=str(film), info=probe(film)))
        tx.put(clip)


def _mean(picture: Path) -> tuple[float, float, float]:
    """The mean red, green and blue of a picture, 0..255."""
    with av.open(str(picture)) as container:
        rgb = next(container.decode(video=0)).to_ndarray(format="rgb24")
    red, green, blue = rgb.reshape(-1, 3).mean(axis=0)
    return float(red), float(green), float(blue)


def test_pictures_are_found_by_their_folder_and_by_their_tags(filmed: CommandLine, tmp_path: Path) -> None:
    store, folder = filmed.services.store, tmp_path / "footage"
    (folder / "Gardens").mkdir(parents=True)
    by_folder, by_tag = folder / "Gardens" / "img_01.png", folder / "img_02.png"
    for path in (by_folder, by_tag, folder / "img_03.png"):
        make_still(path)
    tagged = add_file(store, by_tag, AssetKind.PICTURE)
    with store.transaction("Say", "proj_1") as tx:
        tx.put(replace(tagged, tags=("kitchen",)))
        tx.put_transcript("src_1", stored.transcript("So in a garden it is so and so it was in the kitchen."))
    scene = scene_of(store, filmed.services.paths, "clip_1")
    found = footage_for(store, replace(scene, words=store.transcript("src_1").words), [folder])
    assert {Path(store.asset(one.asset_id).path).name for one in found} == {"img_01.png", "img_02.png"}


def test_pictures_of_a_folder_are_laid_over_their_words(filmed: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "footage"
    folder.mkdir()
    for name in ("everything.png", "nothing.png"):
        make_still(folder / name)
    words = stored.transcript("So it is so and so it everything was.")
    with filmed.services.store.transaction("Say", "proj_1") as tx:
        tx.put_transcript("src_1", words)
        tx.put(replace(filmed.services.store.clip("clip_1"), parts=stored.ranges((0.0, 8.0))))
    done = filmed.json("finish", "clip_1", "--only", "broll", "--broll", str(folder))
    [element] = [one for one in done["elements"] if one["on"]]
    [layer] = element["layers"]
    assert Path(layer["path"]).name == "everything.png"
    assert (layer["start_s"], layer["end_s"]) == (3.35, 5.85)
    assert filmed("finish", "clip_1", "--broll", str(tmp_path / "gone"))[0] == 3


def test_an_emoji_goes_with_its_word_and_shows_in_the_picture(filmed: CommandLine, tmp_path: Path) -> None:
    words = stored.transcript("So it is so and so it pizza was and so it is so and it is.")
    with filmed.services.store.transaction("Say", "proj_1") as tx:
        tx.put_transcript("src_1", words)
        tx.put(replace(filmed.services.store.clip("clip_1"), parts=stored.ranges((0.0, 8.0))))
    said = next(word for word in words.words if word.text == "pizza")
    plain = _still(filmed, tmp_path / "plain.png", said.start.seconds + 0.8)
    done = _laid(filmed.json("finish", "clip_1", "--only", "emoji"))
    [layer] = done["emoji"]
    assert Path(layer["path"]).name == "pizza.png"
    assert Path(layer["path"]).is_relative_to(filmed.services.paths.home), "an update may move us"
    assert layer["start_s"] == pytest.approx(said.start.seconds)
    assert layer["motion"] == "pop"
    shown = _still(filmed, tmp_path / "shown.png", said.start.seconds + 0.8)
    rows, columns = np.nonzero(np.abs(shown.astype(int) - plain).max(axis=2) > 40)
    height, width = shown.shape[:2]
    assert columns.min() / width == pytest.approx(layer["x"], abs=0.03)
    assert columns.max() / width == pytest.approx(layer["x"] + layer["width"], abs=0.03)
    assert rows.min() / height == pytest.approx(layer["y"], abs=0.03)
    assert set(_laid(filmed.json("finish", "clip_1", "--without", "emoji"))) == set()


def _still(viralclip: CommandLine, path: Path, at_s: float) -> np.ndarray:
    viralclip.json("frame", "clip_1", "--at", str(at_s), "--out", str(path))
    video = examine(path).video
    assert video is not None
    blocks: list[bytes] = []
    run_ffmpeg([*input_args(path), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"], stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), np.uint8).reshape(video.size.height, video.size.width, 3)


def test_no_emoji_is_usual(filmed: CommandLine) -> None:
    assert "emoji" not in _laid(filmed.json("finish", "clip_1"))


def test_a_whoosh_is_heard_on_the_cut_well_under_the_voice(viralclip: CommandLine, tmp_path: Path) -> None:
    spoken = [say("This is how it all began in spring."), pause(0.4), say("Nobody knew what to do with it.")]
    talk = talk_of(spoken, tmp_path)
    film, store = film_of(talk, tmp_path / "talk.mov"), viralclip.services.store
    source = stored.source(path=str(film), info=probe(film))
    cut_s = talk.of("pause")[0].start_s + 0.2
    with store.transaction("Set up", "proj_1") as tx:
        tx.put(source)
        parts = stored.ranges((0.0, cut_s), (cut_s + 0.1, source.info.duration.seconds))
        whip = replace(parts[1], transition=Transition.WHIP)
        tx.put(replace(stored.clip(), parts=(parts[0], whip), captions_on=False, aspect=Aspect.WIDE))
    ensure_sound(viralclip.services.paths, source, ignore_progress, CancelToken())
    plain = _heard(store)
    viralclip.json("finish", "clip_1", "--only", "effects")
    effect = _heard(store) - plain
    loud = np.convolve(effect**2, np.ones(960), "same")
    assert abs(loud.argmax() / 48_000 - cut_s) <= 1 / 30
    voice = speech_db(plain, 48_000)
    assert voice is not None
    assert loudest_db(effect, 48_000) == pytest.approx(voice - 12, abs=1)


def _heard(store: Store) -> np.ndarray:
    """A clip's sound, of one side."""
    clip = store.clip("clip_1")
    plan = plan_of(store, clip, known=PictureKnown())
    return samples_of(replace(plan, fade_in=ZERO, fade_out=ZERO))[:, 0].astype(np.float64)


def test_where_no_song_is_given_one_is_composed_for_the_clip(filmed: CommandLine, tmp_path: Path) -> None:
    done = filmed.json("finish", "clip_1", "--only", "music")
    [music] = [element for element in done["elements"] if element["on"]]
    [layer] = music["layers"]
    assert music["id"] == "music"
    assert (layer["start_s"], layer["end_s"]) == (0.0, 6.0)
    clip = filmed.services.store.clip("clip_1")
    [song] = [one for one in clip.layers if isinstance(one, MusicLayer)]
    asset = filmed.services.store.asset(song.asset_id)
    assert clip.duck_db(song) < 0
    assert asset.kind is AssetKind.MUSIC
    assert asset.duration is not None
    assert asset.duration.seconds == pytest.approx(6, abs=0.01)
    assert heard.read(Path(asset.path)).any()
    [entry] = filmed.json("library", "list", "--kind", "music")["items"]
    assert entry["id"] == asset.id
    again = tmp_path / "again.wav"
    filmed.json("library", "again", entry["id"], "--out", str(again))
    assert again.read_bytes() == Path(asset.path).read_bytes()


def test_a_composed_song_is_not_made_anew_and_a_song_that_is_there_stays(filmed: CommandLine) -> None:
    filmed.json("finish", "clip_1", "--only", "music")
    library = filmed.services.paths.home / "media" / "audio" / "library"
    [bed] = library.glob("*.wav")
    made = bed.stat().st_mtime_ns
    filmed.json("finish", "clip_1", "--without", "music")
    filmed.json("finish", "clip_1", "--only", "music")
    assert [one.stat().st_mtime_ns for one in library.glob("*.wav")] == [made]
    filmed.json("finish", "clip_1", "--with", "music")
    clip = filmed.services.store.clip("clip_1")
    assert sum(isinstance(one, MusicLayer) for one in clip.layers) == 1
    assert len(list(library.glob("*.wav"))) == 1
