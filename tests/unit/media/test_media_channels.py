"""What is on the sound tracks: nothing stays silent that could be heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support import makers
from support.rendered import plan_of, samples_of

from viralclip_desktop.compose.plan import Recording
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.media import ChannelUse
from viralclip_desktop.media.audio import extract_speech, samples_between
from viralclip_desktop.media.channels import voiced_track, with_channels
from viralclip_desktop.media.probe import probe

STEREO = {
    "alike": ("c0", "c0", ChannelUse.BOTH),
    "one louder": ("c0", "0.2*c0", ChannelUse.BOTH),
    "left only": ("c0", "0*c0", ChannelUse.LEFT),
    "right only": ("0.0001*c0", "c0", ChannelUse.RIGHT),
    "inverted": ("c0", "-0.9*c0", ChannelUse.INVERTED),
    "silent": ("0*c0", "0*c0", ChannelUse.BOTH),
}


@pytest.mark.parametrize("kind", STEREO)
def test_both_ears_hear_a_voice_and_so_does_one_speaker(kind: str, tmp_path: Path) -> None:
    left, right, use = STEREO[kind]
    sound = makers.make_stereo(tmp_path / "talk.wav", left, right)
    info = with_channels(sound, probe(sound))
    assert info.audio[0].channel_use is use
    plan = plan_of(sound, 0.5, 2.5)
    first = replace(plan.parts[0], recording=Recording(str(sound), info, 0))
    heard = samples_of(replace(plan, parts=(first,)))
    wav = extract_speech(sound, 0, tmp_path / "speech.wav", info=info)
    if kind != "silent":
        assert np.abs(heard).max(axis=0).min() > 0.02, "each ear"
        assert np.abs(heard.sum(axis=1)).max() > 0.1, "one speaker"
        assert np.abs(samples_between(wav, TimeRange.from_seconds(0.5, 2.5))).max() > 0.05, "the recogniser"


def test_a_guest_who_speaks_up_late_keeps_a_side(tmp_path: Path) -> None:
    """Samples of a long recording may miss the other side; the whole of it doesn't."""
    host = "aevalsrc='0.5*sin(2*PI*300*t)|if(between(t,100,101.5),0.5*sin(2*PI*500*t),0)':s=16000:d=120"
    sound = makers.made_once(["-f", "lavfi", "-i", host], tmp_path / "host.wav")
    assert with_channels(sound, probe(sound)).audio[0].channel_use is ChannelUse.BOTH


def test_the_track_with_the_voice_is_taken(tmp_path: Path) -> None:
    film = makers.make_silent_first_track(tmp_path / "obs.mkv")
    assert voiced_track(film, probe(film)) == 1
    two = makers.make_two_languages(tmp_path / "two.mkv")
    info = probe(two)
    assert info.audio[voiced_track(two, info) or 0].default, "the one the file names, where it is heard"
    assert voiced_track(film, replace(probe(film), audio=())) is None
