"""The recording's own sound in a clip without its noise and in another tone, measured on what is exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import separated, stored
from support.command_line import CommandLine, make_services
from support.rendered import RATE_HZ as PLAN_HZ
from support.rendered import samples_of
from support.separated import RATE_HZ, Samples

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.separation.job import CLEAN
from viralclip_desktop.features.workflows.preview import preview_plan, start_looking
from viralclip_desktop.media.probe import probe

_QUIET_S = (0.3, 1.7)
_END_S = 8.0


@pytest.fixture
def viralclip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    """A recording in hiss: two seconds of it alone, then speech. One clip of all of it."""
    services = make_services(tmp_path / "home")
    said = np.concatenate([np.zeros((2 * RATE_HZ, 2), np.float32), separated.voice(tmp_path)])
    hiss = 0.01 * np.random.default_rng(5).standard_normal((len(said), 1))
    path = separated.write_stereo(tmp_path / "talk.wav", (0.7 * said + hiss).astype(np.float32))
    source = stored.with_file(stored.source(), path=str(path), info=probe(path), fingerprint="hiss")
    whole = parts_of("asset_1", TimeRange.from_seconds(0, _END_S))
    with services.store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(source)
        tx.put(stored.batch())
        tx.put(replace(stored.clip(), parts=whole))
    yield CommandLine(services, capsys)
    services.close()


def heard(viralclip: CommandLine, folder: Path) -> Samples:
    """The sound of the clip's export."""
    made = viralclip.json("export", "clip_1", "--sound", "mp3", "--out", str(folder))
    return separated.read_stereo(Path(exported(made)["path"]))


def exported(document: Any) -> dict[str, Any]:
    found = document[0] if isinstance(document, list) else document["exports"][0]
    return dict(found)


def at_rate(plan: RenderPlan) -> Samples:
    """What the player plays of a plan."""
    sides = [separated.at_rate(side, PLAN_HZ) for side in samples_of(plan).T.astype(float)]
    return np.stack(sides, axis=1).astype(np.float32)


def level_db(sound: Samples, start_s: float, end_s: float) -> float:
    part = sound[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
    return float(10 * np.log10((part**2).mean() + 1e-12))


def hiss_db(sound: Samples) -> float:
    """The hiss against the speech."""
    return level_db(sound, *_QUIET_S) - level_db(sound, 2.2, 7.5)


def band_db(sound: Samples, low_hz: float, high_hz: float) -> float:
    """What a band has of all power."""
    power = np.abs(np.fft.rfft(sound[2 * RATE_HZ :, 0])) ** 2
    hz = np.fft.rfftfreq(len(sound) - 2 * RATE_HZ, 1 / RATE_HZ)
    return float(10 * np.log10(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum()))


def test_noise_goes_as_far_as_is_asked(viralclip: CommandLine, tmp_path: Path) -> None:
    plain = hiss_db(heard(viralclip, tmp_path / "plain"))
    assert viralclip.json("clips", "sound", "clip_1", "--noise", "gentle")["noise"] == "gentle"
    gentle = hiss_db(heard(viralclip, tmp_path / "gentle"))
    viralclip.json("clips", "sound", "clip_1", "--noise", "strong")
    strong = hiss_db(heard(viralclip, tmp_path / "strong"))
    assert plain - gentle == pytest.approx(12, abs=3)
    assert plain - strong >= 16
    viralclip.json("undo", "proj_1")
    viralclip.json("undo", "proj_1")
    assert viralclip.services.store.clip("clip_1").mix.noise == "off"
    assert hiss_db(heard(viralclip, tmp_path / "back")) == pytest.approx(plain, abs=0.5)


def test_the_preview_plays_what_is_exported_as_soon_as_it_is_made(viralclip: CommandLine) -> None:
    services = viralclip.services
    viralclip.json("clips", "sound", "clip_1", "--noise", "strong")
    before = preview_plan(services.store, services.paths, "clip_1")
    assert all(one.heard_from is None for one in before.recordings), "until then it is as recorded"
    start_looking(services, "clip_1")
    (job,) = [job for job in services.store.jobs.list() if CLEAN.is_of(job)]
    assert services.jobs.wait(job.id).state is WorkState.COMPLETED
    after = preview_plan(services.store, services.paths, "clip_1")
    assert hiss_db(at_rate(before)) - hiss_db(at_rate(after)) >= 16
    start_looking(services, "clip_1")
    assert len([job for job in services.store.jobs.list() if CLEAN.is_of(job)]) == 1, "once"


def test_a_preset_colours_the_voice(viralclip: CommandLine, tmp_path: Path) -> None:
    plain = heard(viralclip, tmp_path / "plain")
    tones = {}
    for tone in ("crisp", "warm", "podcast"):
        assert viralclip.json("clips", "sound", "clip_1", "--tone", tone)["tone"] == tone
        tones[tone] = heard(viralclip, tmp_path / tone)
    assert len(plain) == len(tones["warm"])
    assert band_db(tones["crisp"], 2500, 5000) >= band_db(plain, 2500, 5000) + 2
    assert band_db(tones["warm"], 2500, 5000) <= band_db(plain, 2500, 5000) - 1
    loud = [
        float(np.percentile(np.abs(one[2 * RATE_HZ :]), 99.5) / np.std(one))
        for one in (plain, tones["podcast"])
    ]
    assert loud[1] < loud[0], "loud and soft words come nearer"


def test_one_edit_and_something_has_to_be_asked(viralclip: CommandLine) -> None:
    viralclip.json("clips", "sound", "clip_1", "--volume", "-3", "--noise", "gentle", "--tone", "warm")
    labels = [one["label"] for one in viralclip.json("history", "proj_1")]
    assert labels[1:] == ["Change original sound"]
    code, _, err = viralclip("clips", "sound", "clip_1")
    assert code == 2
    assert "Give --volume, --mute, --noise or --tone." in err


def test_a_title_with_a_nul_of_an_older_version_is_exported(viralclip: CommandLine, tmp_path: Path) -> None:
    store = viralclip.services.store
    with store.transaction("Rename clip", "proj_1") as tx:
        tx.put(replace(store.clip("clip_1"), title="nul\0x"))
    assert len(heard(viralclip, tmp_path)) > 0
