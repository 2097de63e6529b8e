"""Layers as they were stored by earlier versions."""

from __future__ import annotations

from support.edited import a_layer

from viralclip_desktop.domain.clip import Layer, LayerKind
from viralclip_desktop.store.codec import from_plain, to_plain


def test_music_stored_before_it_could_loop_still_ends_with_its_file() -> None:
    plain = to_plain(a_layer(0, 9, LayerKind.MUSIC))
    del plain["loop"]
    assert not from_plain(Layer, plain).loop, "what was finished then sounds as it did"


def test_whether_a_layer_loops_is_kept() -> None:
    for loop in (True, False):
        plain = to_plain(a_layer(0, 9, LayerKind.MUSIC)) | {"loop": loop}
        assert from_plain(Layer, plain).loop is loop
