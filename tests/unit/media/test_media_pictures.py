"""Small pictures at even distances: those a viewer sees at these times."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from support import makers
from support.rendered import frames_of, make_numbered, numbers, plan_of

from viralclip_desktop.core.errors import BadInput, Cancelled
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.media.pictures import write_pictures
from viralclip_desktop.media.probe import probe


def pictures(
    film: Path, start_s: float, count: int, out: Path, long_side_px: int = 320
) -> tuple[Size, NDArray[np.uint8]]:
    size = write_pictures(
        film, probe(film), Time.from_seconds(start_s), count, out, rate=Fraction(2), long_side_px=long_side_px
    )
    return size, np.fromfile(out, np.uint8).reshape(-1, size.height, size.width, 3)


def frames_late(film: Path) -> int:
    """How many frames the picture begins after the recording does, begun ones included: in a transport stream
    a lead-in of the sound (21 ms of AAC) comes first, and source time counts from there."""
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        late_s = video.start_time * video.time_base - Fraction(container.start_time, 10**6)
        return math.ceil(max(0, late_s - Fraction(2, 1000)) * 30)


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv", "film.ts"])
def test_each_is_the_frame_at_its_time(name: str, tmp_path: Path) -> None:
    film = make_numbered(tmp_path / name)
    size, found = pictures(film, 2.5, 6, tmp_path / "out.rgb")
    assert (size.width, size.height) == (320, 180)
    first = 75 - frames_late(film)
    assert numbers(found) == [first, first + 15, first + 30, first + 45, first + 60, first + 75]


def test_uneven_frames_are_found_by_their_times(tmp_path: Path) -> None:
    film = makers.make_variable_rate(tmp_path / "uneven.mp4")
    _, found = pictures(film, 0, 8, tmp_path / "out.rgb")
    shown = frames_of(plan_of(film, 0, 4), Size(320, 180))
    for number, picture in enumerate(found):
        assert np.abs(picture.astype(int) - shown[number * 15].astype(int)).mean() < 1


def test_they_stand_upright_and_are_made_small_enough(tmp_path: Path) -> None:
    size, found = pictures(makers.make_rotated(tmp_path / "phone.mp4"), 0, 2, tmp_path / "out.rgb", 160)
    assert (size.width, size.height) == (90, 160)
    assert len(found) == 2
    assert found.std() > 20


def test_after_the_last_frame_it_stays_on_screen(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4", 3.0)
    assert numbers(pictures(film, 2.0, 4, tmp_path / "out.rgb")[1]) == [60, 75, 89, 89]


def test_it_tells_how_many_there_are_and_can_be_stopped(tmp_path: Path) -> None:
    film, cancel, told = make_numbered(tmp_path / "film.mp4"), CancelToken(), list[int]()

    def tell(count: int) -> None:
        told.append(count)
        cancel.cancel()

    with pytest.raises(Cancelled):
        write_pictures(
            film,
            probe(film),
            Time(0),
            20,
            tmp_path / "out.rgb",
            rate=Fraction(2),
            long_side_px=320,
            told=tell,
            cancel=cancel,
        )
    assert told
    assert told[0] <= 20


def test_sound_alone_has_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="sound only"):
        pictures(makers.make_sound(tmp_path / "talk.wav"), 0, 2, tmp_path / "out.rgb")


def test_a_picture_size_that_changes_gives_no_more_than_were_asked_for(tmp_path: Path) -> None:
    halves = [
        makers.make_video(tmp_path / f"{number}.ts", 2.0, size, "30")
        for number, size in enumerate(("640x360", "320x240"))
    ]
    film = tmp_path / "joined.ts"
    film.write_bytes(b"".join(half.read_bytes() for half in halves))
    _, found = pictures(film, 1, 4, tmp_path / "out.rgb")
    assert len(found) == 4
