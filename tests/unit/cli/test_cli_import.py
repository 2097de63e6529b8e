"""``viralclip import``: what is odd about a recording is said, and its sound can be chosen."""

from __future__ import annotations

from pathlib import Path

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
