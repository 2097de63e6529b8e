"""Composing into files can be stopped, and refuses what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from viralclip_desktop.core.errors import Cancelled, UsageError
from viralclip_desktop.core.progress import CancelToken, ProgressEvent
from viralclip_desktop.features.music import compose_music
from viralclip_desktop.features.music.wishes import wishes_of
from viralclip_desktop.music.composer import Wishes


def test_stopping_it_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    cancel, told = CancelToken(), []

    def stop(event: ProgressEvent) -> None:
        told.append(event.fraction or 0.0)
        if told[-1] > 0.3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        compose_music(
            Wishes(8, preset="lo-fi"),
            tmp_path / "song.wav",
            stems=tmp_path / "stems",
            progress=stop,
            cancel=cancel,
        )
    assert told == sorted(told)
    assert max(told) < 1
    assert not list(tmp_path.rglob("*.*"))


def test_wishes_that_cannot_be_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="3 to 600"):
        compose_music(Wishes(1), tmp_path / "song.wav")
    with pytest.raises(UsageError, match="no key"):
        wishes_of(seed=1, duration_s=10, key="X")
