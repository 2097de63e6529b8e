"""``viralclip import``: what is odd about a recording is said, and its sound can be chosen."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from support import makers
from support.command_line import CommandLine


def test_the_track_that_is_heard_is_said_and_another_one_chosen(
    viralclip: CommandLine, tmp_path: Path
) -> None:
    film = str(makers.make_silent_first_track(tmp_path / "obs.mkv"))
    code, _, told = viralclip("import", film)
    assert code == 0
    assert "The recording has 2 sound tracks; track 2 is heard." in told
    source = viralclip.json("import", film, "--audio-track", "1")
    assert (source["audio_track"], len(source["audio_tracks"])) == (1, 2)
    again = viralclip.json("import", film)
    assert (again["id"], again["audio_track"]) == (source["id"], 1), "what was chosen stays"
    code, _, told = viralclip("import", film, "--audio-track", "3")
    assert code == 2
    assert "2 sound tracks" in told


def test_channels_are_mended_said_and_switched(viralclip: CommandLine, tmp_path: Path) -> None:
    sound = str(makers.make_stereo(tmp_path / "talk.wav", "c0", "0*c0"))
    code, _, told = viralclip("import", sound)
    assert code == 0
    assert "Only the left channel has sound: it is heard on both sides." in told
    (track,) = viralclip.json("import", sound, "--channels", "both")["audio_tracks"]
    assert track["channels"] == "both"


def test_a_recording_that_broke_off_has_its_real_length(viralclip: CommandLine, tmp_path: Path) -> None:
    film = str(makers.make_broken_off(tmp_path / "obs.mkv"))
    code, _, told = viralclip("import", film)
    assert code == 0
    assert "The file says it is 12 s long, but its data end at" in told
    source = viralclip.json("import", film)
    assert source["duration_s"] < 10 < source["claimed_duration_s"]
    code, _, told = viralclip("clips", "add", source["id"], "--from", "2", "--to", "12")
    assert code == 0
    assert "and so does the clip" in told


def test_what_an_export_remarks_is_said_and_kept(viralclip: CommandLine, tmp_path: Path) -> None:
    film = str(makers.make_video(tmp_path / "mute.mp4", 6.0, audio="silence"))
    source = viralclip.json("import", film)
    clip = viralclip.json("clips", "add", source["id"], "--from", "0", "--to", "5")
    wishes = ("export", clip["id"], "--out", str(tmp_path / "out"), "--resolution", "720p")
    code, _, told = viralclip(*wishes)
    assert code == 0
    assert "There is no sound from 0:00.0 to 0:05.0." in told
    (done,) = viralclip.json(*wishes)
    assert done["remarks"] == ["There is no sound from 0:00.0 to 0:05.0."]
    assert "There is no sound" in viralclip("exports", "show", done["id"])[1]


def test_a_transcript_of_another_track_is_said_with_the_step_that_mends_it(
    viralclip: CommandLine, test_media: Path, tmp_path: Path
) -> None:
    voices = (test_media / "two-speakers-5s.wav", test_media / "speech-en-11s.flac")
    film = str(makers.make_two_voices(tmp_path / "talk.mkv", *voices))
    source = viralclip.json("import", film, "--audio-track", "1")
    assert source["transcript"] is None
    assert viralclip.json("transcribe", source["id"], "--stt", "sphinx")["audio_track"] == 1
    code, _, told = viralclip("import", film)
    assert code == 0
    assert "The transcript is of" not in told
    code, out, told = viralclip("import", film, "--audio-track", "2", "--json")
    assert code == 0
    assert "The transcript is of sound track 1; track 2 is heard." in told
    assert f"viralclip transcribe {source['id']}" in told
    chosen = json.loads(out)
    assert (chosen["audio_track"], chosen["transcript"]["audio_track"]) == (2, 1)
    code, out, told = viralclip("transcribe", source["id"], "--stt", "sphinx", "--json")
    assert code == 0
    assert "The transcript that was there was replaced, with all corrections in it." in told
    assert f"viralclip undo {source['project_id']}" in told
    assert json.loads(out)["audio_track"] == 2
    code, _, _ = viralclip("undo", source["project_id"])
    assert code == 0
    assert viralclip.json("import", film)["transcript"]["audio_track"] == 1, "undo knows whose words they are"


def test_words_that_were_given_are_of_no_track(viralclip: CommandLine, tmp_path: Path) -> None:
    film = str(makers.make_silent_first_track(tmp_path / "obs.mkv"))
    (tmp_path / "talk.srt").write_text("1\n00:00:00,500 --> 00:00:03,000\nGiven words.\n")
    source = viralclip.json("import", film)
    given = viralclip.json("transcribe", source["id"], "--subtitles", str(tmp_path / "talk.srt"))
    assert given["audio_track"] is None
    _, _, told = viralclip("import", film, "--audio-track", "1")
    assert "The transcript is of" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf_8_is_exported_like_any_other(viralclip: CommandLine, tmp_path: Path) -> None:
    film = Path(os.fsdecode(os.fsencode(tmp_path) + b"/my talk \xff\xe9.mp4"))
    makers.make_video(tmp_path / "talk.mp4", 4.0).rename(film)
    code, _, told = viralclip("import", str(film))
    assert code == 0, told
    source = next(one for one in viralclip.services.store.sources() if one.path == str(film))
    clip = viralclip.json("clips", "add", source.id, "--from", "1", "--to", "3")
    (export,) = viralclip.json("export", clip["id"], "--resolution", "720p", "--out", str(tmp_path / "out"))
    assert (export["status"], export["duration_s"]) == ("completed", 2.0)
    code, _, told = viralclip("frame", clip["id"], "--at", "1", "--out", str(tmp_path / "frame.png"))
    assert code == 0, told
